//! The header and the footer.

mod footer;
mod header;

use crate::{Frame, document::Around, islands::CartDrawer};
use leptos::prelude::*;

/// What stands above a page.
pub(crate) fn top(frame: &Frame, around: Around) -> AnyView {
    let skip = view! {
        <a class="skip" href="#main">
            "Skip to the content"
        </a>
    };
    match around {
        Around::Shop => (skip, header::header(frame)).into_any(),
        Around::Checkout => (skip, header::slim(frame)).into_any(),
    }
}

/// What stands below it.
pub(crate) fn bottom(frame: &Frame, around: Around) -> AnyView {
    match around {
        Around::Shop => (footer::footer(frame), view! { <CartDrawer /> }).into_any(),
        Around::Checkout => footer::slim(frame).into_any(),
    }
}

/// The shop's name as it is drawn: an ampersand in it leans.
fn wordmark(name: &str) -> impl IntoView + use<> {
    let words = match name.split_once(" & ") {
        Some((before, behind)) => {
            view! { {before.to_owned()} " " <em>"&"</em> " " {behind.to_owned()} }.into_any()
        }
        None => name.to_owned().into_any(),
    };
    view! {
        <a class="wordmark" href="/" aria-label=format!("{name}, home")>
            {words}
        </a>
    }
}
