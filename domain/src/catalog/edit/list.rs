//! The list of products, and what is done to many of them at once.

use super::{FormErrors, errors::minor};
use crate::{
    Currency, Money, ProductId,
    catalog::{Cursor, Picture, ProductStatus},
    text_enum::text_enum,
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What is left of a product.
    StockFilter {
        /// Of some variant five or fewer, but not of all of them none.
        Low = "low",
        /// Nothing.
        Out = "out",
    }
}

text_enum! {
    /// The order of the list.
    ProductSort {
        /// What was made last, first.
        Newest = "newest",
        /// What was made first, first.
        Oldest = "oldest",
        /// By title, from A.
        Title = "title",
        /// By title, from Z.
        TitleFalling = "title-desc",
        /// The cheapest first.
        Price = "price",
        /// The dearest first.
        PriceFalling = "price-desc",
        /// What there is least of, first.
        Stock = "stock",
        /// What there is most of, first.
        StockFalling = "stock-desc",
    }
}

impl ProductSort {
    /// The words for it in a menu.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Newest => "Newest first",
            Self::Oldest => "Oldest first",
            Self::Title => "Title, A to Z",
            Self::TitleFalling => "Title, Z to A",
            Self::Price => "Price, low to high",
            Self::PriceFalling => "Price, high to low",
            Self::Stock => "Stock, low to high",
            Self::StockFalling => "Stock, high to low",
        }
    }
}

/// Which products are listed, as the address says it. What cannot be read is as if it were not there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductFilter {
    /// Words of the title, the SKU or the maker's name.
    pub q: String,
    /// A status.
    pub status: String,
    /// The path of a category; those below it count too.
    pub category: String,
    /// `low` or `out`.
    pub stock: String,
    /// The order.
    pub sort: String,
    /// Where the page begins.
    pub after: String,
}

impl ProductFilter {
    /// The status that is asked for.
    pub fn status(&self) -> Option<ProductStatus> {
        self.status.parse().ok()
    }

    /// The stock that is asked for.
    pub fn stock(&self) -> Option<StockFilter> {
        self.stock.parse().ok()
    }

    /// The order.
    pub fn sort(&self) -> ProductSort {
        self.sort.parse().unwrap_or(ProductSort::Newest)
    }

    /// Where the page begins.
    pub fn cursor(&self) -> Option<Cursor> {
        Cursor::decode(&self.after)
    }

    /// Whether all products are asked for.
    pub fn is_empty(&self) -> bool {
        self.q.trim().is_empty()
            && self.status().is_none()
            && self.category.is_empty()
            && self.stock().is_none()
    }
}

/// A product of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductRow {
    /// Which.
    pub id: ProductId,
    /// The name that stands in addresses.
    pub handle: String,
    /// Its title.
    pub title: String,
    /// Its first picture.
    pub picture: Option<Picture>,
    /// Whether it can be seen.
    pub status: ProductStatus,
    /// When it will be, in words, where it will.
    pub scheduled: Option<String>,
    /// What its category is called; empty for none.
    pub category: String,
    /// What its maker is called; empty for none.
    pub brand: String,
    /// How many can be bought, over all variants.
    pub available: i64,
    /// How many variants there are.
    pub variants: i64,
    /// Of how many of them five or fewer are left.
    pub low: i64,
    /// The lowest price.
    pub price_from: Money,
    /// The highest price.
    pub price_to: Money,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductList {
    /// The products.
    pub rows: Vec<ProductRow>,
    /// How many there are on all pages.
    pub total: i64,
    /// The cursor of the page before, where there is one.
    pub previous: Option<String>,
    /// The cursor of the page behind, where there is one.
    pub next: Option<String>,
    /// The categories that can be asked for: path, and the names on the way to it.
    pub categories: Vec<(String, String)>,
    /// What prices are in.
    pub currency: Currency,
}

/// What is done to the products that were chosen, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BulkForm {
    /// Which products.
    pub ids: Vec<String>,
    /// A status, `percent` or `amount`.
    pub action: String,
    /// By how much prices change: `-10` is a tenth less, or ten pounds.
    pub by: String,
}

/// The most products that are changed at once.
pub const BULK_MAX: usize = 200;

/// What is done to products.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkChange {
    /// They are put on sale, taken off, archived.
    Status(ProductStatus),
    /// Prices change by so many basis points.
    Percent(i32),
    /// Prices change by so many minor units.
    Amount(i64),
}

impl BulkChange {
    /// What a price becomes: rounded to the penny, half away from nothing, and never below it.
    pub fn price(self, price: i64) -> i64 {
        let changed = match self {
            Self::Status(_) => return price,
            Self::Amount(by) => i128::from(price) + i128::from(by),
            Self::Percent(by) => {
                let exact = i128::from(price) * (10_000 + i128::from(by));
                (2 * exact + 10_000).div_euclid(20_000)
            }
        };
        i64::try_from(changed.max(0)).unwrap_or(i64::MAX)
    }
}

