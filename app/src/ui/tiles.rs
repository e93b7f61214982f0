//! Categories to go to, each with a picture of something in it.

use super::picture::{Sizes, picture};
use domain::catalog::CategoryLink;
use leptos::prelude::*;

/// Categories beside each other.
pub(crate) fn tiles(categories: &[CategoryLink]) -> impl IntoView + use<> {
    let tiles = categories.iter().map(|category| {
        let tone = category
            .picture
            .as_ref()
            .map(|picture| picture.tone.clone());
        view! {
            <li class="tile">
                <span class="media" data-tone=tone>
                    {category.picture.as_ref().map(|shown| picture(shown, Sizes::Grid, false))}
                </span>
                <h3 class="display display--lg">
                    <a href=category.href.clone()>{category.name.clone()}</a>
                </h3>
                <p class="small soft num">{things(category.count)}</p>
            </li>
        }
    });
    view! { <ul class="tiles">{tiles.collect_view()}</ul> }
}

/// How many things, in words.
pub(crate) fn things(count: impl Into<i64>) -> String {
    let count = count.into();
    if count == 1 {
        "1 thing".to_owned()
    } else {
        format!("{count} things")
    }
}
