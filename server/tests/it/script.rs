//! What the admin's script asks for: data instead of pages, from the addresses that the forms post to and beside the search.

use crate::support::{Process, header};
use serde_json::{Value, json};

impl Process {
    /// Makes a product of the name in the admin, and gives its id.
    async fn product(&self, cookie: &str, title: &str) -> String {
        let form = [
            ("title", title),
            ("status", "draft"),
            ("variant-0-made", "on"),
            ("variant-0-sku", &title[..1]),
            ("variant-0-price", "40"),
        ];
        let asked = self.post("/admin/products/new", &form);
        let answer = asked.header("cookie", cookie).send().await.unwrap();
        assert_eq!(answer.status(), 303);
        let page = header(&answer, "location");
        page.rsplit('/').next().unwrap_or_default().to_owned()
    }

    async fn portion(&self, cookie: &str, form: &[(&str, &str)]) -> (u16, Value) {
        let asked = self
            .post("/admin/products/bulk", form)
            .header("accept", "application/json")
            .header("cookie", cookie);
        let answer = asked.send().await.unwrap();
        assert_eq!(header(&answer, "cache-control"), "private, no-store");
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn found(&self, cookie: &str, words: &str) -> Value {
        let asked = self.get(&format!("/admin/search.json?q={words}"));
        let answer = asked.header("cookie", cookie).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(header(&answer, "cache-control"), "private, no-store");
        answer.json().await.unwrap()
    }
}

#[tokio::test]
async fn a_portion_of_a_list_is_answered_with_how_many_were_changed() {
    let process = Process::start().await;
    let cookie = process.cookie_of(Some("owner")).await;
    let lamp = process.product(&cookie, "Lamp").await;
    let stool = process.product(&cookie, "Stool").await;
    let form = [
        ("action", "archived"),
        ("by", ""),
        ("id", lamp.as_str()),
        ("id", stool.as_str()),
    ];
    let (status, told) = process.portion(&cookie, &form).await;
    assert_eq!((status, told), (200, json!({ "changed": 2, "errors": [] })));
    // The second time there is nothing to change.
    let (status, told) = process.portion(&cookie, &form).await;
    assert_eq!((status, told), (200, json!({ "changed": 0, "errors": [] })));

    let wrong = [("action", "percent"), ("by", "much"), ("id", &lamp)];
    let (status, told) = process.portion(&cookie, &wrong).await;
    assert_eq!((status, &told["changed"]), (422, &json!(0)));
    assert_eq!(told["errors"].as_array().map(Vec::len), Some(1));

    // The same form from the page is answered as one.
    let plain = process.post("/admin/products/bulk", &form);
    let answer = plain.header("cookie", &cookie).send().await.unwrap();
    assert_eq!(answer.status(), 303);
}

#[tokio::test]
async fn the_palette_is_told_what_somebody_may_see() {
    let process = Process::start().await;
    let owner = process.cookie_of(Some("owner")).await;
    let lamp = process.product(&owner, "Lamp").await;
    let hits = process.found(&owner, "lam").await;
    let known = json!({ "href": format!("/admin/products/{lamp}"), "title": "Lamp", "beside": "" });
    assert_eq!(hits["products"], json!([known]));
    assert_eq!(
        (&hits["orders"], &hits["customers"]),
        (&json!([]), &json!([]))
    );
    assert_eq!(process.found(&owner, "").await["products"], json!([]));

    sqlx::query("update role set permissions = '{orders.view}' where handle = 'fulfilment'")
        .execute(&process.db)
        .await
        .unwrap();
    let few = process.cookie_of(Some("fulfilment")).await;
    assert_eq!(process.found(&few, "lam").await["products"], json!([]));
}
