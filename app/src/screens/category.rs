//! A category.

use super::search::{link, sort_form};
use crate::{
    Frame,
    document::{Head, render},
    ui::{Icon, breadcrumbs, empty, pages, product_grid, things},
};
use domain::catalog::{CategoryLink, CategoryPage, Crumb, Format, Listing};
use leptos::prelude::*;
use serde_json::json;

/// How many cards of a listing are seen at once.
const EAGER: usize = 2;

/// A category with a page of its products.
pub fn category(frame: &Frame, page: &CategoryPage) -> String {
    let neighbours = neighbours(&page.href, None, &page.listing);
    let lead = page
        .listing
        .cards
        .first()
        .and_then(|card| card.picture.as_ref());
    let head = Head {
        picture: lead.map(|picture| picture.url_near(800, Format::Jpeg)),
        about: vec![breadcrumb_list(
            frame,
            &page.breadcrumbs,
            &page.name,
            &page.href,
        )],
        neighbours: neighbours.clone(),
        ..Head::public(page.title.clone(), page.description.clone())
    };
    render(frame, head, || {
        let [previous, next] = neighbours;
        view! {
            <div class="wrap">
                <div class="listing-head">
                    {breadcrumbs(&page.breadcrumbs, &page.name)}
                    <h1 class="display display--3xl">{page.title.clone()}</h1>
                    <p class="soft">{page.description.clone()}</p>
                </div>
                {links(frame, page)}
                {bar(&page.href, None, &page.listing)}
                {if page.listing.cards.is_empty() {
                    nothing().into_any()
                } else {
                    product_grid(&page.listing.cards, true, EAGER).into_any()
                }}
                <div class="section--tight">{pages(previous, next)}</div>
            </div>
        }
    })
}

fn nothing() -> impl IntoView {
    let way_on = view! {
        <a class="btn btn--quiet" href="/">
            "See what there is"
        </a>
    };
    empty(
        Icon::Bag,
        "Nothing here yet",
        "The kiln is still warm. Look in again, or look at what is there already.",
        way_on,
    )
}

/// Categories below this one, or beside it.
fn links(frame: &Frame, page: &CategoryPage) -> impl IntoView + use<> {
    let item = |link: &CategoryLink| {
        let current = frame.current(&link.href);
        view! {
            <li>
                <a class="chip" href=link.href.clone() aria-current=current>
                    {link.name.clone()} <span class="soft num">{link.count}</span>
                </a>
            </li>
        }
    };
    (!page.links.is_empty()).then(|| {
        view! {
            <nav aria-label="Categories" class="listing__links">
                <ul class="listing__chips">{page.links.iter().map(item).collect_view()}</ul>
            </nav>
        }
    })
}

/// How many there are, and in which order.
pub(super) fn bar(path: &str, query: Option<&str>, listing: &Listing) -> impl IntoView + use<> {
    view! {
        <div class="listing__bar">
            <h2 class="small soft num">{things(listing.total)}</h2>
            {(listing.total > 1).then(|| sort_form(path, query, listing.sort))}
        </div>
    }
}

/// The addresses of the pages before and behind.
pub(super) fn neighbours(
    path: &str,
    query: Option<&str>,
    listing: &Listing,
) -> [Option<String>; 2] {
    [&listing.previous, &listing.next].map(|cursor| {
        cursor
            .as_ref()
            .map(|cursor| link(path, query, listing.sort, Some(cursor)))
    })
}

/// The way to a page, for machines.
pub(super) fn breadcrumb_list(
    frame: &Frame,
    crumbs: &[Crumb],
    here: &str,
    href: &str,
) -> serde_json::Value {
    let home = ("Home", "/");
    let way = crumbs
        .iter()
        .map(|crumb| (crumb.name.as_str(), crumb.href.as_str()));
    let items: Vec<_> = std::iter::once(home)
        .chain(way)
        .chain(std::iter::once((here, href)))
        .enumerate()
        .map(|(at, (name, href))| {
            json!({ "@type": "ListItem", "position": at + 1, "name": name, "item": frame.absolute(href) })
        })
        .collect();
    json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items })
}
