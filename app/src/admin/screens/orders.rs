//! The list of orders.

use super::order::{goods_badge, payment_badge};
use crate::{
    admin::{
        AdminFrame, page,
        ui::{Dot, Mood, badge, nothing, page_head, pages, sort_head},
    },
    ui::{Icon, choice, icon},
};
use domain::orders::{
    FulfilmentStatus, OrderFilter, OrderKey, OrderList, OrderRow, OrderStatus, PaymentStatus,
};
use leptos::prelude::*;

/// The list of orders, with what it is filtered by.
pub fn orders(frame: &AdminFrame, filter: &OrderFilter, list: &OrderList) -> String {
    page(frame, "Orders", || {
        let export = view! {
            <a class="btn btn--quiet" href=filter.csv_href() download="orders.csv">
                "Export"
            </a>
        };
        let body = if list.rows.is_empty() {
            empty(filter)
        } else {
            table(filter, list)
        };
        view! {
            {page_head(None, "Orders", None, Some(export.into_any()))}
            <section class="card list-box" aria-label="Orders">
                {tabs(filter, list)}
                {filters(filter, list)}
                {body}
                {foot(filter, list)}
            </section>
        }
        .into_any()
    })
}

fn empty(filter: &OrderFilter) -> AnyView {
    if filter.is_narrowed() {
        let all = filter.tab_href(filter.tab());
        return nothing(
            "No order fits",
            "Ask for less, or for other words.",
            Some((&all, "Show all of them")),
        );
    }
    nothing(
        "No orders here",
        "They come by themselves, once somebody buys.",
        None,
    )
}

fn tabs(filter: &OrderFilter, list: &OrderList) -> AnyView {
    let tabs = list
        .tabs
        .iter()
        .map(|(tab, count)| {
            let current = (*tab == filter.tab()).then_some("page");
            view! {
                <a href=filter.tab_href(*tab) aria-current=current>
                    {tab.label()}
                    " "
                    <span class="n">{count.to_string()}</span>
                </a>
            }
        })
        .collect_view();
    view! {
        <nav class="views" aria-label="Views">
            {tabs}
        </nav>
    }
    .into_any()
}

/// A list to choose from, seen as set where something is chosen.
fn select(name: &'static str, label: &'static str, chosen: &str, options: AnyView) -> AnyView {
    let class = if chosen.is_empty() {
        "select"
    } else {
        "select is-set"
    };
    view! {
        <label class="sr" for=format!("by-{name}")>
            {label}
        </label>
        <select class=class id=format!("by-{name}") name=name>
            {choice("", label, chosen.is_empty())}
            {options}
        </select>
    }
    .into_any()
}

fn filters(filter: &OrderFilter, list: &OrderList) -> AnyView {
    let payment = PaymentStatus::ALL
        .iter()
        .map(|status| {
            choice(
                status.as_str(),
                payment_words(*status),
                status.as_str() == filter.payment,
            )
        })
        .collect_view();
    let goods = FulfilmentStatus::ALL
        .iter()
        .map(|status| {
            choice(
                status.as_str(),
                goods_words(*status),
                status.as_str() == filter.fulfilment,
            )
        })
        .collect_view();
    let countries = list
        .countries
        .iter()
        .map(|(letters, name)| choice(letters, name, *letters == filter.country))
        .collect_view();
    let kept = [
        ("tab", &filter.tab),
        ("sort", &filter.sort),
        ("customer", &filter.customer),
    ];
    let kept = kept
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value.clone() /> })
        .collect_view();
    let clear = filter.is_narrowed().then(|| {
        view! {
            <a class="btn btn--plain" href=filter.tab_href(filter.tab())>
                "Clear"
            </a>
        }
        .into_any()
    });
    view! {
        <form class="filters" action="/admin/orders" role="search" aria-label="This list">
            {kept}
            <div class="input-group">
                {icon(Icon::Search)}
                <label class="sr" for="find">
                    "Find an order"
                </label>
                <input
                    class="input"
                    id="find"
                    type="search"
                    name="q"
                    maxlength="200"
                    placeholder="Order, customer, SKU or postcode"
                    value=filter.q.clone()
                />
            </div>
            {select("payment", "Payment", &filter.payment, payment.into_any())}
            {select("fulfilment", "Fulfilment", &filter.fulfilment, goods.into_any())}
            {select("country", "Country", &filter.country, countries.into_any())}
            {more(filter)}
            <button class="btn btn--quiet" type="submit">
                "Show"
            </button>
            {clear}
        </form>
    }
    .into_any()
}

