//! The list of orders as the staff see it: what it is filtered and sorted by, and its rows. All of it is in the address.

use super::{FulfilmentStatus, OrderStatus, PaymentStatus};
use crate::{Money, OrderId, list::Count, query::Query, text_enum::text_enum};
use serde::{Deserialize, Serialize};

/// Where the list is.
pub const ORDERS: &str = "/admin/orders";

text_enum! {
    /// The views that everybody has.
    OrderTab {
        /// Every order.
        All = "all",
        /// Paid, with something left to send.
        ToSend = "to-send",
        /// Waiting for their payment.
        Unpaid = "unpaid",
        /// Something about the payment needs a person, and nobody of the staff has done anything since.
        Attention = "attention",
        /// The buyer's bank asks for the money back.
        Disputed = "disputed",
        /// Some or all of the money went back.
        Refunded = "refunded",
        /// Taken back, or not paid in time.
        Cancelled = "cancelled",
    }
}

impl OrderTab {
    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::ToSend => "To send",
            Self::Unpaid => "Unpaid",
            Self::Attention => "Needs attention",
            Self::Disputed => "Disputed",
            Self::Refunded => "Refunded",
            Self::Cancelled => "Cancelled",
        }
    }
}

text_enum! {
    /// What the list can be sorted by.
    OrderKey {
        /// The number.
        Number = "number",
        /// When it was placed.
        Date = "date",
        /// What was to be paid.
        Amount = "amount",
        /// Whom it goes to.
        Customer = "customer",
        /// Where it goes.
        Country = "country",
        /// Where its money stands.
        Payment = "payment",
        /// Where its goods stand.
        Fulfilment = "fulfilment",
    }
}

/// How the list is sorted. In an address it is one word: `total`, or `-date` where it falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderSort {
    /// By what.
    pub key: OrderKey,
    /// Whether the highest goes first.
    pub falls: bool,
}

impl Default for OrderSort {
    fn default() -> Self {
        Self {
            key: OrderKey::Date,
            falls: true,
        }
    }
}

impl OrderSort {
    /// What the head of a column leads to: the other direction where it is sorted by that already, else the direction that is
    /// looked for most.
    #[must_use]
    pub fn turned_to(self, key: OrderKey) -> Self {
        let falls = if self.key == key {
            !self.falls
        } else {
            matches!(key, OrderKey::Number | OrderKey::Date | OrderKey::Amount)
        };
        Self { key, falls }
    }
}

impl std::fmt::Display for OrderSort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.falls { "-" } else { "" })?;
        f.write_str(self.key.as_str())
    }
}

impl std::str::FromStr for OrderSort {
    type Err = crate::UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let rest = word.strip_prefix('-');
        Ok(Self {
            key: rest.unwrap_or(word).parse()?,
            falls: rest.is_some(),
        })
    }
}

/// Which orders are shown, as it stands in the address. What cannot be read is as if it were not there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderFilter {
    /// One of the views: [`OrderTab`].
    pub tab: String,
    /// Words to search for.
    pub q: String,
    /// A [`PaymentStatus`].
    pub payment: String,
    /// A [`FulfilmentStatus`].
    pub fulfilment: String,
    /// An [`OrderStatus`].
    pub status: String,
    /// From this day on, `2026-11-21`.
    pub from: String,
    /// Up to and with this day.
    pub to: String,
    /// At least this amount, `12.50`.
    pub min: String,
    /// At most this amount.
    pub max: String,
    /// The id of a customer.
    pub customer: String,
    /// A country by its two letters.
    pub country: String,
    /// An [`OrderSort`].
    pub sort: String,
    /// Where the page begins.
    pub at: String,
}

impl OrderFilter {
    /// The view.
    pub fn tab(&self) -> OrderTab {
        self.tab.parse().unwrap_or(OrderTab::All)
    }

    /// How it is sorted.
    pub fn sort(&self) -> OrderSort {
        self.sort.parse().unwrap_or_default()
    }

    /// Whether more is asked for than a view.
    pub fn is_narrowed(&self) -> bool {
        self.asked()[1..11]
            .iter()
            .any(|(_, value)| !value.is_empty())
    }

    /// The address of the list with a change, from its first page on unless the change says otherwise.
    pub fn href(&self, change: impl FnOnce(&mut Self)) -> String {
        self.address(ORDERS, change)
    }

    /// The address of a view, as it is sorted now.
    pub fn tab_href(&self, tab: OrderTab) -> String {
        Self {
            sort: self.sort.clone(),
            ..Self::default()
        }
        .href(|filter| filter.tab = tab.to_string())
    }

