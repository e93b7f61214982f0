//! The hosted page, as a browser without JavaScript uses it.

use sandbox::Options;
use serde_json::json;

use crate::common::{Bench, card_form, form_with};

async fn open() -> (Bench, String, String) {
    let bench = Bench::with(Options {
        business_name: "Tarn <&> Tallow".to_owned(),
        ..Options::default()
    })
    .await;
    let id = bench.session().await;
    (bench, id.clone(), format!("/c/pay/{id}"))
}

#[tokio::test]
async fn the_page_shows_what_is_bought_and_says_what_it_is() {
    let (bench, _, path) = open().await;
    let page = bench.page(&path).await;
    assert_eq!(
        (page.status, page.header("cache-control")),
        (200, Some("no-store"))
    );
    assert!(
        page.header("content-security-policy")
            .unwrap()
            .starts_with("default-src 'none'")
    );
    for text in [
        "no real money moves",
        "Belly mug, moss",
        "2 × £24.00",
        "Royal Mail Tracked",
        "£4.00",
        "Pay £52.00",
        "shopper@example.com",
        "4242 4242 4242 4242",
        "Back to Tarn &lt;&amp;&gt; Tallow",
        "http://shop.example/checkout",
    ] {
        assert!(page.text.contains(text), "{text}");
    }
}

#[tokio::test]
async fn a_good_card_leads_to_the_shop_and_is_charged_once() {
    let (bench, id, path) = open().await;
    let there = format!("http://shop.example/orders/abc?session={id}");
    let form = card_form("4242 4242 4242 4242");
    // Twice at once, then once more from another tab.
    let (first, second) = tokio::join!(bench.submit(&path, &form), bench.submit(&path, &form));
    let third = bench.submit(&path, &form).await;
    for answer in [first, second, third] {
        assert_eq!(
            (answer.status, answer.header("location")),
            (303, Some(there.as_str()))
        );
    }
    assert_eq!(bench.control.taken(), (1, 5200));
    let page = bench.page(&path).await;
    assert!(page.text.contains("This payment is complete"));
}

#[tokio::test]
async fn a_declined_card_keeps_the_session_open_and_the_name() {
    let (bench, id, path) = open().await;
    for (number, words) in [
        ("4000 0000 0000 0002", "Your card was declined."),
        ("4000 0000 0000 9995", "Your card has insufficient funds."),
    ] {
        let page = bench.submit(&path, &card_form(number)).await;
        assert_eq!(page.status, 402);
        assert!(
            page.text.contains(words)
                && page.text.contains("A Shopper")
                && page.text.contains("LA1 1AA")
        );
        assert!(
            !page.text.contains(&format!("value=\"{number}\"")),
            "the number is not shown again"
        );
    }
    assert_eq!(bench.control.object(&id).unwrap()["status"], "open");
    let paid = bench.submit(&path, &card_form("4242424242424242")).await;
    assert_eq!(paid.status, 303);
    assert_eq!(bench.control.taken(), (1, 5200));
    let everything = format!(
        "{:?}{:?}",
        bench.control.events(),
        bench.control.object(&id)
    );
    assert!(!everything.contains("4242424242424242") && !everything.contains("4000000000000002"));
}

#[tokio::test]
async fn mistakes_are_named_beside_their_fields() {
    let (bench, _, path) = open().await;
    let mut form = card_form("4242 4242 4242 4241");
    form.retain(|(name, _)| *name != "cvc" && *name != "expiry");
    form.push(("expiry", "01 / 20"));
    let page = bench.submit(&path, &form).await;
    assert_eq!(page.status, 422);
    for text in [
        "Your card number is invalid.",
        "expiry date is in the past.",
        "Enter the security code.",
    ] {
        assert!(page.text.contains(text), "{text}");
    }
    assert!(page.text.contains("aria-describedby=\"number-error\""));
    assert_eq!(bench.control.taken(), (0, 0));
    assert!(bench.event_types().is_empty());
}

#[tokio::test]
async fn the_bank_may_ask_and_be_answered_either_way() {
    let (bench, id, path) = open().await;
    let asked = bench.submit(&path, &card_form("4000 0025 0000 3155")).await;
    let bank = asked.header("location").unwrap().to_owned();
    assert!(bank.starts_with("/c/authenticate/pi_"));
    assert!(bench.page(&bank).await.text.contains("Visa ending in 3155"));
    let failed = bench.submit(&bank, &[("answer", "fail")]).await;
    assert_eq!(
        failed.header("location"),
        Some(format!("{path}?declined=1#payment").as_str())
    );
    let page = bench.page(&format!("{path}?declined=1")).await;
    assert!(
        page.text
            .contains("We are unable to authenticate your payment method.")
            && page.text.contains("A Shopper")
    );

    let bank = bench
        .submit(&path, &card_form("4000 0025 0000 3155"))
        .await
        .header("location")
        .unwrap()
        .to_owned();
    let there = format!("http://shop.example/orders/abc?session={id}");
    for _ in 0..2 {
        let passed = bench.submit(&bank, &[("answer", "complete")]).await;
        assert_eq!(
            (passed.status, passed.header("location")),
            (303, Some(there.as_str()))
        );
    }
    assert_eq!(
        bench.page(&bank).await.header("location"),
        Some(there.as_str())
    );
    assert_eq!(bench.control.taken(), (1, 5200));
}

