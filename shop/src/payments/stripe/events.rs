//! What happened, by Stripe's own list.

use super::{Stripe, StripeFault};
use miniserde::json::Value;
use stripe_core::event::ListEvent;

/// An event of the list: what it is, and what it is about.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) object: String,
    /// The payment that the object belongs to, where it names one.
    pub(crate) intent: Option<String>,
}

impl Stripe {
    /// Whether Stripe answers, and takes the shop's key.
    pub(crate) async fn check(&self, now: i64) -> Result<(), StripeFault> {
        self.events(&["checkout.session.completed"], now, None)
            .await
            .map(|_| ())
    }

    /// A page of the events of these types since a moment in seconds of Unix time, the latest first, and whether there are
    /// older ones. `after` is the last event of the page before.
    pub(crate) async fn events(
        &self,
        kinds: &[&str],
        since: i64,
        after: Option<&str>,
    ) -> Result<(Vec<Told>, bool), StripeFault> {
        let bounds = stripe_types::RangeBoundsTs {
            gte: Some(since),
            ..stripe_types::RangeBoundsTs::default()
        };
        let mut list = ListEvent::new()
            .types(
                kinds
                    .iter()
                    .map(|kind| (*kind).to_owned())
                    .collect::<Vec<_>>(),
            )
            .created(stripe_types::RangeQueryTs::Bounds(bounds))
            .limit(100);
        if let Some(after) = after {
            list = list.starting_after(after);
        }
        let page = list.send(&self.0).await?;
        let told = page.data.into_iter().filter_map(|event| {
            let Value::Object(object) = &event.data.object else {
                return None;
            };
            let text = |name: &str| match object.get(name) {
                Some(Value::String(text)) => Some(text.clone()),
                _ => None,
            };
            Some(Told {
                id: event.id.to_string(),
                kind: event.type_.to_string(),
                object: text("id")?,
                intent: text("payment_intent"),
            })
        });
        Ok((told.collect(), page.has_more))
    }
}
