//! How many there are of what, and why.

use crate::{
    admin::{
        AdminFrame,
        icon::{AdminIcon, admin_icon},
        page,
        ui::{Dot, Mood, address, badge, card, nothing, page_head, pages, refusal, sort_head},
    },
    ui::{Icon, Input, Kind, choice, icon, input, thumbnail},
};
use domain::{
    inventory::{
        InventoryFilter, InventoryPage, InventoryRow, InventorySort, InventoryTab, MovementKind,
        MovementRow, Stock, StockDay, StockFilter, StockForm, StockPage, stock_href,
    },
    staff::Permission,
};
use leptos::prelude::*;

const INVENTORY: &str = "/admin/inventory";

/// The kinds of movements that can be looked at alone.
const KINDS: [(Option<MovementKind>, &str); 6] = [
    (None, "All movements"),
    (Some(MovementKind::Received), "Received"),
    (Some(MovementKind::Shipped), "Sent"),
    (Some(MovementKind::Adjusted), "Adjusted"),
    (Some(MovementKind::Allocated), "Allocated"),
    (Some(MovementKind::Restocked), "Returned"),
];

/// The levels of everything.
pub fn inventory(frame: &AdminFrame, filter: &InventoryFilter, found: &InventoryPage) -> String {
    page(frame, "Inventory", || {
        let list = if found.rows.is_empty() {
            nothing(
                "Nothing is here",
                "No variant fits what you ask for.",
                Some((INVENTORY, "See everything")),
            )
        } else {
            levels(filter, &found.rows)
        };
        let at = |at: &Option<String>| at.as_ref().map(|at| href(filter, None, None, at));
        view! {
            {page_head(None, "Inventory", None, None)}
            <section class="card list-box" aria-label="Levels">
                {tabs(filter)} {search(filter)} {list}
                <div class="card__foot">{pages(at(&found.previous), at(&found.next))}</div>
            </section>
        }
    })
}

/// The same list with another view, order or page.
fn href(
    filter: &InventoryFilter,
    tab: Option<InventoryTab>,
    sort: Option<InventorySort>,
    at: &str,
) -> String {
    let tab = tab.unwrap_or_else(|| filter.tab());
    let sort = sort.unwrap_or_else(|| filter.sort());
    let unless = |word: &'static str, usual: &str| if word == usual { "" } else { word };
    let pairs = [
        ("q", filter.q.as_str()),
        ("tab", unless(tab.as_str(), "all")),
        ("sort", unless(sort.as_str(), "title")),
        ("at", at),
    ];
    address(INVENTORY, &pairs)
}

fn tabs(filter: &InventoryFilter) -> AnyView {
    let links = InventoryTab::ALL
        .iter()
        .map(|tab| {
            let current = (*tab == filter.tab()).then_some("page");
            view! {
                <a href=href(filter, Some(*tab), None, "") aria-current=current>
                    {tab.label()}
                </a>
            }
        })
        .collect_view();
    view! {
        <nav class="views" aria-label="Views">
            {links}
        </nav>
    }
    .into_any()
}

fn search(filter: &InventoryFilter) -> AnyView {
    let kept = [("tab", filter.tab.clone()), ("sort", filter.sort.clone())]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <form class="filters" action=INVENTORY role="search" aria-label="This list">
            <div class="input-group">
                {icon(Icon::Search)}
                <label class="sr" for="q">
                    "Title or SKU"
                </label>
                <input
                    class="input"
                    id="q"
                    name="q"
                    type="search"
                    maxlength="100"
                    placeholder="Title or SKU"
                    value=filter.q.clone()
                />
            </div>
            {kept}
            <button class="btn btn--quiet" type="submit">
                "Search"
            </button>
        </form>
    }
    .into_any()
}

