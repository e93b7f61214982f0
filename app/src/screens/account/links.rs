//! What links in mails lead to.

use super::parts::{before, button, new_password, present_password, refusal};
use crate::{
    Frame,
    ui::{Icon, Input, Kind, icon, input},
};
use domain::accounts::{AccountError, ForgotForm};
use leptos::prelude::*;

/// Confirms the address of a new account, with its password.
pub fn confirm(frame: &Frame, link: &str, error: Option<AccountError>) -> String {
    let (field, form) = split(error, AccountError::WrongPassword);
    let action = format!("/account/confirm/{link}");
    before(frame, "Confirm your address", || {
        view! {
            <p class="lede">"Please type the password that you chose: then it is your account, and you are in."</p>
            {refusal(form)}
            <form class="form-grid" method="post" action=action>
                {present_password("password", field.as_deref())}
                {button("Confirm and sign in")}
            </form>
            <p>
                "You do not know it? " <a href="/account/forgot">"Choose another password"</a>
            </p>
        }
        .into_any()
    })
}

/// What belongs to the field, and what to the whole form.
fn split(error: Option<AccountError>, at_field: AccountError) -> (Option<String>, Option<String>) {
    let words = |error: AccountError| error.to_string();
    match error {
        Some(error) if error == at_field => (Some(words(error)), None),
        other => (None, other.map(words)),
    }
}

/// Asks for a link to another password.
pub fn forgot(frame: &Frame, form: &ForgotForm, error: Option<AccountError>) -> String {
    let described = error.is_some().then_some("refusal");
    let told = refusal(error.map(|error| error.to_string())).into_any();
    before(frame, "Choose another password", || {
        let email = input(&Input {
            described,
            autocomplete: "username",
            ..Input::new("email", "E-mail", Kind::Email, &form.email)
        });
        view! {
            <p class="lede">"We send you a link by which you choose another password. It holds for an hour."</p>
            {told}
            <form class="form-grid" method="post" action="/account/forgot">
                {email}
                {button("Send the link")}
            </form>
        }
        .into_any()
    })
}

/// Takes another password.
pub fn reset(frame: &Frame, link: &str, error: Option<AccountError>) -> String {
    let error = error.map(|error| error.to_string());
    let action = format!("/account/reset/{link}");
    before(frame, "Choose another password", || {
        view! {
            <p class="lede">"All browsers that are signed in with the old one will be signed out."</p>
            <form class="form-grid" method="post" action=action>
                {new_password(error.as_deref())}
                {button("Keep this password")}
            </form>
        }
        .into_any()
    })
}

/// Makes the new address the account's.
pub fn take_email(frame: &Frame, link: &str) -> String {
    let action = format!("/account/email/{link}");
    before(frame, "Confirm your new address", || {
        view! {
            <p class="lede">"Mail about your orders goes there from now on, and you sign in with it."</p>
            <form method="post" action=action>
                {button("Use this address")}
            </form>
        }
        .into_any()
    })
}

/// A link that leads nowhere any more.
pub fn link_over(frame: &Frame) -> String {
    before(frame, "This link is over", || {
        view! {
            <p class="lede">
                "It was used already, or it is too old. Signing in brings you on: where your address still has to be confirmed, you get a new link."
            </p>
            <div class="row">
                <a class="btn" href="/account/sign-in">
                    {icon(Icon::Person)}
                    "Sign in"
                </a>
                <a class="btn btn--quiet" href="/account/forgot">
                    "Choose another password"
                </a>
            </div>
        }
        .into_any()
    })
}
