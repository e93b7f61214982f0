//! The buttons of the editor that change the form and save nothing: options and values come, go, and move.

use super::{OptionForm, ProductForm, ValueForm};

/// The most options of a product.
const MAX_OPTIONS: usize = 3;
/// The most values of an option.
const MAX_VALUES: usize = 60;

impl ProductForm {
    /// Does what a button says: `add-option`, `remove-option-1`, `up-option-1`, `add-value-0`, `remove-value-0-2`,
    /// `up-value-0-2`. What cannot be done is passed over, and the form comes back as it was.
    pub fn step(&mut self, button: &str) {
        let mut words = button.split('-');
        let (action, kind) = (words.next(), words.next());
        let option = words.next().and_then(|word| word.parse().ok());
        let value = words.next().and_then(|word| word.parse().ok());
        let fresh = self.fresh_value();
        match (action, kind, option, value) {
            (Some("add"), Some("option"), ..) if self.options.len() < MAX_OPTIONS => {
                self.options.push(OptionForm {
                    name: String::new(),
                    values: vec![fresh],
                });
            }
            (Some("remove"), Some("option"), Some(at), _) if at < self.options.len() => {
                self.options.remove(at);
            }
            (Some("up"), Some("option"), Some(at), _) => up(&mut self.options, at),
            (Some(action), Some("value"), Some(at), value) => {
                if let Some(option) = self.options.get_mut(at) {
                    step_value(&mut option.values, action, value, fresh);
                }
            }
            _ => {}
        }
        self.fill_grid();
    }

    /// A value whose key nobody has.
    pub(super) fn fresh_value(&self) -> ValueForm {
        let taken: Vec<&str> = self
            .options
            .iter()
            .flat_map(|option| &option.values)
            .map(|value| value.key.as_str())
            .collect();
        // One more than are taken: one of these is free.
        let key = (1..=taken.len() + 1)
            .map(|number| format!("new-{number}"))
            .find(|key| !taken.contains(&key.as_str()));
        ValueForm {
            key: key.unwrap_or_default(),
            ..ValueForm::default()
        }
    }
}

fn step_value(values: &mut Vec<ValueForm>, action: &str, at: Option<usize>, fresh: ValueForm) {
    match (action, at) {
        ("add", _) if values.len() < MAX_VALUES => values.push(fresh),
        // The last one goes with its option.
        ("remove", Some(at)) if at < values.len() && values.len() > 1 => {
            values.remove(at);
        }
        ("up", Some(at)) => up(values, at),
        _ => {}
    }
}

/// Swaps something with what stands before it.
fn up<T>(list: &mut [T], at: usize) {
    if at > 0 && at < list.len() {
        list.swap(at - 1, at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_change_the_form_and_keep_what_was_typed() {
        let mut form = ProductForm::empty();
        form.title = "Mug".into();
        form.variants[0].sku = "MUG".into();
        form.step("add-option");
        form.options[0].name = "Glaze".into();
        form.options[0].values[0].name = "Sage".into();
        form.step("add-value-0");
        form.options[0].values[1].name = "Bone".into();
        form.step("up-value-0-1");
        let names: Vec<String> = form.variants.iter().map(|row| form.label(row)).collect();
        assert_eq!(names, ["Bone", "Sage"]);
        assert_eq!(form.variants[1].sku, "MUG");
        form.step("remove-value-0-0");
        assert_eq!((form.variants.len(), form.title.as_str()), (1, "Mug"));
        form.step("remove-option-0");
        assert_eq!(form.variants[0].sku, "MUG");
        let before = form.clone();
        for nonsense in [
            "",
            "up-value-9-9",
            "remove-option-4",
            "up-option-0",
            "x",
            "add-value-7",
            "up-value-0--1",
        ] {
            form.step(nonsense);
        }
        assert_eq!(form, before);
    }
}