fn levels(filter: &InventoryFilter, rows: &[InventoryRow]) -> AnyView {
    let sort = filter.sort();
    let by_title = (sort == InventorySort::Title).then_some("ascending");
    let (other, by_number) = match sort {
        InventorySort::Fewest => (InventorySort::Most, Some("ascending")),
        InventorySort::Most => (InventorySort::Fewest, Some("descending")),
        InventorySort::Title => (InventorySort::Fewest, None),
    };
    let to = |sort| href(filter, None, Some(sort), "");
    let rows = rows.iter().map(level).collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="group" aria-label="Levels table">
            <table class="table table--list">
                <caption class="sr">"How many there are"</caption>
                <thead>
                    <tr>
                        {sort_head("Variant", to(InventorySort::Title), by_title, false)}
                        <th scope="col">"SKU"</th>
                        <th scope="col" class="end">
                            "On hand"
                        </th>
                        <th scope="col" class="end">
                            "Allocated"
                        </th>
                        <th scope="col" class="end">
                            "Held"
                        </th>
                        {sort_head("Available", to(other), by_number, true)}
                        <th scope="col">"State"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn level(row: &InventoryRow) -> AnyView {
    let available = row.level.available();
    let state = match Stock::of(available) {
        Stock::SoldOut => badge(Mood::Critical, Dot::Open, "Sold out"),
        Stock::Low(_) => badge(Mood::Caution, Dot::Half, "Running low"),
        Stock::Plenty => badge(Mood::Positive, Dot::Whole, "In stock"),
    };
    let label = (!row.label.is_empty()).then(|| {
        view! {
            <br />
            <span class="soft tiny">{row.label.clone()}</span>
        }
    });
    view! {
        <tr>
            <td class="c-main">
                <div class="who">
                    {thumbnail(row.picture.as_ref())}
                    <div>
                        <a href=stock_href(&row.sku)>{row.title.clone()}</a>
                        {label}
                    </div>
                </div>
            </td>
            <td class="c-sub soft num">{row.sku.clone()}</td>
            <td class="end num c-hide">{row.level.on_hand}</td>
            <td class="end num c-hide">{row.level.allocated}</td>
            <td class="end num c-hide">{row.level.reserved}</td>
            <td class="end num c-end">
                <b class="strong">{available}</b>
            </td>
            <td class="c-badge c-badge--1">{state}</td>
        </tr>
    }
    .into_any()
}

/// What was typed into the form of an adjustment, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct StockShown {
    /// What was typed.
    pub form: StockForm,
    /// Why it was refused.
    pub error: Option<String>,
}

/// Why there are so many of one variant.
pub fn stock(
    frame: &AdminFrame,
    filter: &StockFilter,
    stock: &StockPage,
    shown: &StockShown,
) -> String {
    let row = &stock.row;
    let name = if row.label.is_empty() {
        row.title.clone()
    } else {
        format!("{}, {}", row.title, row.label)
    };
    page(frame, &name, || {
        let adjust = frame
            .may(Permission::EditStock)
            .then(|| adjust(&row.sku, shown));
        view! {
            <header class="page-head">
                <div class="page-head__title">
                    <a class="back" href=INVENTORY>
                        {admin_icon(AdminIcon::Back)}
                        "Inventory"
                    </a>
                    <div class="who">
                        {thumbnail(row.picture.as_ref())}
                        <div>
                            <h1>{name.clone()}</h1>
                            <p class="soft num">{row.sku.clone()}</p>
                        </div>
                    </div>
                </div>
            </header>
            {equation(stock)}
            {adjust}
            {movements(filter, stock)}
        }
    })
}

fn equation(stock: &StockPage) -> AnyView {
    let level = stock.row.level;
    let title = format!("Why is this {}?", level.available());
    let allocated = match stock.orders {
        1 => "allocated to 1 order".to_owned(),
        count => format!("allocated to {count} orders"),
    };
    view! {
        <section class="card" aria-label=title.clone()>
            <div class="card__head">
                <h2>{title.clone()}</h2>
                <span class="soft tiny">"At all locations together"</span>
            </div>
            <dl class="equation">
                <div>
                    <dt>"on hand"</dt>
                    <dd>{level.on_hand}</dd>
                </div>
                <span aria-hidden="true">"−"</span>
                <div>
                    <dt>{allocated}</dt>
                    <dd>{level.allocated}</dd>
                </div>
                <span aria-hidden="true">"−"</span>
                <div>
                    <dt>"held at checkout"</dt>
                    <dd>{level.reserved}</dd>
                </div>
                <span aria-hidden="true">"="</span>
                <div class="is-answer">
                    <dt>"available to sell"</dt>
                    <dd>{level.available()}</dd>
                </div>
            </dl>
        </section>
    }
    .into_any()
}

fn adjust(sku: &str, shown: &StockShown) -> AnyView {
    let form = &shown.form;
    let counted = form.how == "count";
    let body = view! {
        <form class="stack" method="post" action=stock_href(sku)>
            {refusal(shown.error.as_deref())}
            <div class="form-grid">
                <div class="field span-2">
                    <label class="field__label" for="how">
                        "What you write down"
                    </label>
                    <select class="select" id="how" name="how">
                        {choice("difference", "How many more or fewer", !counted)}
                        {choice("count", "How many are on the shelf", counted)}
                    </select>
                </div>
                {input(
                    &Input {
                        hint: Some("40 for forty more, -2 for two fewer, or what you counted."),
                        span: "span-2",
                        ..Input::new("number", "How many", Kind::Text, &form.number)
                    },
                )}
                {input(
                    &Input {
                        hint: Some("It stands in the ledger for good."),
                        span: "span-2",
                        ..Input::new("reason", "Why", Kind::Text, &form.reason)
                    },
                )}
            </div>
            <div>
                <button class="btn" type="submit">
                    "Adjust stock"
                </button>
            </div>
        </form>
    };
    card("Adjust stock", None, body.into_any())
}

fn movements(filter: &StockFilter, stock: &StockPage) -> AnyView {
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
