//! What a test may do to deliveries.

use serde::{Deserialize, Serialize};

/// What happens to the next events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// The event is never sent.
    Drop,
    /// The first attempt waits.
    Delay {
        /// For so long.
        ms: u32,
    },
    /// The event is sent several times at once.
    Duplicate {
        /// How many times in all.
        copies: u32,
    },
    /// The matching events are kept until the rule has run its `times`, then sent last first.
    Reorder,
    /// An attempt fails before it reaches the shop, and is repeated.
    Fail,
    /// An attempt reaches the shop, but its answer is lost: the event is sent again.
    LoseAnswer,
}

impl Effect {
    /// Whether it works on single attempts; the others work once per event.
    pub(crate) fn is_per_attempt(self) -> bool {
        matches!(self, Self::Fail | Self::LoseAnswer)
    }
}

/// A fault for webhooks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookRule {
    /// What happens.
    #[serde(flatten)]
    pub effect: Effect,
    /// To which types of event; to all when empty.
    #[serde(default)]
    pub types: Vec<String>,
    /// To how many events or attempts.
    #[serde(default = "once")]
    pub times: u32,
}

fn once() -> u32 {
    1
}

impl WebhookRule {
    /// A rule for the next event of any type.
    pub fn new(effect: Effect) -> Self {
        Self {
            effect,
            types: Vec::new(),
            times: 1,
        }
    }

    /// Only for events of this type.
    #[must_use]
    pub fn on(mut self, kind: &str) -> Self {
        self.types.push(kind.to_owned());
        self
    }

    /// For so many events or attempts.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    pub(crate) fn matches(&self, kind: &str) -> bool {
        self.times > 0 && (self.types.is_empty() || self.types.iter().any(|wanted| wanted == kind))
    }
}
