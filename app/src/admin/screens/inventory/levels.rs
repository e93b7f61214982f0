//! The levels of everything.

use super::INVENTORY;
use crate::{
    admin::{
        AdminFrame, page,
        ui::{Dot, Mood, address, badge, nothing, page_head, pages, sort_head},
    },
    ui::{Icon, icon, thumbnail},
};
use domain::inventory::{
    InventoryFilter, InventoryPage, InventoryRow, InventorySort, InventoryTab, Stock, stock_href,
};
use leptos::prelude::*;

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
