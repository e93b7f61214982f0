//! What else there is to know of a product.

use crate::ui::{Icon, icon};
use domain::{
    catalog::{Brand, ProductPage},
    content::{Assurance, AssuranceKind},
};
use leptos::prelude::*;

/// Delivery, returns, mending: what the shop says of itself beside every product.
pub(super) fn assurances(assurances: &[Assurance]) -> impl IntoView + use<> {
    let row = |assurance: &Assurance| {
        let drawing = match assurance.about {
            AssuranceKind::Delivery => Icon::Van,
            AssuranceKind::Return => Icon::Return,
            AssuranceKind::Mending => Icon::Mend,
        };
        let link = assurance.link.as_ref().map(|link| {
            view! {
                " "
                <a href=link.href.clone()>{link.label.clone()}</a>
            }
        });
        view! {
            <li>
                {icon(drawing)}
                <p>
                    <b class="strong">{assurance.title.clone()}</b>
                    " "
                    <span class="soft">{assurance.text.clone()} {link}</span>
                </p>
            </li>
        }
    };
    (!assurances.is_empty())
        .then(|| view! { <ul class="assure">{assurances.iter().map(row).collect_view()}</ul> })
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
