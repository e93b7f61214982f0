//! What stands around products: categories and makers.

mod brands;
mod categories;

pub use brands::{brand_editor, brands};
pub use categories::{categories, category_editor};

use crate::admin::ui::card;
use domain::catalog::edit::FormErrors;
use leptos::prelude::*;

/// The button that deletes something, where it can be, and why it was not.
fn deletion(action: String, can: bool, otherwise: &'static str, errors: &FormErrors) -> AnyView {
    let wrong = errors.of("delete").map(str::to_owned);
    let body = if can {
        view! {
            <form method="post" action=action>
                <button class="btn btn--quiet" type="submit">
                    "Delete it"
                </button>
            </form>
        }
        .into_any()
    } else {
        view! { <p class="soft">{wrong.unwrap_or_else(|| otherwise.to_owned())}</p> }.into_any()
    };
    card("Delete", None, body)
}
