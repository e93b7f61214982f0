//! The list of customers.

use crate::{
    admin::{
        AdminFrame, page,
        ui::{nothing, page_head, pages, sort_head},
    },
    ui::{Icon, icon},
};
use domain::accounts::{CustomerFilter, CustomerList, CustomerRow, CustomerSort};
use leptos::prelude::*;

/// The customers that fit.
pub fn customers(frame: &AdminFrame, filter: &CustomerFilter, list: &CustomerList) -> String {
    page(frame, "Customers", || {
        let shown = match (list.rows.is_empty(), filter.q.is_empty()) {
            (false, _) => table(filter, list),
            (true, true) => nothing(
                "No customers yet",
                "Whoever makes an account stands here.",
                None,
            ),
            (true, false) => nothing(
                "Nobody fits",
                "No customer has such a name or e-mail address.",
                Some(("/admin/customers", "See everybody")),
            ),
        };
        let previous = list.previous.as_ref().map(|after| filter.page_href(after));
        let next = list.next.as_ref().map(|after| filter.page_href(after));
        view! {
            {page_head(None, "Customers", None, None)}
            <section class="card list-box" aria-label="Customers">
                {search(filter)}
                {shown}
                <div class="card__foot">{pages(previous, next)}</div>
            </section>
        }
        .into_any()
    })
}

fn search(filter: &CustomerFilter) -> AnyView {
    let sort = (!filter.sort.is_empty())
        .then(|| view! { <input type="hidden" name="sort" value=filter.sort.clone() /> });
    view! {
        <form class="filters" action="/admin/customers" role="search" aria-label="This list">
            {sort}
            <div class="input-group">
                {icon(Icon::Search)}
                <label class="sr" for="find">
                    "Find a customer"
                </label>
                <input
                    class="input"
                    id="find"
                    type="search"
                    name="q"
                    value=filter.q.clone()
                    placeholder="Name or e-mail"
                    maxlength="100"
                />
            </div>
            <button class="btn btn--quiet" type="submit">
                "Show"
            </button>
        </form>
    }
    .into_any()
}

fn table(filter: &CustomerFilter, list: &CustomerList) -> AnyView {
    let (sort, falls) = filter.sort();
    let head = |which: CustomerSort, label: &str, end| {
        let towards = if falls { "descending" } else { "ascending" };
        let towards = (which == sort).then_some(towards);
        sort_head(label, filter.sort_href(which), towards, end)
    };
    let rows = list.rows.iter().map(row).collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="group" aria-label="Customers table">
            <table class="table table--list">
                <thead>
                    <tr>
                        <th scope="col">"Customer"</th>
                        <th scope="col">"E-mail"</th>
                        {head(CustomerSort::Date, "Since", false)}
                        <th scope="col">"Last order"</th>
                        {head(CustomerSort::Orders, "Orders", true)}
                        {head(CustomerSort::Spent, "Spent", true)}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(row: &CustomerRow) -> AnyView {
    let name = if row.name.is_empty() {
        row.email.clone()
    } else {
        row.name.clone()
    };
    view! {
        <tr>
            <td class="c-main">
                <a href=row.href()>{name}</a>
            </td>
            <td class="c-sub">{row.email.clone()}</td>
            <td class="c-hide soft">{row.since.clone()}</td>
            <td class="c-hide soft">{row.last_order.clone()}</td>
            <td class="c-side end">{row.orders}</td>
            <td class="c-end end">{row.spent.to_string()}</td>
        </tr>
    }
    .into_any()
}
