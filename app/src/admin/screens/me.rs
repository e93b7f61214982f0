//! One's own account.

use super::door::{gate, new_password};
use crate::{
    Frame,
    admin::{
        AdminFrame, page,
        ui::{Dot, Mood, badge, card, page_head, refusal},
    },
    ui::{Input, Kind, input},
};
use domain::{
    accounts::PasswordError,
    staff::{SessionRow, SignInError, TotpSetup},
};
use leptos::prelude::*;

/// The page of one's own account.
pub fn me(
    frame: &AdminFrame,
    email: &str,
    has_totp: bool,
    sessions: &[SessionRow],
    wrong: Option<PasswordError>,
) -> String {
    page(frame, "Your account", || {
        view! {
            {page_head(None, frame.name.clone(), Some(view! { <span class="soft">{email.to_owned()}</span> }.into_any()), None)}
            <div class="columns columns--even">
                <div>{factor(has_totp)} {password(email, wrong)}</div>
                {browsers(sessions)}
            </div>
        }
    })
}

fn factor(has_totp: bool) -> AnyView {
    let body = if has_totp {
        view! {
            <p>"Besides your password you show a code of your authenticator."</p>
            <form method="post" action="/admin/me/second-factor/end">
                <button class="btn btn--quiet" type="submit">
                    "Stop asking for codes"
                </button>
            </form>
        }
        .into_any()
    } else {
        view! {
            <p>
                "A code from your phone besides the password keeps everybody out who only knows the one. It takes a minute."
            </p>
            <p>
                <a class="btn" href="/admin/me/second-factor">
                    "Set it up"
                </a>
            </p>
        }
        .into_any()
    };
    let state = if has_totp {
        badge(Mood::Positive, Dot::Whole, "On")
    } else {
        badge(Mood::Caution, Dot::Open, "Off")
    };
    card("Second factor", Some(state), body)
}

fn password(email: &str, wrong: Option<PasswordError>) -> AnyView {
    let words = wrong.map(|error| error.to_string());
    let current = input(&Input {
        autocomplete: "current-password",
        ..Input::new("current", "Your password now", Kind::Password, "")
    });
    let form = view! {
        <form class="stack" method="post" action="/admin/me/password">
            {refusal(words.as_deref())}
            <input type="hidden" autocomplete="username" value=email.to_owned() />
            {current}
            {new_password()}
            <div>
                <button class="btn" type="submit">
                    "Change it"
                </button>
            </div>
        </form>
    };
    card("Password", None, form.into_any())
}

fn browsers(sessions: &[SessionRow]) -> AnyView {
    let rows = sessions.iter().map(session).collect_view();
    let others = (sessions.len() > 1).then(|| {
        view! {
            <form method="post" action="/admin/me/sessions">
                <button class="btn btn--quiet" type="submit">
                    "Sign out everywhere else"
                </button>
            </form>
        }
    });
    let body = view! {
        <ul class="stack">{rows}</ul>
        {others}
    };
    card("Where you are signed in", None, body.into_any())
}

fn session(row: &SessionRow) -> AnyView {
    let end = if row.is_this {
        badge(Mood::Positive, Dot::Whole, "This one")
    } else {
        view! {
            <form method="post" action="/admin/me/sessions">
                <input type="hidden" name="session" value=row.id.to_string() />
                <button class="btn btn--plain" type="submit">
                    "Sign out"
                    <span class="sr">" " {row.agent.clone()}</span>
                </button>
            </form>
        }
        .into_any()
    };
    view! {
        <li class="split">
            <div>
                <p class="strong">{row.agent.clone()}</p>
                <p class="soft tiny">
                    {row.client.clone()} ". Last used " {row.seen.clone()} ", signed in " {row.since.clone()} "."
                </p>
            </div>
            {end}
        </li>
    }
    .into_any()
}

/// Setting up the second factor.
pub fn second_factor(frame: &Frame, setup: &TotpSetup, error: Option<SignInError>) -> String {
    let words = error.map(|error| error.to_string());
    gate(frame, "Second factor", || {
        let drawing = format!("0 0 {0} {0}", setup.size);
        let field = input(&Input {
            autocomplete: "one-time-code",
            ..Input::new("code", "The code it shows", Kind::Code, "")
        });
        view! {
                <form class="stack" method="post" action="/admin/me/second-factor">
                    <h1>"A second factor"</h1>
                    <p class="soft">
                        "Point an authenticator at the squares (1Password, Google Authenticator, Aegis, or what your phone brings along), then type the code that it shows."
                    </p>
                    <div class="totp">
                        <svg viewBox=drawing role="img" aria-label="The squares for your authenticator">
                            <path d=setup.path.clone() />
                        </svg>
                        <p class="tiny soft">"Or type this key: " <code>{setup.key.clone()}</code></p>
                    </div>
                    {refusal(words.as_deref())}
                    {field}
                    <button class="btn btn--wide" type="submit">
                        "Switch it on"
                    </button>
                    <a class="link small" href="/admin/me">
                        "Not now"
                    </a>
                </form>
        }
        .into_any()
    })
}

/// The recovery codes, which are shown this once.
pub fn recovery_codes(frame: &Frame, codes: &[String]) -> String {
    gate(frame, "Recovery codes", || {
        let codes = codes
            .iter()
            .map(|code| view! { <li>{code.clone()}</li> })
            .collect_view();
        view! {
                <div class="stack">
                    <h1>"It is on. Keep these."</h1>
                    <p>
                        "Each of these opens the door once, should your phone be lost. Print them, or put them where your passwords are. They are shown only now."
                    </p>
                    <ul class="codes">{codes}</ul>
                    <a class="btn btn--wide" href="/admin/me">
                        "I have them"
                    </a>
                </div>
        }
        .into_any()
    })
}
