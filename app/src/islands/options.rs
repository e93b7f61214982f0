//! The options of a product as rows of radio buttons: swatches where values are colours, pills where they are words.

use domain::catalog::{Choices, ProductOption, Variant};
use leptos::prelude::*;

/// What the picker knows: the choices, and which variant is chosen, by its index.
#[derive(Clone, Copy)]
pub(super) struct Picked {
    choices: StoredValue<Choices>,
    index: RwSignal<usize>,
}

impl Picked {
    /// The picker as the page opens.
    pub(super) fn new(choices: Choices, index: usize) -> Self {
        Self {
            choices: StoredValue::new(choices),
            index: RwSignal::new(index),
        }
    }

    /// Something of the chosen variant; follows it.
    pub(super) fn with<T>(self, get: impl FnOnce(&Choices, &Variant) -> T) -> Option<T> {
        let index = self.index.get();
        self.choices
            .with_value(|choices| Some(get(choices, choices.variants.get(index)?)))
    }

    /// Chooses the value of an option; the options behind it follow where they have to.
    pub(super) fn choose(self, option: usize, value: &str) {
        let index = self.index.get_untracked();
        let next = self.choices.with_value(|choices| {
            let chosen = &choices.variants.get(index)?.values;
            let values = &choices.options.get(option)?.values;
            let value = values.iter().position(|known| known.name == value)?;
            let next = choices.choose(chosen, option, value)?;
            choices
                .variants
                .iter()
                .position(|variant| variant.id == next.id)
        });
        if let Some(next) = next.filter(|next| *next != index) {
            self.index.set(next);
        }
    }
}

/// What choosing a value would lead to.
#[derive(Clone, PartialEq)]
enum Way {
    /// A variant that can be had, with its price where prices differ.
    Open(Option<String>),
    /// A variant that is sold out.
    SoldOut,
    /// None: not made together with the value before it.
    Never(String),
}

impl Way {
    fn of(choices: &Choices, chosen: &Variant, option: usize, value: usize) -> Self {
        match choices.choose(&chosen.values, option, value) {
            None => Self::Never(format!("Not made in {}", before(choices, chosen, option))),
            Some(variant) if !variant.stock.can_buy() => Self::SoldOut,
            Some(variant) => Self::Open(
                choices
                    .has_several_prices()
                    .then(|| variant.price.or_free()),
            ),
        }
    }

    fn note(&self) -> Option<String> {
        match self {
            Self::Open(price) => price.clone(),
            Self::SoldOut => Some("Sold out".to_owned()),
            Self::Never(why) => Some(why.clone()),
        }
    }
}

/// The names of the values chosen before an option: `Sage`.
fn before(choices: &Choices, chosen: &Variant, option: usize) -> String {
    let mut names = String::new();
    for (of, value) in choices.options.iter().zip(&chosen.values).take(option) {
        if !names.is_empty() {
            names.push_str(", ");
        }
        names.push_str(of.values.get(*value).map_or("", |value| &value.name));
    }
    names
}

/// One row for each option. `live` is false until the browser runs the picker: until then nothing is disabled, since
/// without script a combination is reached through others that are not made.
pub(super) fn option_rows(picked: Picked, live: ReadSignal<bool>) -> impl IntoView {
    let options = picked.choices.with_value(|choices| choices.options.clone());
    options
        .into_iter()
        .enumerate()
        .map(|(index, option)| option_row(picked, live, index, option))
        .collect_view()
}

fn option_row(
    picked: Picked,
    live: ReadSignal<bool>,
    index: usize,
    option: ProductOption,
) -> impl IntoView {
    let chosen_name = move || {
        picked.with(|choices, variant| {
            let values = &choices.options.get(index)?.values;
            Some(values.get(*variant.values.get(index)?)?.name.clone())
        })
    };
    let colours = option.values.iter().all(|value| value.swatch.is_some());
    let name = format!("option{}", index + 1);
    let values = option.values.into_iter().enumerate().map(|(at, value)| {
        let way = Memo::new(move |_| {
            picked.with(|choices, variant| Way::of(choices, variant, index, at))
        });
        let checked =
            picked.with(|_, variant| variant.values.get(index) == Some(&at)) == Some(true);
        let radio = view! {
            <input
                type="radio"
                name=name.clone()
                value=value.name.clone()
                checked=checked
                disabled=move || live.get() && matches!(way.get(), Some(Way::Never(_)))
            />
        };
        let colour = value.swatch.filter(|_| colours);
        face(way, radio, value.name, colour)
    });
    view! {
        <fieldset class="option">
            <legend class="option__name">{option.name} " " <span>{chosen_name}</span></legend>
            <div class="option__set mt-2">{values.collect_view()}</div>
        </fieldset>
    }
}

/// A radio button with its face: both kinds are one label, told apart by class.
fn face(
    way: Memo<Option<Way>>,
    radio: impl IntoView + 'static,
    name: String,
    colour: Option<String>,
) -> impl IntoView {
    let class = move |kind: &str| match way.get() {
        Some(Way::SoldOut) => format!("{kind} {kind}--sold"),
        Some(Way::Never(_)) => format!("{kind} {kind}--never"),
        _ => kind.to_owned(),
    };
    let note = move || way.get().and_then(|way| way.note());
    match colour {
        Some(colour) => {
            let label = name.clone();
            // The price is that of the size beside it; only what cannot be had is said with the colour.
            let refusal = move || {
                way.get()
                    .filter(|way| !matches!(way, Way::Open(_)))
                    .and_then(|way| way.note())
            };
            // A colour is an attribute of a drawing: the page's policy allows no style attributes.
            view! {
                <label class=move || class("swatch") title=name>
                    {radio}
                    <svg class="swatch__face" viewBox="0 0 44 44" aria-hidden="true">
                        <circle cx="22" cy="22" r="17" fill=colour />
                        <path class="swatch__strike" d="m10 34 24-24" />
                    </svg>
                    <span class="sr">
                        {label}
                        {move || refusal().map(|refusal| ", ".to_owned() + &refusal)}
                    </span>
                </label>
            }
            .into_any()
        }
        None => view! {
            <label class=move || class("pill")>
                {radio}
                <span class="pill__face">
                    <span>{name}</span>
                    <small>{note}</small>
                </span>
            </label>
        }
        .into_any(),
    }
}
