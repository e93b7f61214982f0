//! Forms without script, and those that come from elsewhere.

use crate::support::{Process, cookies, header};

#[tokio::test]
async fn a_mug_goes_into_the_basket_and_out_again() {
    let shop = Process::start().await;
    let added = shop
        .post(
            "/cart/lines",
            &[("product", "mug"), ("option1", "S"), ("quantity", "2")],
        )
        .send()
        .await
        .unwrap();
    assert_eq!(
        (added.status().as_u16(), header(&added, "location")),
        (303, "/cart")
    );
    let set: Vec<&str> = added
        .headers()
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().unwrap())
        .collect();
    assert!(set.iter().any(|cookie| cookie.starts_with("cart=")
        && cookie.contains("HttpOnly")
        && cookie.contains("SameSite=Lax")));
    assert!(
        set.iter()
            .any(|cookie| cookie.starts_with("cart_count=2;") && !cookie.contains("HttpOnly"))
    );
    let jar = cookies(&added);
    let cart = shop
        .get("/cart")
        .header("cookie", &jar)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(cart.contains("Ridge Mug") && cart.contains("£44.00"));
    let line: String = sqlx::query_scalar("select id::text from cart_line")
        .fetch_one(&shop.db)
        .await
        .unwrap();
    let path = format!("/cart/lines/{line}");
    let many = shop
        .post(&path, &[("quantity", "9")])
        .header("cookie", &jar)
        .send()
        .await
        .unwrap();
    assert_eq!(many.status(), 422);
    let told = many.text().await.unwrap();
    assert!(told.contains("We have only 5 left") && told.contains("value=\"9\""));
    let gone = shop
        .post(&path, &[("remove", "1")])
        .header("cookie", &jar)
        .send()
        .await
        .unwrap();
    assert_eq!(gone.status(), 303);
    assert_eq!(shop.number("select count(*) from cart_line").await, 0);
}

#[tokio::test]
async fn what_cannot_be_bought_shows_the_product_again_with_the_reason() {
    let shop = Process::start().await;
    let cases = [
        (
            vec![("product", "mug"), ("option1", "L"), ("quantity", "1")],
            "sold out",
        ),
        (
            vec![("product", "mug"), ("option1", "XL"), ("quantity", "1")],
            "is not made",
        ),
        (
            vec![("product", "mug"), ("option1", "S"), ("quantity", "6")],
            "We have only 5 left",
        ),
        (
            vec![("product", "mug"), ("option1", "S"), ("quantity", "many")],
            "from 1 to 99",
        ),
    ];
    for (form, reason) in cases {
        let answer = shop.post("/cart/lines", &form).send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), header(&answer, "cache-control")),
            (422, "private, no-store")
        );
        let page = answer.text().await.unwrap();
        assert!(
            page.contains(reason) && page.contains("Ridge Mug"),
            "{reason}"
        );
    }
    let nothing = shop
        .post("/cart/lines", &[("product", "none"), ("quantity", "1")])
        .send()
        .await
        .unwrap();
    assert_eq!(nothing.status(), 404);
}

#[tokio::test]
async fn another_site_cannot_write_in_a_visitors_name() {
    let shop = Process::start().await;
    let form = [("product", "odd"), ("quantity", "1")];
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
    ] {
        let answer = shop
            .client
            .post(format!("{}/cart/lines", shop.url))
            .header(name, value)
            .form(&form)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 403, "{name}: {value}");
    }
    assert_eq!(shop.number("select count(*) from cart").await, 0);
}

#[tokio::test]
async fn what_is_too_large_or_of_another_kind_is_refused() {
    let shop = Process::start().await;
    let large = "x".repeat(70_000);
    let answer = shop
        .post("/cart/lines", &[("product", large.as_str())])
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 413);
    assert_eq!(
        shop.client
            .put(format!("{}/cart", shop.url))
            .header("sec-fetch-site", "none")
            .send()
            .await
            .unwrap()
            .status(),
        405
    );
    assert_eq!(shop.get("/cart/lines").send().await.unwrap().status(), 405);
    let nobody = shop.post("/api/nothing", &[]).send().await.unwrap();
    assert_eq!(nobody.status(), 404);
}
