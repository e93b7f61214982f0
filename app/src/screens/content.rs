//! A page of text.

use crate::{
    Frame,
    document::{Head, render},
    ui::breadcrumbs,
};
use domain::content::ContentPage;
use leptos::prelude::*;

/// A page of text.
pub fn content(frame: &Frame, page: &ContentPage) -> String {
    let head = Head::public(page.seo.title.clone(), page.seo.description.clone());
    render(frame, head, || {
        view! {
            <div class="wrap section--after">
                {breadcrumbs(&[], &page.title)}
                <article class="article">
                    <h1 class="display display--3xl">{page.title.clone()}</h1>
                    <div class="prose" inner_html=page.body_html.clone() />
                </article>
            </div>
        }
    })
}
