//! Customers' accounts over HTTP: cookies, redirects, and what nobody may keep.

use crate::support::{Process, cookies, header};
use reqwest::Response;
use std::time::Duration;

const SOON: Duration = Duration::from_secs(20);
const PASSWORD: &str = "kettle-window-otter";
const MARIAN: &str = "marian@example.com";

/// The cookies that an answer sets, whole.
fn set(answer: &Response) -> Vec<String> {
    answer
        .headers()
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().unwrap().to_owned())
        .collect()
}

/// The cookie of this name that an answer sets.
fn named(answer: &Response, name: &str) -> String {
    let start = format!("{name}=");
    let found = set(answer)
        .into_iter()
        .find(|cookie| cookie.starts_with(&start));
    found.unwrap_or_else(|| panic!("no cookie {name}"))
}

/// The path of the link of this kind that was sent to somebody.
async fn link(shop: &Process, to: &str, kind: &str) -> String {
    let mail = shop.stripe.wait_for_mail(to, SOON).await.expect("a mail");
    let text = mail.text.unwrap();
    let start = format!("{}/account/{kind}/", shop.url);
    let word = text.split(&start).nth(1).unwrap().get(..32).unwrap();
    format!("/account/{kind}/{word}")
}

async fn sign_up(shop: &Process, email: &str) -> (u16, String, String) {
    let form = [("name", "Marian"), ("email", email), ("password", PASSWORD)];
    let answer = shop.post("/account/sign-up", &form).send().await.unwrap();
    let (status, to) = (
        answer.status().as_u16(),
        header(&answer, "location").to_owned(),
    );
    assert!(set(&answer).is_empty());
    (status, to, answer.text().await.unwrap())
}

/// A confirmed account, signed in: the cookies of its browser.
async fn marian(shop: &Process) -> String {
    sign_up(shop, MARIAN).await;
    let path = link(shop, MARIAN, "confirm").await;
    let answer = shop
        .post(&path, &[("password", PASSWORD)])
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 303);
    shop.stripe.clear_mails();
    cookies(&answer)
}

async fn sign_in(shop: &Process, to: &str, jar: &str) -> Response {
    let form = [("email", MARIAN), ("password", PASSWORD), ("to", to)];
    let request = shop.post("/account/sign-in", &form);
    request.header("cookie", jar).send().await.unwrap()
}

#[tokio::test]
async fn an_account_is_opened_confirmed_and_entered() {
    let shop = Process::start().await;
    let free = sign_up(&shop, MARIAN).await;
    assert_eq!((free.0, free.1.as_str()), (303, "/account/sent"));
    let path = link(&shop, MARIAN, "confirm").await;
    // Programs that look after mail open links: that uses nothing up.
    for _ in 0..2 {
        assert_eq!(shop.page(&path).await.0, 200);
    }
    let wrong = shop
        .post(&path, &[("password", "wrong")])
        .send()
        .await
        .unwrap();
    assert_eq!(wrong.status(), 422);
    let entered = shop
        .post(&path, &[("password", PASSWORD)])
        .send()
        .await
        .unwrap();
    assert_eq!(header(&entered, "location"), "/account?done=confirmed");
    let session = named(&entered, "session");
    for trait_of_it in ["Path=/", "Max-Age=2592000", "SameSite=Lax", "HttpOnly"] {
        assert!(session.contains(trait_of_it), "{session}");
    }
    assert!(
        !session.contains("Secure") && !session.contains("Domain"),
        "{session}"
    );
    assert_eq!(shop.page(&path).await.0, 410, "a link holds once");
    // Taken now, and the answer is the same.
    assert_eq!(sign_up(&shop, MARIAN).await, free);
}

