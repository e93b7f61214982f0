//! What happened so far.

use std::sync::Arc;

use axum::extract::State;
use maud::{Markup, html};

use super::layout::{self, moment};
use crate::api::SeenRequest;
use crate::money;
use crate::sim::Sim;
use crate::world::World;
use crate::world::event::{Attempt, Delivery, Event};
use crate::world::intent::Status as IntentStatus;
use crate::world::session::{Session, Status};

/// As many rows as a person looks at.
const SHOWN: usize = 50;

pub(super) async fn show(State(sim): State<Arc<Sim>>) -> Markup {
    sim.with(|world, now| {
        let endpoint = world
            .outbox
            .endpoint
            .as_ref()
            .map(|endpoint| endpoint.url.clone());
        layout::room(
            "Payments",
            "/",
            &html! {
                header.head {
                    h1 { "Payments" }
                    p.quiet {
                        "It is " (moment(now.seconds())) " UTC here. Events go to "
                        @match &endpoint {
                            Some(url) => code { (url) },
                            None => "nobody: no webhook address is set",
                        }
                        "."
                    }
                }
                (sessions(world))
                (payments(world))
                (events(world))
            (requests(&sim.requests.list()))
            },
        )
    })
}

fn sessions(world: &World) -> Markup {
    html! {
        section aria-labelledby="sessions" {
            h2 #sessions { "Checkout sessions" }
            @if world.sessions.len() == 0 { p.empty { "None yet. The shop makes one when somebody goes to pay." } }
            @else {
                table.table {
                    thead { tr { th scope="col" { "Amount" } th scope="col" { "Status" } th scope="col" { "For" } th scope="col" { "Made" } th scope="col" { "Page" } } }
                    tbody { @for session in world.sessions.iter().rev().take(SHOWN) { (session_row(session)) } }
                }
            }
        }
    }
}

fn session_row(session: &Session) -> Markup {
    let email = session
        .customer_details
        .as_ref()
        .and_then(|details| details.email.as_ref())
        .or(session.terms.customer_email.as_ref());
    let (class, label) = match session.status {
        Status::Open => ("badge badge--open", "Open"),
        Status::Complete => ("badge badge--done", "Complete"),
        Status::Expired => ("badge", "Expired"),
    };
    html! {
        tr {
            td.num data-label="Amount" { (money::format(session.total(), &session.currency)) }
            td data-label="Status" { span class=(class) { (label) } }
            td data-label="For" {
                span { (email.map_or("—", String::as_str)) }
                @if let Some(reference) = &session.terms.client_reference_id { code.id { (reference) } }
            }
            td data-label="Made" { (moment(session.created)) }
            td data-label="Page" { a href=(format!("/c/pay/{}", session.id)) { "Pay page" span.hidden { " of " (session.id) } } }
        }
    }
}

fn payments(world: &World) -> Markup {
    html! {
        section aria-labelledby="payments" {
            h2 #payments { "Payments" }
            @if world.intents.len() == 0 { p.empty { "None yet." } }
            @else {
                table.table {
                    thead { tr { th scope="col" { "Amount" } th scope="col" { "Status" } th scope="col" { "Card" } th scope="col" { "Refunded" } th scope="col" { "Id" } } }
                    tbody {
                        @for intent in world.intents.iter().rev().take(SHOWN) {
                            @let charge = intent.latest_charge.as_ref().and_then(|id| world.charges.get(id));
                            @let refunded = charge.map_or(0, |charge| charge.refunded);
                            tr {
                                td.num data-label="Amount" { (money::format(intent.amount, &intent.currency)) }
                                td data-label="Status" {
                                    span class=(if intent.status == IntentStatus::Succeeded { "badge badge--done" } else { "badge" }) {
                                        (words(intent.status.as_str()))
                                    }
                                    @if let Some(error) = &intent.last_error { span.note { (error.decline.message) } }
                                }
                                td data-label="Card" {
                                    @match charge {
                                        Some(charge) => { (charge.card.brand.title()) " ···· " (charge.card.last4) },
                                        None => "—",
                                    }
                                }
                                td.num data-label="Refunded" { @if refunded == 0 { "—" } @else { (money::format(refunded, &intent.currency)) } }
                                td data-label="Id" { code.id { (intent.id) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn events(world: &World) -> Markup {
    html! {
        section aria-labelledby="events" {
            h2 #events { "Events" }
            @if world.events.len() == 0 { p.empty { "None yet." } }
            @else {
                table.table {
                    thead { tr { th scope="col" { "Type" } th scope="col" { "Delivery" } th scope="col" { "Attempts" } th scope="col" { "When" } th scope="col" { "Id" } } }
                    tbody { @for event in world.events.iter().rev().take(SHOWN) { (event_row(event)) } }
                }
            }
        }
    }
}

fn event_row(event: &Event) -> Markup {
    let (class, label) = match event.delivery {
        Delivery::Delivered => ("badge badge--done", "Delivered"),
        Delivery::Pending => ("badge badge--open", "Waiting"),
        Delivery::NoEndpoint => ("badge", "Nobody listens"),
        Delivery::Dropped => ("badge badge--bad", "Dropped"),
        Delivery::GivenUp => ("badge badge--bad", "Given up"),
    };
    html! {
        tr {
            td data-label="Type" { code { (event.kind) } }
            td data-label="Delivery" { span class=(class) { (label) } }
            td data-label="Attempts" {
                @match event.attempts.last() {
                    None => "—",
                    Some(last) => {
                        span { (event.attempts.len()) }
                        span.note { "last: " (outcome(last)) }
                    }
                }
            }
            td data-label="When" { (moment(event.created)) }
            td data-label="Id" { code.id { (event.id) } }
        }
    }
}

fn outcome(attempt: &Attempt) -> String {
    match (attempt.status, attempt.note.as_deref()) {
        (Some(status), Some(note)) => format!("{status}, {note}"),
        (Some(status), None) => status.to_string(),
        (None, note) => note.unwrap_or("no answer").to_owned(),
    }
}

fn requests(seen: &[SeenRequest]) -> Markup {
    html! {
        section aria-labelledby="requests" {
            h2 #requests { "API requests" }
            @if seen.is_empty() { p.empty { "None yet." } }
            @else {
                table.table {
                    thead { tr { th scope="col" { "Request" } th scope="col" { "Status" } th scope="col" { "Idempotency key" } th scope="col" { "When" } th scope="col" { "Id" } } }
                    tbody {
                        @for request in seen.iter().rev().take(SHOWN) {
                            tr #(request.id) {
                                td data-label="Request" { code { (request.method) " " (request.path) } }
                                td data-label="Status" {
                                    @match request.status { Some(status) => span { (status) }, None => span.note { "no answer (fault)" } }
                                    @if request.replayed { span.note { "repeated" } }
                                }
                                td data-label="Idempotency key" { @match &request.idempotency_key { Some(key) => code.id { (key) }, None => "—" } }
                                td data-label="When" { (moment(request.at_ms.div_euclid(1000))) }
                                td data-label="Id" { code.id { (request.id) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `requires_payment_method` → `requires payment method`.
fn words(status: &str) -> String {
    status.replace('_', " ")
}
