//! The parts of the checkout that follow the country and the delivery method, for the island that puts them in place.

use super::{
    delivery::method_list,
    field::{postcode_hint, postcode_label, region},
    summary::{pay_label, pay_note, rows, total},
};
use crate::{api::Parts, document::render_part};
use domain::checkout::{CheckoutView, Field};
use leptos::prelude::*;

/// The total that the page shows: it comes back with the order, and a difference asks again.
pub(super) fn hidden_total(view: &CheckoutView) -> impl IntoView + use<> {
    view! { <input type="hidden" name="total" value=view.totals.total.to_string() /> }
}

/// The parts. None of them holds a field that is typed into.
pub(crate) fn parts(view: &CheckoutView) -> Parts {
    use Field::{BillingCountry, BillingPostcode, BillingRegion, Country, Postcode, Region};
    let part = |name: &str, html: String| (name.to_owned(), html);
    let words = |words: String| render_part(move || words);
    let shipping_region = || region(Region, Country, "shipping address-level1", view);
    let billing_region = || {
        region(
            BillingRegion,
            BillingCountry,
            "billing address-level1",
            view,
        )
    };
    let mut parts = vec![
        part("region", render_part(shipping_region)),
        part("billing-region", render_part(billing_region)),
        part("methods", render_part(|| method_list(view))),
        part("summary", render_part(|| rows(view))),
        part("summary-total", words(total(view))),
        part("total", render_part(|| hidden_total(view))),
        part("pay-label", words(pay_label(view))),
        part("pay-note", words(pay_note(view).to_owned())),
    ];
    for (field, country) in [(Postcode, Country), (BillingPostcode, BillingCountry)] {
        let hint = postcode_hint(country, view).unwrap_or_default();
        let label = postcode_label(country, view).to_owned();
        parts.push((format!("{field}-label"), words(label)));
        parts.push((format!("{field}-hint"), words(hint)));
    }
    let told = format!("The total is {} now.", total(view));
    Parts { parts, told }
}
