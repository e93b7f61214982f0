//! A stand-in for Stripe with a hosted pay page, and a mailbox: for development and for tests.
//!
//! It speaks as much of Stripe's API as a shop with hosted Checkout needs, refuses what Stripe would
//! refuse, signs and repeats its webhooks, and can be told to misbehave. Everything is kept in memory.
//!
//! # In a test
//!
//! ```no_run
//! # async fn test() -> std::io::Result<()> {
//! use sandbox::{Effect, Fault, FaultRule, Options, Sandbox, WebhookRule};
//!
//! let sandbox = Sandbox::start(Options::default()).await?;
//! sandbox.set_webhook("http://127.0.0.1:3000/webhooks/stripe", "whsec_test");
//! let control = sandbox.control();
//!
//! // Point async-stripe's `ClientBuilder::url` at `sandbox.url()`, its key is `sandbox.key()`;
//! // point the mailer at `sandbox.smtp_addr()`. Then, with the id of a session:
//! # let session = "cs_test_a1";
//! control.pay(session, "4242 4242 4242 4242").expect("the card is good");
//! control.events_delivered(std::time::Duration::from_secs(5)).await;
//!
//! // Things go wrong:
//! control.fault(FaultRule::new(Fault::CommitThenDrop).on("POST", "/checkout/sessions"));
//! control.webhook_rule(WebhookRule::new(Effect::Drop).on("checkout.session.completed"));
//! control.advance(std::time::Duration::from_secs(36 * 60));
//!
//! let mail = control.wait_for_mail("shopper@example.com", std::time::Duration::from_secs(5)).await;
//! # Ok(())
//! # }
//! ```
//!
//! Dropping the [`Sandbox`] stops it.
//!
//! # Over HTTP
//!
//! The same is there as JSON under `/_control/…` for browser tests and by hand; see [`Control`] for
//! what each does. Requests with a body need `Content-Type: application/json`.
//!
//! | request | body |
//! | --- | --- |
//! | `POST /_control/sessions/{id}/pay` | `{"card": "4242…" or "visa", "authenticate": true}` |
//! | `POST /_control/sessions/{id}/expire` | |
//! | `POST /_control/sessions/{id}/pay-later`, then `…/money` | none, then `{"came": true}` |
//! | `POST /_control/intents/{id}/authenticate` | `{"passed": true}` |
//! | `POST /_control/intents/{id}/dispute`, then `…/disputes/{id}/close` | none, then `{"won": false}` |
//! | `POST /_control/refunds/{id}/finish` | `{"status": "failed" or "succeeded"}` |
//! | `POST /_control/refunds/next` | `{"status": "pending" or "failed"}` |
//! | `POST /_control/clock` | `{"advance_seconds": 2100}` or `{"reset": true}` |
//! | `GET`, `POST`, `DELETE /_control/faults` | `{"fault": "rate_limit", "method": "POST", "path": "/refunds", "times": 1}` |
//! | `GET`, `POST`, `DELETE /_control/webhooks/rules` | `{"effect": "delay", "ms": 500, "types": [], "times": 1}` |
//! | `POST /_control/webhooks/endpoint` | `{"url": "…", "secret": "…"}`, or `{}` for none |
//! | `POST /_control/webhooks/pause`, `…/resume`, `…/hurry` | |
//! | `POST /_control/webhooks/skew` | `{"seconds": 301}` |
//! | `POST /_control/webhooks/send` | `{"body": "anything"}`: signed and sent |
//! | `POST /_control/events/{id}/resend` | `{"copies": 20}` |
//! | `GET /_control/events`, `GET` and `DELETE /_control/requests` | |
//! | `POST`, `DELETE /_control/mail/faults` | `{"fault": "refuse", "times": 1}` |
//! | `GET`, `DELETE /mail.json`, `GET /mail/{id}.json` | |
//!
//! # What it does not do
//!
//! Payment mode and cards only; no discounts, no tax, no saved cards. A parameter that Stripe has and
//! the sandbox does not is refused with a message that says so.

// A charge has some fifty fields, and `json!` takes a step for each.
#![recursion_limit = "256"]

mod api;
mod cards;
mod clock;
mod control;
mod faults;
mod ids;
mod mail;
mod money;
mod options;
mod pages;
mod render;
mod running;
mod server;
mod sim;
mod webhooks;
mod world;

pub use api::SeenRequest;
pub use cards::{Behaviour, Decline, TEST_CARDS, TestCard};
pub use control::{Control, Paid, PayError, SeenEvent};
pub use faults::{Fault, FaultRule};
pub use mail::{Mail, MailFault};
pub use options::{API_VERSION, DEFAULT_KEY, Options};
pub use running::Sandbox;
pub use webhooks::{Effect, Endpoint, RetryPolicy, WebhookRule, sign, signature_header};
pub use world::event::{Attempt, Delivery};
