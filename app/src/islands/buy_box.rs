//! The picker of a product page: options, price, stock, quantity and the button that puts it into the basket.

#![expect(
    missing_docs,
    reason = "the macro makes a struct of the island's properties, and gives it no words"
)]

use super::{
    browser,
    options::{Picked, option_rows},
    stepper::stepper,
    wires,
};
use crate::api::add_to_cart;
use domain::{catalog::Choices, inventory::Stock};
use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement, RadioNodeList};

/// The picker. Without script its form posts to `/cart/lines` with the names of the values.
#[island]
pub fn BuyBox(
    /// The product's handle.
    product: String,
    /// What it comes in.
    choices: Choices,
    /// The index of the variant that the page opens with.
    chosen: usize,
    /// What stands in the field of the quantity.
    quantity: String,
    /// Why it was not put into the basket, where that was tried.
    error: Option<String>,
    /// The words on tax behind the price.
    tax_note: String,
    /// What stands above the price: the title and the line under it.
    children: Children,
) -> impl IntoView {
    let gone = choices
        .variants
        .iter()
        .all(|variant| !variant.stock.can_buy());
    let only = choices.options.is_empty().then(|| {
        choices
            .variants
            .first()
            .map(|variant| variant.id.to_string())
    });
    let picked = Picked::new(choices, chosen);
    let (live, set_live) = signal(false);
    let problem = RwSignal::new(error);
    let busy = RwSignal::new(false);
    let form = NodeRef::<html::Form>::new();
    let field = NodeRef::<html::Input>::new();

    Effect::new(move |_| {
        if let Some(form) = form.get_untracked() {
            take_over(picked, &form);
        }
        set_live.set(true);
    });
    follow(picked, form);

    let choose = move |event: ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        if let Some(option) = option_index(&input.name()) {
            picked.choose(option, &input.value());
            problem.set(None);
        }
    };
    let can_buy = move || picked.with(|_, variant| variant.stock.can_buy()) == Some(true);
    let handle = StoredValue::new(product.clone());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let wanted = untrack(|| picked.with(|_, variant| variant.id));
        let (Some(variant), Some(field)) = (wanted, field.get_untracked()) else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match add_to_cart(handle.get_value(), variant, field.value()).await {
                Ok(basket) => {
                    problem.set(None);
                    browser::basket_changed();
                    if !wires::send(&wires::DRAWER, basket) {
                        browser::go_to("/cart");
                    }
                }
                Err(error) => problem.set(Some(error.message)),
            }
            busy.set(false);
        });
    };

    view! {
        <div class="buy__head">{children()} {price(picked, tax_note)}</div>
        <form
            id="buy"
            class="buy__form"
            method="post"
            action="/cart/lines"
            autocomplete="off"
            node_ref=form
            on:change=choose
            on:submit=submit
        >
            <input type="hidden" name="product" value=product />
            {only.map(|id| view! { <input type="hidden" name="variant" value=id /> })}
            {option_rows(picked, live)}
            <p class=move || stock_class(picked) role="status">
                {move || picked.with(|_, variant| stock_line(variant.stock))}
            </p>
            <div class="buy__row">
                {stepper(field, "quantity", quantity)}
                <button
                    class="btn btn--large"
                    type="submit"
                    disabled=gone
                    aria-busy=move || busy.get().then_some("true")
                >
                    {move || if can_buy() { "Add to basket" } else { "Sold out" }}
                </button>
            </div>
            <div role="alert">
                {move || {
                    problem
                        .get()
                        .map(|problem| view! { <p class="field__error" id="buy-error">{problem}</p> })
                }}
            </div>
        </form>
    }
}

/// What was chosen before the picker ran stays chosen.
fn take_over(picked: Picked, form: &HtmlFormElement) {
    for option in 0..3 {
        if let Some(radios) = radios(form, option) {
            picked.choose(option, &radios.value());
        }
    }
}

/// The address, the gallery and the radio buttons follow the chosen variant.
fn follow(picked: Picked, form: NodeRef<html::Form>) {
    Effect::new(move |before: Option<Option<String>>| {
        let now = picked.with(|choices, variant| {
            let names: Vec<String> = choices
                .options
                .iter()
                .zip(&variant.values)
                .filter_map(|(option, value)| option.values.get(*value))
                .map(|value| value.name.clone())
                .collect();
            (variant.sku.clone(), variant.picture, names)
        });
        let (sku, picture, names) = now?;
        // The page opened with the first one.
        if before.flatten().is_some_and(|before| before != sku) {
            browser::set_query("variant", &sku);
            if let Some(picture) = picture {
                wires::send(&wires::GALLERY, picture);
            }
            for (option, name) in names.iter().enumerate() {
                let form = form.get_untracked();
                if let Some(radios) = form.and_then(|form| radios(&form, option)) {
                    radios.set_value(name);
                }
            }
        }
        Some(sku)
    });
}

/// The radio buttons of an option. An option with one value has none to choose from.
fn radios(form: &HtmlFormElement, option: usize) -> Option<RadioNodeList> {
    let name = format!("option{}", option + 1);
    form.elements().named_item(&name)?.dyn_into().ok()
}

fn option_index(name: &str) -> Option<usize> {
    let number: usize = name.strip_prefix("option")?.parse().ok()?;
    number.checked_sub(1)
}

fn price(picked: Picked, tax_note: String) -> impl IntoView {
    let tax_note = StoredValue::new(tax_note);
    let on_sale = move || picked.with(|_, variant| variant.saving().is_some()) == Some(true);
    move || {
        picked.with(|_, variant| {
            let before = variant.saving().and(variant.compare_at).map(|before| {
                view! {
                    <s>
                        <span class="sr">"Was "</span>
                        {before.to_string()}
                    </s>
                }
            });
            view! {
                <p class="buy__price price" class:price--sale=on_sale>
                    <span>{variant.price.or_free()}</span>
                    {before}
                    <span class="price__save">{tax_note.get_value()}</span>
                </p>
            }
        })
    }
}

fn stock_line(stock: Stock) -> String {
    match stock {
        Stock::Plenty => "In stock".to_owned(),
        Stock::Low(left) => format!("Only {left} left"),
        Stock::SoldOut => "Sold out at the moment".to_owned(),
    }
}

fn stock_class(picked: Picked) -> &'static str {
    match picked.with(|_, variant| variant.stock) {
        Some(Stock::Plenty) => "stock stock--plenty",
        Some(Stock::Low(_)) => "stock",
        _ => "stock stock--none",
    }
}
