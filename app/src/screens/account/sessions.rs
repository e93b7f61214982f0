//! The browsers that somebody signed in with.

use super::parts::behind;
use crate::Frame;
use domain::accounts::CustomerSessionRow;
use leptos::prelude::*;

/// The list of them.
pub fn sessions(frame: &Frame, sessions: &[CustomerSessionRow]) -> String {
    behind(frame, "Devices", || {
        let rows: Vec<_> = sessions.iter().map(row).collect();
        let others = (sessions.len() > 1).then(|| {
            view! {
                <form method="post" action="/account/sessions">
                    <button class="btn btn--quiet" type="submit" name="end" value="others">
                        "Sign out everywhere else"
                    </button>
                </form>
            }
        });
        view! {
            <p>
                "These browsers are signed in to your account. If you do not know one of them, sign it out and "
                <a href="/account/password">"change your password"</a> "."
            </p>
            <ul class="session-rows">{rows}</ul>
            {others}
        }
        .into_any()
    })
}

fn row(session: &CustomerSessionRow) -> impl IntoView + use<> {
    let end = if session.is_this {
        view! { <span class="badge badge--accent">"This one"</span> }.into_any()
    } else {
        view! {
            <form method="post" action="/account/sessions">
                <button class="text-btn" type="submit" name="end" value=session.id.to_string()>
                    "Sign out"
                    <span class="sr">": " {session.agent.clone()}</span>
                </button>
            </form>
        }
        .into_any()
    };
    view! {
        <li class="session-row">
            <div>
                <p class="strong">{session.agent.clone()}</p>
                <p class="small soft">
                    "From " {session.client.clone()} ", since " {session.since.clone()}
                    ", last used " {session.seen.clone()}
                </p>
            </div>
            {end}
        </li>
    }
}
