//! The pieces that screens of the admin are made of, besides those of the shop.

use super::icon::{AdminIcon, admin_icon};
use crate::ui::{Icon, icon};
use leptos::prelude::*;

/// The head of a page: where one comes from, what it is, and what can be done with it.
pub(crate) fn page_head(
    back: Option<(&str, &str)>,
    title: impl Into<String>,
    beside: Option<AnyView>,
    actions: Option<AnyView>,
) -> AnyView {
    let back = back.map(|(href, label)| {
        view! {
            <a class="back" href=href.to_owned()>
                {admin_icon(AdminIcon::Back)}
                {label.to_owned()}
            </a>
        }
    });
    view! {
        <header class="page-head">
            <div class="page-head__title">
                {back}
                <div class="page-head__row">
                    <h1>{title.into()}</h1>
                    {beside}
                </div>
            </div>
            {actions}
        </header>
    }
    .into_any()
}

/// A card with a head.
pub(crate) fn card(title: &str, beside: Option<AnyView>, body: AnyView) -> AnyView {
    view! {
        <section class="card" aria-label=title.to_owned()>
            <div class="card__head">
                <h2>{title.to_owned()}</h2>
                {beside}
            </div>
            <div class="card__body">{body}</div>
        </section>
    }
    .into_any()
}

/// How a state is drawn: open, half and whole dots tell what colour alone would not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dot {
    Open,
    Half,
    Whole,
}

/// What a state means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Plain,
    Accent,
    Positive,
    Caution,
    Critical,
}

/// A state in a word.
pub(crate) fn badge(mood: Mood, dot: Dot, words: &str) -> AnyView {
    let mood = match mood {
        Mood::Plain => "",
        Mood::Accent => " badge--accent",
        Mood::Positive => " badge--positive",
        Mood::Caution => " badge--caution",
        Mood::Critical => " badge--critical",
    };
    let dot = match dot {
        Dot::Open => " badge--open",
        Dot::Half => " badge--half",
        Dot::Whole => "",
    };
    view! { <span class=format!("badge{mood}{dot}")>{words.to_owned()}</span> }.into_any()
}

/// The pages before and behind, where there are some.
pub(crate) fn pages(previous: Option<String>, next: Option<String>) -> AnyView {
    let way = |href: Option<String>, which: AdminIcon, words: &'static str| match href {
        Some(href) => view! {
            <a href=href>
                {admin_icon(which)} <span class="sr">{words}</span>
            </a>
        }
        .into_any(),
        None => view! {
            <span aria-disabled="true">
                {admin_icon(which)} <span class="sr">{words}</span>
            </span>
        }
        .into_any(),
    };
    view! {
        <nav class="pagination" aria-label="Pages">
            {way(previous, AdminIcon::Back, "Previous page")} {way(next, AdminIcon::Next, "Next page")}
        </nav>
    }
    .into_any()
}

/// A head of a column that sorts. `towards` is how it is sorted now: `ascending`, `descending` or not.
pub(crate) fn sort_head(
    label: &str,
    href: String,
    towards: Option<&'static str>,
    end: bool,
) -> AnyView {
    let arrow = towards.map(|_| admin_icon(AdminIcon::Sort));
    view! {
        <th scope="col" aria-sort=towards class=end.then_some("end")>
            <a class="th-sort" href=href>
                {label.to_owned()}
                {arrow}
            </a>
        </th>
    }
    .into_any()
}

/// A list without rows: what it would hold, and what to do.
pub(crate) fn nothing(title: &str, words: &str, action: Option<(&str, &str)>) -> AnyView {
    let action = action.map(|(href, label)| {
        view! {
            <a class="btn btn--quiet" href=href.to_owned()>
                {label.to_owned()}
            </a>
        }
    });
    view! {
        <div class="nothing">
            <p class="strong">{title.to_owned()}</p>
            <p class="soft">{words.to_owned()}</p>
            {action}
        </div>
    }
    .into_any()
}

/// What is wrong with a form, above it.
pub(crate) fn refusal(words: Option<&str>) -> AnyView {
    words
        .map(|words| {
            view! {
                <p class="refusal" role="alert">
                    {icon(Icon::Alert)}
                    <span>{words.to_owned()}</span>
                </p>
            }
        })
        .into_any()
}

/// A name and what it stands for, row by row.
pub(crate) fn facts(rows: Vec<(&'static str, AnyView)>) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|(name, what)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{what}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="kv">{rows}</dl> }.into_any()
}

/// An address with these parameters, those without a value left out.
pub(crate) fn address(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut query = domain::query::Query::new();
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        query.add(name, value);
    }
    query.after(path)
}
