//! Payments: what is asked of the payment service, and what its answers mean.

use crate::{Currency, Money, checkout::Totals, text_enum::text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// Where one attempt to be paid stands.
    AttemptStatus {
        /// A pay page is, or may be, open.
        Open = "open",
        /// It was paid.
        Succeeded = "succeeded",
        /// It can no longer be paid.
        Expired = "expired",
        /// It was paid and is not wanted: the money goes back.
        Returned = "returned",
    }
}

/// The name on the card, from Stripe's word for it.
pub fn card_name(brand: &str) -> &str {
    match brand {
        "visa" => "Visa",
        "mastercard" => "Mastercard",
        "amex" => "American Express",
        "discover" => "Discover",
        "diners" => "Diners Club",
        "jcb" => "JCB",
        "unionpay" => "UnionPay",
        _ => "card",
    }
}

/// A row of the hosted pay page. Its quantity is always 1, since a discount that was shared out need not divide by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayItem {
    /// What is shown.
    pub name: String,
    /// What it costs, in minor units.
    pub amount: i64,
}

/// Everything that a hosted Checkout Session is created with. It is stored with the attempt before it is sent, so that a
/// retry sends the identical request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRequest {
    /// The currency of every amount.
    pub currency: Currency,
    /// The rows, added tax included.
    pub items: Vec<PayItem>,
    /// What delivery is called.
    pub shipping_name: String,
    /// What delivery costs, in minor units.
    pub shipping: i64,
    /// The sum, in minor units.
    pub total: i64,
    /// The order's number.
    pub order_number: i64,
    /// The order's id.
    pub order_id: String,
    /// Where the receipt goes.
    pub email: String,
    /// Where a shopper who paid goes.
    pub success_url: String,
    /// Where a shopper who turns back goes.
    pub cancel_url: String,
    /// When the page closes, in seconds of Unix time.
    pub expires_at: i64,
}

impl SessionRequest {
    /// Whether rows and delivery add up to the total: it is looked at before anything is sent.
    pub fn adds_up(&self) -> bool {
        self.items.iter().map(|item| item.amount).sum::<i64>() + self.shipping == self.total
    }
}

/// The rows of the pay page: one for each line, those that cost nothing among them since there has to be one, and one for
/// added tax.
pub fn pay_items(names: &[String], totals: &Totals, tax_name: &str) -> Vec<PayItem> {
    let mut items: Vec<PayItem> = names
        .iter()
        .zip(&totals.lines)
        .map(|(name, line)| PayItem {
            name: if line.quantity > 1 {
                format!("{} × {name}", line.quantity)
            } else {
                name.clone()
            },
            amount: line.net_of_discount(),
        })
        .collect();
    if totals.tax_added > 0 {
        items.push(PayItem {
            name: tax_name.to_owned(),
            amount: totals.tax_added,
        });
    }
    items
}

/// The least that a card can be charged, in the currencies that Stripe names one for.
pub fn minimum(currency: Currency) -> Money {
    let minor = match currency.code() {
        "GBP" => 30,
        "DKK" => 250,
        "NOK" | "SEK" => 300,
        "CZK" => 1_500,
        "HUF" => 17_500,
        "MXN" | "THB" => 1_000,
        "HKD" => 400,
        "PLN" | "AED" | "MYR" | "RON" => 200,
        _ => 50,
    };
    Money::new(minor, currency)
}

/// The most that a card can be charged at once: eight digits.
pub const fn maximum(currency: Currency) -> Money {
    Money::new(99_999_999, currency)
}

/// What the payment service says of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenSession {
    /// Whether a shopper has gone through the page and the money came in, or is still on its way.
    pub complete: bool,
    /// Whether the page has closed unpaid, or what was promised there will not come.
    pub expired: bool,
    /// Whether the money came in, or none was wanted.
    pub paid: bool,
    /// What was paid, in minor units.
    pub amount: Option<i64>,
    /// In this currency, by its three letters in any case.
    pub currency: Option<String>,
    /// The order that it names as its reference.
    pub order_id: Option<String>,
}

