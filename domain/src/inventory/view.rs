//! What the inventory of the admin shows.

use super::{MovementKind, StockLevel};
use crate::{catalog::Picture, text_enum::text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// The views of the inventory.
    InventoryTab {
        /// Everything that is not archived.
        All = "all",
        /// Few are left.
        Low = "low",
        /// None is left.
        Out = "out",
    }
}

impl InventoryTab {
    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Low => "Running low",
            Self::Out => "Sold out",
        }
    }
}

text_enum! {
    /// How the inventory is sorted.
    InventorySort {
        /// By the title, from A to Z.
        Title = "title",
        /// What there are fewest of first.
        Fewest = "fewest",
        /// What there are most of first.
        Most = "most",
    }
}

/// Which levels are shown. All of it is in the address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct InventoryFilter {
    /// Words of the title or the SKU.
    pub q: String,
    /// Which view.
    pub tab: String,
    /// In which order.
    pub sort: String,
    /// Where the page begins.
    pub at: String,
}

impl InventoryFilter {
    /// Which view; everything where it is none.
    pub fn tab(&self) -> InventoryTab {
        self.tab.parse().unwrap_or(InventoryTab::All)
    }

    /// In which order; by title where it is none.
    pub fn sort(&self) -> InventorySort {
        self.sort.parse().unwrap_or(InventorySort::Title)
    }
}

/// A variant and how many there are, at all locations together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InventoryRow {
    /// Its SKU.
    pub sku: String,
    /// The product's title.
    pub title: String,
    /// Its options: `Sage, medium`.
    pub label: String,
    /// Its picture, or the product's.
    pub picture: Option<Picture>,
    /// How many there are.
    pub level: StockLevel,
}

/// A page of the inventory.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InventoryPage {
    /// In the order that was asked for.
    pub rows: Vec<InventoryRow>,
    /// Where the page before begins.
    pub previous: Option<String>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// Which movements of a variant are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StockFilter {
    /// Only those of this kind.
    pub kind: String,
    /// Where the page before ended.
    pub after: String,
}

impl StockFilter {
    /// Of which kind; of every one where it is none.
    pub fn kind(&self) -> Option<MovementKind> {
        self.kind.parse().ok()
    }
}

/// A variant's stock, and the movements that explain it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockPage {
    /// Which variant, and how many there are.
    pub row: InventoryRow,
    /// How many orders those are for that are allocated.
    pub orders: i64,
    /// The movements by day, the latest first.
    pub days: Vec<StockDay>,
    /// Where older ones begin.
    pub next: Option<String>,
}

/// The movements of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockDay {
    /// Which: `Today, 21 November`.
    pub label: String,
    /// The latest first.
    pub rows: Vec<MovementRow>,
}

/// A row of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovementRow {
    /// The time of day: `10:24`.
    pub time: String,
    /// What happened.
    pub kind: MovementKind,
    /// To how many.
    pub quantity: i32,
    /// Why.
    pub reason: String,
    /// The number of the order that caused it.
    pub order: Option<i64>,
    /// Who of the staff did it; nobody where the shop did.
    pub staff: String,
    /// How many could be sold after it.
    pub after: i64,
}

/// How stock is to be adjusted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StockForm {
    /// `count` where `number` was counted on the shelf; otherwise it is a difference.
    pub how: String,
    /// As it was typed: `-2`, `+40`, `58`.
    pub number: String,
    /// Why, for the ledger.
    pub reason: String,
}

/// A change of what is on the shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adjustment {
    /// So many more, or fewer.
    By(i32),
    /// So many were counted.
    To(i32),
}

impl From<i32> for Adjustment {
    fn from(difference: i32) -> Self {
        Self::By(difference)
    }
}

impl StockForm {
    /// What is asked for; nothing where that is no number.
    pub fn adjustment(&self) -> Option<Adjustment> {
        let typed = self.number.trim().replace('−', "-");
        let number = typed.parse().ok()?;
        match self.how.as_str() {
            "count" => (number >= 0).then_some(Adjustment::To(number)),
            _ => Some(Adjustment::By(number)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let read = |how: &str, number: &str| {
            let form = StockForm {
                how: how.into(),
                number: number.into(),
                reason: String::new(),
            };
            form.adjustment()
        };
        assert_eq!(read("", " +40 "), Some(Adjustment::By(40)));
        assert_eq!(read("", "−2"), Some(Adjustment::By(-2)));
        assert_eq!(read("count", "58"), Some(Adjustment::To(58)));
        assert_eq!(read("count", "-1"), None);
        assert_eq!(read("", "many"), None);
        assert_eq!(read("", "99999999999"), None);
    }
}
