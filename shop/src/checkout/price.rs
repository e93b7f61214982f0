//! What a cart costs at its destination.

use super::db::{Method, Terms};
use crate::cart::{Snapshot, SnapshotLine, cart_line};
use domain::{
    Currency, Money,
    cart::CartView,
    checkout::{
        Arrival, CheckoutForm, CheckoutView, FieldErrors, PricedLine, ShippingOffer, Totals,
        shelf_without_tax,
    },
};
use jiff::civil::Date;

/// A cart, priced for a destination.
pub(super) struct Priced {
    pub(super) totals: Totals,
    pub(super) method: Method,
    pub(super) arrival: Arrival,
    /// Every way, with what it costs for this cart.
    pub(super) offers: Vec<ShippingOffer>,
}

/// What is in a cart at its destination: each row, what all of it comes to, and what a coupon takes off.
fn goods(snapshot: Option<&Snapshot>, terms: &Terms) -> (Vec<PricedLine>, i64, i64) {
    let lines: &[SnapshotLine] = snapshot.map_or(&[], |snapshot| &snapshot.lines);
    let priced: Vec<PricedLine> = lines
        .iter()
        .map(|line| PricedLine {
            unit: unit(line.price, terms),
            quantity: line.quantity,
        })
        .collect();
    let subtotal: i64 = priced
        .iter()
        .map(|line| line.unit * i64::from(line.quantity))
        .sum();
    let coupon = snapshot.and_then(|snapshot| snapshot.coupon.as_ref());
    let discount = coupon.map_or(0, |coupon| coupon.discount(subtotal));
    (priced, subtotal, discount)
}

/// Prices a cart. Where `method` is none of the destination's, the first is taken; `None` where it has none.
pub(super) fn price(
    snapshot: Option<&Snapshot>,
    terms: &Terms,
    method: &str,
    currency: Currency,
    today: Date,
) -> Option<Priced> {
    let (priced, subtotal, discount) = goods(snapshot, terms);
    let cost = |method: &Method| method.cost(subtotal - discount);
    let chosen = terms
        .methods
        .iter()
        .find(|known| known.code == method)
        .or(terms.methods.first())?;
    let arrival = |method: &Method| Arrival::between(today, method.min_days, method.max_days);
    let offers = terms
        .methods
        .iter()
        .map(|method| ShippingOffer {
            code: method.code.clone(),
            name: method.name.clone(),
            description: method.description.clone(),
            price: Money::new(cost(method), currency),
            arrival: arrival(method),
        })
        .collect();
    let totals = Totals::of(&priced, discount, cost(chosen), &terms.tax);
    Some(Priced {
        totals,
        arrival: arrival(chosen),
        method: chosen.clone(),
        offers,
    })
}

/// What one costs at the destination: where prices do not include tax, the home country's is taken out.
pub(crate) fn unit(shelf: i64, terms: &Terms) -> i64 {
    if terms.tax.included {
        shelf
    } else {
        shelf_without_tax(shelf, terms.home_rate)
    }
}

/// The page.
pub(super) fn view(
    snapshot: Option<&Snapshot>,
    terms: &Terms,
    mut form: CheckoutForm,
    currency: Currency,
    today: Date,
) -> CheckoutView {
    let priced = price(snapshot, terms, &form.method, currency, today);
    form.country.clone_from(&terms.country);
    if form.billing_country.is_empty() {
        form.billing_country.clone_from(&terms.country);
    }
    let (totals, offers) = if let Some(priced) = priced {
        form.method.clone_from(&priced.method.code);
        (priced.totals, priced.offers)
    } else {
        // Nothing is delivered anywhere yet: what the things cost is known all the same.
        let (priced, _, discount) = goods(snapshot, terms);
        (Totals::of(&priced, discount, 0, &terms.tax), Vec::new())
    };
    form.total = totals.total.to_string();
    CheckoutView {
        cart: cart_view(snapshot, &totals, currency),
        form,
        errors: FieldErrors::default(),
        problem: None,
        countries: terms.countries.clone(),
        offers,
        totals,
        tax: terms.tax.clone(),
        currency,
        is_signed_in: false,
        saved: Vec::new(),
    }
}

fn cart_view(snapshot: Option<&Snapshot>, totals: &Totals, currency: Currency) -> CartView {
    let money = |minor| Money::new(minor, currency);
    let Some(snapshot) = snapshot else {
        return CartView::empty(currency);
    };
    CartView {
        currency,
        count: snapshot.lines.iter().map(|line| line.quantity).sum(),
        lines: snapshot
            .lines
            .iter()
            .zip(&totals.lines)
            .map(|(line, total)| cart_line(line, total.unit, currency))
            .collect(),
        subtotal: money(totals.subtotal),
        discount: snapshot
            .coupon
            .as_ref()
            .map(|coupon| (coupon.code.clone(), money(totals.discount))),
        ended_code: snapshot.ended_code.clone(),
        total: money(totals.total),
        tax_included: money(totals.tax_included),
        free_delivery: None,
    }
}
