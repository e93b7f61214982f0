//! Ways through the shop.

use super::icon::{Icon, icon};
use domain::catalog::Crumb;
use leptos::prelude::*;

/// The way from the home page to this one.
pub(crate) fn breadcrumbs(crumbs: &[Crumb], here: &str) -> impl IntoView + use<> {
    let links = crumbs.iter().map(|crumb| {
        view! {
            <li>
                <a href=crumb.href.clone()>{crumb.name.clone()}</a>
            </li>
        }
    });
    view! {
        <nav class="breadcrumbs" aria-label="Breadcrumbs">
            <ol>
                <li>
                    <a href="/">"Home"</a>
                </li>
                {links.collect_view()}
                <li aria-current="page">{here.to_owned()}</li>
            </ol>
        </nav>
    }
}

/// Links to the page before and the page behind; nothing where there is neither.
pub(crate) fn pages(previous: Option<String>, next: Option<String>) -> impl IntoView {
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pagination" aria-label="Pages">
                {previous.map(|href| view! { <a href=href rel="prev">{icon(Icon::Back)} "Previous"</a> })}
                {next.map(|href| view! { <a href=href rel="next">"Next" {icon(Icon::Forward)}</a> })}
            </nav>
        }
    })
}
