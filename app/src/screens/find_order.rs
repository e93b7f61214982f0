//! The way back to an order for those who have no account: by its number and the e-mail address.

use crate::{
    Frame,
    document::{Head, render},
    ui::{Input, Kind, Tone, input, notice},
};
use domain::orders::{FindOrderError, FindOrderForm};
use leptos::prelude::*;

/// The page with the form.
pub fn find_order(frame: &Frame, form: &FindOrderForm, error: Option<FindOrderError>) -> String {
    render(frame, Head::private("Find an order"), || {
        content(form, error)
    })
}

fn content(form: &FindOrderForm, error: Option<FindOrderError>) -> impl IntoView + use<> {
    let described = matches!(error, Some(FindOrderError::NotFound)).then_some("find-error");
    let number = Input {
        described,
        ..Input::new("number", "Order number", Kind::Digits, &form.number)
    };
    let email = Input {
        described,
        autocomplete: "email",
        ..Input::new("email", "E-mail", Kind::Email, &form.email)
    };
    let error = error.map(|error| {
        view! { <div id="find-error">{notice(Tone::Critical, None, error.to_string())}</div> }
    });
    view! {
        <div class="wrap section--tight find-order">
            <div class="stack">
                <h1 class="display display--3xl">"Find an order"</h1>
                <p class="lede">
                    "Its number and your e-mail address are in the receipt that we sent. There you also find a link that leads straight to it."
                </p>
                {error}
                <form class="form-grid mt-4" method="post" action="/orders/find">
                    {input(&number)} {input(&email)}
                    <div>
                        <button class="btn btn--large" type="submit">
                            "Find it"
                        </button>
                    </div>
                </form>
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screens::fixtures::{HOSTILE, frame, keeps_to_policy};

    #[test]
    fn what_was_typed_stays_and_the_error_is_linked() {
        let form = FindOrderForm {
            number: HOSTILE.into(),
            email: HOSTILE.into(),
        };
        let html = find_order(
            &frame("/orders/find"),
            &form,
            Some(FindOrderError::NotFound),
        );
        keeps_to_policy(&html);
        assert_eq!(html.matches("aria-describedby=\"find-error\"").count(), 2);
        assert_eq!(html.matches("id=\"find-error\"").count(), 1);
        assert!(html.contains("We find no order"));
    }
}
