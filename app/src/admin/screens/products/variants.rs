//! The grid of variants: every combination of the options' values, made or not.

use super::{options::dot, parts::cell};
use crate::{
    admin::ui::{Dot, Mood, badge},
    ui::{choice, field_error},
};
use domain::{
    catalog::edit::{ProductEdit, ProductForm, VariantForm},
    inventory::LOW,
};
use leptos::prelude::*;

/// The card of the variants.
pub(super) fn variants(edit: &ProductEdit) -> AnyView {
    let form = &edit.form;
    let made = form.variants.iter().filter(|variant| variant.made).count();
    let count = (!form.options.is_empty()).then(|| {
        view! { <span class="soft">{format!("{made} of {} made", form.variants.len())}</span> }
    });
    let mut rows = Vec::with_capacity(form.variants.len());
    for (at, variant) in form.variants.iter().enumerate() {
        let is_first = at == 0 || form.variants[at - 1].keys.first() != variant.keys.first();
        if form.options.len() > 1 && is_first {
            rows.push(group(form, variant));
        }
        rows.push(row(edit, at, variant));
    }
    let code = edit.currency.code().to_owned();
    view! {
        <section class="card" aria-labelledby="variants-title" id="variants">
            <div class="card__head">
                <h2 id="variants-title">"Variants"</h2>
                {count}
            </div>
            {field_error("variants", edit.errors.of("variants"))}
            <div class="table-wrap" tabindex="0" role="group" aria-label="Variants">
                <table class="table table--grid">
                    <thead>
                        <tr>
                            <th scope="col">"Made"</th>
                            <th scope="col">"Variant"</th>
                            <th scope="col">"SKU"</th>
                            <th scope="col" class="end">
                                "Price, " {code.clone()}
                            </th>
                            <th scope="col" class="end">
                                "Was, " {code}
                            </th>
                            <th scope="col" class="end">
                                "Stock"
                            </th>
                            <th scope="col">"Barcode"</th>
                            <th scope="col" class="end">
                                "Grams"
                            </th>
                            <th scope="col">"Picture"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The head of the variants that have the first option's value in common.
fn group(form: &ProductForm, variant: &VariantForm) -> AnyView {
    let key = variant.keys.first();
    let values = form.options.first().map(|option| &option.values);
    let value = values.and_then(|values| values.iter().find(|value| Some(&value.key) == key));
    let name = value.map(|value| value.name.clone()).unwrap_or_default();
    let colour = value.map(|value| value.swatch.clone()).unwrap_or_default();
    let of_group = |row: &&VariantForm| row.keys.first() == key && row.made;
    let made = form.variants.iter().filter(of_group).count();
    view! {
        <tr class="is-group">
            <td></td>
            <th scope="rowgroup" colspan="8">
                {(!colour.is_empty()).then(|| dot(&colour))}
                <b class="strong">{name}</b>
                <span class="soft">" " {made} " made"</span>
            </th>
        </tr>
    }
    .into_any()
}

fn row(edit: &ProductEdit, at: usize, variant: &VariantForm) -> AnyView {
    let form = &edit.form;
    let label = form.label(variant);
    let label = if label.is_empty() {
        "the product".to_owned()
    } else {
        label
    };
    let field = |part: &str| format!("variant-{at}-{part}");
    let is_only = form.options.is_empty();
    let field_of = |part: &str, words: &str, value: &str, is_number: bool| {
        cell(
            &field(part),
            format!("{words} of {label}"),
            value,
            is_number,
            &edit.errors,
        )
    };
    let made = if is_only {
        view! { <input type="hidden" name=field("made") value="on" /> }.into_any()
    } else {
        view! {
            <label class="check">
                <input type="checkbox" name=field("made") checked=variant.made />
                <span class="sr">{label.clone()} " is made"</span>
            </label>
        }
        .into_any()
    };
    let shown = if is_only {
        "The only one".to_owned()
    } else {
        last_of(form, variant)
    };
    view! {
        <tr class=(!variant.made).then_some("is-never")>
            <td>
                {made} <input type="hidden" name=field("keys") value=variant.keys.join(" ") />
                <input type="hidden" name=field("id") value=variant.id.clone() />
            </td>
            <td>{shown}</td>
            <td>{field_of("sku", "SKU", &variant.sku, false)}</td>
            <td>{field_of("price", "Price", &variant.price, true)}</td>
            <td>{field_of("compare_at", "Price before", &variant.compare_at, true)}</td>
            <td class="end num">{stock(edit, &field("stock"), &label, variant)}</td>
            <td>{field_of("barcode", "Barcode", &variant.barcode, false)}</td>
            <td>{field_of("weight", "Weight in grams", &variant.weight, true)}</td>
            <td>{picture(edit, &field("picture"), &label, variant)}</td>
        </tr>
    }
    .into_any()
}

/// What tells a variant apart within its group.
fn last_of(form: &ProductForm, variant: &VariantForm) -> String {
    let label = form.label(variant);
    if form.options.len() < 2 {
        return label;
    }
    label
        .split_once(", ")
        .map_or(label.clone(), |(_, rest)| rest.to_owned())
}

/// What there is of it; of a new one, how many there are to begin with.
fn stock(edit: &ProductEdit, name: &str, label: &str, variant: &VariantForm) -> AnyView {
    match edit.available(&variant.id) {
        None => cell(
            name,
            format!("How many there are of {label}"),
            &variant.stock,
            true,
            &edit.errors,
        ),
        Some(available) => {
            let word = if available <= 0 {
                Some(badge(Mood::Plain, Dot::Open, "Sold out"))
            } else {
                (available <= LOW).then(|| badge(Mood::Caution, Dot::Half, "Low"))
            };
            view! { {available} " " {word} }.into_any()
        }
    }
}

fn picture(edit: &ProductEdit, name: &str, label: &str, variant: &VariantForm) -> AnyView {
    if edit.pictures.is_empty() {
        return ().into_any();
    }
    let choices = edit
        .pictures
        .iter()
        .enumerate()
        .map(|(at, shot)| {
            let id = shot.id.to_string();
            choice(&id, &format!("Picture {}", at + 1), id == variant.picture)
        })
        .collect_view();
    view! {
        <select class="select" name=name.to_owned() aria-label=format!("Picture of {label}")>
            {choice("", "None", variant.picture.is_empty())}
            {choices}
        </select>
    }
    .into_any()
}
