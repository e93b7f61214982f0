//! The list of customers in the admin.

use crate::{CustomerId, Money, query::Query, text_enum::text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What the list can be ordered by.
    CustomerSort {
        /// When they joined.
        Date = "date",
        /// How many orders they paid.
        Orders = "orders",
        /// What they paid and kept.
        Spent = "spent",
    }
}

/// Which customers are shown, as it stands in the address. What cannot be read is passed over.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerFilter {
    /// What was typed: a name, an e-mail address.
    pub q: String,
    /// The word of an order of the list, with a `-` before it where it falls.
    pub sort: String,
    /// Where the page begins.
    pub after: String,
}

impl CustomerFilter {
    /// What the list is ordered by, and whether it falls: by date, the latest first, where nothing else is asked for.
    pub fn sort(&self) -> (CustomerSort, bool) {
        let word = self.sort.strip_prefix('-');
        let sort = word.unwrap_or(&self.sort).parse();
        sort.map_or((CustomerSort::Date, true), |sort| (sort, word.is_some()))
    }

    /// The address of the page that begins there; of the first for an empty one.
    pub fn page_href(&self, after: &str) -> String {
        self.address(&self.sort, after)
    }

    /// The same customers ordered by this, and the other way round where they are already.
    pub fn sort_href(&self, sort: CustomerSort) -> String {
        let rises = self.sort() == (sort, true);
        let sign = if rises { "" } else { "-" };
        self.address(&format!("{sign}{sort}"), "")
    }

    fn address(&self, sort: &str, after: &str) -> String {
        let mut query = Query::new();
        for (name, value) in [("q", self.q.as_str()), ("sort", sort), ("after", after)] {
            if !value.is_empty() {
                query.add(name, value);
            }
        }
        query.after("/admin/customers")
    }
}

/// A customer in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRow {
    /// Who.
    pub id: CustomerId,
    /// What they are called; may be empty.
    pub name: String,
    /// Where mail reaches them.
    pub email: String,
    /// How many orders they paid.
    pub orders: i64,
    /// What they paid, without what went back.
    pub spent: Money,
    /// When they placed the last of them, in words; empty for never.
    pub last_order: String,
    /// Since when they have an account, in words.
    pub since: String,
}

impl CustomerRow {
    /// The address of their page.
    pub fn href(&self) -> String {
        format!("/admin/customers/{}", self.id)
    }
}

/// A page of customers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CustomerList {
    /// In the order that was asked for.
    pub rows: Vec<CustomerRow>,
    /// The cursor of the page before, where there is one.
    pub previous: Option<String>,
    /// The cursor of the page behind, where there is one.
    pub next: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::{CustomerFilter, CustomerSort};

    #[test]
    fn a_head_turns_the_list_that_it_orders() {
        let filter = CustomerFilter {
            q: "mar".into(),
            sort: "-spent".into(),
            after: "a1".into(),
        };
        assert_eq!(
            filter.sort_href(CustomerSort::Spent),
            "/admin/customers?q=mar&sort=spent"
        );
        assert_eq!(
            filter.sort_href(CustomerSort::Orders),
            "/admin/customers?q=mar&sort=-orders"
        );
        assert_eq!(
            filter.page_href("b2"),
            "/admin/customers?q=mar&sort=-spent&after=b2"
        );
    }
}
