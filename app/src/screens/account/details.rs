//! What somebody is called, where mail reaches them, and their password.

use super::parts::{behind, button, done, new_password, present_password, refusal};
use crate::{
    Frame,
    ui::{Input, Kind, Tone, input, notice},
};
use domain::accounts::{AccountError, DetailsForm, EmailForm, Profile};
use leptos::prelude::*;

/// The page of details. `word` says what was just done.
pub fn details(
    frame: &Frame,
    profile: &Profile,
    form: &DetailsForm,
    error: Option<AccountError>,
    word: &str,
) -> String {
    let error = error.map(|error| error.to_string());
    let done = done(word).into_any();
    behind(frame, "Details and data", || {
        let name = input(&Input {
            autocomplete: "name",
            error: error.as_deref(),
            ..Input::new("name", "Full name", Kind::Text, &form.name)
        });
        let waits = profile.new_email.clone().map(|email| {
            notice(
                Tone::Calm,
                None,
                format!(
                    "{email} takes its place once you have followed the link that we sent there."
                ),
            )
        });
        view! {
            {done}
            <section class="account__part" aria-labelledby="who">
                <h2 class="display display--xl" id="who">
                    "Your name"
                </h2>
                <form class="form-grid account__form" method="post" action="/account/details">
                    {name}
                    {button("Change the name")}
                </form>
            </section>
            <section class="account__part" aria-labelledby="door">
                <h2 class="display display--xl" id="door">
                    "How you sign in"
                </h2>
                <p>"E-mail: " <b class="strong">{profile.email.clone()}</b></p>
                {waits}
                <div class="row">
                    <a class="btn btn--quiet" href="/account/email">
                        "Change the e-mail"
                    </a>
                    <a class="btn btn--quiet" href="/account/password">
                        "Change the password"
                    </a>
                </div>
            </section>
            {data()}
        }
        .into_any()
    })
}

fn data() -> impl IntoView {
    view! {
        <section class="account__part" aria-labelledby="data">
            <h2 class="display display--xl" id="data">
                "Your data"
            </h2>
            <p>"Everything that we keep about you, in a file that programs can read:"</p>
            <p>
                <a class="btn btn--quiet" href="/account/data.json" download="account.json">
                    "Download it"
                </a>
            </p>
            <p>
                "You may leave at any time: " <a href="/account/delete">"Delete the account"</a>
            </p>
        </section>
    }
}

/// The form that asks for another address.
pub fn email(frame: &Frame, form: &EmailForm, error: Option<AccountError>) -> String {
    let words = error.map(|error| error.to_string());
    let at = |which: AccountError| words.as_deref().filter(|_| error == Some(which));
    let rest = words
        .clone()
        .filter(|_| error == Some(AccountError::TooOften));
    behind(frame, "Change the e-mail", || {
        let email = input(&Input {
            autocomplete: "email",
            error: at(AccountError::Email),
            ..Input::new("email", "New e-mail", Kind::Email, &form.email)
        });
        view! {
            <p>"We send a link to the new address. Once you have followed it, mail goes there, and you sign in with it."</p>
            {refusal(rest)}
            <form class="form-grid account__form" method="post" action="/account/email">
                {email}
                {present_password("password", at(AccountError::WrongPassword))}
                {button("Send the link")}
            </form>
        }
        .into_any()
    })
}

/// The form that changes the password. `email` is for programs that keep passwords.
pub fn password(frame: &Frame, email: &str, error: Option<AccountError>) -> String {
    let words = error.map(|error| error.to_string());
    let of_present = words
        .as_deref()
        .filter(|_| error == Some(AccountError::WrongPassword));
    let of_new = words
        .as_deref()
        .filter(|_| matches!(error, Some(AccountError::Password(_))));
    let rest = words
        .clone()
        .filter(|_| error == Some(AccountError::TooOften));
    behind(frame, "Change the password", || {
        view! {
            <p>"All other browsers that are signed in will be signed out."</p>
            {refusal(rest)}
            <form class="form-grid account__form" method="post" action="/account/password">
                <input type="hidden" name="username" autocomplete="username" value=email.to_owned() />
                {present_password("present", of_present)}
                {new_password(of_new)}
                {button("Change the password")}
            </form>
        }
        .into_any()
    })
}
