//! The search over everything.

use crate::{
    admin::{
        AdminFrame, page,
        ui::{address, card, nothing, page_head},
    },
    ui::{Icon, icon},
};
use domain::staff::{AdminHit, AdminHits, Permission};
use leptos::prelude::*;

/// What was found, by kind, for what was typed.
pub fn search(frame: &AdminFrame, q: &str, hits: &AdminHits) -> String {
    page(frame, "Search", || {
        let all = |path: &str| address(path, &[("q", q)]);
        let products = frame
            .may(Permission::ViewProducts)
            .then(|| all("/admin/products"));
        let kinds = [
            ("Orders", &hits.orders, Some(all("/admin/orders"))),
            ("Products", &hits.products, products),
            ("Customers", &hits.customers, Some(all("/admin/customers"))),
        ];
        let found = kinds
            .into_iter()
            .filter(|(_, hits, _)| !hits.is_empty())
            .map(|(title, hits, all)| kind(title, hits, all))
            .collect_view();
        let none = hits.orders.is_empty() && hits.products.is_empty() && hits.customers.is_empty();
        let none = (none && !q.trim().is_empty()).then(|| {
            nothing(
                "Nothing fits",
                "Try a number, a name, an e-mail address or a SKU, or a part of one.",
                None,
            )
        });
        view! { {page_head(None, "Search", None, None)} {form(q)} {found} {none} }
    })
}

fn form(q: &str) -> AnyView {
    view! {
        <form class="filters" action="/admin/search" role="search" aria-label="Search again">
            <div class="input-group">
                {icon(Icon::Search)}
                <label class="sr" for="find">
                    "Search orders, products and customers"
                </label>
                <input
                    class="input"
                    id="find"
                    type="search"
                    name="q"
                    value=q.to_owned()
                    placeholder="Number, name, e-mail or SKU"
                    maxlength="100"
                />
            </div>
            <button class="btn btn--quiet" type="submit">
                "Search"
            </button>
        </form>
    }
    .into_any()
}

fn kind(title: &'static str, hits: &[AdminHit], all: Option<String>) -> AnyView {
    let all = all.map(|href| {
        view! {
            <a class="quiet-link" href=href>
                "All that fit"
            </a>
        }
        .into_any()
    });
    let rows = hits
        .iter()
        .map(|hit| {
            view! {
                <tr>
                    <td class="c-main">
                        <a href=hit.href.clone()>{hit.title.clone()}</a>
                    </td>
                    <td class="c-sub soft">{hit.beside.clone()}</td>
                </tr>
            }
        })
        .collect_view();
    let table = view! {
        <div class="table-wrap" tabindex="0" role="group" aria-label=title>
            <table class="table table--list">
                <caption class="sr">{title}</caption>
                <tbody>{rows}</tbody>
            </table>
        </div>
    };
    card(title, all, table.into_any())
}
