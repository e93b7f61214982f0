//! What it cost, what came in, and what went back.

use crate::admin::ui::{Dot, Mood, badge, card};
use domain::{
    orders::{AdminOrder, AdminRefund, RefundStatus},
    payments::{AttemptStatus, card_name},
};
use leptos::prelude::*;

/// The sums, with the payments and the refunds.
pub(super) fn money(order: &AdminOrder) -> AnyView {
    let card_words = order
        .card()
        .map(|(brand, last)| format!("{} ending {last}", card_name(brand)));
    let beside =
        card_words.map(|words| view! { <span class="soft tiny">{words}</span> }.into_any());
    let rows = rows(order)
        .into_iter()
        .map(|(name, amount, class)| {
            view! {
                <div class=class>
                    <dt>{name}</dt>
                    <dd>{amount}</dd>
                </div>
            }
        })
        .collect_view();
    let body = view! {
        <dl class="sums">{rows}</dl>
        {payments(order)}
        {refunds(order)}
    };
    card("Payment", beside, body.into_any())
}

fn rows(order: &AdminOrder) -> Vec<(String, String, Option<&'static str>)> {
    let mut rows = vec![(
        format!("Items, {}", order.count()),
        order.subtotal.to_string(),
        None,
    )];
    if let Some((code, off)) = &order.discount {
        rows.push((format!("Code {code}"), format!("−{off}"), None));
    }
    let delivery = format!("Delivery, {}", order.shipping_name.to_lowercase());
    rows.push((delivery, order.shipping.to_string(), None));
    let rate = f64::from(order.tax_rate) / 100.0;
    if order.tax_added.is_zero() {
        let name = format!("{}, included at {rate}%", order.tax_name);
        rows.push((name, order.tax_included.to_string(), None));
    } else {
        let name = format!("{} at {rate}%", order.tax_name);
        rows.push((name, order.tax_added.to_string(), None));
    }
    rows.push((
        "Total".to_owned(),
        order.total.to_string(),
        Some("sums__total sums__total--small"),
    ));
    rows.push(("Captured".to_owned(), order.captured.to_string(), None));
    rows.push(("Refunded".to_owned(), order.given_back.to_string(), None));
    rows
}

/// The attempts that brought money, by Stripe's names.
fn payments(order: &AdminOrder) -> AnyView {
    let rows = order
        .payments
        .iter()
        .filter(|payment| payment.intent.is_some())
        .map(|payment| {
            let state = match payment.status {
                AttemptStatus::Returned => " came in and went back, ",
                _ => " came in, ",
            };
            view! {
                <li class="soft tiny">
                    <span class="num">{payment.amount.to_string()}</span>
                    {state}
                    {payment.at.clone()}
                    ". Stripe calls it "
                    <code>{payment.intent.clone()}</code>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="stack stack--tight">{rows}</ul> }.into_any()
}

fn refunds(order: &AdminOrder) -> Option<AnyView> {
    if order.refunds.is_empty() {
        return None;
    }
    let rows = order.refunds.iter().map(refund).collect_view();
    Some(
        view! {
            <h3 class="strong">"Refunds"</h3>
            <ul class="refunds">{rows}</ul>
        }
        .into_any(),
    )
}

fn refund(refund: &AdminRefund) -> AnyView {
    let state = match refund.status {
        RefundStatus::Pending => badge(Mood::Caution, Dot::Half, "On its way"),
        RefundStatus::Succeeded => badge(Mood::Positive, Dot::Whole, "Back"),
        RefundStatus::Failed => badge(Mood::Critical, Dot::Whole, "Failed"),
    };
    let mut parts: Vec<String> = refund
        .lines
        .iter()
        .map(|(name, count)| format!("{count} × {name}"))
        .collect();
    if !refund.shipping.is_zero() {
        parts.push(format!("delivery {}", refund.shipping));
    }
    if !refund.adjustment.is_zero() && !parts.is_empty() {
        let word = if refund.adjustment.minor > 0 {
            "added"
        } else {
            "kept"
        };
        let amount = domain::Money::new(refund.adjustment.minor.abs(), refund.adjustment.currency);
        parts.push(format!("{word} {amount}"));
    }
    let what = parts.join(", ");
    let by = match refund.staff.as_str() {
        "" => format!("By the shop, {}", refund.at),
        staff => format!("{staff}, {}", refund.at),
    };
    let stripe = refund
        .stripe
        .clone()
        .map(|name| view! { ". " <code>{name}</code> });
    view! {
        <li>
            <div class="row">
                <b class="strong num">{refund.amount.to_string()}</b>
                {state}
                <span>{refund.reason.clone()}</span>
            </div>
            <p class="soft tiny">{what}</p>
            <p class="soft tiny">{by} {stripe}</p>
        </li>
    }
    .into_any()
}
