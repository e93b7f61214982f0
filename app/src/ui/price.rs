//! Prices.

use domain::Money;
use leptos::prelude::*;

/// What something costs, and what it used to cost where that was more.
pub(crate) fn price(now: Money, is_from: bool, before: Option<Money>) -> impl IntoView {
    let amount = if is_from {
        now.to_string()
    } else {
        now.or_free()
    };
    let on_sale = before.is_some();
    view! {
        <p class=if on_sale { "price price--sale" } else { "price" }>
            <span>
                {on_sale.then(|| view! { <span class="sr">"Now "</span> })}
                {is_from.then_some("from ")}
                {amount}
            </span>
            {before
                .map(|before| {
                    view! {
                        " "
                        <s>
                            <span class="sr">"Was "</span>
                            {before.to_string()}
                        </s>
                    }
                })}
        </p>
    }
}
