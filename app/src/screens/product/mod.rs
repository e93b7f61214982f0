//! A product's page.

mod about;
mod details;
mod pictures;
#[cfg(test)]
mod tests;

use super::category::breadcrumb_list;
use crate::{
    Frame,
    document::{Head, render},
    islands::BuyBox,
    ui::{Tone, breadcrumbs, notice, product_grid},
};
use domain::{
    VariantId,
    catalog::{Format, ProductPage, Variant},
};
use leptos::prelude::*;

/// What the page opens with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductState {
    /// The variant that is chosen; without it, the first that can be bought.
    pub variant: Option<VariantId>,
    /// What stands in the field of the quantity.
    pub quantity: String,
    /// Why it was not put into the basket, where that was tried.
    pub error: Option<String>,
}

/// A product's page.
pub fn product(frame: &Frame, page: &ProductPage, state: ProductState) -> String {
    let lead = page.pictures.get(front(page, &state));
    let head = Head {
        kind: "product",
        picture: lead.map(|picture| picture.url_near(1_200, Format::Jpeg)),
        about: vec![
            about::product(frame, page),
            breadcrumb_list(frame, &page.breadcrumbs, &page.title, &page.href()),
        ],
        ..Head::public(page.seo.title.clone(), page.seo.description.clone())
    };
    render(frame, head, move || body(frame, page, state))
}

/// The same page for the staff, before shoppers see it: `back` leads to its editor.
pub fn product_preview(frame: &Frame, page: &ProductPage, back: &str) -> String {
    render(frame, Head::private(page.title.clone()), move || {
        let words = view! {
            <p>
                "Shoppers see this page once the product is on sale. " <a href=back.to_owned()>"Back to the editor"</a>
            </p>
        };
        view! {
            <div class="wrap">{notice(Tone::Caution, Some("A preview".to_owned()), words)}</div>
            {body(frame, page, ProductState::default())}
        }
    })
}

/// The place of the picture that leads: an address without a variant leads with the one that the merchant put first.
fn front(page: &ProductPage, state: &ProductState) -> usize {
    let variants = &page.choices.variants;
    variants
        .get(chosen(page, state.variant))
        .and_then(|variant| variant.picture)
        .filter(|at| state.variant.is_some() && *at < page.pictures.len())
        .unwrap_or(0)
}

fn body(frame: &Frame, page: &ProductPage, state: ProductState) -> AnyView {
    let variants = &page.choices.variants;
    let chosen = chosen(page, state.variant);
    let front = front(page, &state);
    view! {
            <div class="wrap">
                {breadcrumbs(&page.breadcrumbs, &page.title)}
                <div class="product">
                    {pictures::gallery(page, front)}
                    <div class="buy">
                        {buy_box(frame, page, chosen, state).into_any()} {details::assurances(&frame.chrome.assurances).into_any()}
                        {details::disclosures(page).into_any()}
                    </div>
                </div>
            </div>
            {related(page)}
            {variants.get(chosen).map(|variant| buy_bar(page, variant))}
        }
    .into_any()
}

/// The index of the variant that the page opens with.
fn chosen(page: &ProductPage, wanted: Option<VariantId>) -> usize {
    let place = |id: VariantId| {
        let mut variants = page.choices.variants.iter();
        variants.position(|variant| variant.id == id)
    };
    let first = || place(page.choices.first()?.id);
    wanted.and_then(place).or_else(first).unwrap_or(0)
}

fn buy_box(
    frame: &Frame,
    page: &ProductPage,
    chosen: usize,
    state: ProductState,
) -> impl IntoView + use<> {
    let tax = frame.chrome.tax_name.as_ref();
    let tax_note = tax.map_or_else(String::new, |tax| format!("{tax} included"));
    let quantity = if state.quantity.is_empty() {
        "1".to_owned()
    } else {
        state.quantity
    };
    let title = page.title.clone();
    let subtitle = (!page.subtitle.is_empty()).then(|| page.subtitle.clone());
    let long = page.title.chars().count() > 40;
    view! {
        <BuyBox
            product=page.handle.clone()
            choices=page.choices.clone()
            chosen=chosen
            quantity=quantity
            error=state.error
            tax_note=tax_note
        >
            <h1 class=if long { "display display--2xl" } else { "display display--3xl" }>{title}</h1>
            {subtitle.map(|subtitle| view! { <p class="soft">{subtitle}</p> })}
        </BuyBox>
    }
}

fn related(page: &ProductPage) -> impl IntoView + use<> {
    (!page.related.is_empty()).then(|| {
        view! {
            <section class="section wrap" aria-labelledby="related-title">
                <div class="section-head">
                    <h2 class="display display--2xl" id="related-title">
                        "On the same shelf"
                    </h2>
                </div>
                {product_grid(&page.related, true, 0)}
            </section>
        }
    })
}

/// On a phone, the way back to the button while it is out of sight.
fn buy_bar(page: &ProductPage, variant: &Variant) -> impl IntoView + use<> {
    let can_buy = page
        .choices
        .variants
        .iter()
        .any(|variant| variant.stock.can_buy());
    can_buy.then(|| {
        view! {
            <div class="buy-bar">
                <p>
                    <span class="strong">{page.title.clone()}</span>
                    <span class="small soft num">{variant.price.or_free()}</span>
                </p>
                <a class="btn" href="#buy">
                    "Choose and add"
                </a>
            </div>
        }
    })
}
