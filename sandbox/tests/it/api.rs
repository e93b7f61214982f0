//! Sessions by bare forms: what is taken, what is refused and in which words.

use std::time::Duration;

use serde_json::json;

use crate::common::{Bench, form_with, read, session_form};

const SESSIONS: &str = "/v1/checkout/sessions";

#[tokio::test]
async fn sums_are_those_of_the_lines_and_the_delivery() {
    let bench = Bench::start().await;
    let answer = bench.post(SESSIONS, &session_form()).await;
    let session = answer.json();
    assert_eq!(answer.status, 200);
    assert!(answer.header("request-id").unwrap().starts_with("req_"));
    assert_eq!(session["amount_subtotal"], 4800);
    assert_eq!(session["amount_total"], 5200);
    assert_eq!(
        session["total_details"],
        json!({ "amount_discount": 0, "amount_shipping": 400, "amount_tax": 0 })
    );
    assert_eq!(session["shipping_cost"]["amount_total"], 400);
    assert_eq!(session["payment_intent"], json!(null));
    assert_eq!(
        (&session["status"], &session["payment_status"]),
        (&json!("open"), &json!("unpaid"))
    );
    assert_eq!(session["metadata"], json!({ "order_id": "1" }));
    assert!(session.get("line_items").is_none());
}

#[tokio::test]
async fn without_the_key_there_is_no_answer() {
    let bench = Bench::start().await;
    let bare = read(bench.http.get(bench.url(SESSIONS)).send().await.unwrap()).await;
    assert_eq!(bare.status, 401);
    assert!(
        bare.error("message")
            .starts_with("You did not provide an API key.")
    );
    let wrong = bench
        .http
        .get(bench.url(SESSIONS))
        .bearer_auth("sk_test_0123456789abcdef")
        .send()
        .await
        .unwrap();
    let wrong = read(wrong).await;
    assert_eq!(
        (wrong.status, wrong.error("message").as_str()),
        (401, "Invalid API Key provided: sk_test_************cdef")
    );
    let basic = bench
        .http
        .get(bench.url(SESSIONS))
        .basic_auth(bench.sandbox.key(), None::<&str>)
        .send()
        .await
        .unwrap();
    assert_eq!(basic.status(), 200);
}

#[tokio::test]
async fn unknown_and_missing_parameters_are_named() {
    let bench = Bench::start().await;
    let unknown = bench.post(SESSIONS, &form_with("colour", "red")).await;
    assert_eq!(unknown.status, 400);
    assert_eq!(unknown.error("type"), "invalid_request_error");
    assert_eq!(unknown.error("code"), "parameter_unknown");
    assert_eq!(
        unknown.error("message"),
        "Received unknown parameter: colour"
    );
    let nested = bench
        .post(
            SESSIONS,
            &form_with("line_items[0][price_data][colour]", "red"),
        )
        .await;
    assert_eq!(nested.error("param"), "line_items[0][price_data][colour]");
    for name in [
        "mode",
        "success_url",
        "line_items[0][quantity]",
        "line_items[0][price_data][product_data][name]",
    ] {
        let missing = bench.post(SESSIONS, &form_with(name, "")).await;
        let wanted = name.strip_suffix("[name]").unwrap_or(name);
        assert_eq!(missing.error("code"), "parameter_missing", "{name}");
        assert_eq!(missing.error("param"), wanted, "{name}");
    }
    let later = bench
        .post(SESSIONS, &form_with("discounts[0][coupon]", "TEN"))
        .await;
    assert!(
        later
            .error("message")
            .starts_with("The sandbox does not support the parameter discounts")
    );
    assert!(bench.control.sessions().is_empty());
}

#[tokio::test]
async fn rules_of_checkout_are_held() {
    let bench = Bench::start().await;
    let soon = Box::leak((bench.control.now() + 29 * 60).to_string().into_boxed_str());
    let late = Box::leak(
        (bench.control.now() + 24 * 3600 + 60)
            .to_string()
            .into_boxed_str(),
    );
    let cases = [
        (
            "mode",
            "rent",
            "mode",
            "Invalid mode: must be one of payment, setup, or subscription",
        ),
        ("success_url", "orders", "success_url", "Not a valid URL"),
        (
            "customer_email",
            "nobody",
            "customer_email",
            "Invalid email address: nobody",
        ),
        (
            "customer",
            "cus_none",
            "customer_email",
            "You may only specify one of these parameters: customer, customer_email.",
        ),
        (
            "expires_at",
            soon,
            "expires_at",
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
        ),
        (
            "expires_at",
            late,
            "expires_at",
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
        ),
        (
            "line_items[0][quantity]",
            "0",
            "line_items[0][quantity]",
            "Quantity must be greater than 0.",
        ),
        (
            "line_items[0][quantity]",
            "two",
            "line_items[0][quantity]",
            "Invalid integer: two",
        ),
        (
            "line_items[0][price_data][unit_amount]",
            "-1",
            "line_items[0][price_data][unit_amount]",
            "Invalid non-negative integer",
        ),
    ];
    for (name, value, param, message) in cases {
        let answer = bench.post(SESSIONS, &form_with(name, value)).await;
        assert_eq!(
            (answer.status, answer.error("message").as_str()),
            (400, message),
            "{name}={value}"
        );
        assert_eq!(answer.error("param"), param, "{name}={value}");
    }
    let mixed = bench
        .post(
            SESSIONS,
            &form_with(
                "shipping_options[0][shipping_rate_data][fixed_amount][currency]",
                "eur",
            ),
        )
        .await;
    assert!(mixed.error("message").contains("same currency"));
}

