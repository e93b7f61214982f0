//! The documents of the admin: a page in the frame, a page outside of it (the door), a sheet to print.

use super::{AdminFrame, navigation, palette};
use crate::{
    Frame,
    ui::{Icon, icon},
};
use leptos::prelude::*;

/// A page with the navigation around it.
pub(crate) fn page<V: IntoView + 'static>(
    frame: &AdminFrame,
    title: &str,
    body: impl FnOnce() -> V,
) -> String {
    crate::document::render_whole(|| {
        let done = frame.done.clone().map(|words| {
            view! {
                <p class="toast" role="status">
                    {icon(Icon::Check)}
                    <span>{words}</span>
                </p>
            }
            .into_any()
        });
        let inside = view! {
            <a class="skip" href="#main">
                "Skip to the content"
            </a>
            <div class="shell">
                {navigation::topbar(frame)} {navigation::side(frame)}
                <main class="shell__main" id="main" tabindex="-1">
                    {done}
                    {body().into_any()}
                </main>
                {navigation::tabbar(frame)}
            </div>
            {palette::palette(frame)}
            <script r#type="module" src=frame.frame.assets.admin_js.clone()></script>
        };
        document(&frame.frame, title, "admin", inside.into_any())
    })
}

/// A page outside of it.
pub(crate) fn plain<V: IntoView + 'static>(
    frame: &Frame,
    title: &str,
    body: impl FnOnce() -> V,
) -> String {
    crate::document::render_whole(|| document(frame, title, "admin", body().into_any()))
}

/// A page that is made to be printed.
pub(crate) fn sheet<V: IntoView + 'static>(
    frame: &Frame,
    title: &str,
    body: impl FnOnce() -> V,
) -> String {
    crate::document::render_whole(|| {
        let body = view! { <main class="sheet" id="main">{body().into_any()}</main> };
        document(frame, title, "admin paper", body.into_any())
    })
}

fn document(
    frame: &Frame,
    title: &str,
    class: &'static str,
    body: AnyView,
) -> impl IntoView + use<> {
    let assets = frame.assets.clone();
    let title = format!("{title} — {}", frame.chrome.name);
    view! {
        <html lang="en-GB">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex" />
                <link rel="stylesheet" href=assets.css.clone() />
                <link rel="stylesheet" href=assets.admin_css.clone() />
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml" />
                <title>{title}</title>
            </head>
            <body class=class>{body}</body>
        </html>
    }
}
