//! What the log holds: a line for a machine each, with the request it belongs to, and nobody's name.

use crate::support::{Process, cookies, header};
use sandbox::MailFault;
use serde_json::Value;
use std::time::Duration;

const SOON: Duration = Duration::from_secs(20);
const CARD: &str = "4000002500003155";
const PASSWORD: &str = "kettle-window-otter";
/// What must not be read there, in any case of letters.
const PERSONAL: [&str; 7] = [
    "marian.t",
    "example.org",
    "teasdale",
    "stramongate",
    "la9 4bh",
    CARD,
    PASSWORD,
];

async fn buy(shop: &Process, jar: &str) -> String {
    let form = [
        ("email", "marian.t@example.org"),
        ("country", "GB"),
        ("name", "Marian Teasdale"),
        ("line1", "14 Stramongate"),
        ("city", "Kendal"),
        ("postcode", "LA9 4BH"),
        ("method", "uk"),
        ("action", "pay"),
        ("total", "2650"),
    ];
    let placed = shop.post("/checkout", &form).header("cookie", jar);
    let placed = placed.send().await.unwrap();
    assert_eq!(placed.status(), 303);
    let pay_page = header(&placed, "location");
    pay_page.rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn nobody_is_named_in_the_log_not_even_where_everything_is_logged() {
    let settings = [("RUST_LOG", "debug"), ("LOG_FORMAT", "json")];
    let shop = Process::with(&settings).await;
    // An account, and what is refused.
    let account = [
        ("name", "Marian Teasdale"),
        ("email", "marian.t@example.org"),
        ("password", PASSWORD),
    ];
    for (path, form) in [
        ("/account/sign-up", &account[..]),
        ("/account/sign-in", &account[1..]),
        ("/account/forgot", &account[1..2]),
        ("/admin/sign-in", &account[1..]),
        ("/orders/find", &[("number", "1001"), account[1]]),
    ] {
        shop.post(path, form).send().await.unwrap();
    }
    // A purchase whose receipt is refused at first, and then never taken.
    shop.stripe.mail_fault(MailFault::Refuse, 1);
    shop.stripe.mail_fault(MailFault::Reject, 1);
    let mug = [("product", "mug"), ("option1", "S"), ("quantity", "1")];
    let added = shop.post("/cart/lines", &mug).send().await.unwrap();
    let session = buy(&shop, &cookies(&added)).await;
    shop.stripe.pay(&session, CARD).unwrap();
    assert!(shop.stripe.events_delivered(SOON).await);
    let back = shop.stripe.success_url(&session).unwrap();
    shop.get(&back.replace(&shop.url, "")).send().await.unwrap();
    // A fault of ours in the middle of somebody's search.
    sqlx::query("alter table product rename column search to hidden")
        .execute(&shop.db)
        .await
        .unwrap();
    let failed = shop.get("/search?q=teasdale").send().await.unwrap();
    assert_eq!(failed.status(), 500);
    let reference = header(&failed, "x-request-id").to_owned();

    let log = shop.log();
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}")))
        .collect();
    assert!(lines.len() > 20, "little was logged: {log}");
    for line in log.lines() {
        for word in PERSONAL {
            assert!(!line.to_lowercase().contains(word), "{word} in {line}");
        }
    }
    let of_the_fault =
        |line: &&Value| line["level"] == "ERROR" && line.to_string().contains(&reference);
    assert_eq!(lines.iter().filter(of_the_fault).count(), 1, "{log}");
    let answered = lines.iter().find(|line| line["message"] == "answered");
    assert!(
        answered.is_some_and(|line| line["span"]["id"].is_string()),
        "lines tell which request they belong to: {log}"
    );
}
