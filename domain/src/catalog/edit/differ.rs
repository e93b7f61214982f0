//! The two sides of a save that came too late.

use super::errors::minor;
use super::{ProductForm, VariantForm};
use crate::Currency;
use serde::{Deserialize, Serialize};

/// A field that two people have left differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What it is called.
    pub what: String,
    /// What was typed.
    pub yours: String,
    /// What was saved meanwhile.
    pub theirs: String,
}

impl ProductForm {
    /// What differs between what was typed and what was saved meanwhile. `name` finds the words for an id.
    pub fn differences(
        &self,
        theirs: &Self,
        currency: Currency,
        name: impl Fn(&str) -> String,
    ) -> Vec<Difference> {
        let mut found = Vec::new();
        for ((what, yours), (_, theirs)) in self.texts().into_iter().zip(theirs.texts()) {
            note(&mut found, what, yours, theirs);
        }
        for (what, yours, theirs) in [
            ("Maker", &self.brand, &theirs.brand),
            ("Category", &self.category, &theirs.category),
        ] {
            note(&mut found, what, &name(yours), &name(theirs));
        }
        note(
            &mut found,
            "Options",
            &self.options_in_words(),
            &theirs.options_in_words(),
        );
        let made = |form: &Self| {
            let made: Vec<VariantForm> = form
                .variants
                .iter()
                .filter(|row| row.made)
                .cloned()
                .collect();
            made
        };
        let (mine, their_rows) = (made(self), made(theirs));
        for row in &mine {
            let label = self.label_or_sku(row);
            let other = their_rows.iter().find(|other| other.is(row));
            match other {
                Some(other) => row.differ(other, &label, currency, &name, &mut found),
                None => note(&mut found, &label, "Made", "Not made"),
            }
        }
        for row in their_rows
            .iter()
            .filter(|row| !mine.iter().any(|other| other.is(row)))
        {
            note(&mut found, &theirs.label_or_sku(row), "Not made", "Made");
        }
        found
    }

    fn texts(&self) -> [(&'static str, &str); 13] {
        [
            ("Title", &self.title),
            ("Subtitle", &self.subtitle),
            ("Description", &self.description_html),
            ("Materials", &self.materials),
            ("Care", &self.care),
            ("Dimensions", &self.dimensions),
            ("Type", &self.product_type),
            ("Tags", &self.tags),
            ("Status", &self.status),
            ("On sale from", &self.published_at),
            ("Address", &self.handle),
            ("Title in search results", &self.seo_title),
            ("Description in search results", &self.seo_description),
        ]
    }

    /// `Glaze: Sage, Bone; Size: S, L`
    fn options_in_words(&self) -> String {
        let options = self.options.iter().map(|option| {
            let values: Vec<String> = option
                .values
                .iter()
                .map(|value| match value.swatch.trim() {
                    "" => value.name.trim().to_owned(),
                    swatch => format!("{} {swatch}", value.name.trim()),
                })
                .collect();
            format!("{}: {}", option.name.trim(), values.join(", "))
        });
        options.collect::<Vec<_>>().join("; ")
    }

    fn label_or_sku(&self, row: &VariantForm) -> String {
        let label = self.label(row);
        if label.is_empty() {
            row.sku.clone()
        } else {
            label
        }
    }
}

impl VariantForm {
    /// Whether both rows are of one variant.
    fn is(&self, other: &Self) -> bool {
        if self.id.is_empty() || other.id.is_empty() {
            self.sku.trim() == other.sku.trim()
        } else {
            self.id == other.id
        }
    }

    fn differ(
        &self,
        theirs: &Self,
        label: &str,
        currency: Currency,
        name: &impl Fn(&str) -> String,
        found: &mut Vec<Difference>,
    ) {
        let what = |field: &str| format!("{field} of {label}");
        note(found, &what("SKU"), &self.sku, &theirs.sku);
        for (field, yours, theirs) in [
            ("Price", &self.price, &theirs.price),
            ("Price before", &self.compare_at, &theirs.compare_at),
        ] {
            // `22` and `22.00` are the same.
            let amount = |text: &str| minor(text.trim(), currency);
            if amount(yours).is_none() || amount(yours) != amount(theirs) {
                note(found, &what(field), yours, theirs);
            }
        }
        note(found, &what("Barcode"), &self.barcode, &theirs.barcode);
        note(found, &what("Weight"), &self.weight, &theirs.weight);
        note(
            found,
            &what("Picture"),
            &name(&self.picture),
            &name(&theirs.picture),
        );
    }
}

fn note(found: &mut Vec<Difference>, what: &str, yours: &str, theirs: &str) {
    if yours.trim() != theirs.trim() {
        found.push(Difference {
            what: what.to_owned(),
            yours: yours.trim().to_owned(),
            theirs: theirs.trim().to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_are_told_field_by_field() {
        let mut theirs = ProductForm::empty();
        theirs.title = "Mug".into();
        theirs.variants[0].sku = "M".into();
        theirs.variants[0].price = "22.00".into();
        let mut yours = theirs.clone();
        yours.variants[0].price = "22".into();
        assert_eq!(yours.differences(&theirs, Currency::GBP, str::to_owned), []);
        yours.title = "Cup".into();
        yours.variants[0].price = "23".into();
        yours.brand = "b".into();
        let found: Vec<(String, String, String)> = yours
            .differences(&theirs, Currency::GBP, |id| {
                if id == "b" {
                    "Ines".into()
                } else {
                    String::new()
                }
            })
            .into_iter()
            .map(|it| (it.what, it.yours, it.theirs))
            .collect();
        let expected = [
            ("Title", "Cup", "Mug"),
            ("Maker", "Ines", ""),
            ("Price of M", "23", "22.00"),
        ];
        assert_eq!(
            found,
            expected.map(|(a, b, c)| (a.into(), b.into(), c.into()))
        );
    }
}
