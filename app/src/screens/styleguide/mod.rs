//! The style guide: every piece of the design in every state, made of the pieces themselves. Shown in development.

mod forms;
mod ground;
mod samples;
mod selling;

use crate::{
    Frame,
    document::{Head, render},
};
use leptos::prelude::*;

/// The style guide.
pub fn styleguide(frame: &Frame) -> String {
    render(frame, Head::private("Style guide"), || {
        view! {
            <div class="wrap section--tight stack stack--loose">
                <h1 class="display display--3xl">"Style guide"</h1>
                {part("Type", ground::type_scale().into_any())}
                {part("Colour", ground::colours().into_any())}
                {part("Space", ground::spaces().into_any())}
                {part("Motion", ground::motion().into_any())}
                {part("Icons", ground::icons().into_any())}
                {part("Buttons", forms::buttons().into_any())}
                {part("Fields", forms::fields().into_any())}
                {part("Choices", forms::choices().into_any())}
                {part("Notices", selling::notices().into_any())}
                {part("Prices, badges, chips", selling::words().into_any())}
                {part("The picker of a product", selling::picker().into_any())}
                {part("Products", selling::products().into_any())}
                {part("Categories", selling::categories().into_any())}
                {part("Rows of a basket", selling::rows().into_any())}
                {part("Sums and receipts", selling::sums().into_any())}
                {part("A timeline", selling::way().into_any())}
                {part("Ways", selling::ways().into_any())}
                {part("Nothing", selling::nothing().into_any())}
            </div>
        }
    })
}

fn part(title: &'static str, body: AnyView) -> impl IntoView {
    view! {
        <section class="stack">
            <h2 class="display display--xl">{title}</h2>
            {body}
        </section>
    }
}
