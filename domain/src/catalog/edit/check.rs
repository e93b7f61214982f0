//! What the editor's form means, and what is wrong with it.

use super::{FormErrors, MAX_VARIANTS, ProductForm, ValueForm, VariantForm, errors::minor};
use crate::{
    BrandId, CategoryId, Currency, MediaId, VariantId,
    catalog::{Handle, ProductStatus},
};
use jiff::civil::DateTime;
use std::collections::HashMap;

/// The most grams and the most pieces that anybody types.
const MAX_WHOLE: i32 = 1_000_000;

/// A form that was found right.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of `ProductForm`")]
pub struct CheckedProduct {
    /// The version that was opened; `None` for a new product.
    pub version: Option<i32>,
    pub handle: Handle,
    /// Active, draft or archived.
    pub status: ProductStatus,
    pub title: String,
    pub subtitle: String,
    /// As it was typed: not sanitised yet.
    pub description_html: String,
    pub materials: String,
    pub care: String,
    pub dimensions: String,
    pub product_type: String,
    pub tags: Vec<String>,
    pub brand: Option<BrandId>,
    pub category: Option<CategoryId>,
    /// By the shop's clock on the wall.
    pub published_at: Option<DateTime>,
    pub seo_title: String,
    pub seo_description: String,
    pub options: Vec<CheckedOption>,
    /// Those that are made, in the order of the grid.
    pub variants: Vec<CheckedVariant>,
}

/// An option with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedOption {
    /// What it is called.
    pub name: String,
    /// Its values, in order.
    pub values: Vec<CheckedValue>,
}

/// A value of an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedValue {
    /// Its id, or a word for one that is new.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Its colour, `#rrggbb`.
    pub swatch: Option<String>,
}

/// A variant that is made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of `VariantForm`")]
pub struct CheckedVariant {
    /// Where it stands in the form.
    pub row: usize,
    pub id: Option<VariantId>,
    /// The index of its value of each option.
    pub values: Vec<usize>,
    pub sku: String,
    /// In minor units.
    pub price: i64,
    pub compare_at: Option<i64>,
    pub barcode: Option<String>,
    pub weight_grams: i32,
    pub picture: Option<MediaId>,
    pub stock: i32,
}

impl ProductForm {
    /// Takes away what was left blank, brings the grid into line, and checks every field.
    ///
    /// # Errors
    /// Everything that is wrong, at once, by the fields of the form as it is then.
    pub fn check(&mut self, currency: Currency) -> Result<CheckedProduct, FormErrors> {
        self.drop_blanks();
        self.fill_grid();
        let mut errors = FormErrors::default();
        let title = errors.wanted(
            "title",
            &self.title,
            250,
            "Please give the product a title.",
        );
        let handle = errors.handle("handle", &self.handle, &title);
        let status = self.status.parse().ok();
        let status = status.filter(|status| *status != ProductStatus::Scheduled);
        if status.is_none() {
            errors.add("status", "Please choose a status.");
        }
        let published_at = self.check_published_at(&mut errors);
        let texts = self.check_texts(&mut errors);
        let tags = self.check_tags(&mut errors);
        let options = self.check_options(&mut errors);
        let variants = self.check_variants(currency, &mut errors);
        let (true, Some(handle), Some(status)) = (errors.is_empty(), handle, status) else {
            return Err(errors);
        };
        let [
            subtitle,
            materials,
            care,
            dimensions,
            product_type,
            seo_title,
            seo_description,
        ] = texts;
        Ok(CheckedProduct {
            version: self.version.parse().ok(),
            handle,
            status,
            title,
            subtitle,
            description_html: self.description_html.trim().to_owned(),
            materials,
            care,
            dimensions,
            product_type,
            tags,
            brand: self.brand.parse().ok(),
            category: self.category.parse().ok(),
            published_at,
            seo_title,
            seo_description,
            options,
            variants,
        })
    }

    /// Takes away values and options that were added and left blank.
    fn drop_blanks(&mut self) {
        let is_blank =
            |value: &ValueForm| value.name.trim().is_empty() && value.key.starts_with("new-");
        let made: Vec<String> = self
            .variants
            .iter()
            .filter(|variant| variant.made && !variant.sku.trim().is_empty())
            .flat_map(|variant| variant.keys.iter().cloned())
            .collect();
        for option in &mut self.options {
            let is_named = !option.name.trim().is_empty();
            let has_named = option.values.iter().any(|value| !is_blank(value));
            if has_named || !is_named {
                option
                    .values
                    .retain(|value| !is_blank(value) || (is_named && made.contains(&value.key)));
            }
        }
        self.options
            .retain(|option| !option.name.trim().is_empty() || !option.values.is_empty());
    }