#[tokio::test]
async fn too_little_and_too_much_are_refused_and_nothing_at_all_is_not() {
    let bench = Bench::start().await;
    let form = |amount: &'static str| {
        let mut form = form_with("line_items[0][price_data][unit_amount]", amount);
        form.retain(|(name, _)| {
            !name.starts_with("shipping_options") && *name != "line_items[0][quantity]"
        });
        form.push(("line_items[0][quantity]", "1"));
        form
    };
    let small = bench.post(SESSIONS, &form("29")).await;
    assert_eq!(small.error("code"), "amount_too_small");
    assert_eq!(
        small.error("message"),
        "The Checkout Session's total amount due must add up to at least £0.30 gbp"
    );
    assert_eq!(bench.post(SESSIONS, &form("30")).await.status, 200);
    assert_eq!(
        bench.post(SESSIONS, &form("100000000")).await.error("code"),
        "amount_too_large"
    );
    let free = bench.post(SESSIONS, &form("0")).await.json();
    assert_eq!(
        (&free["amount_total"], &free["payment_status"]),
        (&json!(0), &json!("no_payment_required"))
    );
}

#[tokio::test]
async fn a_hundred_lines_are_taken_and_not_one_more() {
    let bench = Bench::start().await;
    let fields = [
        "quantity",
        "price_data][currency",
        "price_data][unit_amount",
        "price_data][product_data][name",
    ];
    let lines = |count: usize| {
        let mut form: Vec<(String, &str)> = vec![
            ("mode".to_owned(), "payment"),
            ("success_url".to_owned(), "http://shop.example/"),
        ];
        for i in 0..count {
            for (field, value) in fields.iter().zip(["1", "gbp", "100", "Thing"]) {
                form.push((format!("line_items[{i}][{field}]"), value));
            }
        }
        form
    };
    let send = async |form: Vec<(String, &str)>| {
        let request = bench
            .http
            .post(bench.url(SESSIONS))
            .bearer_auth(bench.sandbox.key())
            .form(&form);
        read(request.send().await.unwrap()).await
    };
    let most = send(lines(100)).await.json();
    assert_eq!(most["amount_total"], 10_000);
    let more = send(lines(101)).await;
    assert_eq!(
        more.error("message"),
        "Array line_items exceeded maximum 100 allowed elements."
    );

    let path = format!("{SESSIONS}/{}/line_items", most["id"].as_str().unwrap());
    let expanded = bench
        .get(&format!(
            "{SESSIONS}/{}?expand[]=line_items",
            most["id"].as_str().unwrap()
        ))
        .await
        .json();
    assert_eq!(expanded["line_items"]["data"].as_array().unwrap().len(), 10);
    assert_eq!(expanded["line_items"]["has_more"], true);
    let (mut seen, mut after) = (0, String::new());
    loop {
        let page = bench.get(&format!("{path}?limit=40{after}")).await.json();
        let data = page["data"].as_array().unwrap();
        seen += data.len();
        after = format!(
            "&starting_after={}",
            data.last().unwrap()["id"].as_str().unwrap()
        );
        if page["has_more"] == false {
            break;
        }
    }
    assert_eq!(seen, 100);
    assert_eq!(bench.get(&format!("{path}?limit=101")).await.status, 400);
}

#[tokio::test]
async fn lists_go_back_as_well_and_the_newest_comes_first() {
    let bench = Bench::start().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.insert(0, bench.session().await);
    }
    let list = bench.get(&format!("{SESSIONS}?limit=2")).await.json();
    assert_eq!(
        (&list["data"][0]["id"], &list["data"][1]["id"]),
        (&json!(ids[0]), &json!(ids[1]))
    );
    assert_eq!(list["has_more"], true);
    let back = bench
        .get(&format!("{SESSIONS}?limit=1&ending_before={}", ids[2]))
        .await
        .json();
    assert_eq!(
        (&back["data"][0]["id"], &back["has_more"]),
        (&json!(ids[1]), &json!(true))
    );
    let bench_now = bench.control.now();
    let later = bench
        .get(&format!("{SESSIONS}?created[gt]={}", bench_now + 5))
        .await
        .json();
    assert_eq!(later["data"], json!([]));
}

