//! The hosted pay page: what happens on it.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use serde::Deserialize;

use super::layout;
use super::pay_form::{Asks, FieldErrors, PayForm};
use super::pay_view::{self, View};
use crate::cards::TestCard;
use crate::sim::Sim;
use crate::world::session::{Session, Status};
use crate::world::{PayOutcome, PayRefusal, World};

/// `?declined=1` after the bank's page.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Flags {
    declined: Option<String>,
}

pub(super) async fn show(
    State(sim): State<Arc<Sim>>,
    Path(id): Path<String>,
    Query(flags): Query<Flags>,
) -> Response {
    sim.with(|world, now| {
        let Some(session) = world.sessions.get(&id) else {
            return gone();
        };
        let (form, alert) = if flags.declined.is_some() {
            after_decline(world, session)
        } else {
            (first(session), None)
        };
        page(
            session,
            &sim,
            now.seconds(),
            &form,
            &FieldErrors::default(),
            alert,
        )
    })
}

pub(super) async fn submit(
    State(sim): State<Arc<Sim>>,
    Path(id): Path<String>,
    Form(mut form): Form<PayForm>,
) -> Response {
    sim.with(|world, now| {
        let total_before = world.sessions.get(&id).map(Session::total);
        if !form.shipping_rate.is_empty() {
            world.choose_shipping(&id, &form.shipping_rate);
        }
        let Some(session) = world.sessions.get(&id).cloned() else {
            return gone();
        };
        let no_errors = FieldErrors::default();
        if session.status == Status::Complete {
            // The second press of one button, or a second tab: the money was taken once.
            return Redirect::to(&session.success_url()).into_response();
        }
        if let Some(card) = TestCard::by_name(&form.fill) {
            fill(&mut form, card);
            return page(&session, &sim, now.seconds(), &form, &no_errors, None);
        }
        if !form.update.is_empty() || total_before != Some(session.total()) {
            // Nobody pays another total than the one they saw.
            return page(&session, &sim, now.seconds(), &form, &no_errors, None);
        }
        let payer = match form.check(
            asks(&session),
            session.terms.customer_email.as_deref(),
            year_and_month(now.seconds()),
        ) {
            Ok(payer) => payer,
            Err(errors) => {
                let page = page(&session, &sim, now.seconds(), &form, &errors, None);
                return (StatusCode::UNPROCESSABLE_ENTITY, page).into_response();
            }
        };
        match world.pay_session(now, &id, payer) {
            Ok(PayOutcome::Complete { success_url }) => Redirect::to(&success_url).into_response(),
            Ok(PayOutcome::NeedsAuthentication { intent }) => {
                Redirect::to(&format!("/c/authenticate/{intent}")).into_response()
            }
            Ok(PayOutcome::Declined(decline)) => {
                let page = page(
                    &session,
                    &sim,
                    now.seconds(),
                    &form.without_card(),
                    &no_errors,
                    Some(decline.message),
                );
                (StatusCode::PAYMENT_REQUIRED, page).into_response()
            }
            Err(PayRefusal::NotFound) => gone(),
            Err(PayRefusal::AlreadyComplete) => {
                Redirect::to(&session.success_url()).into_response()
            }
            Err(PayRefusal::Expired | PayRefusal::NoCard) => page(
                &session,
                &sim,
                now.seconds(),
                &form.without_card(),
                &no_errors,
                None,
            ),
        }
    })
}

/// The page in the state that the session is in.
fn page(
    session: &Session,
    sim: &Sim,
    now: i64,
    form: &PayForm,
    errors: &FieldErrors,
    alert: Option<&str>,
) -> Response {
    match session.status {
        Status::Open => {
            let view = View {
                session,
                business: &sim.account.business_name,
                asks: asks(session),
                form,
                errors,
                alert,
                now,
            };
            pay_view::page(&view).into_response()
        }
        Status::Complete => layout::notice(
            "This payment is complete",
            "It was paid before; nothing was charged again.",
            Some(("Back to the shop", &session.success_url())),
        )
        .into_response(),
        Status::Expired => {
            let back = session
                .terms
                .cancel_url
                .as_deref()
                .map(|url| ("Back to the shop", url));
            let text = "It was open for a limited time and nothing was charged. Go back to the shop to start again.";
            (
                StatusCode::GONE,
                layout::notice("This payment page has expired", text, back),
            )
                .into_response()
        }
    }
}

fn gone() -> Response {
    layout::missing(
        "There is no such payment page. The sandbox forgets everything when it is restarted.",
    )
}

fn asks(session: &Session) -> Asks {
    Asks {
        email: session.terms.customer_email.is_none(),
        card: session.total() > 0,
    }
}

/// What is filled in at first: what the shop knows.
fn first(session: &Session) -> PayForm {
    let shipping = session.terms.payment.shipping.as_ref();
    let text = |pointer: &str| {
        shipping
            .and_then(|shipping| shipping.pointer(pointer))
            .and_then(|value| value.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    let country = Some(text("/address/country")).filter(|country| !country.is_empty());
    PayForm {
        country: country.unwrap_or_else(|| "GB".to_owned()),
        ..PayForm::default()
    }
}

/// What is kept after the bank's page, and why the payer is back.
fn after_decline<'a>(world: &'a World, session: &Session) -> (PayForm, Option<&'a str>) {
    let mut form = first(session);
    let error = session
        .intent
        .as_ref()
        .and_then(|id| world.intents.get(id))
        .and_then(|intent| intent.last_error.as_ref());
    if let Some(method) = error.and_then(|error| world.methods.get(&error.method)) {
        let payer = method.payer.clone();
        form.email = payer.email.unwrap_or_default();
        form.name = payer.name.unwrap_or_default();
        form.postcode = payer.postal_code.unwrap_or_default();
        form.country = payer.country.unwrap_or(form.country);
    }
    (form, error.map(|error| error.decline.message))
}

/// Fills in a test card, and whatever else is still empty.
fn fill(form: &mut PayForm, card: &TestCard) {
    form.number = card.grouped();
    "12 / 34".clone_into(&mut form.expiry);
    if card.number.len() == 15 {
        "1234"
    } else {
        "123"
    }
    .clone_into(&mut form.cvc);
    if form.name.trim().is_empty() {
        "Sandbox Payer".clone_into(&mut form.name);
    }
    if form.postcode.trim().is_empty() && form.needs_postcode() {
        let postcode = if form.country == "US" {
            "10001"
        } else {
            "LA1 1AA"
        };
        postcode.clone_into(&mut form.postcode);
    }
    if form.email.trim().is_empty() {
        "payer@example.com".clone_into(&mut form.email);
    }
}

fn year_and_month(seconds: i64) -> (u16, u8) {
    let date = jiff::Timestamp::from_second(seconds)
        .unwrap_or_default()
        .to_zoned(jiff::tz::TimeZone::UTC);
    (date.year().unsigned_abs(), date.month().unsigned_abs())
}
