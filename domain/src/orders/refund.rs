//! Money that goes back: what is asked for, what it comes to, and why it may not be.

use crate::{Currency, Money, OrderLineId, fulfilment::LineAccount, text_enum::text_enum};

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

/// What an order has to give back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundBasis {
    /// The currency of every amount.
    pub currency: Currency,
    /// Its rows.
    pub lines: Vec<LineAccount>,
    /// What of delivery did not go back yet.
    pub shipping_left: i64,
    /// What of the money that came in did not go back yet.
    pub left: i64,
}

/// A row of what goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedLine {
    /// Which.
    pub line: OrderLineId,
    /// How many that are withdrawn by this: they were to be sent.
    pub withdrawn: i32,
    /// How many that had been withdrawn before, and are owed their money.
    pub owed: i32,
    /// How many that were sent.
    pub sent: i32,
    /// What they are worth.
    pub amount: i64,
    /// Whether they are on the shelf again.
    pub restock: bool,
}

impl PlannedLine {
    /// How many units.
    pub const fn quantity(&self) -> i32 {
        self.withdrawn + self.owed + self.sent
    }
}

/// What goes back, found right. Rows, delivery and what was added or kept come to the amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundPlan {
    /// The rows; none of zero units.
    pub lines: Vec<PlannedLine>,
    /// What of it is for delivery.
    pub shipping: i64,
    /// What was added to what rows and delivery come to, or kept (below zero).
    pub adjustment: i64,
    /// All of it.
    pub amount: i64,
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

impl RefundBasis {
    /// Checks what was typed, and works out what it comes to.
    pub fn plan(&self, form: &RefundForm) -> Result<RefundPlan, RefundError> {
        let lines = self.planned_lines(form)?;
        let shipping = self
            .typed(&form.shipping, RefundField::Shipping)?
            .unwrap_or(0);
        if shipping > self.shipping_left {
            return Err(RefundError::TooMuchShipping(self.money(self.shipping_left)));
        }
        let chosen = lines.iter().map(|line| line.amount).sum::<i64>() + shipping;
        let amount = self
            .typed(&form.amount, RefundField::Amount)?
            .unwrap_or(chosen);
        if amount == 0 {
            return Err(RefundError::NothingChosen);
        }
        if amount > self.left {
            return Err(RefundError::TooMuch {
                left: self.money(self.left),
                asked: self.money(amount),
            });
        }
        Ok(RefundPlan {
            lines,
            shipping,
            adjustment: amount - chosen,
            amount,
            reason: check_reason(&form.reason)?,
            tell: form.tell,
        })
    }

    /// Everything that did not go back yet, for an order that nothing of was sent.
    pub fn everything(&self, reason: String) -> RefundPlan {
        let left = self
            .lines
            .iter()
            .filter(|line| line.refundable_unsent() > 0);
        let lines: Vec<PlannedLine> = left
            .map(|line| PlannedLine {
                line: line.id,
                withdrawn: line.to_send(),
                owed: line.owed(),
                sent: 0,
                amount: line.worth(line.refundable_unsent()),
                restock: true,
            })
            .collect();
        let shipping = self.shipping_left.min(self.left);
        let chosen = lines.iter().map(|line| line.amount).sum::<i64>() + shipping;
        RefundPlan {
            lines,
            shipping,
            adjustment: self.left - chosen,
            amount: self.left,
            reason,
            tell: false,
        }
    }

    fn planned_lines(&self, form: &RefundForm) -> Result<Vec<PlannedLine>, RefundError> {
        let mut planned = Vec::new();
        for line in &self.lines {
            let Some(units) = form.units(line.id) else {
                continue;
            };
            let unsent = count(line, &units.unsent, line.refundable_unsent(), "not sent")?;
            let sent = count(line, &units.sent, line.refundable_sent(), "sent")?;
            if unsent + sent > 0 {
                let owed = unsent.min(line.owed());
                planned.push(PlannedLine {
                    line: line.id,
                    withdrawn: unsent - owed,
                    owed,
                    sent,
                    amount: line.worth(unsent + sent),
                    restock: units.restock,
                });
            }
        }
        Ok(planned)
    }

    fn typed(&self, typed: &str, field: RefundField) -> Result<Option<i64>, RefundError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let example = self.money(10_i64.pow(self.currency.exponent()));
        Money::parse(typed, self.currency)
            .map(|amount| Some(amount.minor))
            .ok_or(RefundError::Amount(example, field))
    }

    const fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }
}

fn count(
    line: &LineAccount,
    typed: &str,
    left: i32,
    kind: &'static str,
) -> Result<i32, RefundError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(0);
    }
    let units: u16 = typed
        .parse()
        .map_err(|_| RefundError::Quantity(line.name.clone()))?;
    let units = i32::from(units);
    if units > left {
        return Err(RefundError::TooMany {
            name: line.name.clone(),
            left,
            kind,
        });
    }
    Ok(units)
}

