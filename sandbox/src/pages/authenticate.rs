//! The bank's question.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use serde::Deserialize;

use super::layout;
use crate::money;
use crate::sim::Sim;
use crate::world::intent::{PaymentIntent, Status};
use crate::world::session::Session;
use crate::world::{Attempt, World};

pub(super) async fn show(State(sim): State<Arc<Sim>>, Path(id): Path<String>) -> Response {
    sim.with(|world, _| {
        let Some(intent) = world.intents.get(&id) else {
            return layout::missing("There is no such payment.");
        };
        let asked = intent.waiting.as_ref().filter(|_| intent.status == Status::RequiresAction);
        let Some(waiting) = asked else { return onward(world, intent) };
        let amount = money::format(intent.amount, &intent.currency);
        layout::checkout(
            "Confirm it is you",
            &html! {
                main.bank {
                    p.bank__name { "Sandbox Bank" }
                    h1 { "Confirm it is you" }
                    p { "Your bank asks whether you want to make this payment." }
                    dl.facts {
                        div { dt { "To" } dd { (sim.account.business_name) } }
                        div { dt { "Amount" } dd { (amount) } }
                        div { dt { "Card" } dd { (waiting.card.brand.title()) " ending in " (waiting.card.last4) } }
                    }
                    form method="post" {
                        button.button.button--pay type="submit" name="answer" value="complete" { "Complete authentication" }
                        button.button.button--quiet type="submit" name="answer" value="fail" { "Fail authentication" }
                    }
                    p.small { "A real bank would ask for a code or a fingerprint here." }
                }
            },
        )
        .into_response()
    })
}

#[derive(Deserialize)]
pub(super) struct AnswerForm {
    answer: String,
}

pub(super) async fn answer(
    State(sim): State<Arc<Sim>>,
    Path(id): Path<String>,
    Form(form): Form<AnswerForm>,
) -> Response {
    sim.with(|world, now| {
        let outcome = world.answer_bank(now, &id, form.answer == "complete");
        let Some(intent) = world.intents.get(&id) else {
            return layout::missing("There is no such payment.");
        };
        match (outcome, session_of(world, intent)) {
            (Some(Attempt::Declined(_)), Some(session)) => {
                Redirect::to(&format!("/c/pay/{}?declined=1#payment", session.id)).into_response()
            }
            _ => onward(world, intent),
        }
    })
}

/// Where a payment that no longer waits leads.
fn onward(world: &World, intent: &PaymentIntent) -> Response {
    if let Some(session) = session_of(world, intent) {
        let paid = matches!(intent.status, Status::Succeeded | Status::RequiresCapture);
        let url = if paid {
            session.success_url()
        } else {
            format!("/c/pay/{}", session.id)
        };
        return Redirect::to(&url).into_response();
    }
    let status = if intent.status == Status::RequiresPaymentMethod {
        "failed"
    } else {
        "succeeded"
    };
    let back = intent
        .terms
        .return_url
        .as_ref()
        .and_then(|url| url::Url::parse(url).ok());
    if let Some(mut url) = back {
        url.query_pairs_mut()
            .append_pair("payment_intent", &intent.id)
            .append_pair("payment_intent_client_secret", &intent.client_secret)
            .append_pair("redirect_status", status);
        return Redirect::to(url.as_str()).into_response();
    }
    layout::notice(
        "Thank you",
        "The bank has its answer. You can close this page.",
        None,
    )
    .into_response()
}

fn session_of<'a>(world: &'a World, intent: &PaymentIntent) -> Option<&'a Session> {
    world.sessions.get(intent.session.as_ref()?)
}