    /// Subtitle, materials, care, dimensions, type, title and description for search engines; and the description's length.
    fn check_texts(&self, errors: &mut FormErrors) -> [String; 7] {
        errors.text("description_html", &self.description_html, 50_000);
        [
            errors.line("subtitle", &self.subtitle, 300),
            errors.text("materials", &self.materials, 5_000),
            errors.text("care", &self.care, 5_000),
            errors.text("dimensions", &self.dimensions, 5_000),
            errors.line("product_type", &self.product_type, 100),
            errors.line("seo_title", &self.seo_title, 250),
            errors.text("seo_description", &self.seo_description, 1_000),
        ]
    }

    fn check_tags(&self, errors: &mut FormErrors) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for tag in self
            .tags
            .split(',')
            .map(str::trim)
            .filter(|tag| !tag.is_empty())
        {
            if !tags.iter().any(|known| known == tag) {
                tags.push(tag.to_owned());
            }
        }
        if tags.len() > 100 || tags.iter().any(|tag| tag.chars().count() > 100) {
            errors.add(
                "tags",
                "Please use at most 100 tags of at most 100 characters.",
            );
        }
        tags
    }

    fn check_published_at(&self, errors: &mut FormErrors) -> Option<DateTime> {
        let typed = self.published_at.trim();
        if typed.is_empty() {
            return None;
        }
        let date: Option<DateTime> = typed.parse().ok();
        let date = date.filter(|date| (1970..=9000).contains(&date.year()));
        if date.is_none() {
            errors.add(
                "published_at",
                "Please give a day and a time, such as 2026-11-21T09:00.",
            );
        }
        date
    }

    fn check_options(&self, errors: &mut FormErrors) -> Vec<CheckedOption> {
        let mut options: Vec<CheckedOption> = Vec::with_capacity(self.options.len());
        for (at, option) in self.options.iter().enumerate() {
            let field = format!("option-{at}-name");
            let missing = "Please give the option a name, such as Size.";
            let name = errors.wanted(&field, &option.name, 60, missing);
            if options.iter().any(|other| same(&other.name, &name)) {
                errors.add(&field, "Another option has this name.");
            }
            if name == "Title" {
                let message = "Please take another name: tables of products use this one where there is no option.";
                errors.add(&field, message);
            }
            let values = self.check_values(at, &option.values, errors);
            options.push(CheckedOption { name, values });
        }
        if self.combinations() > MAX_VARIANTS {
            let message = format!(
                "These options have {} combinations. A product can have {MAX_VARIANTS}.",
                self.combinations()
            );
            errors.add("options", message);
        }
        options
    }

    fn check_values(
        &self,
        option: usize,
        values: &[ValueForm],
        errors: &mut FormErrors,
    ) -> Vec<CheckedValue> {
        let mut checked: Vec<CheckedValue> = Vec::with_capacity(values.len());
        for (at, value) in values.iter().enumerate() {
            let field = |part: &str| format!("option-{option}-value-{at}-{part}");
            let missing = "Please give the value a name, or take it away.";
            let name = errors.wanted(&field("name"), &value.name, 100, missing);
            if checked.iter().any(|other| same(&other.name, &name)) {
                errors.add(field("name"), "Another value has this name.");
            }
            let is_made = |variant: &VariantForm| variant.made && variant.keys.contains(&value.key);
            if !name.is_empty() && !self.variants.iter().any(is_made) {
                let message = "No variant of this is made. Tick one below, or take it away.";
                errors.add(field("name"), message);
            }
            let swatch = value.swatch.trim().to_lowercase();
            if !swatch.is_empty() && !is_colour(&swatch) {
                errors.add(
                    field("swatch"),
                    "A colour is a # and six signs, such as #8a9678.",
                );
            }
            checked.push(CheckedValue {
                key: value.key.clone(),
                name,
                swatch: Some(swatch).filter(|swatch| !swatch.is_empty()),
            });
        }
        checked
    }

    fn check_variants(&self, currency: Currency, errors: &mut FormErrors) -> Vec<CheckedVariant> {
        let mut skus: HashMap<String, usize> = HashMap::new();
        let mut variants = Vec::new();
        let made = self.variants.iter().enumerate();
        for (row, variant) in made.filter(|(_, variant)| variant.made) {
            let checked = self.check_variant(row, variant, currency, errors);
            if !checked.sku.is_empty() && skus.insert(checked.sku.clone(), row).is_some() {
                let message = "Another variant has this SKU.";
                errors.add(format!("variant-{row}-sku"), message);
            }
            variants.push(checked);
        }
        if variants.is_empty() {
            errors.add("variants", "Please tick at least one variant that is made.");
        }
        variants
    }

    fn check_variant(
        &self,
        row: usize,
        variant: &VariantForm,
        currency: Currency,
        errors: &mut FormErrors,
    ) -> CheckedVariant {
        let field = |part: &str| format!("variant-{row}-{part}");
        let sku = errors.wanted(&field("sku"), &variant.sku, 100, "Please give a SKU.");
        let price = minor(variant.price.trim(), currency);
        if price.is_none() {
            errors.add(field("price"), "Please give a price, such as 22.00.");
        }
        let compare_at = variant.compare_at.trim();
        let before = minor(compare_at, currency);
        if before.is_none() && !compare_at.is_empty() {
            errors.add(
                field("compare_at"),
                "Please give an amount, such as 28.00, or nothing.",
            );
        }
        let barcode = errors.line(&field("barcode"), &variant.barcode, 100);
        let values = self.options.iter().zip(&variant.keys);
        CheckedVariant {
            row,
            id: variant.id.parse().ok(),
            values: values
                .filter_map(|(option, key)| {
                    option.values.iter().position(|value| value.key == *key)
                })
                .collect(),
            sku,
            price: price.unwrap_or_default(),
            compare_at: before,
            barcode: Some(barcode).filter(|barcode| !barcode.is_empty()),
            weight_grams: whole(&field("weight"), &variant.weight, errors),
            picture: variant.picture.parse().ok(),
            stock: whole(&field("stock"), &variant.stock, errors),
        }
    }
}

