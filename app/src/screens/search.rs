//! The search.

use super::category::{bar, neighbours};
use crate::{
    Frame,
    document::{Head, render},
    ui::{Icon, Tone, empty, icon, notice, pages, product_grid, tiles},
};
use domain::catalog::{CategoryLink, SearchPage, Sort};
use leptos::prelude::*;
use std::fmt::Write;

const PATH: &str = "/search";

/// What was found, or where to go on from nothing.
pub fn search(frame: &Frame, page: &SearchPage) -> String {
    let asked = !page.query.is_empty();
    let title = if asked {
        format!("Search: {}", page.query)
    } else {
        "Search".to_owned()
    };
    let neighbours = neighbours(PATH, Some(&page.query), &page.listing);
    // A search is not a page of its own for search engines.
    let head = Head {
        neighbours: neighbours.clone(),
        ..Head::private(title)
    };
    render(frame, head, || {
        let [previous, next] = neighbours;
        let found = !page.listing.cards.is_empty();
        let instead = page.instead.as_ref().filter(|_| found).map(|_| {
            let words = format!(
                "Nothing is called “{}”. This is what comes close.",
                page.query
            );
            notice(Tone::Calm, None, view! { <p>{words}</p> })
        });
        view! {
            <div class="wrap section--tight">
                {form(&page.query)} {instead}
                {found.then(|| (
                    bar(PATH, Some(&page.query), &page.listing),
                    product_grid(&page.listing.cards, true, 2),
                    view! { <div class="section--tight">{pages(previous, next)}</div> },
                ))}
                {(!found && asked).then(nothing)} {(!found).then(|| ways_on(&page.categories))}
            </div>
        }
    })
}

fn form(query: &str) -> impl IntoView + use<> {
    view! {
        <form class="search" action=PATH role="search">
            <h1 class="display display--2xl">
                <label for="q">"What are you looking for?"</label>
            </h1>
            <div class="search__row">
                <input
                    class="input"
                    id="q"
                    name="q"
                    r#type="search"
                    value=query.to_owned()
                    maxlength="200"
                    autocomplete="off"
                    enterkeyhint="search"
                    placeholder="A mug, oak, something for the table"
                />
                <button class="btn" r#type="submit">
                    {icon(Icon::Search)}
                    "Search"
                </button>
            </div>
        </form>
    }
}

fn nothing() -> impl IntoView {
    empty(
        Icon::Search,
        "Nothing found",
        "Try fewer letters, or another word for it: a jug may be a pitcher to us.",
        (),
    )
}

fn ways_on(categories: &[CategoryLink]) -> impl IntoView + use<> {
    (!categories.is_empty()).then(|| {
        view! {
            <section class="search__rooms" aria-labelledby="rooms-title">
                <h2 class="display display--xl" id="rooms-title">
                    "Or look around"
                </h2>
                {tiles(categories)}
            </section>
        }
    })
}

/// The order of a listing: a form that works without script.
pub(super) fn sort_form(path: &str, query: Option<&str>, chosen: Sort) -> impl IntoView + use<> {
    let options = Sort::ALL.iter().map(|sort| {
        let label = match sort {
            Sort::Featured if query.is_some() => "Best match",
            sort => sort.label(),
        };
        view! {
            <option value=sort.as_str() selected=*sort == chosen>
                {label}
            </option>
        }
    });
    view! {
        <form class="sort" action=path.to_owned()>
            {query.map(|query| view! { <input r#type="hidden" name="q" value=query.to_owned() /> })}
            <label for="sort">"Sort by"</label>
            <select class="select" id="sort" name="sort">
                {options.collect_view()}
            </select>
            <button class="btn btn--quiet" r#type="submit">
                "Sort"
            </button>
        </form>
    }
}

/// The address of a page of a listing. What is as usual is left out.
pub(super) fn link(path: &str, query: Option<&str>, sort: Sort, cursor: Option<&str>) -> String {
    let mut address = path.to_owned();
    let mut sign = '?';
    let mut add = |name: &str, value: &str| {
        // Writing to a String cannot fail.
        let _ = write!(address, "{sign}{name}={value}");
        sign = '&';
    };
    if let Some(query) = query {
        add("q", &encode(query));
    }
    if sort != Sort::Featured {
        add("sort", sort.as_str());
    }
    if let Some(cursor) = cursor {
        add("after", cursor);
    }
    address
}

/// A text as it stands in a query.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            b' ' => encoded.push('+'),
            _ => {
                // Writing to a String cannot fail.
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_say_only_what_is_unusual() {
        assert_eq!(
            link("/categories/kitchen", None, Sort::Featured, None),
            "/categories/kitchen"
        );
        assert_eq!(
            link("/search", Some("tea & “milk”"), Sort::Newest, Some("a1")),
            "/search?q=tea+%26+%E2%80%9Cmilk%E2%80%9D&sort=newest&after=a1"
        );
    }
}
