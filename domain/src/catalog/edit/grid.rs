//! The grid of variants: a row for each combination of values.

use super::{ProductForm, VariantForm};
use std::collections::HashMap;

/// The most combinations that a product may have.
pub const MAX_VARIANTS: usize = 400;

impl ProductForm {
    /// How many combinations the options' values have.
    pub fn combinations(&self) -> usize {
        self.options
            .iter()
            .map(|option| option.values.len())
            .fold(1, usize::saturating_mul)
    }

    /// Brings the rows of variants into line with the options: a row for each combination, in the order of the values.
    /// Rows stay with their combination. Where an option came, they take its first value; where one went, the first row
    /// of each combination that is left stays; rows of a value that went go. Of too many combinations none is added.
    /// Of a product that is new, every combination is made until somebody says otherwise; of one that is known, none that
    /// is added.
    pub fn fill_grid(&mut self) {
        let is_new = self.variants.iter().all(|variant| variant.id.is_empty());
        // An option without a value would leave no combination at all.
        while let Some(at) = self
            .options
            .iter()
            .position(|option| option.values.is_empty())
        {
            let fresh = self.fresh_value();
            self.options[at].values.push(fresh);
        }
        let mut kept: HashMap<Vec<String>, VariantForm> = HashMap::new();
        for variant in std::mem::take(&mut self.variants) {
            let Some(keys) = self.keys_now(&variant.keys) else {
                continue;
            };
            let better = kept
                .get(&keys)
                .is_none_or(|other| variant.made && !other.made);
            if better {
                kept.insert(keys.clone(), VariantForm { keys, ..variant });
            }
        }
        let model = VariantForm {
            made: is_new,
            ..self.model(&kept)
        };
        let rows = if self.combinations() > MAX_VARIANTS {
            let mut keys: Vec<_> = kept.keys().cloned().collect();
            keys.sort_by_key(|keys| self.place(keys));
            keys
        } else {
            self.all_keys()
        };
        self.variants = rows
            .into_iter()
            .map(|keys| {
                kept.remove(&keys).unwrap_or_else(|| VariantForm {
                    keys,
                    ..model.clone()
                })
            })
            .collect();
    }

