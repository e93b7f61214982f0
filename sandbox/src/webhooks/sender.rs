//! The one worker that sends events.

use std::time::Duration;

use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use tokio::task::JoinSet;

use super::{Effect, Endpoint, Job, signature};
use crate::clock::wall_ms;
use crate::render;
use crate::sim::Sim;
use crate::world::event::Attempt;

/// As long as a receiver may take.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How often the worker looks at the clock when nothing wakes it.
const NAP: Duration = Duration::from_millis(250);

/// A client that follows no redirects: an answer that is not 2xx is a failure.
pub(crate) fn client() -> reqwest::Result<Client> {
    // Other crates of the workspace give reqwest TLS without a provider; one that is there already stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .timeout(TIMEOUT)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
}

/// Sends what is due, one event after the other, for ever.
pub(crate) async fn run(sim: std::sync::Arc<Sim>, client: Client) {
    loop {
        let next = sim.with_quiet(|world, now| {
            let job = world.outbox.take_due(now.ms)?;
            let body = job.raw.clone().or_else(|| {
                world.events.get(&job.event).map(|event| {
                    let mut view = render::event(event);
                    if let Some(pending) = view.get_mut("pending_webhooks") {
                        *pending = 1.into();
                    }
                    view.to_string()
                })
            })?;
            let fault = world.outbox.attempt_fault(&job.kind);
            let endpoint = world.outbox.endpoint.clone()?;
            Some(Dispatch {
                job,
                body,
                fault,
                endpoint,
                skew: world.outbox.skew_seconds,
            })
        });
        match next {
            Some(dispatch) => deliver(&sim, &client, dispatch).await,
            None => nap(&sim).await,
        }
    }
}

/// Everything that one delivery needs.
struct Dispatch {
    job: Job,
    body: String,
    fault: Option<Effect>,
    endpoint: Endpoint,
    skew: i64,
}

async fn nap(sim: &Sim) {
    let (now, due) = sim.with_quiet(|world, now| (now.ms, world.outbox.next_due()));
    let wait = due
        .and_then(|due| u64::try_from((due - now).max(1)).ok())
        .map_or(NAP, Duration::from_millis);
    tokio::select! {
        () = sim.woken() => {}
        () = tokio::time::sleep(wait.min(NAP)) => {}
    }
}

async fn deliver(sim: &Sim, client: &Client, dispatch: Dispatch) {
    let result = match dispatch.fault {
        Some(Effect::Fail) => Err("not sent (fault)".to_owned()),
        _ => send_copies(client, &dispatch).await,
    };
    let lost = dispatch.fault == Some(Effect::LoseAnswer);
    let (status, note) = match (result, lost) {
        (Ok(status), false) => (Some(status), None),
        (Ok(status), true) => (Some(status), Some("answer lost (fault)".to_owned())),
        (Err(reason), _) => (None, Some(reason)),
    };
    let arrived = status.is_some_and(|status| (200..300).contains(&status)) && !lost;
    sim.with(|world, now| {
        let id = dispatch.job.event.clone();
        let delivery = world.outbox.finish(dispatch.job, arrived, now.ms);
        world.record_attempt(
            &id,
            Attempt {
                at_ms: now.ms,
                status,
                note,
            },
            Some(delivery),
        );
    });
}

/// Sends the copies at once; the first that comes back decides.
async fn send_copies(client: &Client, dispatch: &Dispatch) -> Result<u16, String> {
    let mut copies = JoinSet::new();
    for _ in 0..dispatch.job.copies {
        let timestamp = wall_ms().div_euclid(1000) + dispatch.skew;
        let request = client
            .post(&dispatch.endpoint.url)
            .header(CONTENT_TYPE, "application/json; charset=utf-8")
            .header(
                "user-agent",
                "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
            )
            .header(
                "stripe-signature",
                signature::header(&dispatch.endpoint.secret, timestamp, &dispatch.body),
            )
            .body(dispatch.body.clone());
        copies.spawn(async move {
            request
                .send()
                .await
                .map(|response| response.status().as_u16())
        });
    }
    let mut outcome = Err("not sent".to_owned());
    while let Some(copy) = copies.join_next().await {
        let copy = match copy {
            Ok(Ok(status)) => Ok(status),
            Ok(Err(error)) => Err(reason(&error)),
            Err(error) => Err(error.to_string()),
        };
        if outcome.is_err() {
            outcome = copy;
        }
    }
    outcome
}

/// A failure in a word; the address is known.
fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        "no answer in time".to_owned()
    } else if error.is_connect() {
        "no connection".to_owned()
    } else {
        "the connection broke".to_owned()
    }
}