    /// The address of the same orders as a file.
    pub fn csv_href(&self) -> String {
        self.address("/admin/orders.csv", |_| {})
    }

    fn address(&self, path: &str, change: impl FnOnce(&mut Self)) -> String {
        let mut changed = Self {
            at: String::new(),
            ..self.clone()
        };
        change(&mut changed);
        let mut query = Query::new();
        for (name, value) in changed.asked() {
            let is_usual = value.is_empty()
                || (name == "tab" && changed.tab() == OrderTab::All)
                || (name == "sort" && changed.sort() == OrderSort::default());
            if !is_usual {
                query.add(name, value);
            }
        }
        query.after(path)
    }

    /// Everything that it holds, by the names of the address.
    pub fn asked(&self) -> [(&'static str, &str); 13] {
        [
            ("tab", &self.tab),
            ("q", &self.q),
            ("payment", &self.payment),
            ("fulfilment", &self.fulfilment),
            ("status", &self.status),
            ("from", &self.from),
            ("to", &self.to),
            ("min", &self.min),
            ("max", &self.max),
            ("customer", &self.customer),
            ("country", &self.country),
            ("sort", &self.sort),
            ("at", &self.at),
        ]
    }
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    /// Which: what is done with several at once names them by this.
    pub id: OrderId,
    /// The number that people use.
    pub number: i64,
    /// When it was placed, as short as can be: `10:24`, `Yesterday`, `19 Nov`.
    pub placed: String,
    /// The same in full.
    pub placed_at: String,
    /// Whom it goes to.
    pub name: String,
    /// Where it goes (ISO 3166-1 alpha-2).
    pub country: String,
    /// Where it stands.
    pub status: OrderStatus,
    /// Where its money stands.
    pub payment: PaymentStatus,
    /// Where its goods stand.
    pub fulfilment: FulfilmentStatus,
    /// How many things.
    pub items: i32,
    /// What was to be paid.
    pub total: Money,
}

impl OrderRow {
    /// The address of its page.
    pub fn href(&self) -> String {
        format!("{ORDERS}/{}", self.number)
    }
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OrderList {
    /// Its rows.
    pub rows: Vec<OrderRow>,
    /// How many there are on all pages.
    pub count: Count,
    /// How many each view has, whatever else is asked for.
    pub tabs: Vec<(OrderTab, Count)>,
    /// The cursor of the page before.
    pub previous: Option<String>,
    /// The cursor of the page behind.
    pub next: Option<String>,
    /// Where orders go, by letters and name.
    pub countries: Vec<(String, String)>,
    /// The name of the customer that it is filtered by.
    pub customer: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_what_is_asked_and_nothing_else() {
        let filter = OrderFilter {
            q: "ridge mug".into(),
            payment: "paid".into(),
            at: "a1".into(),
            sort: "-date".into(),
            tab: "all".into(),
            ..OrderFilter::default()
        };
        assert_eq!(
            filter.href(|filter| filter.country = "DE".into()),
            "/admin/orders?q=ridge+mug&payment=paid&country=DE"
        );
        assert_eq!(
            filter.href(|filter| filter.at = "b2".into()),
            "/admin/orders?q=ridge+mug&payment=paid&at=b2"
        );
        assert_eq!(
            filter.tab_href(OrderTab::ToSend),
            "/admin/orders?tab=to-send"
        );
        assert_eq!(
            filter.csv_href(),
            "/admin/orders.csv?q=ridge+mug&payment=paid"
        );
        assert!(filter.is_narrowed());
        let sorted = OrderFilter {
            sort: "amount".into(),
            tab: "unpaid".into(),
            ..OrderFilter::default()
        };
        assert!(!sorted.is_narrowed());
    }

    #[test]
    fn a_head_turns_the_order_round() {
        let date = OrderSort::default();
        assert_eq!(date.to_string(), "-date");
        assert_eq!(date.turned_to(OrderKey::Date).to_string(), "date");
        assert_eq!(date.turned_to(OrderKey::Customer).to_string(), "customer");
        assert_eq!(date.turned_to(OrderKey::Amount).to_string(), "-amount");
        for key in OrderKey::ALL {
            for falls in [true, false] {
                let sort = OrderSort { key: *key, falls };
                assert_eq!(sort.to_string().parse(), Ok(sort));
            }
        }
        assert!("".parse::<OrderSort>().is_err() && "--date".parse::<OrderSort>().is_err());
    }
}
