//! Whom the checkout knows: the way to sign in, or the address book.

use crate::ui::choice;
use domain::checkout::CheckoutView;
use leptos::prelude::*;

/// For a stranger the way to the account; for a customer the addresses that they keep.
pub(super) fn book(view: &CheckoutView) -> AnyView {
    if !view.is_signed_in {
        return view! {
            <p class="small soft">
                "You have an account? " <a href="/account/sign-in?to=/checkout">"Sign in"</a>
                ", and we fill this in for you."
            </p>
        }
        .into_any();
    }
    if view.saved.is_empty() {
        return ().into_any();
    }
    let chosen = &view.form.saved;
    let options: Vec<_> = view
        .saved
        .iter()
        .map(|saved| {
            let id = saved.id.to_string();
            choice(&id, &saved.label(), id == *chosen)
        })
        .collect();
    // The first button of a form is what the Enter key presses: it must not write over what was typed.
    view! {
        <fieldset class="checkout__book">
            <legend class="sr">"Your addresses"</legend>
            <button
                class="sr"
                type="submit"
                name="action"
                value="update"
                tabindex="-1"
                aria-hidden="true"
                formnovalidate
            >
                "Update delivery and total"
            </button>
            <div class="field">
                <label class="field__label" for="saved">
                    "One of your addresses"
                </label>
                <div class="code-row">
                    <select class="select" id="saved" name="saved">
                        {options}
                    </select>
                    <button
                        class="btn btn--quiet"
                        type="submit"
                        name="action"
                        value="use"
                        formnovalidate
                    >
                        "Use this address"
                    </button>
                </div>
            </div>
        </fieldset>
    }
    .into_any()
}