#[tokio::test]
async fn by_https_the_cookie_is_kept_to_it_and_to_the_host() {
    let shop = Process::with(&[("PUBLIC_URL", "https://shop.example")]).await;
    let form = [
        ("name", "Marian"),
        ("email", MARIAN),
        ("password", PASSWORD),
    ];
    shop.post("/account/sign-up", &form).send().await.unwrap();
    let mail = shop
        .stripe
        .wait_for_mail(MARIAN, SOON)
        .await
        .expect("a mail");
    let text = mail.text.unwrap();
    let word = text
        .split("https://shop.example/account/confirm/")
        .nth(1)
        .unwrap();
    let path = format!("/account/confirm/{}", word.get(..32).unwrap());
    let entered = shop
        .post(&path, &[("password", PASSWORD)])
        .send()
        .await
        .unwrap();
    let session = named(&entered, "__Host-session");
    assert!(
        session.contains("; Secure") && session.contains("HttpOnly"),
        "{session}"
    );
}

#[tokio::test]
async fn nobody_is_led_out_of_the_shop() {
    let shop = Process::start().await;
    let jar = marian(&shop).await;
    for (to, led) in [
        ("/checkout", "/checkout"),
        ("/account/orders/1?left=1", "/account/orders/1?left=1"),
        ("", "/account"),
        ("//evil.example", "/account"),
        ("/\\evil.example", "/account"),
        ("/\t/evil.example", "/account"),
        ("https://evil.example", "/account"),
    ] {
        let answer = sign_in(&shop, to, "").await;
        assert_eq!(
            (answer.status().as_u16(), header(&answer, "location")),
            (303, led),
            "{to}"
        );
        let to: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
        let inside = shop
            .get(&format!("/account/sign-in?to={to}"))
            .header("cookie", &jar);
        assert_eq!(
            header(&inside.send().await.unwrap(), "location"),
            led,
            "{to}"
        );
    }
}

#[tokio::test]
async fn a_session_is_another_one_after_every_sign_in_and_none_after_signing_out() {
    let shop = Process::start().await;
    let jar = marian(&shop).await;
    let status = async |jar: &str| {
        shop.get("/account")
            .header("cookie", jar)
            .send()
            .await
            .unwrap()
            .status()
    };
    assert_eq!(status(&jar).await, 200);
    let again = sign_in(&shop, "", &jar).await;
    let other = cookies(&again);
    assert_ne!(jar, other);
    assert_eq!(
        (status(&jar).await.as_u16(), status(&other).await.as_u16()),
        (303, 200)
    );
    let out = shop
        .post("/account/sign-out", &[])
        .header("cookie", &other)
        .send()
        .await
        .unwrap();
    for name in ["session", "cart", "cart_count"] {
        assert!(named(&out, name).contains("Max-Age=0"), "{name}");
    }
    assert_eq!(status(&other).await, 303);
    // Whoever is not in is sent to the door, and back from there.
    let sent = shop.get("/account/addresses").send().await.unwrap();
    assert_eq!(
        header(&sent, "location"),
        "/account/sign-in?to=%2Faccount%2Faddresses"
    );
}

#[tokio::test]
async fn what_is_somebodys_own_is_kept_by_nobody() {
    let shop = Process::start().await;
    let jar = marian(&shop).await;
    for (path, status) in [
        ("/account", 200),
        ("/account/addresses", 200),
        ("/account/addresses/new", 200),
        ("/account/details", 200),
        ("/account/email", 200),
        ("/account/password", 200),
        ("/account/sessions", 200),
        ("/account/delete", 200),
        ("/account/data.json", 200),
        ("/account/sent", 200),
        ("/account/forgot", 200),
        ("/account/sign-in", 303),
        ("/account/sign-up", 303),
        ("/account/orders/1", 404),
        ("/account/orders/x", 404),
        ("/account/addresses/x", 404),
        ("/account/reset/x", 410),
        ("/account/email/x", 410),
    ] {
        let own = shop.get(path).header("cookie", &jar).send().await.unwrap();
        assert_eq!(
            (own.status().as_u16(), header(&own, "cache-control")),
            (status, "private, no-store"),
            "{path}"
        );
        let stranger = shop.get(path).send().await.unwrap();
        assert_eq!(
            header(&stranger, "cache-control"),
            "private, no-store",
            "{path}"
        );
    }
    let data = shop
        .get("/account/data.json")
        .header("cookie", &jar)
        .send()
        .await
        .unwrap();
    assert_eq!(
        header(&data, "content-disposition"),
        "attachment; filename=\"account.json\""
    );
    let data: serde_json::Value = data.json().await.unwrap();
    assert_eq!(data["account"]["email"], MARIAN);
}

