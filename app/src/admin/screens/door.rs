//! The door: everything that is shown to who is not in yet.

use crate::{
    Frame,
    admin::{plain, ui::refusal},
    ui::{Input, Kind, input},
};
use domain::{
    accounts::{PASSWORD_MIN, PasswordError},
    staff::{SignInError, SignInForm},
};
use leptos::prelude::*;

/// What every page of the door looks like: a form, on wide windows beside the shop's name.
pub(super) fn gate(frame: &Frame, title: &'static str, form: impl FnOnce() -> AnyView) -> String {
    let shop = frame.chrome.name.clone();
    plain(frame, title, || {
        view! {
            <a class="skip" href="#main">
                "Skip to the form"
            </a>
            <div class="gate">
                <main class="gate__form" id="main" tabindex="-1">
                    <p class="wordmark">"Mercer"</p>
                    {form()}
                    <p class="soft tiny">{shop} ", staff only. Every sign-in is written to the audit log."</p>
                </main>
                <div class="gate__art" aria-hidden="true">
                    <p class="gate__name">{frame.chrome.name.clone()}</p>
                    <p class="gate__line">{frame.chrome.tagline.clone()}</p>
                </div>
            </div>
        }
    })
}

fn back(to: &str) -> impl IntoView + use<> {
    view! { <input type="hidden" name="to" value=to.to_owned() /> }
}

pub(super) fn button(words: &'static str) -> impl IntoView {
    view! {
        <button class="btn btn--wide" type="submit">
            {words}
        </button>
    }
}

/// The form of the door, with what was wrong.
pub fn sign_in(frame: &Frame, form: &SignInForm, error: Option<SignInError>) -> String {
    let words = error.map(|error| error.to_string());
    gate(frame, "Sign in", || {
        let email = input(&Input {
            autocomplete: "username",
            ..Input::new("email", "E-mail", Kind::Email, &form.email)
        });
        let password = input(&Input {
            autocomplete: "current-password",
            ..Input::new("password", "Password", Kind::Password, "")
        });
        view! {
            <form class="stack" method="post" action="/admin/sign-in">
                <h1>"Sign in"</h1>
                {refusal(words.as_deref())}
                {email}
                {password}
                {back(&form.to)}
                {button("Continue")}
                <a class="link small" href="/admin/forgot">
                    "I can’t get in"
                </a>
            </form>
        }
        .into_any()
    })
}

/// Where the second factor is shown.
pub fn code(frame: &Frame, email: &str, to: &str, error: Option<SignInError>) -> String {
    let words = error.map(|error| error.to_string());
    gate(frame, "Your code", || {
        let field = input(&Input {
            autocomplete: "one-time-code",
            hint: Some("Or one of your recovery codes."),
            ..Input::new("code", "Six-digit code", Kind::Code, "")
        });
        view! {
            <form class="stack" method="post" action="/admin/sign-in/code">
                <div class="stack">
                    <h1>"Your code"</h1>
                    <p class="soft">
                        "Open your authenticator and type the six digits for "
                        {frame.chrome.name.clone()} ". Signing in as " {email.to_owned()} "."
                    </p>
                </div>
                {refusal(words.as_deref())}
                {field}
                {back(to)}
                {button("Sign in")}
            </form>
            <form method="post" action="/admin/sign-out">
                <button class="link small" type="submit">
                    "Not you?"
                </button>
            </form>
        }
        .into_any()
    })
}

/// Where a link to another password is asked for. What is said then is the same for everybody.
pub fn forgot(frame: &Frame, sent: bool) -> String {
    gate(frame, "I can’t get in", || {
        if sent {
            return view! {
                <div class="stack">
                    <h1>"Look into your mail"</h1>
                    <p>
                        "If there is an account with this address, a link to choose another password is on its way. It holds for an hour."
                    </p>
                    <p class="soft">
                        "Lost your authenticator, and your recovery codes too? An owner of the shop can shut your account out and invite you anew."
                    </p>
                    <a class="link small" href="/admin/sign-in">
                        "Back to the door"
                    </a>
                </div>
            }
            .into_any();
        }
        let email = input(&Input {
            autocomplete: "username",
            ..Input::new("email", "E-mail", Kind::Email, "")
        });
        view! {
            <form class="stack" method="post" action="/admin/forgot">
                <h1>"I can’t get in"</h1>
                <p class="soft">"We send you a link by which you choose another password."</p>
                {email}
                {button("Send me a link")}
                <a class="link small" href="/admin/sign-in">
                    "Back"
                </a>
            </form>
        }
        .into_any()
    })
}

/// The two fields of a new password.
pub(super) fn new_password() -> AnyView {
    let hint =
        format!("At least {PASSWORD_MIN} characters. A few words in a row are easy to remember.");
    let password = input(&Input {
        autocomplete: "new-password",
        hint: Some(&hint),
        ..Input::new("password", "New password", Kind::Password, "")
    });
    let again = input(&Input {
        autocomplete: "new-password",
        ..Input::new("again", "The same again", Kind::Password, "")
    });
    view! {
        {password}
        {again}
    }
    .into_any()
}

/// Where a link leads: a password is chosen.
pub fn choose_password(frame: &Frame, name: Option<&str>, error: Option<PasswordError>) -> String {
    let words = error.map(|error| error.to_string());
    gate(frame, "Choose a password", || match name {
        Some(name) => view! {
            <form class="stack" method="post">
                <h1>"Choose a password"</h1>
                <p class="soft">"Hello " {name.to_owned()} "."</p>
                {refusal(words.as_deref())}
                {new_password()}
                {button("Set it")}
            </form>
        }
        .into_any(),
        None => view! {
            <div class="stack">
                <h1>"This link is over"</h1>
                <p>{PasswordError::LinkOver.to_string()}</p>
                <a class="link small" href="/admin/forgot">
                    "Ask for a new one"
                </a>
            </div>
        }
        .into_any(),
    })
}

/// The password once more, before what is dear.
pub fn confirm(frame: &Frame, email: &str, to: &str, error: Option<PasswordError>) -> String {
    let words = error.map(|error| error.to_string());
    gate(frame, "Your password", || {
        let password = input(&Input {
            autocomplete: "current-password",
            ..Input::new("password", "Password", Kind::Password, "")
        });
        view! {
            <form class="stack" method="post" action="/admin/confirm">
                <h1>"Is it still you?"</h1>
                <p class="soft">"Before refunds, staff and settings we ask for your password again."</p>
                {refusal(words.as_deref())}
                <input type="hidden" autocomplete="username" value=email.to_owned() />
                {password}
                {back(to)}
                {button("Go on")}
                <a class="link small" href="/admin">
                    "Back"
                </a>
            </form>
        }
        .into_any()
    })
}

/// Somebody may not go there.
pub fn denied(frame: &Frame) -> String {
    gate(frame, "Not yours to open", || {
        view! {
            <div class="stack">
                <h1>"Not yours to open"</h1>
                <p>"Your role does not allow this. An owner of the shop can change that."</p>
                <a class="btn btn--wide" href="/admin">
                    "Back to the admin"
                </a>
            </div>
        }
        .into_any()
    })
}
