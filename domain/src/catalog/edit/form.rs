//! The editor's form, as it was typed; it is shown again as it came.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most rows of one kind that a form may have: what is beyond is not read.
const MAX_ROWS: usize = 500;

/// Everything about a product but its pictures and its stock.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the table `product`")]
pub struct ProductForm {
    /// What the product was like when it was opened: its version. Empty for a new one.
    pub version: String,
    pub title: String,
    pub subtitle: String,
    pub description_html: String,
    pub materials: String,
    pub care: String,
    pub dimensions: String,
    pub product_type: String,
    /// With commas between them.
    pub tags: String,
    /// The id of the maker; empty for none.
    pub brand: String,
    /// The id of the category; empty for none.
    pub category: String,
    /// `active`, `draft` or `archived`.
    pub status: String,
    /// From when on it is on sale, by the shop's clock on the wall: `2026-11-21T09:00`.
    pub published_at: String,
    pub handle: String,
    pub seo_title: String,
    pub seo_description: String,
    /// What makes its variants differ.
    pub options: Vec<OptionForm>,
    /// One row for each combination of the options' values, made or not.
    pub variants: Vec<VariantForm>,
}

/// An option with its values, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OptionForm {
    /// What it is called.
    pub name: String,
    /// Its values.
    pub values: Vec<ValueForm>,
}

/// A value of an option.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ValueForm {
    /// What tells it apart while it is renamed and moved: its id, or `new-` and a number.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Its colour, `#rrggbb`; empty where it is none.
    pub swatch: String,
}

/// A combination of values.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the table `variant`")]
pub struct VariantForm {
    /// The keys of its values, one of each option.
    pub keys: Vec<String>,
    /// The id of the variant; empty for one that there is not yet.
    pub id: String,
    /// Whether it is made.
    pub made: bool,
    pub sku: String,
    pub price: String,
    pub compare_at: String,
    pub barcode: String,
    /// In grams.
    pub weight: String,
    /// The id of its picture; empty for none.
    pub picture: String,
    /// How many there are to begin with; only of a variant that is new.
    pub stock: String,
}

impl ProductForm {
    /// A product that nobody has typed anything about.
    pub fn empty() -> Self {
        let mut form = Self {
            status: "draft".into(),
            ..Self::default()
        };
        form.fill_grid();
        form
    }

    /// Reads the fields of a form: `title`, `option-0-name`, `option-0-value-1-swatch`, `variant-3-sku`. Of a name that
    /// stands there twice the last counts; what has no place is passed over.
    pub fn read(fields: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut form = Self::default();
        let mut options: BTreeMap<usize, (String, BTreeMap<usize, ValueForm>)> = BTreeMap::new();
        let mut variants: BTreeMap<usize, VariantForm> = BTreeMap::new();
        for (name, value) in fields {
            // Browsers send lines as networks do.
            let value = value.replace("\r\n", "\n");
            if let Some((at, rest)) = indexed(&name, "variant-") {
                variants.entry(at).or_default().take(rest, value);
            } else if let Some((at, rest)) = indexed(&name, "option-") {
                let (option, values) = options.entry(at).or_default();
                match indexed(rest, "value-") {
                    Some((at, rest)) => values.entry(at).or_default().take(rest, value),
                    None if rest == "name" => *option = value,
                    None => {}
                }
            } else if let Some(field) = form.field_mut(&name) {
                *field = value;
            }
        }
        form.options = options
            .into_values()
            .take(3)
            .map(|(name, values)| OptionForm {
                name,
                values: values.into_values().collect(),
            })
            .collect();
        form.variants = variants.into_values().collect();
        form
    }

    fn field_mut(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "version" => &mut self.version,
            "title" => &mut self.title,
            "subtitle" => &mut self.subtitle,
            "description_html" => &mut self.description_html,
            "materials" => &mut self.materials,
            "care" => &mut self.care,
            "dimensions" => &mut self.dimensions,
            "product_type" => &mut self.product_type,
            "tags" => &mut self.tags,
            "brand" => &mut self.brand,
            "category" => &mut self.category,
            "status" => &mut self.status,
            "published_at" => &mut self.published_at,
            "handle" => &mut self.handle,
            "seo_title" => &mut self.seo_title,
            "seo_description" => &mut self.seo_description,
            _ => return None,
        })
    }
}

impl ValueForm {
    fn take(&mut self, name: &str, value: String) {
        match name {
            "key" => self.key = value,
            "name" => self.name = value,
            "swatch" => self.swatch = value,
            _ => {}
        }
    }
}

impl VariantForm {
    fn take(&mut self, name: &str, value: String) {
        match name {
            "keys" => self.keys = value.split_whitespace().map(str::to_owned).collect(),
            "id" => self.id = value,
            "made" => self.made = !value.is_empty(),
            "sku" => self.sku = value,
            "price" => self.price = value,
            "compare_at" => self.compare_at = value,
            "barcode" => self.barcode = value,
            "weight" => self.weight = value,
            "picture" => self.picture = value,
            "stock" => self.stock = value,
            _ => {}
        }
    }
}

/// The number and the rest of `variant-3-sku`.
fn indexed<'a>(name: &'a str, prefix: &str) -> Option<(usize, &'a str)> {
    let (number, rest) = name.strip_prefix(prefix)?.split_once('-')?;
    let at = number.parse().ok().filter(|at| *at < MAX_ROWS)?;
    Some((at, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        text.split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.into(), value.into()))
            .collect()
    }

    #[test]
    fn fields_are_put_where_they_belong_whatever_their_order() {
        let form = ProductForm::read(pairs(
            "variant-7-sku=B&title=Mug&option-0-value-5-name=Bone&option-0-value-5-key=b&option-0-name=Glaze\
             &option-0-value-2-key=s&option-0-value-2-name=Sage&variant-2-keys=s&variant-2-made=on&option-9-x-name=1\
             &variant-900-sku=far&nothing=1",
        ));
        let names: Vec<&str> = form.options[0]
            .values
            .iter()
            .map(|value| value.name.as_str())
            .collect();
        assert_eq!((form.title.as_str(), names), ("Mug", vec!["Sage", "Bone"]));
        assert_eq!(form.variants.len(), 2);
        assert!(form.variants[0].made && form.variants[0].keys == ["s"]);
        assert_eq!(form.variants[1].sku, "B");
    }

    proptest! {
        #[test]
        fn nothing_that_is_sent_makes_it_panic(fields in prop::collection::vec(
            ("(option|variant)-[0-9]{0,4}-(value-[0-9]-)?[a-z]{0,6}|\\PC{0,12}", "\\PC{0,20}"), 0..30)) {
            let mut form = ProductForm::read(fields);
            form.fill_grid();
            let _ = form.check(crate::Currency::GBP);
        }
    }
}