#[tokio::test]
async fn a_basket_is_the_same_in_another_browser_and_orders_are_the_customers() {
    let shop = Process::start().await;
    let jar = marian(&shop).await;
    let mug = [("product", "mug"), ("option1", "S"), ("quantity", "2")];
    let added = shop
        .post("/cart/lines", &mug)
        .header("cookie", &jar)
        .send()
        .await
        .unwrap();
    assert!(named(&added, "cart_count").starts_with("cart_count=2;"));
    assert!(
        !set(&added).iter().any(|cookie| cookie.starts_with("cart=")),
        "no cookie leads to it"
    );
    let entered = sign_in(&shop, "", "").await;
    assert!(named(&entered, "cart_count").starts_with("cart_count=2;"));
    let other = cookies(&entered);
    let page = async |path: &str, jar: &str| {
        let request = shop.get(path).header("cookie", jar);
        request.send().await.unwrap().text().await.unwrap()
    };
    assert!(page("/cart", &other).await.contains("£44.00"));
    let address = [
        ("country", "GB"),
        ("name", "Marian <b>"),
        ("line1", "14 Stramongate"),
        ("city", "Kendal"),
        ("postcode", "LA9 4BH"),
    ];
    let kept = shop
        .post("/account/addresses", &address)
        .header("cookie", &other);
    assert_eq!(
        header(&kept.send().await.unwrap(), "location"),
        "/account/addresses"
    );
    let checkout = page("/checkout", &jar).await;
    assert!(checkout.contains("14 Stramongate") && checkout.contains(MARIAN));
    assert!(!checkout.contains("Marian <b>"));
    let order = [
        &address[..],
        &[
            ("email", MARIAN),
            ("method", "uk"),
            ("total", "4850"),
            ("action", "pay"),
        ],
    ]
    .concat();
    let placed = shop
        .post("/checkout", &order)
        .header("cookie", &jar)
        .send()
        .await
        .unwrap();
    assert_eq!(placed.status(), 303);
    let history = page("/account", &other).await;
    assert!(
        history.contains("Order ") && history.contains("1001") && history.contains("Not paid yet")
    );
    let again = shop
        .post("/account/orders/1001/again", &[])
        .header("cookie", &other);
    let again = again.send().await.unwrap();
    assert_eq!(header(&again, "location"), "/cart");
    assert!(named(&again, "cart_count").starts_with("cart_count=4;"));
}

#[tokio::test]
async fn forms_that_are_refused_come_back_without_the_password() {
    let shop = Process::with(&[("LIMIT_SIGN_IN", "2")]).await;
    let typed = [
        ("email", "half an addr"),
        ("password", "a-secret-word"),
        ("to", "/checkout"),
    ];
    for status in [422, 422, 429] {
        let answer = shop.post("/account/sign-in", &typed).send().await.unwrap();
        assert_eq!(answer.status(), status);
        assert_eq!(
            header(&answer, "retry-after"),
            if status == 429 { "60" } else { "" }
        );
        let page = answer.text().await.unwrap();
        assert!(page.contains("half an addr") && page.contains("value=\"/checkout\""));
        assert!(!page.contains("a-secret-word"));
    }
    let (status, _, page) = sign_up(&shop, "no address").await;
    assert_eq!(status, 422);
    assert!(page.contains("not a complete e-mail address") && !page.contains(PASSWORD));
}