    /// What the values of a variant are called: `Sage, Small`; empty where there are no options.
    pub fn label(&self, variant: &VariantForm) -> String {
        self.options
            .iter()
            .zip(&variant.keys)
            .filter_map(|(option, key)| option.values.iter().find(|value| value.key == *key))
            .map(|value| value.name.trim())
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The keys that a row has among the options as they are now; `None` where one of its values went.
    fn keys_now(&self, keys: &[String]) -> Option<Vec<String>> {
        let found: Vec<Option<&String>> = self
            .options
            .iter()
            .map(|option| {
                keys.iter()
                    .find(|key| option.values.iter().any(|value| value.key == **key))
            })
            .collect();
        let known = found.iter().flatten().count();
        let gone = keys.len() - known;
        // A key that is unknown is of an option that went, where every option that there is has one; else of a value.
        if gone > 0 && known < self.options.len() {
            return None;
        }
        self.options
            .iter()
            .zip(found)
            .map(|(option, key)| {
                key.or_else(|| option.values.first().map(|value| &value.key))
                    .cloned()
            })
            .collect()
    }

    /// Every combination, the last option changing fastest.
    fn all_keys(&self) -> Vec<Vec<String>> {
        self.options.iter().fold(vec![Vec::new()], |rows, option| {
            rows.iter()
                .flat_map(|row| {
                    option.values.iter().map(|value| {
                        let mut keys = row.clone();
                        keys.push(value.key.clone());
                        keys
                    })
                })
                .collect()
        })
    }

    /// Where a combination stands in the grid.
    fn place(&self, keys: &[String]) -> Vec<Option<usize>> {
        self.options
            .iter()
            .zip(keys)
            .map(|(option, key)| option.values.iter().position(|value| value.key == *key))
            .collect()
    }

    /// What a new row begins with: the price and the weight of the first that is made.
    fn model(&self, kept: &HashMap<Vec<String>, VariantForm>) -> VariantForm {
        let first = kept
            .values()
            .filter(|variant| variant.made)
            .min_by_key(|variant| self.place(&variant.keys));
        first.map_or_else(VariantForm::default, |first| VariantForm {
            price: first.price.clone(),
            weight: first.weight.clone(),
            ..VariantForm::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{OptionForm, ValueForm};
    use super::*;

    pub(super) fn option(name: &str, values: &[&str]) -> OptionForm {
        let values = values
            .iter()
            .map(|name| ValueForm {
                key: (*name).into(),
                name: (*name).into(),
                swatch: String::new(),
            })
            .collect();
        OptionForm {
            name: name.into(),
            values,
        }
    }

    fn mug() -> ProductForm {
        let mut form = ProductForm {
            options: vec![
                option("Glaze", &["Sage", "Bone"]),
                option("Size", &["S", "L"]),
            ],
            ..ProductForm::default()
        };
        form.fill_grid();
        for variant in &mut form.variants {
            variant.made = true;
            variant.id = variant.keys.concat();
            variant.sku = variant.keys.concat();
            variant.price = "22.00".into();
        }
        form
    }

    fn skus(form: &ProductForm) -> Vec<&str> {
        form.variants
            .iter()
            .map(|variant| variant.sku.as_str())
            .collect()
    }

    #[test]
    fn rows_stay_with_their_combination() {
        let mut form = mug();
        form.options[0].values.swap(0, 1);
        form.options[0].values[0].name = "Cream".into();
        form.fill_grid();
        assert_eq!(skus(&form), ["BoneS", "BoneL", "SageS", "SageL"]);
        assert_eq!(form.label(&form.variants[1]), "Cream, L");
        form.options[1]
            .values
            .push(option("", &["M"]).values.remove(0));
        form.fill_grid();
        assert_eq!(skus(&form), ["BoneS", "BoneL", "", "SageS", "SageL", ""]);
        assert_eq!(
            form.variants[2].price, "22.00",
            "a new row begins like the first"
        );
        assert!(!form.variants[2].made);
        form.options[1].values.remove(0);
        form.fill_grid();
        assert_eq!(skus(&form), ["BoneL", "", "SageL", ""]);
    }

    #[test]
    fn a_new_product_comes_in_every_combination_until_somebody_says_otherwise() {
        let mut form = ProductForm {
            options: vec![option("Glaze", &["Sage"]), option("Size", &["S", "L"])],
            ..ProductForm::default()
        };
        form.fill_grid();
        form.variants[1].made = false;
        form.options[0]
            .values
            .push(option("", &["Bone"]).values.remove(0));
        form.fill_grid();
        let made: Vec<bool> = form.variants.iter().map(|variant| variant.made).collect();
        assert_eq!(made, [true, false, true, true]);
    }

    #[test]
    fn an_option_that_comes_or_goes_keeps_what_it_can() {
        let mut form = mug();
        form.options.push(option("Lid", &["With", "Without"]));
        form.fill_grid();
        assert_eq!(form.variants.len(), 8);
        assert_eq!(form.variants[0].sku, "SageS");
        assert_eq!(form.variants[1].sku, "");
        form.options.remove(2);
        form.fill_grid();
        assert_eq!(skus(&form), ["SageS", "SageL", "BoneS", "BoneL"]);
        form.options.remove(1);
        form.fill_grid();
        assert_eq!(skus(&form), ["SageS", "BoneS"]);
        form.options.clear();
        form.fill_grid();
        assert_eq!(skus(&form), ["SageS"]);
    }

    #[test]
    fn more_combinations_than_anybody_makes_are_not_laid_out() {
        let names: Vec<String> = (0..40).map(|at| format!("v{at}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut form = mug();
        form.options[1] = option("Size", &[&["S", "L"], names.as_slice()].concat());
        form.options.push(option("Lid", &names));
        form.fill_grid();
        assert_eq!(form.variants.len(), 4);
    }
}