/// A reason that says something and fits on a line.
pub(super) fn check_reason(typed: &str) -> Result<String, RefundError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(RefundError::NoReason);
    }
    if typed.chars().count() > REASON_MAX || typed.chars().any(char::is_control) {
        return Err(RefundError::LongReason);
    }
    Ok(typed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn line(id: u128, quantity: i32, fulfilled: i32, paid: i64) -> LineAccount {
        LineAccount {
            id: OrderLineId(Uuid::from_u128(id)),
            name: format!("Thing {id}"),
            quantity,
            fulfilled,
            withdrawn: 0,
            refunded: 0,
            returned: 0,
            restocked: 0,
            paid,
            given_back: 0,
        }
    }

    /// Three things, one of them sent, for ten pounds; another for five; delivery for four and a half.
    fn basis() -> RefundBasis {
        RefundBasis {
            currency: Currency::GBP,
            lines: vec![line(1, 3, 1, 1_000), line(2, 1, 1, 500)],
            shipping_left: 450,
            left: 1_950,
        }
    }

    fn form(typed: &[(&str, &str)]) -> RefundForm {
        let named: Vec<(String, &str)> = typed
            .iter()
            .map(|(name, value)| match name.split_once('-') {
                Some((field, id)) => {
                    let id = Uuid::from_u128(id.parse().unwrap());
                    (format!("{field}-{id}"), *value)
                }
                None => ((*name).to_owned(), *value),
            })
            .collect();
        let mut form =
            RefundForm::from_pairs(named.iter().map(|(name, value)| (name.as_str(), *value)));
        form.reason = "Arrived broken".into();
        form
    }

    #[test]
    fn rows_delivery_and_an_amount_go_back_in_one_step() {
        let plan = basis()
            .plan(&form(&[
                ("unsent-1", "2"),
                ("sent-2", "1"),
                ("restock-2", "on"),
                ("shipping", "4.50"),
            ]))
            .unwrap();
        assert_eq!(
            (plan.amount, plan.shipping, plan.adjustment),
            (666 + 500 + 450, 450, 0)
        );
        assert_eq!((plan.lines[0].withdrawn, plan.lines[0].restock), (2, false));
        assert_eq!((plan.lines[1].sent, plan.lines[1].restock), (1, true));
        let less = basis()
            .plan(&form(&[("sent-2", "1"), ("amount", "4")]))
            .unwrap();
        assert_eq!((less.amount, less.adjustment), (400, -100));
        let free = basis().plan(&form(&[("amount", "12.34")])).unwrap();
        assert_eq!(
            (free.amount, free.adjustment, free.lines.len()),
            (1_234, 1_234, 0)
        );
    }

    #[test]
    fn what_cannot_go_back_is_said() {
        for (typed, words) in [
            (
                vec![],
                "Please choose what goes back: things, delivery or an amount.",
            ),
            (
                vec![("amount", "0")],
                "Please choose what goes back: things, delivery or an amount.",
            ),
            (
                vec![("amount", "1e3")],
                "This is not an amount. It should look like £1.00.",
            ),
            (
                vec![("amount", "19.51")],
                "Only £19.50 can go back, and this comes to £19.51.",
            ),
            (
                vec![("shipping", "4.51")],
                "Only £4.50 of what delivery cost can go back.",
            ),
            (
                vec![("unsent-1", "3")],
                "Of Thing 1 only 2 not sent can be refunded.",
            ),
            (
                vec![("sent-1", "2")],
                "Of Thing 1 only 1 sent can be refunded.",
            ),
            (
                vec![("sent-1", "one")],
                "How many of Thing 1? Please give a whole number.",
            ),
        ] {
            assert_eq!(basis().plan(&form(&typed)).unwrap_err().to_string(), words);
        }
        let unreasoned = RefundForm {
            reason: " ".into(),
            ..form(&[("amount", "1")])
        };
        assert_eq!(basis().plan(&unreasoned), Err(RefundError::NoReason));
    }

    #[test]
    fn what_was_withdrawn_before_is_not_withdrawn_again() {
        let mut basis = basis();
        basis.lines[0].withdrawn = 1;
        let plan = basis.plan(&form(&[("unsent-1", "2")])).unwrap();
        assert_eq!((plan.lines[0].owed, plan.lines[0].withdrawn), (1, 1));
    }

    proptest! {
        #[test]
        fn everything_is_what_is_left(
            paid in prop::collection::vec((1_i32..9, 0_i64..100_000), 1..6),
            shipping in 0_i64..2_000,
            given_before in 0_i64..50_000,
        ) {
            let lines: Vec<LineAccount> =
                paid.iter().zip(1..).map(|((quantity, paid), id)| line(id, *quantity, 0, *paid)).collect();
            let total: i64 = paid.iter().map(|(_, paid)| paid).sum::<i64>() + shipping;
            let left = (total - given_before).max(0);
            let basis = RefundBasis { currency: Currency::GBP, lines, shipping_left: shipping, left };
            let plan = basis.everything("Changed their mind".into());
            let rows: i64 = plan.lines.iter().map(|line| line.amount).sum();
            prop_assert_eq!(plan.amount, left);
            prop_assert_eq!(rows + plan.shipping + plan.adjustment, left);
            prop_assert!(plan.shipping <= plan.amount);
        }
    }
}
