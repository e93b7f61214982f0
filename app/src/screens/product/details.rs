//! What else there is to know of a product.

use crate::ui::{Icon, icon};
use domain::catalog::{Brand, ProductPage};
use leptos::prelude::*;

/// Delivery, returns, mending.
pub(super) fn assurances() -> impl IntoView {
    view! {
        <ul class="assure">
            <li>
                {icon(Icon::Van)}
                <p>
                    <b class="strong">"On its way within two days. "</b>
                    <span class="soft">"£4.50 tracked in the UK, free over £75. " <a href="/pages/shipping">"Delivery"</a></span>
                </p>
            </li>
            <li>
                {icon(Icon::Return)}
                <p>
                    <b class="strong">"Sixty days to return it. "</b>
                    <span class="soft">"Used or not. " <a href="/pages/returns">"How it works"</a></span>
                </p>
            </li>
            <li>
                {icon(Icon::Mend)}
                <p>
                    <b class="strong">"The maker mends it. "</b>
                    <span class="soft">"Chips, handles and moth holes. " <a href="/pages/care">"Care and mending"</a></span>
                </p>
            </li>
        </ul>
    }
}

/// Description, size and care, maker.
pub(super) fn disclosures(page: &ProductPage) -> impl IntoView + use<> {
    let about = (!page.description_html.is_empty()).then(|| {
        let body = view! { <div class="prose soft" inner_html=page.description_html.clone() /> };
        disclosure("About this piece", true, body.into_any())
    });
    let facts = facts(page);
    let facts = (!facts.is_empty()).then(|| {
        let rows = facts.into_iter().map(|(name, text)| {
            view! {
                <div>
                    <dt class="strong">{name}</dt>
                    <dd class="soft">{text}</dd>
                </div>
            }
        });
        let body = view! { <dl class="about-facts">{rows.collect_view()}</dl> };
        disclosure("Size, material and care", about.is_none(), body.into_any())
    });
    let maker = page
        .brand
        .as_ref()
        .map(|brand| disclosure("Where it is made", false, maker(brand).into_any()));
    view! { <div>{about} {facts} {maker}</div> }
}

fn facts(page: &ProductPage) -> Vec<(&'static str, String)> {
    [
        ("Size", &page.dimensions),
        ("Material", &page.materials),
        ("Care", &page.care),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(name, text)| (name, text.clone()))
    .collect()
}

fn maker(brand: &Brand) -> impl IntoView + use<> {
    let place = if brand.place.is_empty() {
        String::new()
    } else {
        format!(", {}", brand.place)
    };
    view! {
        <div class="prose soft">
            <p class="strong">{brand.name.clone()} {place}</p>
            <div inner_html=brand.story_html.clone() />
        </div>
    }
}

fn disclosure(title: &'static str, open: bool, body: AnyView) -> impl IntoView {
    view! {
        <details class="disclosure" open=open>
            <summary>
                <h2>{title}</h2>
                {icon(Icon::Down)}
            </summary>
            {body}
        </details>
    }
}
