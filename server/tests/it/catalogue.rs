//! The catalogue in the admin, by the forms that its pages send.

use crate::support::{Process, cookies, header};
use reqwest::Response;

const PASSWORD: &str = "kettle-window-otter";
const BOUNDARY: &str = "----a-line-between-parts";

/// A shop with an owner who is signed in.
struct Owner {
    process: Process,
    cookie: String,
}

impl Owner {
    async fn sign_in() -> Self {
        Self::of(Process::start().await).await
    }

    async fn of(process: Process) -> Self {
        let email = "owner@example.com";
        let (status, link) = process
            .run(&["admin", "create", email, "Wren Calder"], &[])
            .await;
        assert_eq!(status, 0, "{link}");
        let path = link.trim().trim_start_matches(&process.url).to_owned();
        let chosen = [("password", PASSWORD), ("again", PASSWORD)];
        process.post(&path, &chosen).send().await.unwrap();
        let form = [("email", email), ("password", PASSWORD)];
        let answer = process.post("/admin/sign-in", &form).send().await.unwrap();
        let cookie = cookies(&answer);
        Self { process, cookie }
    }

    async fn get(&self, path: &str) -> (u16, String) {
        let asked = self.process.get(path).header("cookie", &self.cookie);
        let answer = asked.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let asked = self.process.post(path, form).header("cookie", &self.cookie);
        asked.send().await.unwrap()
    }

    /// Sends files as a browser does: name of the field, name of the file, bytes.
    async fn upload(&self, path: &str, parts: &[(&str, &str, &[u8])]) -> Response {
        let mut body = Vec::new();
        for (field, file, bytes) in parts {
            let head = format!(
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{file}\"\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let asked = self
            .process
            .client
            .post(format!("{}{path}", self.process.url));
        asked
            .header("sec-fetch-site", "same-origin")
            .header("cookie", &self.cookie)
            .header(
                "content-type",
                format!("multipart/form-data; boundary={BOUNDARY}"),
            )
            .body(body)
            .send()
            .await
            .unwrap()
    }

    async fn product(&self, handle: &str) -> String {
        let id: uuid::Uuid = sqlx::query_scalar("select id from product where handle = $1")
            .bind(handle)
            .fetch_one(&self.process.db)
            .await
            .unwrap();
        format!("/admin/products/{id}")
    }
}

/// The fields of a lamp.
const LAMP: [(&str, &str); 8] = [
    ("title", "Lamp"),
    ("status", "active"),
    ("option-0-name", "Shade"),
    ("option-0-value-0-key", "new-1"),
    ("option-0-value-0-name", "Red"),
    ("variant-0-keys", "new-1"),
    ("variant-0-made", "on"),
    ("variant-0-sku", "LAMP-RED"),
];

#[tokio::test]
async fn a_product_is_made_changed_and_moved() {
    let owner = Owner::sign_in().await;
    // A button that saves nothing gives everything back.
    let mut form = LAMP.to_vec();
    form.push(("step", "add-value-0"));
    let answer = owner.post("/admin/products/new", &form).await;
    assert_eq!(answer.status(), 200);
    let html = answer.text().await.unwrap();
    assert!(html.contains("value=\"LAMP-RED\"") && html.contains("option-0-value-1-name"));
    // What is wrong stands beside its field.
    let answer = owner.post("/admin/products/new", &LAMP).await;
    assert_eq!(answer.status(), 422);
    let html = answer.text().await.unwrap();
    assert!(html.contains("variant-0-price-error") && html.contains("value=\"LAMP-RED\""));

    let mut form = LAMP.to_vec();
    form.extend([("variant-0-price", "40"), ("variant-0-stock", "3")]);
    let answer = owner.post("/admin/products/new", &form).await;
    assert_eq!(answer.status(), 303);
    let page = header(&answer, "location").to_owned();
    assert_eq!(page, owner.product("lamp").await);
    assert_eq!(owner.process.page("/products/lamp").await.0, 200);

    // The form is stale as soon as somebody else has saved.
    form.extend([("version", "1"), ("handle", "light")]);
    let keys: String =
        sqlx::query_scalar("select option1_value_id::text from variant where sku = 'LAMP-RED'")
            .fetch_one(&owner.process.db)
            .await
            .unwrap();
    let id: String = sqlx::query_scalar("select id::text from variant where sku = 'LAMP-RED'")
        .fetch_one(&owner.process.db)
        .await
        .unwrap();
    form.retain(|(name, _)| !matches!(*name, "option-0-value-0-key" | "variant-0-keys"));
    form.extend([
        ("option-0-value-0-key", keys.as_str()),
        ("variant-0-keys", &keys),
        ("variant-0-id", &id),
    ]);
    assert_eq!(owner.post(&page, &form).await.status(), 303);
    form.push(("subtitle", "Too late"));
    let answer = owner.post(&page, &form).await;
    assert_eq!(answer.status(), 422);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("Somebody else saved this product meanwhile")
    );

    let answer = owner
        .process
        .get("/products/lamp?variant=LAMP-RED")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 301);
    assert_eq!(
        header(&answer, "location"),
        "/products/light?variant=LAMP-RED"
    );
    let audit = owner.get("/admin/audit").await.1;
    assert!(audit.contains("Wren Calder made the product Lamp."));
}

