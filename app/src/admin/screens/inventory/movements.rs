//! What happened to the stock of a variant, day by day.

use crate::admin::ui::{address, nothing};
use domain::inventory::{MovementKind, MovementRow, StockDay, StockFilter, StockPage, stock_href};
use leptos::prelude::*;

/// The kinds of movements that can be looked at alone.
const KINDS: [(Option<MovementKind>, &str); 6] = [
    (None, "All movements"),
    (Some(MovementKind::Received), "Received"),
    (Some(MovementKind::Shipped), "Sent"),
    (Some(MovementKind::Adjusted), "Adjusted"),
    (Some(MovementKind::Allocated), "Allocated"),
    (Some(MovementKind::Restocked), "Returned"),
];

pub(super) fn movements(filter: &StockFilter, stock: &StockPage) -> AnyView {
    let here = stock_href(&stock.row.sku);
    let kind = filter.kind();
    let word = |kind: Option<MovementKind>| kind.map_or("", MovementKind::as_str);
    let tabs = KINDS
        .iter()
        .map(|(each, label)| {
            let current = (*each == kind).then_some("page");
            view! {
                <a href=address(&here, &[("kind", word(*each))]) aria-current=current>
                    {*label}
                </a>
            }
        })
        .collect_view();
    let older = stock.next.as_ref().map(|after| {
        let older = address(&here, &[("kind", word(kind)), ("after", after)]);
        view! {
            <a class="quiet-link" href=older>
                "Older movements"
            </a>
        }
    });
    let list = if stock.days.is_empty() {
        nothing(
            "Nothing moved",
            "No movement of this kind is written down.",
            None,
        )
    } else {
        let days = stock.days.iter().map(day).collect_view();
        view! {
            <div class="table-wrap" tabindex="0" role="group" aria-label="Movements table">
                <table class="table table--list table--moves">
                    <caption class="sr">"Stock movements, newest first"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Time"</th>
                            <th scope="col">"What happened"</th>
                            <th scope="col">"Because of"</th>
                            <th scope="col" class="c-hide">
                                "Who"
                            </th>
                            <th scope="col" class="end">
                                "Change"
                            </th>
                            <th scope="col" class="end">
                                "Available after"
                            </th>
                        </tr>
                    </thead>
                    {days}
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card list-box" aria-label="Movements">
            <nav class="views" aria-label="Kinds of movement">
                {tabs}
            </nav>
            {list}
            <div class="card__foot split">
                <p class="soft tiny">
                    "Movements are never edited. To put one right, add another."
                </p>
                {older}
            </div>
        </section>
    }
    .into_any()
}

fn day(day: &StockDay) -> AnyView {
    let rows = day.rows.iter().map(movement).collect_view();
    view! {
        <tbody>
            <tr class="day-row">
                <th scope="rowgroup" colspan="6">
                    {day.label.clone()}
                </th>
            </tr>
            {rows}
        </tbody>
    }
    .into_any()
}

fn movement(row: &MovementRow) -> AnyView {
    let order = row.order.map(|number| {
        view! {
            <a class="plain" href=format!("/admin/orders/{number}")>
                {format!("Order {number}")}
            </a>
        }
    });
    let comma = (row.order.is_some() && !row.reason.is_empty()).then_some(", ");
    let who = if row.staff.is_empty() {
        "The shop".to_owned()
    } else {
        row.staff.clone()
    };
    let (sign, class) = match (row.kind, row.kind.effect(row.quantity)) {
        // What was sent was not for sale any more, and what is allocated was held before.
        (MovementKind::Allocated | MovementKind::Shipped, _) => ("0".to_owned(), "soft"),
        (_, change @ ..0) => (format!("−{}", change.unsigned_abs()), "move"),
        (_, change) => (format!("+{change}"), "move move--in"),
    };
    view! {
        <tr>
            <td class="soft c-side">{row.time.clone()}</td>
            <td class="c-main">
                <b class="strong">{row.kind.label()}</b>
                " "
                <span class="soft num">{row.quantity.unsigned_abs()}</span>
            </td>
            <td class="wrap-cell c-sub">{order} {comma} {row.reason.clone()}</td>
            <td class="soft c-hide">{who}</td>
            <td class="end c-end">
                <span class=class>{sign}</span>
            </td>
            <td class="end c-after num">{row.after}</td>
        </tr>
    }
    .into_any()
}
