//! The form that gives money back, and what may be wrong with it.

use super::RefundBasis;
use crate::{Money, OrderLineId, text_enum::text_enum};

/// The most characters of a reason.
const REASON_MAX: usize = 200;

/// A row of the form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RefundUnits {
    /// For how many of those that were not sent.
    pub unsent: String,
    /// For how many of those that were.
    pub sent: String,
    /// Whether they are on the shelf again.
    pub restock: bool,
}

/// What goes back, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RefundForm {
    /// The version of the order that the page showed.
    pub version: String,
    /// The rows.
    pub lines: Vec<(OrderLineId, RefundUnits)>,
    /// How much of what delivery cost.
    pub shipping: String,
    /// How much in all; empty for what rows and delivery come to.
    pub amount: String,
    /// Why.
    pub reason: String,
    /// Whether a mail tells the shopper.
    pub tell: bool,
}

text_enum! {
    /// A field of the form that has a fault of its own.
    RefundField {
        /// Delivery.
        Shipping = "shipping",
        /// How much in all.
        Amount = "amount",
        /// Why.
        Reason = "reason",
    }
}

/// Why no money went back, in words for the staff.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefundError {
    /// There is no such order.
    #[error("There is no such order.")]
    Unknown,
    /// The order is another than the page showed.
    #[error(
        "Somebody else has worked on this order since you opened the page. Please look at it again."
    )]
    Stale,
    /// Nothing came in.
    #[error("Nothing was paid for this order.")]
    NotPaid,
    /// The bank has it in hand.
    #[error(
        "The buyer’s bank asks for this money. Answer it at Stripe: a refund is refused there."
    )]
    Disputed,
    /// Everything went back.
    #[error("All that was paid went back.")]
    NothingLeft,
    /// It was not paid there.
    #[error(
        "This order was not paid at Stripe: it belongs to a past that was made up. Nothing can go back for it."
    )]
    MadeUp,
    /// Nothing was chosen.
    #[error("Please choose what goes back: things, delivery or an amount.")]
    NothingChosen,
    /// No number.
    #[error("How many of {0}? Please give a whole number.")]
    Quantity(String),
    /// More than there are.
    #[error("Of {name} only {left} {kind} can be refunded.")]
    TooMany {
        /// Of what.
        name: String,
        /// How many there are.
        left: i32,
        /// Of which kind: `sent` or `not sent`.
        kind: &'static str,
    },
    /// No amount.
    #[error("This is not an amount. It should look like {0}.")]
    Amount(Money, RefundField),
    /// More than was paid for delivery.
    #[error("Only {0} of what delivery cost can go back.")]
    TooMuchShipping(Money),
    /// More than came in.
    #[error("Only {left} can go back, and this comes to {asked}.")]
    TooMuch {
        /// What is left.
        left: Money,
        /// What was asked for.
        asked: Money,
    },
    /// No reason.
    #[error("Please say why, in a few words.")]
    NoReason,
    /// A reason that does not fit.
    #[error("Please use at most {REASON_MAX} characters, on one line.")]
    LongReason,
}

impl RefundError {
    /// The field that it stands beside; `None` where it stands above the form.
    pub const fn field(&self) -> Option<RefundField> {
        match self {
            Self::Amount(_, field) => Some(*field),
            Self::TooMuchShipping(_) => Some(RefundField::Shipping),
            Self::TooMuch { .. } => Some(RefundField::Amount),
            Self::NoReason | Self::LongReason => Some(RefundField::Reason),
            _ => None,
        }
    }
}

impl RefundForm {
    /// The form as it is sent: a row has `unsent-`, `sent-` and `restock-` with its id.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name {
                "version" => value.clone_into(&mut form.version),
                "shipping" => value.clone_into(&mut form.shipping),
                "amount" => value.clone_into(&mut form.amount),
                "reason" => value.clone_into(&mut form.reason),
                "tell" => form.tell = true,
                _ => form.take_units(name, value),
            }
        }
        form
    }

    fn take_units(&mut self, name: &str, value: &str) {
        let Some((field, id)) = name.split_once('-') else {
            return;
        };
        let Ok(line) = id.parse::<OrderLineId>() else {
            return;
        };
        let at = self.lines.iter().position(|(known, _)| *known == line);
        let at = at.unwrap_or_else(|| {
            self.lines.push((line, RefundUnits::default()));
            self.lines.len() - 1
        });
        let units = &mut self.lines[at].1;
        match field {
            "unsent" => value.clone_into(&mut units.unsent),
            "sent" => value.clone_into(&mut units.sent),
            "restock" => units.restock = true,
            _ => {}
        }
    }

    /// An empty form: nothing chosen, what comes back goes on the shelf, and the shopper is told.
    pub fn empty(version: i32, basis: &RefundBasis) -> Self {
        let units = RefundUnits {
            restock: true,
            ..RefundUnits::default()
        };
        let lines = basis.lines.iter().map(|line| (line.id, units.clone()));
        Self {
            version: version.to_string(),
            lines: lines.collect(),
            tell: true,
            ..Self::default()
        }
    }

    /// What was typed for a row.
    pub fn units(&self, line: OrderLineId) -> Option<&RefundUnits> {
        let typed = self.lines.iter().find(|(id, _)| *id == line);
        typed.map(|(_, units)| units)
    }
}

/// A reason that says something and fits on a line.
pub(in crate::orders) fn check_reason(typed: &str) -> Result<String, RefundError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(RefundError::NoReason);
    }
    if typed.chars().count() > REASON_MAX || typed.chars().any(char::is_control) {
        return Err(RefundError::LongReason);
    }
    Ok(typed.to_owned())
}
