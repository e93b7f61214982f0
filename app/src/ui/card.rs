//! A product among others.

use super::{
    picture::{Sizes, picture},
    price::price,
};
use domain::catalog::{ProductCard, Swatch};
use leptos::prelude::*;

/// The most dots on a card; of more, the rest is counted.
const DOTS: usize = 6;

/// Products beside each other. The first `eager` of them are seen at once.
pub(crate) fn product_grid(
    cards: &[ProductCard],
    four: bool,
    eager: usize,
) -> impl IntoView + use<> {
    let class = if four {
        "grid-products grid-products--4"
    } else {
        "grid-products"
    };
    let cards = cards
        .iter()
        .enumerate()
        .map(|(at, card)| product_card(card, at < eager).into_any());
    view! { <ul class=class>{cards.collect_view()}</ul> }
}

/// A product: picture, title, price, what it comes in. All of it is one link.
pub(crate) fn product_card(card: &ProductCard, first: bool) -> impl IntoView + use<> {
    let flag = match (card.sold_out, card.saving()) {
        (true, _) => Some("Sold out".to_owned()),
        (false, Some(saving)) => {
            let amount = saving.to_string();
            Some(format!(
                "Save {}",
                amount.strip_suffix(".00").unwrap_or(&amount)
            ))
        }
        (false, None) => None,
    };
    let tone = card.picture.as_ref().map(|picture| picture.tone.clone());
    // The same picture stands on the product's page: browsers that can, move it there.
    let place = format!("p-{}", card.handle);
    view! {
        <li class=if card.sold_out { "product-card is-gone" } else { "product-card" }>
            {flag.map(|flag| view! { <p class="flag">{flag}</p> })}
            <span class="media" data-tone=tone data-vt=place>
                {card.picture.as_ref().map(|shown| picture(shown, Sizes::Grid, first))}
            </span>
            <div class="product-card__body">
                <div class="product-card__line">
                    <h3>
                        <a href=card.href()>{card.title.clone()}</a>
                    </h3>
                    {price(card.price, card.is_from, card.saving().and(card.compare_at))}
                </div>
                {(!card.subtitle.is_empty()).then(|| view! { <p class="meta">{card.subtitle.clone()}</p> })}
                {(card.swatches.len() > 1).then(|| dots(&card.swatches))}
            </div>
        </li>
    }
}

fn dots(swatches: &[Swatch]) -> impl IntoView + use<> {
    let names: Vec<&str> = swatches.iter().map(|swatch| swatch.name.as_str()).collect();
    let words = format!(
        "{} colours: {}",
        swatches.len(),
        names.join(", ").to_lowercase()
    );
    let shown = swatches.iter().take(DOTS).map(|swatch| {
        view! {
            <svg class="dot" viewBox="0 0 12 12" aria-hidden="true">
                <circle cx="6" cy="6" r="5.5" fill=swatch.colour.clone() />
            </svg>
        }
    });
    let more = swatches.len().saturating_sub(DOTS);
    view! {
        <p class="dots mt-2">
            <span class="sr">{words}</span>
            {shown.collect_view()}
            {(more > 0).then(|| view! { <span aria-hidden="true">"+" {more}</span> })}
        </p>
    }
}
