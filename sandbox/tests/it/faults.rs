//! Everything that can go wrong between the shop and Stripe, on demand.

use std::time::Duration;

use sandbox::{Fault, FaultRule};
use serde_json::json;

use crate::common::{Bench, read, session_form};

const SESSIONS: &str = "/v1/checkout/sessions";

#[tokio::test]
async fn a_gateway_answers_in_html_before_the_work_or_after_it() {
    let bench = Bench::start().await;
    bench.control.fault(FaultRule::new(Fault::BadGateway));
    let page = bench.post(SESSIONS, &session_form()).await;
    assert_eq!(
        (page.status, page.header("content-type")),
        (502, Some("text/html"))
    );
    assert!(page.text.contains("502 Bad Gateway"));
    assert_eq!(bench.control.sessions().len(), 0);
    bench
        .control
        .fault(FaultRule::new(Fault::CommitThenBadGateway));
    assert_eq!(bench.post(SESSIONS, &session_form()).await.status, 502);
    assert_eq!(bench.control.sessions().len(), 1);
}

#[tokio::test]
async fn the_connection_closes_without_an_answer() {
    let bench = Bench::start().await;
    for (fault, made) in [(Fault::Drop, 0), (Fault::CommitThenDrop, 1)] {
        bench.control.fault(FaultRule::new(fault));
        let result = bench.request(SESSIONS, &session_form()).send().await;
        assert!(result.unwrap_err().is_request(), "{fault:?}");
        assert_eq!(bench.control.sessions().len(), made, "{fault:?}");
    }
    assert_eq!(bench.post(SESSIONS, &session_form()).await.status, 200);
}

#[tokio::test]
async fn no_answer_comes() {
    let bench = Bench::start().await;
    for (fault, made) in [(Fault::Hang, 0), (Fault::CommitThenHang, 1)] {
        bench.control.fault(FaultRule::new(fault));
        let result = bench
            .request(SESSIONS, &session_form())
            .timeout(Duration::from_millis(150))
            .send()
            .await;
        assert!(result.unwrap_err().is_timeout(), "{fault:?}");
        assert_eq!(bench.control.sessions().len(), made, "{fault:?}");
    }
}

#[tokio::test]
async fn a_rule_is_for_its_requests_only_and_runs_out() {
    let bench = Bench::start().await;
    let rule = json!({ "fault": "rate_limit", "method": "POST", "path": "/expire", "times": 2 });
    let added = bench
        .http
        .post(bench.url("/_control/faults"))
        .json(&rule)
        .send()
        .await
        .unwrap();
    assert_eq!(added.status(), 200);
    let id = bench.session().await;
    let path = format!("{SESSIONS}/{id}/expire");
    assert_eq!(bench.post(&path, &[]).await.status, 429);
    assert_eq!(bench.page("/_control/faults").await.json()[0]["times"], 1);
    assert_eq!(bench.post(&path, &[]).await.status, 429);
    assert_eq!(bench.post(&path, &[]).await.status, 200);
    bench
        .control
        .fault(FaultRule::new(Fault::ServerError).times(3));
    bench
        .http
        .delete(bench.url("/_control/faults"))
        .send()
        .await
        .unwrap();
    assert_eq!(bench.get(SESSIONS).await.status, 200);
}

#[tokio::test]
async fn requests_are_remembered_without_card_numbers() {
    let bench = Bench::start().await;
    bench.post_with_key("k1", SESSIONS, &session_form()).await;
    bench
        .post(
            "/v1/payment_methods",
            &[("card[number]", "4242424242424242"), ("card[cvc]", "123")],
        )
        .await;
    let seen = bench.control.requests();
    assert_eq!(
        (
            seen[0].method.as_str(),
            seen[0].path.as_str(),
            seen[0].status
        ),
        ("POST", SESSIONS, Some(200))
    );
    assert_eq!(seen[0].idempotency_key.as_deref(), Some("k1"));
    assert_eq!(seen[0].params["metadata"]["order_id"], "1");
    assert_eq!(
        seen[1].params["card"],
        json!({ "number": "[hidden]", "cvc": "[hidden]" })
    );
    let over_http = bench.page("/_control/requests").await;
    assert!(!over_http.text.contains("4242424242424242"));
    bench.control.clear_requests();
    assert!(bench.control.requests().is_empty());
}

#[tokio::test]
async fn the_control_api_pays_expires_and_moves_time() {
    let bench = Bench::start().await;
    let act = async |path: &str, body: serde_json::Value| {
        read(
            bench
                .http
                .post(bench.url(path))
                .json(&body)
                .send()
                .await
                .unwrap(),
        )
        .await
    };
    let id = bench.session().await;
    let declined = act(
        &format!("/_control/sessions/{id}/pay"),
        json!({ "card": "declined" }),
    )
    .await;
    assert_eq!(
        (declined.status, &declined.json()["decline_code"]),
        (402, &json!("generic_decline"))
    );
    let asked = act(
        &format!("/_control/sessions/{id}/pay"),
        json!({ "card": "4000002500003155" }),
    )
    .await
    .json();
    assert_eq!(asked["outcome"], "needs_authentication");
    let path = format!("/_control/sessions/{id}/pay");
    let paid = act(
        &path,
        json!({ "card": "authenticate", "authenticate": true }),
    )
    .await
    .json();
    assert_eq!(
        paid["success_url"],
        format!("http://shop.example/orders/abc?session={id}")
    );
    assert_eq!(act(&path, json!({ "card": "visa" })).await.status, 409);
    assert_eq!(act(&path, json!({ "card": "1234" })).await.status, 422);

    let other = bench.session().await;
    assert_eq!(
        act(&format!("/_control/sessions/{other}/expire"), json!({}))
            .await
            .status,
        200
    );
    assert_eq!(
        act(&format!("/_control/sessions/{other}/expire"), json!({}))
            .await
            .status,
        409
    );
    let before = bench.control.now();
    let moved = act("/_control/clock", json!({ "advance_seconds": 3600 }))
        .await
        .json();
    assert!(moved["now"].as_i64().unwrap() >= before + 3600);
    act("/_control/clock", json!({ "reset": true })).await;
    assert!(bench.control.now() < before + 60);
}

#[tokio::test]
async fn dropping_the_sandbox_stops_it_even_while_a_request_hangs() {
    let Bench {
        sandbox,
        control,
        http,
    } = Bench::start().await;
    let (url, smtp) = (sandbox.url(), sandbox.smtp_addr());
    control.fault(FaultRule::new(Fault::Hang));
    let hanging = tokio::spawn(
        http.get(format!("{url}/v1/events"))
            .bearer_auth(sandbox.key())
            .send(),
    );
    while control.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    drop(sandbox);
    assert!(hanging.await.unwrap().is_err());
    assert!(http.get(&url).send().await.unwrap_err().is_connect());
    assert!(tokio::net::TcpStream::connect(smtp).await.is_err());
}