/// What is asked for less often, folded away while it is not.
fn more(filter: &OrderFilter) -> AnyView {
    let parts = [
        ("from", "Placed from", "date", &filter.from),
        ("to", "to", "date", &filter.to),
        ("min", "Total from", "text", &filter.min),
        ("max", "to", "text", &filter.max),
    ];
    let open = parts.iter().any(|(_, _, _, value)| !value.is_empty());
    let fields = parts
        .into_iter()
        .map(|(name, label, kind, value)| {
            let mode = (kind == "text").then_some("decimal");
            view! {
                <label class="filters__date">
                    <span>{label}</span>
                    <input class="input" type=kind name=name inputmode=mode maxlength="20" size="8" value=value.clone() />
                </label>
            }
        })
        .collect_view();
    view! {
        <details class="filters__more" open=open>
            <summary class="btn btn--plain">"Dates and totals"</summary>
            <div class="filters__fold">{fields}</div>
        </details>
    }
    .into_any()
}

const fn payment_words(status: PaymentStatus) -> &'static str {
    match status {
        PaymentStatus::Unpaid => "Not paid",
        PaymentStatus::Authorised => "Authorised",
        PaymentStatus::Paid => "Paid",
        PaymentStatus::PartiallyRefunded => "Part refunded",
        PaymentStatus::Refunded => "Refunded",
        PaymentStatus::Disputed => "Disputed",
    }
}

const fn goods_words(status: FulfilmentStatus) -> &'static str {
    match status {
        FulfilmentStatus::Unfulfilled => "To send",
        FulfilmentStatus::Partial => "Part sent",
        FulfilmentStatus::Fulfilled => "Sent",
        FulfilmentStatus::Returned => "Returned",
    }
}

fn table(filter: &OrderFilter, list: &OrderList) -> AnyView {
    let sort = filter.sort();
    let head = |key: OrderKey, label: &str, end: bool| {
        let towards = (sort.key == key).then_some(if sort.falls {
            "descending"
        } else {
            "ascending"
        });
        let href = filter.href(|filter| filter.sort = sort.turned_to(key).to_string());
        sort_head(label, href, towards, end)
    };
    let rows = list.rows.iter().map(row).collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="group" aria-label="Orders, a table">
            <table class="table table--list">
                <thead>
                    <tr>
                        {head(OrderKey::Number, "Order", false)}
                        {head(OrderKey::Date, "Placed", false)}
                        {head(OrderKey::Customer, "Customer", false)}
                        {head(OrderKey::Payment, "Payment", false)}
                        {head(OrderKey::Fulfilment, "Fulfilment", false)}
                        {head(OrderKey::Country, "Country", false)}
                        <th scope="col" class="c-hide">
                            "Items"
                        </th>
                        {head(OrderKey::Amount, "Total", true)}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(row: &OrderRow) -> AnyView {
    let goods = if row.status == OrderStatus::Cancelled {
        badge(Mood::Critical, Dot::Whole, "Cancelled")
    } else {
        goods_badge(row.fulfilment)
    };
    let items = if row.items == 1 {
        "1 item".to_owned()
    } else {
        format!("{} items", row.items)
    };
    view! {
        <tr>
            <td class="c-main">
                <a href=row.href()>{row.number}</a>
            </td>
            <td class="c-side soft">
                <span title=row.placed_at.clone()>{row.placed.clone()}</span>
            </td>
            <td class="c-sub">{row.name.clone()}</td>
            <td class="c-badge c-badge--1">{payment_badge(row.payment)}</td>
            <td class="c-badge c-badge--2">{goods}</td>
            <td class="c-hide soft">{row.country.clone()}</td>
            <td class="c-hide soft">{items}</td>
            <td class="end c-end">{row.total.to_string()}</td>
        </tr>
    }
    .into_any()
}

fn foot(filter: &OrderFilter, list: &OrderList) -> AnyView {
    let at = |cursor: &Option<String>| {
        cursor
            .as_ref()
            .map(|cursor| filter.href(|filter| filter.at.clone_from(cursor)))
    };
    let words = if list.count.known == 1 && !list.count.more {
        "order"
    } else {
        "orders"
    };
    view! {
        <div class="card__foot split">
            <p class="soft tiny num">{format!("{} {words}", list.count)}</p>
            {pages(at(&list.previous), at(&list.next))}
        </div>
    }
    .into_any()
}
