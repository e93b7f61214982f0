//! What is bought and what it costs, beside the form.

use crate::ui::{Icon, Sums, icon, receipt_row, things};
use domain::{
    cart::CartError,
    checkout::{CheckoutView, ShippingOffer},
};
use leptos::prelude::*;

/// The side of the page. On a phone it is folded: the fold stands before what it folds, since a closed `details` could not
/// be opened again by a wider window.
pub(super) fn summary(view: &CheckoutView) -> impl IntoView + use<> {
    view! {
        <aside class="checkout__side" aria-labelledby="yours">
            <div class="checkout__side-in">
                <details class="summary-toggle">
                    <summary>
                        <span>
                            "Your order, " {things(view.cart.count)} {icon(Icon::Down)}
                        </span>
                        <span class="num" data-part="summary-total">
                            {total(view)}
                        </span>
                    </summary>
                </details>
                <div class="summary-body">
                    <h2 class="display display--xl" id="yours">
                        "Your order"
                    </h2>
                    <div data-part="summary">{rows(view)}</div>
                    <p class="mt-2">
                        <a class="text-btn" href="/cart">
                            "Change it, or add a code"
                        </a>
                    </p>
                </div>
            </div>
        </aside>
    }
}

/// What is paid.
pub(super) fn total(view: &CheckoutView) -> String {
    view.money(view.totals.total).to_string()
}

/// The rows and the sums, which follow the country and the method.
pub(super) fn rows(view: &CheckoutView) -> impl IntoView + use<> {
    let lines: Vec<_> = view
        .cart
        .lines
        .iter()
        .map(|line| receipt_row(&line.into()))
        .collect();
    view! {
        <ul>{lines}</ul>
        {ended_code(view)}
        {sums(view)}
    }
}

fn chosen(view: &CheckoutView) -> Option<&ShippingOffer> {
    view.offers
        .iter()
        .find(|offer| offer.code == view.form.method)
}

fn sums(view: &CheckoutView) -> AnyView {
    let totals = &view.totals;
    let delivery = chosen(view).map_or_else(
        || "Delivery".to_owned(),
        |offer| format!("Delivery, {}", offer.name.to_lowercase()),
    );
    let shipping = match chosen(view) {
        None => "—".to_owned(),
        Some(_) if totals.shipping == 0 => "Free".to_owned(),
        Some(_) => view.money(totals.shipping).to_string(),
    };
    let discount = (totals.discount > 0).then(|| {
        let code = view.cart.discount.as_ref();
        let name = code.map_or_else(|| "Discount".to_owned(), |(code, _)| format!("Code {code}"));
        (name, view.money(-totals.discount).to_string())
    });
    let tax = if totals.tax_added > 0 {
        Some((view.tax.name.clone(), totals.tax_added))
    } else {
        (totals.tax_included > 0)
            .then(|| (format!("{}, included", view.tax.name), totals.tax_included))
    };
    let tax = tax.map(|(name, amount)| (name, view.money(amount).to_string()));
    Sums::of(total(view))
        .row(
            things(view.cart.count),
            view.money(totals.subtotal).to_string(),
        )
        .row_if(discount)
        .row(delivery, shipping)
        .row_if(tax)
        .view("checkout__sums")
}

/// A code that was entered in the basket and has ended since.
fn ended_code(view: &CheckoutView) -> impl IntoView + use<> {
    view.cart.ended_code.clone().map(|code| {
        let words = CartError::ExpiredCode(code).to_string();
        view! { <p class="small field__error">{icon(Icon::Alert)} <span>{words}</span></p> }
    })
}

/// The words on the button.
pub(super) fn pay_label(view: &CheckoutView) -> String {
    if view.totals.total == 0 {
        "Place order".to_owned()
    } else {
        format!("Pay {}", total(view))
    }
}

/// How it is paid.
pub(super) const fn pay_note(view: &CheckoutView) -> &'static str {
    if view.totals.total == 0 {
        "There is nothing to pay."
    } else {
        "You pay by card on Stripe’s secure page, which comes next. Your card’s number never reaches us."
    }
}
