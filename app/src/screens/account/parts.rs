//! What the pages of the account have in common.

use crate::{
    Frame,
    document::{Head, render},
    ui::{Input, Kind, Tone, input, notice},
};
use leptos::prelude::*;

/// A page behind the door: its title, the ways through the account, and what it is about.
pub(super) fn behind(
    frame: &Frame,
    title: &'static str,
    content: impl FnOnce() -> AnyView,
) -> String {
    let nav = nav(&frame.path);
    render(frame, Head::private(title), || {
        view! {
            <div class="wrap section--tight">
                <h1 class="display display--3xl account__title">{title}</h1>
                <div class="account">{nav} <div class="stack stack--wide">{content()}</div></div>
            </div>
        }
    })
}

/// A page before the door: a form under its title.
pub(super) fn before(
    frame: &Frame,
    title: &'static str,
    content: impl FnOnce() -> AnyView,
) -> String {
    render(frame, Head::private(title), || {
        view! {
            <div class="wrap section--tight">
                <div class="stack account-door">
                    <h1 class="display display--3xl">{title}</h1>
                    {content()}
                </div>
            </div>
        }
    })
}

/// The ways through the account.
fn nav(path: &str) -> impl IntoView + use<> {
    let path = path.split('?').next().unwrap_or_default().to_owned();
    let links = [
        ("/account", "Orders"),
        ("/account/addresses", "Addresses"),
        ("/account/details", "Details and data"),
        ("/account/sessions", "Devices"),
    ]
    .map(|(href, label)| {
        let current = if path == href {
            Some("page")
        } else if href == "/account" && path.starts_with("/account/orders/") {
            Some("true")
        } else {
            None
        };
        view! {
            <li>
                <a href=href aria-current=current>
                    {label}
                </a>
            </li>
        }
    });
    view! {
        <nav class="account-nav" aria-label="Account">
            <ul>
                {links.collect_view()} <li>
                    <form method="post" action="/account/sign-out">
                        <button type="submit">"Sign out"</button>
                    </form>
                </li>
            </ul>
        </nav>
    }
}

/// Why a form was refused; fields name it by the id `refusal`.
pub(super) fn refusal(words: Option<String>) -> impl IntoView {
    words.map(|words| view! { <div id="refusal">{notice(Tone::Critical, None, words)}</div> })
}

/// What was just done, from the word that the address says it by. Other words say nothing.
pub(super) fn done(word: &str) -> impl IntoView + use<> {
    let words = match word {
        "confirmed" => {
            "Your address is confirmed. What you ordered with it before is here from now on."
        }
        "name" => "Your name is changed.",
        "email" => "Mail goes to your new address from now on.",
        "password" => "Your password is changed. All other browsers were signed out.",
        "out" => "You are signed out. Your basket waits for you until you are back.",
        "deleted" => "Your account is deleted. Thank you for having been here.",
        _ => return None,
    };
    Some(notice(Tone::Positive, None, words))
}

/// The field of the present password.
pub(super) fn present_password(name: &str, error: Option<&str>) -> AnyView {
    input(&Input {
        autocomplete: "current-password",
        error,
        ..Input::new(name, "Your password", Kind::Password, "")
    })
}

/// The field of a password that is being chosen.
pub(super) fn new_password(error: Option<&str>) -> AnyView {
    let hint = format!(
        "At least {} characters. A few words in a row are easy to remember.",
        domain::accounts::PASSWORD_MIN
    );
    input(&Input {
        autocomplete: "new-password",
        hint: Some(&hint),
        error,
        ..Input::new("password", "New password", Kind::Password, "")
    })
}

/// The button of a form.
pub(super) fn button(words: &'static str) -> impl IntoView {
    view! {
        <div>
            <button class="btn btn--large" type="submit">
                {words}
            </button>
        </div>
    }
}