/// What a session's state means for its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Paid as asked.
    Paid,
    /// Not paid yet: the page is open, or the bank is still at work.
    Waiting,
    /// It can no longer be paid.
    Expired,
    /// Money came in that is not what was asked for: a person has to look.
    Mismatch(String),
}

impl SeenSession {
    /// Compares what is seen with what was asked for.
    pub fn judge(&self, asked: &SessionRequest) -> Verdict {
        if !self.paid {
            return if self.expired {
                Verdict::Expired
            } else {
                Verdict::Waiting
            };
        }
        if self.order_id.as_deref() != Some(&asked.order_id) {
            return Verdict::Mismatch(format!("it names the order {:?}", self.order_id));
        }
        if self.amount != Some(asked.total) {
            return Verdict::Mismatch(format!(
                "{:?} minor units came in, {} were asked for",
                self.amount, asked.total
            ));
        }
        let same_currency = self
            .currency
            .as_deref()
            .is_some_and(|code| code.eq_ignore_ascii_case(asked.currency.code()));
        if !same_currency {
            return Verdict::Mismatch(format!("it was paid in {:?}", self.currency));
        }
        Verdict::Paid
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkout::{PricedLine, Tax};
    use proptest::prelude::*;

    fn asked() -> SessionRequest {
        SessionRequest {
            currency: Currency::GBP,
            items: vec![PayItem {
                name: "Mug".into(),
                amount: 2_800,
            }],
            shipping_name: "Tracked".into(),
            shipping: 450,
            total: 3_250,
            order_number: 1_001,
            order_id: "order".into(),
            email: "a@example.com".into(),
            success_url: String::new(),
            cancel_url: String::new(),
            expires_at: 0,
        }
    }

    fn seen() -> SeenSession {
        SeenSession {
            complete: true,
            expired: false,
            paid: true,
            amount: Some(3_250),
            currency: Some("gbp".into()),
            order_id: Some("order".into()),
        }
    }

    #[test]
    fn only_the_exact_sum_for_the_right_order_is_paid() {
        assert_eq!(seen().judge(&asked()), Verdict::Paid);
        assert!(matches!(
            SeenSession {
                amount: Some(3_249),
                ..seen()
            }
            .judge(&asked()),
            Verdict::Mismatch(_)
        ));
        assert!(matches!(
            SeenSession {
                currency: Some("eur".into()),
                ..seen()
            }
            .judge(&asked()),
            Verdict::Mismatch(_)
        ));
        assert!(matches!(
            SeenSession {
                order_id: None,
                ..seen()
            }
            .judge(&asked()),
            Verdict::Mismatch(_)
        ));
    }

    #[test]
    fn complete_is_not_paid() {
        assert_eq!(
            SeenSession {
                paid: false,
                ..seen()
            }
            .judge(&asked()),
            Verdict::Waiting
        );
        assert_eq!(
            SeenSession {
                paid: false,
                complete: false,
                expired: true,
                ..seen()
            }
            .judge(&asked()),
            Verdict::Expired
        );
    }

    proptest! {
        #[test]
        fn the_pay_page_asks_for_the_total(
            lines in prop::collection::vec((0_i64..1_000_000, 1_i32..=99), 1..=99),
            discount in 0_i64..10_000_000,
            shipping in 0_i64..10_000,
            rate in 0_u32..=2_700,
            included: bool,
        ) {
            let lines: Vec<PricedLine> =
                lines.into_iter().map(|(unit, quantity)| PricedLine { unit, quantity }).collect();
            let names: Vec<String> = lines.iter().map(|_| "Mug".to_owned()).collect();
            let tax = Tax { name: "VAT".into(), rate, included };
            let totals = Totals::of(&lines, discount, shipping, &tax);
            let items = pay_items(&names, &totals, &tax.name);
            prop_assert!((1..=100).contains(&items.len()) && items.iter().all(|item| item.amount >= 0));
            let request = SessionRequest { items, shipping, total: totals.total, ..asked() };
            prop_assert!(request.adds_up());
        }
    }
}
