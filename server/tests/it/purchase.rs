//! A purchase without a browser: forms, redirects, a signed webhook, a receipt.

use crate::support::{Process, cookies, header};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(20);

const RIGHT: [(&str, &str); 8] = [
    ("email", "marian@example.com"),
    ("country", "GB"),
    ("name", "Marian <b>Teasdale"),
    ("line1", "14 Stramongate"),
    ("city", "Kendal"),
    ("postcode", "LA9 4BH"),
    ("method", "uk"),
    ("action", "pay"),
];

#[tokio::test]
async fn a_stranger_buys_a_mug() {
    let shop = Process::start().await;
    let added = shop
        .post(
            "/cart/lines",
            &[("product", "mug"), ("option1", "S"), ("quantity", "1")],
        )
        .send()
        .await
        .unwrap();
    let jar = cookies(&added);
    let wrong = shop
        .post(
            "/checkout",
            &[&RIGHT[..], &[("total", "1"), ("postcode2", "")]].concat(),
        )
        .header("cookie", &jar);
    let wrong = wrong.send().await.unwrap();
    assert_eq!(wrong.status(), 422);
    let page = wrong.text().await.unwrap();
    assert!(
        page.contains("The total has changed to £26.50")
            && page.contains("Marian &lt;b&gt;Teasdale")
    );

    let form = [&RIGHT[..], &[("total", "2650")]].concat();
    let placed = shop
        .post("/checkout", &form)
        .header("cookie", &jar)
        .send()
        .await
        .unwrap();
    assert_eq!(placed.status(), 303);
    let session = header(&placed, "location")
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    shop.stripe.pay(&session, "visa").unwrap();
    assert!(
        shop.stripe.events_delivered(SOON).await,
        "the webhook did not arrive"
    );
    let mail = shop
        .stripe
        .wait_for_mail("marian@example.com", SOON)
        .await
        .expect("a receipt");
    assert!(mail.text.is_some_and(|text| text.contains("£26.50")));

    let back = shop
        .stripe
        .success_url(&session)
        .unwrap()
        .replace(&shop.url, "");
    let returned = shop.get(&back).header("cookie", &jar).send().await.unwrap();
    assert_eq!(returned.status(), 303);
    let cleared: Vec<_> = returned.headers().get_all("set-cookie").iter().collect();
    assert!(
        cleared
            .iter()
            .all(|cookie| cookie.to_str().unwrap().contains("Max-Age=0"))
    );
    let (status, order) = shop.page(header(&returned, "location")).await;
    assert!(status == 200 && order.contains("Thank you, Marian") && order.contains("1001"));
    assert_eq!(
        shop.number("select count(*) from \"order\" where payment_status = 'paid'")
            .await,
        1
    );
    assert_eq!(shop.number("select allocated::bigint from stock_level l join variant v on v.id = l.variant_id where v.sku = 'MUG-S'").await, 1);
}

#[tokio::test]
async fn without_script_another_country_shows_the_page_again_with_what_was_typed() {
    let shop = Process::start().await;
    let added = shop
        .post("/cart/lines", &[("product", "odd"), ("quantity", "1")])
        .send()
        .await
        .unwrap();
    let form = [
        ("email", "half an addr"),
        ("country", "GB"),
        ("action", "update"),
    ];
    let answer = shop
        .post("/checkout", &form)
        .header("cookie", cookies(&added))
        .send()
        .await
        .unwrap();
    assert_eq!(
        (answer.status().as_u16(), header(&answer, "cache-control")),
        (200, "private, no-store")
    );
    assert!(answer.text().await.unwrap().contains("half an addr"));
}

#[tokio::test]
async fn nobody_signs_in_stripes_name() {
    let shop = Process::start().await;
    let webhook = format!("{}/webhooks/stripe", shop.url);
    let answer = shop
        .client
        .post(webhook)
        .header("stripe-signature", "t=1,v1=00")
        .body("{}")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 400);
    assert_eq!(shop.number("select count(*) from webhook_event").await, 0);
}

#[tokio::test]
async fn trying_too_often_loses_nothing_that_was_typed() {
    let shop = Process::with(&[("LIMIT_CHECKOUT", "1"), ("LIMIT_LOOKUP", "1")]).await;
    let added = shop
        .post("/cart/lines", &[("product", "odd"), ("quantity", "1")])
        .send()
        .await
        .unwrap();
    let jar = cookies(&added);
    let half = [
        ("email", "half an addr"),
        ("line1", "14 Stramongate"),
        ("action", "pay"),
    ];
    let looked_for = [("number", "1001"), ("email", "half an addr")];
    for (path, form, words) in [
        ("/checkout", &half[..], "That was a lot of attempts"),
        ("/orders/find", &looked_for[..], "a minute"),
    ] {
        let try_once = || shop.post(path, form).header("cookie", &jar).send();
        assert_eq!(try_once().await.unwrap().status(), 422, "{path}");
        let refused = try_once().await.unwrap();
        assert_eq!(
            (refused.status().as_u16(), header(&refused, "retry-after")),
            (429, "60"),
            "{path}"
        );
        let page = refused.text().await.unwrap();
        for text in [words, "half an addr"]
            .into_iter()
            .chain(form.iter().map(|(_, typed)| *typed))
        {
            assert!(page.contains(text), "{path}: {text}");
        }
    }
}
