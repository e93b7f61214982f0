//! What the staff do with an order, page by page: a part is sent, one thing is refunded, and everybody sees it.

use crate::support::{Process, SOON, cookies, header};
use reqwest::Response;

/// Buys two mugs, and returns the address of the shopper's page.
async fn buy(shop: &Process) -> String {
    let line = [("product", "mug"), ("option1", "S"), ("quantity", "2")];
    let added = shop.post("/cart/lines", &line).send().await.unwrap();
    let jar = cookies(&added);
    let form = [
        ("email", "marian@example.com"),
        ("country", "GB"),
        ("name", "Marian Teasdale"),
        ("line1", "14 Stramongate"),
        ("city", "Kendal"),
        ("postcode", "LA9 4BH"),
        ("method", "uk"),
        ("action", "pay"),
        ("total", "4850"),
    ];
    let placed = shop.post("/checkout", &form).header("cookie", &jar);
    let placed = placed.send().await.unwrap();
    let session = header(&placed, "location").rsplit('/').next().unwrap();
    shop.stripe.pay(session, "visa").unwrap();
    let back = shop.stripe.success_url(session).unwrap();
    let back = back.replace(&shop.url, "");
    let returned = shop.get(&back).header("cookie", &jar).send().await.unwrap();
    header(&returned, "location").to_owned()
}

/// Waits until something has happened that is going to.
async fn until(mut happened: impl AsyncFnMut() -> bool) {
    let asked = async {
        while !happened().await {
            tokio::task::yield_now().await;
        }
    };
    let soon = tokio::time::timeout(SOON, asked).await;
    soon.expect("it was to happen soon");
}

/// Somebody at work in the admin.
struct Desk<'a> {
    shop: &'a Process,
    cookie: String,
}

impl Desk<'_> {
    async fn see(&self, path: &str) -> String {
        let path = format!("/admin/orders/1001{path}");
        let answer = self.shop.get(&path).header("cookie", &self.cookie);
        let answer = answer.send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.text().await.unwrap()
    }

    async fn send(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let path = format!("/admin/orders/1001{path}");
        let answer = self.shop.post(&path, form).header("cookie", &self.cookie);
        answer.send().await.unwrap()
    }
}

/// What stands in a form's field, by the beginning of its name: the whole name, and the value.
fn field(html: &str, name: &str) -> (String, String) {
    let document = scraper::Html::parse_document(html);
    let selector = scraper::Selector::parse(&format!("input[name^='{name}']")).unwrap();
    let input = document.select(&selector).next().expect(name);
    let read = |what| input.attr(what).unwrap_or_default().to_owned();
    (read("name"), read("value"))
}

#[tokio::test]
async fn a_part_is_sent_a_thing_is_refunded_and_everybody_sees_it() {
    let shop = Process::start().await;
    let own_page = buy(&shop).await;
    let cookie = shop.cookie_of(Some("owner")).await;
    let desk = Desk {
        shop: &shop,
        cookie,
    };
    let page = desk.see("").await;
    assert!(page.contains("Order 1001") && page.contains("£48.50") && page.contains("2 things"));

    let page = desk.see("/fulfil").await;
    let (_, version) = field(&page, "version");
    let (line, left) = field(&page, "send-");
    assert_eq!(left, "2");
    let mut form = vec![
        ("version", version.as_str()),
        (&line, "3"),
        ("carrier", "Royal Mail"),
        ("tracking", "RM 4471"),
        ("tracking_url", "https://track.example/RM4471"),
    ];
    let refused = desk.send("/fulfil", &form).await;
    assert_eq!(refused.status(), 422);
    let page = refused.text().await.unwrap();
    assert!(page.contains("only 2 are left to send") && page.contains("RM 4471"));
    form[1].1 = "1";
    let sent = desk.send("/fulfil", &form).await;
    assert_eq!(
        (sent.status().as_u16(), header(&sent, "location")),
        (303, "/admin/orders/1001")
    );
    // The button that was pressed twice.
    assert_eq!(desk.send("/fulfil", &form).await.status(), 422);
    until(async || {
        let mails = shop.stripe.mails();
        mails
            .iter()
            .any(|mail| mail.subject.ends_with("is on its way"))
    })
    .await;

    let page = desk.see("/refund").await;
    let (_, version) = field(&page, "version");
    let (line, _) = field(&page, "sent-");
    let form = [
        ("version", version.as_str()),
        (&line, "1"),
        ("reason", "Arrived broken"),
        ("tell", "on"),
    ];
    let refunded = desk.send("/refund", &form).await;
    assert_eq!(refunded.status(), 303);
    until(async || {
        let back = "select count(*) from refund where status = 'succeeded' and amount = 2200";
        shop.number(back).await == 1
    })
    .await;
    let (_, left) = shop.stripe.taken();
    assert_eq!(left, 2_650);

    let page = desk.see("").await;
    for words in [
        "Part sent",
        "Part refunded",
        "Arrived broken",
        "Somebody of the staff sent 1 of 2 things",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let (_, own) = shop.page(&own_page).await;
    assert!(own.contains("https://track.example/RM4471") && own.contains("£22.00"));
    assert!(!own.contains("Arrived broken"), "a reason is for the staff");
    assert!(desk.see("/invoice").await.contains("Invoice 1"));
    assert!(
        desk.see("/packing-slip?parcel=1")
            .await
            .contains("Royal Mail, RM 4471")
    );
    let sentences =
        "select count(*) from audit_entry where subject_kind = 'order' and client <> ''";
    assert_eq!(shop.number(sentences).await, 2);
}

#[tokio::test]
async fn notes_addresses_and_mails_are_forms_of_the_order() {
    let shop = Process::start().await;
    buy(&shop).await;
    let cookie = shop.cookie_of(Some("owner")).await;
    let desk = Desk {
        shop: &shop,
        cookie,
    };
    let empty = desk.send("/notes", &[("note", " ")]).await;
    assert_eq!(empty.status(), 422);
    let noted = desk.send("/notes", &[("note", "<b>Rang</b> her.")]).await;
    assert_eq!(noted.status(), 303);
    assert!(desk.see("").await.contains("&lt;b&gt;Rang&lt;/b&gt; her."));

    let page = desk.see("/address").await;
    let (_, version) = field(&page, "version");
    let mut form = vec![
        ("version", version.as_str()),
        ("name", "Marian Teasdale"),
        ("line1", "15 Stramongate"),
        ("city", "Kendal"),
        ("postcode", "LA9"),
    ];
    let wrong = desk.send("/address", &form).await;
    assert_eq!(wrong.status(), 422);
    assert!(wrong.text().await.unwrap().contains("15 Stramongate"));
    form[4].1 = "LA9 4BH";
    assert_eq!(desk.send("/address", &form).await.status(), 303);
    assert!(desk.see("").await.contains("15 Stramongate"));

    shop.stripe
        .wait_for_mail("marian@example.com", SOON)
        .await
        .unwrap();
    shop.stripe.clear_mails();
    let again = desk.send("/mails", &[("kind", "order_confirmation")]).await;
    assert_eq!(again.status(), 303);
    shop.stripe
        .wait_for_mail("marian@example.com", SOON)
        .await
        .unwrap();
    let none = desk.send("/mails", &[("kind", "order_refund")]).await;
    assert_eq!(none.status(), 422);

    let page = desk.see("/cancel").await;
    let (_, version) = field(&page, "version");
    let form = [
        ("version", version.as_str()),
        ("reason", "Changed their mind"),
    ];
    assert_eq!(desk.send("/cancel", &form).await.status(), 303);
    assert!(desk.see("").await.contains("Cancelled"));
}
