//! What cannot be answered as it came: a page says so, and nothing is a fault of the shop's.

use crate::support::{Process, cookies, header};

#[tokio::test]
async fn an_address_that_is_no_text_leads_nowhere() {
    let shop = Process::start().await;
    for path in [
        "/products/%00",
        "/products/mug%00",
        "/products/%ff",
        "/categories/%C3",
        "/categories/kitchen%00/x",
        "/pages/%00",
        "/orders/%00",
        "/orders/%ff/paid",
        "/media/%00/160.webp",
        "/pkg/%00",
        "/%ff",
    ] {
        let (status, page) = shop.page(path).await;
        assert_eq!(status, 404, "{path}");
        assert!(page.contains("not on the shelf"), "{path}");
    }
}

#[tokio::test]
async fn a_query_that_makes_no_sense_still_shows_the_page() {
    let shop = Process::start().await;
    for (path, shown) in [
        (
            "/categories/kitchen?sort=title&sort=newest&sort",
            "Ridge Mug",
        ),
        (
            "/categories/kitchen?sort=%ff&after=%00&page=%ff",
            "Ridge Mug",
        ),
        ("/categories/kitchen?&&=&%", "Ridge Mug"),
        (
            "/categories/kitchen?after=a0000000000000000000000000000000000",
            "Ridge Mug",
        ),
        ("/search?q=mug&q=odd", "Ridge Mug"),
        ("/search?q=mu%00g", "Ridge Mug"),
        ("/search?q=%00", "Search"),
        ("/products/mug?variant=%00&variant=x", "Ridge Mug"),
    ] {
        let (status, page) = shop.page(path).await;
        assert_eq!(status, 200, "{path}");
        assert!(page.contains(shown), "{path}");
    }
}

#[tokio::test]
async fn a_form_with_what_nobody_types_is_no_fault() {
    let shop = Process::start().await;
    let twice = [
        ("product", "mug"),
        ("product", "odd"),
        ("option1", "S"),
        ("option1", "\0"),
        ("quantity", "1"),
    ];
    let added = shop.post("/cart/lines", &twice).send().await.unwrap();
    assert_eq!(added.status(), 303);
    let jar = cookies(&added);
    let nul = [
        ("country", "G\0B"),
        ("postcode", "\0"),
        ("email", "a\0@example.com"),
        ("action", "pay"),
    ];
    for (path, form) in [
        ("/checkout", &nul[..]),
        ("/cart/coupon", &[("code", "\0")][..]),
        ("/orders/find", &[("number", "\0"), ("email", "\0")][..]),
    ] {
        let answer = shop.post(path, form).header("cookie", &jar);
        assert_eq!(answer.send().await.unwrap().status(), 422, "{path}");
    }
    let island = shop
        .client
        .post(format!("{}/api/add_to_cart", shop.url))
        .header("content-type", "application/json")
        .body(r#"{"product": "\u0000", "variant": "00000000-0000-7000-8000-000000000001", "quantity": "1"}"#);
    assert_eq!(island.send().await.unwrap().status(), 400);
}

#[tokio::test]
async fn what_is_refused_is_refused_by_a_page() {
    let shop = Process::with(&[("REQUEST_TIMEOUT", "1")]).await;
    let large = "x".repeat(70_000);
    let xml = shop
        .client
        .post(format!("{}/cart/lines", shop.url))
        .header("content-type", "text/xml");
    for (status, request, words) in [
        (405, shop.get("/cart/lines"), "nothing to look at"),
        (405, shop.post("/nothing", &[]), "nothing to look at"),
        (
            413,
            shop.post("/cart/lines", &[("product", &*large)]),
            "more than we can take",
        ),
        (415, xml.body("<a/>"), "could not read"),
    ] {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), status);
        assert_eq!(header(&answer, "cache-control"), "private, no-store");
        assert!(header(&answer, "content-security-policy").starts_with("default-src"));
        assert_eq!(header(&answer, "allow").is_empty(), status != 405);
        let page = answer.text().await.unwrap();
        assert!(page.contains(words) && page.contains("Test &amp; Sons"));
    }
    let island = shop.post("/api/view_cart", &[]).send().await.unwrap();
    assert!(!header(&island, "content-type").starts_with("text/html"));
}

#[tokio::test]
async fn a_form_that_breaks_off_is_refused_by_a_page() {
    let shop = Process::with(&[("REQUEST_TIMEOUT", "1")]).await;
    let head = "POST /cart/lines HTTP/1.1\r\nhost: shop\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded\r\n";
    for (rest, status, words) in [
        ("content-length: 9\r\n\r\nproduct", "408 ", "in time"),
        (
            "transfer-encoding: chunked\r\n\r\nzz",
            "400 ",
            "could not read",
        ),
    ] {
        let answer = shop.talk(&format!("{head}{rest}")).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
        assert!(answer.contains(words), "{answer}");
    }
}