/// A whole number; none where nothing was typed.
fn whole(field: &str, typed: &str, errors: &mut FormErrors) -> i32 {
    let typed = typed.trim();
    if typed.is_empty() {
        return 0;
    }
    let number = typed
        .parse()
        .ok()
        .filter(|number| (0..=MAX_WHOLE).contains(number));
    number.unwrap_or_else(|| {
        errors.add(field, "Please give a whole number from 0 to 1,000,000.");
        0
    })
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| {
        digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// Whether people would take two names for one.
fn same(one: &str, other: &str) -> bool {
    !one.is_empty() && one.to_lowercase() == other.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mug() -> ProductForm {
        let mut form = ProductForm::empty();
        form.title = "Ridge Mug".into();
        form.step("add-option");
        form.step("add-value-0");
        form.options[0].name = "Size".into();
        form.options[0].values[0].name = "S".into();
        form.options[0].values[1].name = "L".into();
        for (variant, sku) in form.variants.iter_mut().zip(["S", "L"]) {
            variant.made = true;
            variant.sku = sku.into();
            variant.price = "22".into();
        }
        form
    }

    #[test]
    fn what_is_right_is_put_into_form() {
        let mut form = mug();
        form.tags = "tea, , coffee,tea".into();
        form.options[0].values[0].swatch = "#AABBCC".into();
        form.published_at = "2026-11-21T09:00".into();
        form.step("add-value-0");
        form.step("add-option");
        let product = form.check(Currency::GBP).unwrap();
        assert_eq!(product.handle.as_str(), "ridge-mug");
        assert_eq!(product.tags, ["tea", "coffee"]);
        assert_eq!(product.options.len(), 1, "what was left blank is gone");
        assert_eq!(
            product.options[0].values[0].swatch.as_deref(),
            Some("#aabbcc")
        );
        let variants: Vec<_> = product
            .variants
            .iter()
            .map(|v| (&*v.sku, &*v.values, v.price))
            .collect();
        assert_eq!(variants, [("S", &[0][..], 2_200), ("L", &[1][..], 2_200)]);
        assert_eq!((product.version, form.variants.len()), (None, 2));
    }

    #[test]
    fn everything_wrong_is_told_beside_its_field() {
        let mut form = mug();
        form.title = " ".into();
        form.status = "scheduled".into();
        form.published_at = "tomorrow".into();
        form.seo_title = "two\nlines".into();
        form.options[0].values[1].name = "s".into();
        form.options[0].values[1].swatch = "red".into();
        form.variants[0].price = "2,2".into();
        form.variants[0].compare_at = "x".into();
        form.variants[0].weight = "-1".into();
        form.variants[1].sku = "S".into();
        let errors = form.check(Currency::GBP).unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
        let expected = [
            "title",
            "handle",
            "status",
            "published_at",
            "seo_title",
            "option-0-value-1-name",
            "option-0-value-1-swatch",
            "variant-0-price",
            "variant-0-compare_at",
            "variant-0-weight",
            "variant-1-sku",
        ];
        assert_eq!(fields, expected);
    }

    #[test]
    fn a_value_is_of_use_or_goes() {
        let mut form = mug();
        form.variants[1].made = false;
        let errors = form.check(Currency::GBP).unwrap_err();
        assert!(errors.of("option-0-value-1-name").is_some());
        form.variants[0].made = false;
        assert!(
            form.check(Currency::GBP)
                .unwrap_err()
                .of("variants")
                .is_some()
        );
    }
}