#[tokio::test]
async fn a_draft_is_seen_by_the_staff_alone() {
    let owner = Owner::sign_in().await;
    let page = owner.product("mug").await;
    let answer = owner.post(&format!("{page}/duplicate"), &[]).await;
    let copy = header(&answer, "location").to_owned();
    assert_eq!(copy, owner.product("mug-copy").await);
    let preview = format!("{copy}/preview");
    let (status, html) = owner.get(&preview).await;
    assert!(status == 200 && html.contains("A preview") && html.contains("Ridge Mug (copy)"));
    let stranger = owner.process.get(&preview).send().await.unwrap();
    assert_eq!(stranger.status(), 303);
    for path in ["/products/mug-copy", "/products/mug-copy?preview"] {
        assert_eq!(owner.process.page(path).await.0, 404);
    }
}

#[tokio::test]
async fn pictures_come_in_and_what_is_none_does_not() {
    let owner = Owner::sign_in().await;
    let page = owner.product("mug").await;
    let upload = format!("{page}/upload");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/pictures");
    let picture = std::fs::read(format!("{folder}/arch-bookends--oak.webp")).unwrap();
    let answer = owner
        .upload(&upload, &[("picture", "mug.webp", &picture)])
        .await;
    assert_eq!(answer.status(), 303);
    let html = owner.process.page("/products/mug").await.1;
    assert!(html.contains("/media/"));

    let svg: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg'/>";
    let answer = owner.upload(&upload, &[("picture", "evil.png", svg)]).await;
    assert_eq!(answer.status(), 422);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("evil.png: This is not a picture that we can read.")
    );
    // Larger than a picture, and larger than the whole upload may be.
    for size in [25 << 20, 27 << 20] {
        let answer = owner
            .upload(&upload, &[("picture", "huge.png", &vec![0; size + 1])])
            .await;
        assert_eq!(answer.status(), 422);
        assert!(answer.text().await.unwrap().contains("25 MB"));
    }
    let answer = owner.upload(&upload, &[]).await;
    assert_eq!(answer.status(), 422);
    assert_eq!(owner.process.number("select count(*) from asset").await, 1);
    // Other forms of the admin stay small.
    let long = "x".repeat(2 << 20);
    let answer = owner.post(&page, &[("title", &long)]).await;
    assert_eq!(answer.status(), 413);
}

#[tokio::test]
async fn an_upload_that_breaks_off_is_given_up_in_its_own_time() {
    let settings = [("UPLOAD_TIMEOUT", "1"), ("REQUEST_TIMEOUT", "600")];
    let owner = Owner::of(Process::with(&settings).await).await;
    let heard = owner
        .process
        .talk(&format!(
            "POST {}/upload HTTP/1.1\r\nhost: shop\r\nconnection: close\r\nsec-fetch-site: same-origin\r\ncookie: {}\r\n\
             content-type: multipart/form-data; boundary={BOUNDARY}\r\ncontent-length: 999\r\n\r\n--",
            owner.product("mug").await,
            owner.cookie,
        ))
        .await;
    assert!(heard.starts_with("HTTP/1.1 503 "), "{heard}");
}

#[tokio::test]
async fn a_table_goes_out_and_comes_in() {
    let owner = Owner::sign_in().await;
    let (status, table) = owner.get("/admin/products/export.csv").await;
    assert_eq!(status, 200);
    assert!(table.starts_with("Handle,Title,"));
    let dry = [
        ("table", "products.csv", table.as_bytes()),
        ("dry_run", "", b"yes"),
    ];
    let answer = owner.upload("/admin/products/table", &dry).await;
    assert_eq!(answer.status(), 200);
    let html = answer.text().await.unwrap();
    assert!(
        html.contains("What it would do")
            && html.contains("0 products new, 0 changed, 2 as they are")
    );
    let changed = table.replace("22.00", "23.00").replace("3.00,", "x,");
    let answer = owner
        .upload(
            "/admin/products/table",
            &[("table", "t.csv", changed.as_bytes())],
        )
        .await;
    assert_eq!(answer.status(), 422);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("Nothing is written while something is wrong.")
    );
    assert_eq!(
        owner
            .process
            .number("select count(*) from variant where price = 2200")
            .await,
        1
    );

    let file = owner.process.files.path().join("out.csv");
    let (status, told) = owner
        .process
        .run(&["export", &file.display().to_string()], &[])
        .await;
    assert_eq!(status, 0, "{told}");
    assert_eq!(std::fs::read_to_string(file).unwrap(), table);
}

#[tokio::test]
async fn a_category_that_moves_leaves_the_way() {
    let owner = Owner::sign_in().await;
    let id: uuid::Uuid = sqlx::query_scalar("select id from category where path = 'kitchen'")
        .fetch_one(&owner.process.db)
        .await
        .unwrap();
    let page = format!("/admin/categories/{id}");
    let form = [("version", "1"), ("name", "Cooking"), ("handle", "cooking")];
    assert_eq!(owner.post(&page, &form).await.status(), 303);
    let answer = owner
        .process
        .get("/categories/kitchen?sort=price-asc")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 301);
    assert_eq!(
        header(&answer, "location"),
        "/categories/cooking?sort=price-asc"
    );
    let answer = owner.post(&format!("{page}/delete"), &[]).await;
    assert_eq!(answer.status(), 422);
    let answer = owner.post("/admin/brands/new", &[("name", "Ines")]).await;
    assert_eq!(answer.status(), 303);
    let answer = owner
        .post(
            "/admin/brands/new",
            &[("name", "Ines"), ("place", "Ulverston")],
        )
        .await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("value=\"Ulverston\""));
}
