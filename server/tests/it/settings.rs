//! The settings over HTTP: plain forms, whose faults stand beside the fields and lose nothing.

use crate::support::{Process, cookies, header};
use reqwest::Response;

/// Somebody who may change the settings.
struct Owner<'a> {
    process: &'a Process,
    cookie: String,
}

impl Owner<'_> {
    async fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let asked = self.process.post(path, form);
        asked.header("cookie", &self.cookie).send().await.unwrap()
    }

    async fn page(&self, path: &str) -> String {
        let asked = self.process.get(path).header("cookie", &self.cookie);
        let answer = asked.send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.text().await.unwrap()
    }
}

/// What a form that was refused shows again.
async fn again(answer: Response) -> String {
    assert_eq!(answer.status(), 422);
    answer.text().await.unwrap()
}

#[tokio::test]
async fn a_zone_is_made_with_its_way_and_its_rate_and_shoppers_see_it() {
    let process = Process::start().await;
    let cookie = process.cookie_of(Some("owner")).await;
    let owner = Owner {
        process: &process,
        cookie,
    };
    let zone = [("name", "Europe"), ("country", "FR"), ("country", "GB")];
    let page = again(owner.post("/admin/settings/shipping/new", &zone).await).await;
    assert!(page.contains("United Kingdom is in the zone “UK”"));
    assert!(page.contains(r#"value="Europe""#), "what was typed stays");
    let zone = [("name", "Europe"), ("country", "FR"), ("country", "DE")];
    let made = owner.post("/admin/settings/shipping/new", &zone).await;
    assert_eq!(made.status(), 303);
    let at = header(&made, "location").to_owned();
    let ways = format!("{at}/methods");
    let wrong = [
        ("name", "Parcel"),
        ("price", "much"),
        ("min_days", "4"),
        ("max_days", "7"),
    ];
    let page = again(owner.post(&ways, &wrong).await).await;
    assert!(page.contains(r#"id="price-error""#) && page.contains(r#"value="much""#));
    let right = [
        ("name", "Parcel"),
        ("price", "9.90"),
        ("min_days", "4"),
        ("max_days", "7"),
        ("active", "yes"),
    ];
    assert_eq!(owner.post(&ways, &right).await.status(), 303);
    let rate = [
        ("country", "FR"),
        ("name", "TVA"),
        ("rate", "20"),
        ("included", "yes"),
    ];
    assert_eq!(
        owner.post("/admin/settings/taxes", &rate).await.status(),
        303
    );
    let list = owner.page("/admin/settings/shipping").await;
    assert!(list.contains("France, Germany"));
    assert!(list.contains("£9.90"));
    // A country that is delivered to keeps its rate.
    let taxes = owner.page("/admin/settings/taxes").await;
    assert!(taxes.contains("It is due on what is sent there by the zone “Europe”."));
    let added = process
        .post("/cart/lines", &[("product", "odd"), ("quantity", "1")])
        .send()
        .await
        .unwrap();
    let to_france = [("country", "FR"), ("action", "update")];
    let checkout = process
        .post("/checkout", &to_france)
        .header("cookie", cookies(&added));
    let checkout = checkout.send().await.unwrap().text().await.unwrap();
    assert!(checkout.contains("Parcel") && checkout.contains("£12.90"));
    let stale = [("version", "0")];
    let page = again(owner.post(&format!("{at}/delete"), &stale).await).await;
    assert!(page.contains("What was saved meanwhile"));
    let seen = [("version", "1")];
    let gone = owner.post(&format!("{at}/delete"), &seen).await;
    assert_eq!(gone.status(), 303);
    assert_eq!(
        process.number("select count(*) from shipping_method").await,
        1
    );
}

#[tokio::test]
async fn a_form_that_was_overtaken_shows_both_sides_and_can_be_saved_then() {
    let process = Process::start().await;
    let cookie = process.cookie_of(Some("owner")).await;
    let owner = Owner {
        process: &process,
        cookie,
    };
    let form = |name: &'static str, version: &'static str| {
        [
            ("name", name),
            ("email", "shop@example.com"),
            ("country", "GB"),
            ("time_zone", "Europe/London"),
            ("currency", "GBP"),
            ("version", version),
        ]
    };
    let first = owner.post("/admin/settings", &form("Theirs", "1")).await;
    assert_eq!(first.status(), 303);
    let page = again(owner.post("/admin/settings", &form("Mine", "1")).await).await;
    assert!(page.contains("What was saved meanwhile") && page.contains("Theirs"));
    assert!(page.contains(r#"value="Mine""#) && page.contains(r#"name="version" value="2""#));
    let second = owner.post("/admin/settings", &form("Mine", "2")).await;
    assert_eq!(second.status(), 303);
    let page = owner.page("/admin/settings/mail").await;
    assert!(page.contains("Mine"), "the name holds at once");
}

#[tokio::test]
async fn a_password_of_long_ago_is_asked_for_before_the_settings() {
    let process = Process::start().await;
    let cookie = process.cookie_of(Some("owner")).await;
    let owner = Owner {
        process: &process,
        cookie,
    };
    sqlx::query("update staff_session set confirmed_at = now() - interval '1 hour'")
        .execute(&process.db)
        .await
        .unwrap();
    for path in ["taxes", "shipping", "shipping/new", "mail", "legal"] {
        let asked = process.get(&format!("/admin/settings/{path}"));
        let answer = asked.header("cookie", &owner.cookie).send().await.unwrap();
        let to = header(&answer, "location");
        assert!(to.starts_with("/admin/confirm?to="), "{path} leads to {to}");
    }
    let rate = [("country", "FR"), ("name", "TVA"), ("rate", "20")];
    let answer = owner.post("/admin/settings/taxes", &rate).await;
    assert!(header(&answer, "location").starts_with("/admin/confirm"));
    assert_eq!(process.number("select count(*) from tax_rate").await, 1);
}
