//! Leaving.

use super::parts::{behind, present_password, refusal};
use crate::Frame;
use domain::accounts::AccountError;
use leptos::prelude::*;

/// The form that deletes the account, with what goes and what stays.
pub fn delete(frame: &Frame, error: Option<AccountError>) -> String {
    let words = error.map(|error| error.to_string());
    let is_password = error == Some(AccountError::WrongPassword);
    let rest = words.clone().filter(|_| !is_password);
    let at_field = words.filter(|_| is_password);
    behind(frame, "Delete the account", || {
        view! {
            {refusal(rest)}
            <div class="stack">
                <p>
                    "Your account goes, with your name, your address book, your basket, and everything by which you sign in. This cannot be undone."
                </p>
                <p>
                    "What you paid for stays in our books, with the name and the addresses on it, since the law wants invoices kept. From orders that were never paid you are taken out. Return and repair still work: keep the mails about your orders."
                </p>
                <p>
                    "You may want to "
                    <a href="/account/data.json" download="account.json">
                        "download your data"
                    </a> " first."
                </p>
            </div>
            <form class="form-grid account__form" method="post" action="/account/delete">
                {present_password("password", at_field.as_deref())} <div class="row">
                    <button class="btn btn--danger btn--large" type="submit">
                        "Delete my account"
                    </button>
                    <a class="link" href="/account/details">
                        "Keep it"
                    </a>
                </div>
            </form>
        }
        .into_any()
    })
}
