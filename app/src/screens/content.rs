//! A page of text.

use crate::{
    Frame,
    document::{Head, render},
    ui::breadcrumbs,
};
use domain::content::{ContentPage, Link};
use leptos::prelude::*;

/// A page of text, with those beside it that the footer groups it with.
pub fn content(frame: &Frame, page: &ContentPage) -> String {
    let head = Head::public(page.seo.title.clone(), page.seo.description.clone());
    let href = format!("/pages/{}", page.handle);
    let chrome = &frame.chrome;
    let columns = chrome
        .footer
        .iter()
        .map(|column| (column.title.as_str(), column.links.as_slice()));
    let group = columns
        .chain([("Small print", chrome.legal.as_slice())])
        .find(|(_, links)| links.iter().any(|link| link.href == href));
    render(frame, head, || {
        view! {
            <div class="wrap section--after">
                {breadcrumbs(&[], &page.title)}
                <div class="text-page">
                    <article class="article">
                        <h1 class="display display--3xl">{page.title.clone()}</h1>
                        <div class="prose" inner_html=page.body_html.clone() />
                    </article>
                    {group.map(|(title, links)| beside(title, links, &href))}
                </div>
            </div>
        }
    })
}

fn beside(title: &str, links: &[Link], here: &str) -> impl IntoView + use<> {
    let links = links.iter().map(|link| {
        let current = (link.href == here).then_some("page");
        view! {
            <li>
                <a href=link.href.clone() aria-current=current>
                    {link.label.clone()}
                </a>
            </li>
        }
    });
    view! {
        <nav class="text-page__beside" aria-label=title.to_owned()>
            <ul>{links.collect_view()}</ul>
        </nav>
    }
}
