//! The door: coming in, opening an account, and what both lead to.

use super::parts::{before, button, done, new_password, present_password, refusal};
use crate::{
    Frame,
    ui::{Input, Kind, input},
};
use domain::accounts::{AccountError, SignInForm, SignUpError, SignUpForm};
use leptos::prelude::*;

/// The form of the door. `word` says what was just done.
pub fn sign_in(
    frame: &Frame,
    form: &SignInForm,
    error: Option<AccountError>,
    word: &str,
) -> String {
    let described = error.is_some().then_some("refusal");
    let told = refusal(error.map(|error| error.to_string())).into_any();
    let done = done(word).into_any();
    before(frame, "Sign in", || {
        let email = input(&Input {
            described,
            autocomplete: "username",
            ..Input::new("email", "E-mail", Kind::Email, &form.email)
        });
        let to = (!form.to.is_empty())
            .then(|| view! { <input type="hidden" name="to" value=form.to.clone() /> });
        view! {
            {done}
            {told}
            <form class="form-grid" method="post" action="/account/sign-in">
                {email} {present_password("password", None)} {to} {button("Sign in")}
            </form>
            <p>
                <a href="/account/forgot">"Forgotten your password?"</a>
            </p>
            <p>
                "New here? " <a href="/account/sign-up">"Open an account"</a>
                ". You can order without one, too, and "
                <a href="/orders/find">"find an order"</a> " by its number."
            </p>
        }
        .into_any()
    })
}

/// The form that opens an account.
pub fn sign_up(frame: &Frame, form: &SignUpForm, error: &SignUpError) -> String {
    let words = |error: Option<AccountError>| error.map(|error| error.to_string());
    let told = refusal(words(error.form)).into_any();
    let (name_error, email_error) = (words(error.name), words(error.email));
    let password_error = error.password.map(|error| error.to_string());
    before(frame, "Open an account", || {
        let name = input(&Input {
            autocomplete: "name",
            error: name_error.as_deref(),
            ..Input::new("name", "Full name", Kind::Text, &form.name)
        });
        let email = input(&Input {
            autocomplete: "username",
            error: email_error.as_deref(),
            ..Input::new("email", "E-mail", Kind::Email, &form.email)
        });
        view! {
            <p class="lede">
                "Your orders in one place, your addresses at the checkout, and your basket on every device."
            </p>
            {told}
            <form class="form-grid" method="post" action="/account/sign-up">
                {name}
                {email}
                {new_password(password_error.as_deref())}
                {button("Open the account")}
            </form>
            <p>
                "You have one already? " <a href="/account/sign-in">"Sign in"</a>
            </p>
        }
        .into_any()
    })
}

/// The answer to everything that sends a mail: the same, whether one was sent or not.
pub fn sent(frame: &Frame) -> String {
    before(frame, "Look into your mail", || {
        view! {
            <p class="lede">
                "If the address is right, there is a mail from us with what comes next. It may take a minute."
            </p>
            <p class="soft">
                "Nothing there? Look among what your mail program takes for advertising, or try once more."
            </p>
            <p>
                <a class="btn btn--quiet" href="/account">
                    "To your account"
                </a>
            </p>
        }
        .into_any()
    })
}
