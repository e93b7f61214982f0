//! A sandbox, and a plain client for it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use http::{HeaderMap, StatusCode};
use reqwest::Client;
use sandbox::{Control, Options, Sandbox};
use serde_json::Value;
use tokio::net::TcpListener;

/// Long enough for anything that is going to happen.
pub(crate) const SOON: Duration = Duration::from_secs(5);
pub(crate) const SECRET: &str = "whsec_test";

/// A sandbox with a plain client.
pub(crate) struct Bench {
    pub(crate) sandbox: Sandbox,
    pub(crate) control: Control,
    pub(crate) http: Client,
}

/// An answer, read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// A field of `error`.
    pub(crate) fn error(&self, field: &str) -> String {
        self.json()["error"][field]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

impl Bench {
    pub(crate) async fn start() -> Self {
        Self::with(Options::default()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let sandbox = Sandbox::start(options).await.unwrap();
        let http = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        Self {
            control: sandbox.control(),
            sandbox,
            http,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.url())
    }

    /// A form to the API.
    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        read(self.request(path, form).send().await.unwrap()).await
    }

    pub(crate) async fn post_with_key(
        &self,
        key: &str,
        path: &str,
        form: &[(&str, &str)],
    ) -> Answer {
        read(
            self.request(path, form)
                .header("idempotency-key", key)
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    pub(crate) fn request(&self, path: &str, form: &[(&str, &str)]) -> reqwest::RequestBuilder {
        self.http
            .post(self.url(path))
            .bearer_auth(self.sandbox.key())
            .form(form)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        read(
            self.http
                .get(self.url(path))
                .bearer_auth(self.sandbox.key())
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    /// A page, as a browser asks for it.
    pub(crate) async fn page(&self, path: &str) -> Answer {
        read(self.http.get(self.url(path)).send().await.unwrap()).await
    }

    /// A form, as a browser sends it.
    pub(crate) async fn submit(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        read(
            self.http
                .post(self.url(path))
                .form(form)
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    /// The id of a new session over £52.00.
    pub(crate) async fn session(&self) -> String {
        let answer = self.post("/v1/checkout/sessions", &session_form()).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    /// The types of all events so far.
    pub(crate) fn event_types(&self) -> Vec<String> {
        self.control
            .events()
            .into_iter()
            .map(|event| event.kind)
            .collect()
    }
}

pub(crate) async fn read(response: reqwest::Response) -> Answer {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer {
        status,
        headers,
        text: response.text().await.unwrap(),
    }
}

/// Two mugs and delivery: £52.00.
pub(crate) fn session_form() -> Vec<(&'static str, &'static str)> {
    vec![
        ("mode", "payment"),
        (
            "success_url",
            "http://shop.example/orders/abc?session={CHECKOUT_SESSION_ID}",
        ),
        ("cancel_url", "http://shop.example/checkout"),
        ("client_reference_id", "order-1"),
        ("customer_email", "shopper@example.com"),
        ("metadata[order_id]", "1"),
        ("line_items[0][quantity]", "2"),
        ("line_items[0][price_data][currency]", "gbp"),
        ("line_items[0][price_data][unit_amount]", "2400"),
        (
            "line_items[0][price_data][product_data][name]",
            "Belly mug, moss",
        ),
        (
            "shipping_options[0][shipping_rate_data][display_name]",
            "Royal Mail Tracked",
        ),
        (
            "shipping_options[0][shipping_rate_data][type]",
            "fixed_amount",
        ),
        (
            "shipping_options[0][shipping_rate_data][fixed_amount][amount]",
            "400",
        ),
        (
            "shipping_options[0][shipping_rate_data][fixed_amount][currency]",
            "gbp",
        ),
    ]
}

/// The form with one field set or replaced; an empty value takes the field out.
pub(crate) fn form_with(
    name: &'static str,
    value: &'static str,
) -> Vec<(&'static str, &'static str)> {
    let mut form = session_form();
    form.retain(|(other, _)| *other != name);
    if !value.is_empty() {
        form.push((name, value));
    }
    form
}

/// What a card holder types.
pub(crate) fn card_form(number: &str) -> Vec<(&str, &str)> {
    vec![
        ("number", number),
        ("expiry", "12 / 34"),
        ("cvc", "123"),
        ("name", "A Shopper"),
        ("country", "GB"),
        ("postcode", "LA1 1AA"),
    ]
}

/// A shop's webhook: it keeps what comes and answers what it is told to.
#[derive(Clone, Default)]
pub(crate) struct Receiver {
    pub(crate) seen: Arc<Mutex<Vec<(String, String)>>>,
    answers: Arc<Mutex<VecDeque<u16>>>,
}

impl Receiver {
    /// Listens and makes the sandbox send its events here.
    pub(crate) async fn attach(sandbox: &Sandbox) -> Self {
        let receiver = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhooks/stripe", listener.local_addr().unwrap());
        let router = Router::new()
            .route("/webhooks/stripe", post(take))
            .with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        sandbox.set_webhook(&url, SECRET);
        receiver
    }

    /// The next requests get these answers; those after them 200.
    pub(crate) fn answer(&self, statuses: &[u16]) {
        self.answers.lock().unwrap().extend(statuses);
    }

    /// Body and signature of everything that came.
    pub(crate) fn all(&self) -> Vec<(String, String)> {
        self.seen.lock().unwrap().clone()
    }

    /// The types of the events that came.
    pub(crate) fn types(&self) -> Vec<String> {
        let read = |body: &str| {
            serde_json::from_str::<Value>(body).unwrap()["type"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        self.all().iter().map(|(body, _)| read(body)).collect()
    }
}

async fn take(State(receiver): State<Receiver>, headers: HeaderMap, body: String) -> StatusCode {
    let signature = headers
        .get("stripe-signature")
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    receiver.seen.lock().unwrap().push((body, signature));
    let status = receiver.answers.lock().unwrap().pop_front().unwrap_or(200);
    StatusCode::from_u16(status).unwrap()
}
