//! A product's options and variants, and which combinations of values there are.

use crate::{Money, VariantId, inventory::Stock};
use serde::{Deserialize, Serialize};

/// One value of an option: the `Sage` of `Glaze`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionValue {
    /// The merchant's word for it.
    pub name: String,
    /// Its colour as `#rrggbb`, where it is one.
    pub swatch: Option<String>,
}

/// What makes the variants of a product differ: `Glaze`, `Size`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductOption {
    /// The merchant's word for it.
    pub name: String,
    /// Its values, in the merchant's order; never empty.
    pub values: Vec<OptionValue>,
}

/// The unit that is bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Its id.
    pub id: VariantId,
    /// The merchant's code.
    pub sku: String,
    /// For each option of the product, the index of this variant's value.
    pub values: Vec<usize>,
    /// What one costs.
    pub price: Money,
    /// What it used to cost, where that was more.
    pub compare_at: Option<Money>,
    /// What can be had of it now.
    pub stock: Stock,
    /// The index of its picture among the product's.
    pub picture: Option<usize>,
    /// Its barcode (GTIN).
    pub barcode: Option<String>,
}

impl Variant {
    /// What is saved on one, where the price came down.
    pub fn saving(&self) -> Option<Money> {
        self.price.saved_from(self.compare_at)
    }
}

/// The options of a product with its variants; an island picks from it without asking the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// At most three.
    pub options: Vec<ProductOption>,
    /// In the merchant's order; never empty.
    pub variants: Vec<Variant>,
}

impl Choices {
    /// The variant that a page opens with: the first that can be bought, else the first.
    pub fn first(&self) -> Option<&Variant> {
        self.variants
            .iter()
            .find(|variant| variant.stock.can_buy())
            .or(self.variants.first())
    }

    /// The variant with the SKU.
    pub fn by_sku(&self, sku: &str) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.sku == sku)
    }

    /// The variant of these values, one index for each option.
    pub fn find(&self, values: &[usize]) -> Option<&Variant> {
        self.variants
            .iter()
            .find(|variant| variant.values == values)
    }

    /// The variant whose values have these names, one for each option.
    pub fn find_by_names(&self, names: &[&str]) -> Option<&Variant> {
        if names.len() != self.options.len() {
            return None;
        }
        let values: Option<Vec<usize>> = self
            .options
            .iter()
            .zip(names)
            .map(|(option, name)| option.values.iter().position(|value| value.name == *name))
            .collect();
        self.find(&values?)
    }

    /// The variant that choosing `value` of `option` leads to. The options before it stay as in `chosen`, and those behind it
    /// where they can: else they follow, so that every variant can be reached. `None` where no variant has these values.
    pub fn choose(&self, chosen: &[usize], option: usize, value: usize) -> Option<&Variant> {
        let (before, behind) = (chosen.get(..option)?, chosen.get(option + 1..)?);
        let leads_there = |variant: &&Variant| {
            variant.values.get(..option) == Some(before)
                && variant.values.get(option) == Some(&value)
        };
        let kept = |variant: &Variant| {
            let pairs = variant.values.iter().skip(option + 1).zip(behind);
            pairs.take_while(|(this, that)| this == that).count()
        };
        // The first of those that keep most, and of those one that can be bought.
        self.variants
            .iter()
            .filter(leads_there)
            .rev()
            .max_by_key(|variant| (kept(variant), variant.stock.can_buy()))
    }

    /// The names of a variant's values: `Sage, Medium`; empty for a product without options.
    pub fn label(&self, variant: &Variant) -> String {
        self.options
            .iter()
            .zip(&variant.values)
            .filter_map(|(option, value)| option.values.get(*value))
            .map(|value| value.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Whether the variants differ in price.
    pub fn has_several_prices(&self) -> bool {
        self.variants
            .windows(2)
            .any(|pair| pair[0].price != pair[1].price)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use uuid::Uuid;

    fn option(name: &str, values: &[&str]) -> ProductOption {
        let values = values
            .iter()
            .map(|name| OptionValue {
                name: (*name).into(),
                swatch: None,
            })
            .collect();
        ProductOption {
            name: name.into(),
            values,
        }
    }

    fn variant(sku: &str, values: &[usize], available: i32) -> Variant {
        Variant {
            id: VariantId(Uuid::nil()),
            sku: sku.into(),
            values: values.into(),
            price: Money::new(2200, Currency::GBP),
            compare_at: None,
            stock: Stock::of(available),
            picture: None,
            barcode: None,
        }
    }

    fn mug() -> Choices {
        Choices {
            options: vec![
                option("Glaze", &["Sage", "Bone"]),
                option("Size", &["S", "L"]),
            ],
            variants: vec![
                variant("SAG-S", &[0, 0], 0),
                variant("SAG-L", &[0, 1], 4),
                variant("BON-S", &[1, 0], 9),
            ],
        }
    }

    #[test]
    fn every_variant_can_be_reached() {
        let mug = mug();
        let sku = |chosen: &[usize], option, value| {
            mug.choose(chosen, option, value)
                .map(|variant| variant.sku.as_str())
        };
        // The large one is not made in Bone: the size follows the glaze, but not the glaze the size.
        assert_eq!(sku(&[0, 1], 0, 1), Some("BON-S"));
        assert_eq!(sku(&[1, 0], 1, 1), None);
        assert_eq!(sku(&[0, 1], 1, 0), Some("SAG-S"));
        // Where the size can stay it does, sold out or not.
        assert_eq!(sku(&[1, 0], 0, 0), Some("SAG-S"));
        assert_eq!(sku(&[], 0, 0), None);
    }

    #[test]
    fn a_page_opens_with_something_that_can_be_bought() {
        assert_eq!(mug().first().unwrap().sku, "SAG-L");
        let mut gone = mug();
        for variant in &mut gone.variants {
            variant.stock = Stock::of(0);
        }
        assert_eq!(gone.first().unwrap().sku, "SAG-S");
    }

    #[test]
    fn a_form_names_its_choice() {
        let mug = mug();
        let found = mug.find_by_names(&["Bone", "S"]).unwrap();
        assert_eq!(mug.label(found), "Bone, S");
        assert!(mug.find_by_names(&["Bone"]).is_none());
        assert!(mug.find_by_names(&["Bone", "XL"]).is_none());
    }
}
