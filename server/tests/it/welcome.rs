//! A new shop over HTTP, from `mercer migrate` to its first page.

use crate::support::{Process, cookies, header};

const EMPTY: &str = "truncate setting, product, category, brand, page, shipping_zone, tax_rate, stock_location, coupon cascade";
const PASSWORD: &str = "kettle-window-otter";

/// A process over a database that holds nothing but its schema.
async fn empty() -> Process {
    let process = Process::start().await;
    sqlx::raw_sql(EMPTY).execute(&process.db).await.unwrap();
    process
}

#[tokio::test]
async fn an_empty_shop_shows_its_storefront() {
    let process = empty().await;
    for path in [
        "/",
        "/search",
        "/search?q=mug",
        "/cart",
        "/checkout",
        "/account/sign-in",
        "/sitemap.xml",
    ] {
        let (status, page) = process.page(path).await;
        assert!(status < 400, "{path} answers {status}: {page}");
    }
    let (_, home) = process.page("/").await;
    assert!(home.contains("The shelves are still being filled."));
    let (status, _) = process.page("/categories/kitchen").await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn whoever_reads_the_log_makes_the_account_names_the_shop_and_begins() {
    let process = empty().await;
    let door = process.get("/admin").send().await.unwrap();
    assert_eq!(header(&door, "location"), "/admin/sign-in");
    let door = process.get("/admin/sign-in").send().await.unwrap();
    assert_eq!(header(&door, "location"), "/admin/welcome");
    let (status, page) = process.page("/admin/welcome").await;
    assert!(status == 200 && page.contains(r#"name="code""#));
    let (code, link) = process.run(&["admin", "welcome"], &[]).await;
    assert_eq!(code, 0);
    let path = link.trim().trim_start_matches(&process.url).to_owned();
    let word = path.rsplit_once("code=").unwrap().1.to_owned();
    let (_, page) = process.page(&path).await;
    assert!(page.contains(&word), "the link fills the word in");
    let form = |code: &str| {
        [
            ("code", code.to_owned()),
            ("name", "Wren Calder".to_owned()),
            ("email", "wren@example.com".to_owned()),
            ("password", PASSWORD.to_owned()),
            ("again", PASSWORD.to_owned()),
        ]
    };
    let send = async |code: &str| {
        let form = form(code);
        let form: Vec<_> = form
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        process.post("/admin/welcome", &form).send().await.unwrap()
    };
    let stranger = send("00000000000000000000000000000000").await;
    assert_eq!(stranger.status(), 422);
    let page = stranger.text().await.unwrap();
    assert!(page.contains(r#"id="code-error""#) && page.contains(r#"value="Wren Calder""#));
    assert!(!page.contains(PASSWORD), "a password is not sent back");
    let made = send(&word).await;
    assert_eq!(
        (made.status().as_u16(), header(&made, "location")),
        (303, "/admin/welcome/shop")
    );
    let cookie = cookies(&made);
    assert_eq!(send(&word).await.status(), 422, "there is one first owner");
    let (code, _) = process.run(&["admin", "welcome"], &[]).await;
    assert_eq!(code, 1);
    let get = async |path: &str| {
        let asked = process.get(path).header("cookie", &cookie);
        asked.send().await.unwrap()
    };
    let home = get("/admin").await;
    assert_eq!(header(&home, "location"), "/admin/welcome/shop");
    let naming = [
        ("name", "Candle House"),
        ("email", "hello@candle.example"),
        ("country", "DE"),
        ("time_zone", "Europe/Berlin"),
        ("currency", "EUR"),
    ];
    let named = process.post("/admin/welcome/shop", &naming);
    let named = named.header("cookie", &cookie).send().await.unwrap();
    assert_eq!(header(&named, "location"), "/admin");
    let page = get("/admin").await.text().await.unwrap();
    for way in [
        "/admin/products/new",
        "/admin/products/table",
        "/admin/welcome/demo",
    ] {
        assert!(page.contains(way), "{way}");
    }
    for path in [
        "/admin/products",
        "/admin/products/new",
        "/admin/orders",
        "/admin/settings/shipping",
    ] {
        assert_eq!(get(path).await.status(), 200, "{path}");
    }
    let shop = get("/").await.text().await.unwrap();
    assert!(shop.contains("Candle House"), "the name holds at once");
}