#[tokio::test]
async fn the_bank_may_pass_and_the_card_still_be_empty() {
    let (bench, id, path) = open().await;
    let bank = bench
        .submit(&path, &card_form("4000 0082 6000 3178"))
        .await
        .header("location")
        .unwrap()
        .to_owned();
    bench.submit(&bank, &[("answer", "complete")]).await;
    assert!(
        bench
            .page(&format!("{path}?declined=1"))
            .await
            .text
            .contains("Your card has insufficient funds.")
    );
    assert_eq!(bench.control.object(&id).unwrap()["status"], "open");
}

#[tokio::test]
async fn time_may_run_out_on_the_page_or_at_the_bank() {
    let (bench, id, path) = open().await;
    let bank = bench
        .submit(&path, &card_form("4000 0025 0000 3155"))
        .await
        .header("location")
        .unwrap()
        .to_owned();
    assert!(bench.control.expire(&id));
    let late = bench.submit(&bank, &[("answer", "complete")]).await;
    assert_eq!(late.header("location"), Some(path.as_str()));
    for page in [
        bench.page(&path).await,
        bench.submit(&path, &card_form("4242424242424242")).await,
    ] {
        assert_eq!(page.status, 410);
        assert!(
            page.text.contains("has expired") && page.text.contains("http://shop.example/checkout")
        );
    }
    assert_eq!(bench.control.taken(), (0, 0));
}

#[tokio::test]
async fn a_test_card_is_filled_in_without_script_and_keeps_what_was_typed() {
    let (bench, _, path) = open().await;
    let page = bench
        .submit(
            &path,
            &[("fill", "insufficient"), ("name", "Ada"), ("country", "GB")],
        )
        .await;
    assert_eq!(page.status, 200);
    for value in ["4000 0000 0000 9995", "12 / 34", "Ada", "LA1 1AA"] {
        assert!(page.text.contains(&format!("value=\"{value}\"")), "{value}");
    }
    assert!(bench.event_types().is_empty());
}

#[tokio::test]
async fn another_delivery_changes_the_total_before_anything_is_charged() {
    let (bench, ..) = open().await;
    let mut form = form_with(
        "shipping_options[1][shipping_rate_data][display_name]",
        "Next day",
    );
    form.push((
        "shipping_options[1][shipping_rate_data][fixed_amount][amount]",
        "900",
    ));
    form.push((
        "shipping_options[1][shipping_rate_data][fixed_amount][currency]",
        "gbp",
    ));
    let session = bench.post("/v1/checkout/sessions", &form).await.json();
    let path = format!("/c/pay/{}", session["id"].as_str().unwrap());
    let rate = session["shipping_options"][1]["shipping_rate"]
        .as_str()
        .unwrap();
    let mut card = card_form("4242424242424242");
    card.push(("shipping_rate", rate));
    let shown = bench.submit(&path, &card).await;
    assert_eq!(shown.status, 200);
    assert!(shown.text.contains("Pay £57.00"));
    assert_eq!(bench.control.taken(), (0, 0));
    assert_eq!(bench.submit(&path, &card).await.status, 303);
    assert_eq!(bench.control.taken(), (1, 5700));
    let paid = bench
        .control
        .object(session["id"].as_str().unwrap())
        .unwrap();
    assert_eq!(paid["shipping_cost"]["shipping_rate"], json!(rate));
}

#[tokio::test]
async fn nothing_to_pay_needs_no_card() {
    let (bench, ..) = open().await;
    let mut form = form_with("line_items[0][price_data][unit_amount]", "0");
    form.retain(|(name, _)| !name.starts_with("shipping_options"));
    let session = bench.post("/v1/checkout/sessions", &form).await.json();
    let path = format!("/c/pay/{}", session["id"].as_str().unwrap());
    let page = bench.page(&path).await;
    assert!(page.text.contains("Complete order") && !page.text.contains("Card number</label>"));
    assert_eq!(bench.submit(&path, &[]).await.status, 303);
    let done = bench
        .control
        .object(session["id"].as_str().unwrap())
        .unwrap();
    assert_eq!(
        (&done["payment_status"], &done["payment_intent"]),
        (&json!("no_payment_required"), &json!(null))
    );
    assert_eq!(bench.event_types(), ["checkout.session.completed"]);
}

#[tokio::test]
async fn an_address_is_asked_for_when_the_shop_names_none() {
    let (bench, ..) = open().await;
    let session = bench
        .post("/v1/checkout/sessions", &form_with("customer_email", ""))
        .await
        .json();
    let path = format!("/c/pay/{}", session["id"].as_str().unwrap());
    let page = bench.submit(&path, &card_form("4242424242424242")).await;
    assert_eq!(page.status, 422);
    assert!(page.text.contains("Enter an e-mail address"));
    let mut form = card_form("4242424242424242");
    form.push(("email", "typed@example.com"));
    assert_eq!(bench.submit(&path, &form).await.status, 303);
    let paid = bench
        .control
        .object(session["id"].as_str().unwrap())
        .unwrap();
    assert_eq!(paid["customer_details"]["email"], "typed@example.com");
}

#[tokio::test]
async fn other_pages_are_there_and_others_are_not() {
    let (bench, id, path) = open().await;
    bench.submit(&path, &card_form("4242424242424242")).await;
    let home = bench.page("/").await;
    for text in [
        "£52.00",
        "Complete",
        "Visa ···· 4242",
        "checkout.session.completed",
        "Nobody listens",
        &path,
    ] {
        assert!(home.text.contains(text), "{text}");
    }
    assert!(!home.text.contains("4242424242424242"));
    assert!(home.text.contains(&id));
    for missing in [
        "/c/pay/cs_test_none",
        "/c/authenticate/pi_none",
        "/nowhere",
        "/mail/9",
    ] {
        assert_eq!(bench.page(missing).await.status, 404, "{missing}");
    }
}