#[tokio::test]
async fn properties_are_expanded_or_said_not_to_be() {
    let bench = Bench::start().await;
    let id = bench.session().await;
    bench.control.pay(&id, "visa").unwrap();
    let deep = bench
        .get(&format!(
            "{SESSIONS}/{id}?expand[]=payment_intent.latest_charge"
        ))
        .await
        .json();
    assert_eq!(deep["payment_intent"]["latest_charge"]["amount"], 5200);
    let listed = bench
        .get(&format!("{SESSIONS}?expand[]=data.payment_intent"))
        .await
        .json();
    assert_eq!(
        listed["data"][0]["payment_intent"]["object"],
        "payment_intent"
    );
    let rate = bench
        .get(&format!(
            "{SESSIONS}/{id}?expand[]=shipping_cost.shipping_rate"
        ))
        .await
        .json();
    assert_eq!(
        rate["shipping_cost"]["shipping_rate"]["display_name"],
        "Royal Mail Tracked"
    );
    let wrong = bench.get(&format!("{SESSIONS}/{id}?expand[]=status")).await;
    assert_eq!(
        wrong.error("message"),
        "This property cannot be expanded (status)."
    );
}

#[tokio::test]
async fn time_expires_a_session_once_and_nobody_can_pay_it_then() {
    let bench = Bench::start().await;
    let form = form_with(
        "expires_at",
        Box::leak((bench.control.now() + 35 * 60).to_string().into_boxed_str()),
    );
    let id = bench.post(SESSIONS, &form).await.json()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    bench.control.advance(Duration::from_mins(34));
    assert_eq!(
        bench.get(&format!("{SESSIONS}/{id}")).await.json()["status"],
        "open"
    );
    bench.control.advance(Duration::from_secs(61));
    let expired = bench.get(&format!("{SESSIONS}/{id}")).await.json();
    assert_eq!(
        (&expired["status"], &expired["url"]),
        (&json!("expired"), &json!(null))
    );
    assert_eq!(
        bench.control.pay(&id, "visa"),
        Err(sandbox::PayError::Expired)
    );
    assert_eq!(bench.event_types(), ["checkout.session.expired"]);
    let again = bench.post(&format!("{SESSIONS}/{id}/expire"), &[]).await;
    assert_eq!(
        again.error("message"),
        "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of expired."
    );
}

#[tokio::test]
async fn expiring_gives_the_payment_up() {
    let bench = Bench::start().await;
    let id = bench.session().await;
    bench.control.pay(&id, "declined").unwrap_err();
    let expired = bench.post(&format!("{SESSIONS}/{id}/expire"), &[]).await;
    assert_eq!(
        (expired.status, &expired.json()["status"]),
        (200, &json!("expired"))
    );
    let intent = bench
        .control
        .object(expired.json()["payment_intent"].as_str().unwrap())
        .unwrap();
    assert_eq!(intent["status"], "canceled");
    assert!(bench.event_types().ends_with(&[
        "payment_intent.canceled".to_owned(),
        "checkout.session.expired".to_owned()
    ]));
}

#[tokio::test]
async fn metadata_is_merged_and_customers_are_kept() {
    let bench = Bench::start().await;
    let id = bench.session().await;
    let path = format!("{SESSIONS}/{id}");
    let updated = bench
        .post(
            &path,
            &[("metadata[order_id]", ""), ("metadata[note]", "gift")],
        )
        .await
        .json();
    assert_eq!(updated["metadata"], json!({ "note": "gift" }));
    let customer = bench
        .post(
            "/v1/customers",
            &[("email", "a@b.example"), ("name", "Ada")],
        )
        .await
        .json();
    let customer_id = customer["id"].as_str().unwrap();
    assert_eq!(
        bench
            .get(&format!("/v1/customers/{customer_id}"))
            .await
            .json(),
        customer
    );
    assert_eq!(bench.get("/v1/customers/cus_none").await.status, 404);
}

#[tokio::test]
async fn a_body_that_is_no_form_is_refused() {
    let bench = Bench::start().await;
    let json = bench
        .http
        .post(bench.url(SESSIONS))
        .bearer_auth(bench.sandbox.key());
    let answer = read(
        json.json(&json!({ "mode": "payment" }))
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(answer.status, 400);
    assert!(
        answer
            .error("message")
            .contains("application/x-www-form-urlencoded")
    );
}

#[tokio::test]
async fn an_address_that_stripe_does_not_have_is_said_to_be_so() {
    let bench = Bench::start().await;
    let answer = bench.get("/v1/checkout/nothing").await;
    assert_eq!(answer.status, 404);
    assert!(
        answer
            .error("message")
            .starts_with("Unrecognized request URL (GET: /v1/checkout/nothing).")
    );
    let missing = bench.get("/v1/checkout/sessions/cs_test_none").await;
    assert_eq!(
        (missing.status, missing.error("code").as_str()),
        (404, "resource_missing")
    );
    assert_eq!(
        missing.error("message"),
        "No such checkout.session: 'cs_test_none'"
    );
}
