//! What was bought, or is about to be: small rows beside a form or a timeline.

use super::thumbnail;
use domain::{cart::CartLine, catalog::Picture, orders::OrderLine};
use leptos::prelude::*;

/// What a row of a receipt says.
pub(crate) struct ReceiptRow<'a> {
    pub picture: Option<&'a Picture>,
    pub quantity: i32,
    pub title: &'a str,
    /// The names of the variant's values; may be empty.
    pub label: &'a str,
    /// What changed about it since it was chosen.
    pub told: Option<String>,
    pub amount: String,
}

impl<'a> From<&'a CartLine> for ReceiptRow<'a> {
    fn from(line: &'a CartLine) -> Self {
        Self {
            picture: line.picture.as_ref(),
            quantity: line.quantity,
            title: &line.title,
            label: &line.label,
            told: line.adjustment.map(|told| told.to_string()),
            amount: line.total.to_string(),
        }
    }
}

impl<'a> From<&'a OrderLine> for ReceiptRow<'a> {
    fn from(line: &'a OrderLine) -> Self {
        Self {
            picture: line.picture.as_ref(),
            quantity: line.quantity,
            title: &line.title,
            label: &line.label,
            told: None,
            amount: line.subtotal.to_string(),
        }
    }
}

/// A row of a receipt.
pub(crate) fn receipt_row(of: &ReceiptRow<'_>) -> impl IntoView + use<> {
    let label = (!of.label.is_empty()).then(|| {
        let label = of.label.to_owned();
        view! { <p class="small soft">{label}</p> }
    });
    let told = of
        .told
        .clone()
        .map(|told| view! { <p class="small field__error">{told}</p> });
    view! {
        <li class="line">
            <span class="line__picture">
                {thumbnail(of.picture)} <span class="qty num">
                    <span class="sr">"Quantity "</span>
                    {of.quantity}
                </span>
            </span>
            <div class="line__top">
                <div>
                    <p class="strong">{of.title.to_owned()}</p>
                    {label}
                    {told}
                </div>
                <p class="num">{of.amount.clone()}</p>
            </div>
        </li>
    }
}