impl BulkForm {
    /// Reads the fields of a form.
    pub fn read(fields: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in fields {
            match name.as_str() {
                "id" => form.ids.push(value),
                "action" => form.action = value,
                "by" => form.by = value,
                _ => {}
            }
        }
        form
    }

    /// Checks what was typed.
    ///
    /// # Errors
    /// What is wrong.
    pub fn check(&self, currency: Currency) -> Result<(Vec<ProductId>, BulkChange), FormErrors> {
        let ids: Vec<ProductId> = self.ids.iter().filter_map(|id| id.parse().ok()).collect();
        if ids.is_empty() {
            return Err(FormErrors::one("id", "Please choose a product first."));
        }
        if ids.len() > BULK_MAX {
            let message = format!("Please choose at most {BULK_MAX} products at once.");
            return Err(FormErrors::one("id", message));
        }
        let change = match self.action.as_str() {
            "percent" => percent(&self.by).map(BulkChange::Percent).ok_or((
                "by",
                "Please give a percentage from -100 to 1000, such as 10 or -12.5.",
            )),
            "amount" => amount(&self.by, currency).map(BulkChange::Amount).ok_or((
                "by",
                "Please give an amount to add or to take off, such as 1.50 or -2.",
            )),
            word => match word.parse() {
                Ok(ProductStatus::Scheduled) | Err(_) => {
                    Err(("action", "Please choose what to do."))
                }
                Ok(status) => Ok(BulkChange::Status(status)),
            },
        };
        change
            .map(|change| (ids, change))
            .map_err(|(field, message)| FormErrors::one(field, message))
    }
}

/// A sign and what follows it: people type both a hyphen and a minus.
fn signed(text: &str) -> (i64, &str) {
    let text = text.trim();
    match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => (-1, rest.trim_start()),
        None => (1, text.strip_prefix('+').unwrap_or(text).trim_start()),
    }
}

/// `-12.5` or `10 %`, in basis points.
fn percent(text: &str) -> Option<i32> {
    let (sign, text) = signed(text);
    // A percentage has two places, as pounds have.
    let points = minor(text.trim_end_matches('%').trim_end(), Currency::GBP)?;
    i32::try_from(sign * points)
        .ok()
        .filter(|points| (-10_000..=100_000).contains(points) && *points != 0)
}

fn amount(text: &str, currency: Currency) -> Option<i64> {
    let (sign, text) = signed(text);
    let amount = minor(text, currency)?;
    (1..=100_000_000).contains(&amount).then_some(sign * amount)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn checked(action: &str, by: &str) -> Result<BulkChange, String> {
        let form = BulkForm {
            ids: vec!["01900000-0000-7000-8000-000000000001".into()],
            action: action.into(),
            by: by.into(),
        };
        form.check(Currency::GBP)
            .map(|(_, change)| change)
            .map_err(|errors| errors.to_string())
    }

    #[test]
    fn what_is_typed_is_read_with_patience_and_not_guessed() {
        assert_eq!(
            checked("percent", " −12.5 % "),
            Ok(BulkChange::Percent(-1_250))
        );
        assert_eq!(checked("percent", "10"), Ok(BulkChange::Percent(1_000)));
        assert_eq!(checked("amount", "-2"), Ok(BulkChange::Amount(-200)));
        assert_eq!(
            checked("archived", ""),
            Ok(BulkChange::Status(ProductStatus::Archived))
        );
        for (action, by) in [
            ("percent", "ten"),
            ("percent", "-101"),
            ("percent", "0"),
            ("amount", "1.005"),
            ("amount", ""),
            ("scheduled", ""),
            ("", ""),
        ] {
            assert!(checked(action, by).is_err(), "{action} {by}");
        }
        assert!(BulkForm::default().check(Currency::GBP).is_err());
    }

    #[test]
    fn prices_are_rounded_to_the_penny() {
        assert_eq!(BulkChange::Percent(-1_000).price(2_205), 1_985, "1984.5");
        assert_eq!(BulkChange::Percent(1_000).price(1_995), 2_195, "2194.5");
        assert_eq!(BulkChange::Percent(-10_000).price(1_995), 0);
        assert_eq!(BulkChange::Amount(-3_000).price(1_995), 0);
        assert_eq!(BulkChange::Status(ProductStatus::Draft).price(5), 5);
    }

    proptest! {
        #[test]
        fn a_price_is_at_most_half_a_penny_off_and_never_below_nothing(price in 0_i64..1_000_000_000, by in -10_000_i32..100_000) {
            let changed = BulkChange::Percent(by).price(price);
            prop_assert!(changed >= 0);
            let exact = i128::from(price) * (10_000 + i128::from(by));
            prop_assert!((i128::from(changed) * 10_000 - exact).abs() <= 5_000);
        }
    }
}
