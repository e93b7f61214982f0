//! A whole HTML document. It is rendered in one go, with all of its data there: no streaming, and one inline script that is
//! the same on every page.

use crate::{Frame, shell};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use std::sync::Arc;

/// The inline script of every page, as it stands there: its hash goes into the Content-Security-Policy.
pub const BOOT_SCRIPT: &str = include_str!("boot.min.js");

/// What stands in the head of a document.
pub(crate) struct Head {
    /// The title, without the shop's name.
    pub(crate) title: String,
    /// One or two sentences; may be empty.
    pub(crate) description: String,
    /// Whether search engines may keep it.
    pub(crate) is_public: bool,
    /// `website` or `product`.
    pub(crate) kind: &'static str,
    /// The path of a picture for link previews.
    pub(crate) picture: Option<String>,
    /// What the page is about, for machines: JSON-LD.
    pub(crate) about: Vec<serde_json::Value>,
    /// Links to the pages before and behind.
    pub(crate) neighbours: [Option<String>; 2],
}

impl Head {
    /// The head of a page that everybody may see.
    pub(crate) fn public(title: impl Into<String>, description: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            description: description.into(),
            is_public: true,
            kind: "website",
            picture: None,
            about: Vec::new(),
            neighbours: [None, None],
        }
    }

    /// The head of a page that is one shopper's own, or no page at all.
    pub(crate) fn private(title: impl Into<String>) -> Self {
        Self {
            is_public: false,
            ..Self::public(title, "")
        }
    }
}

/// Which header and footer a page has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Around {
    /// Navigation, search, basket.
    Shop,
    /// The name alone: nothing leads away from the checkout.
    Checkout,
}

/// Renders the document around a body. The body is made inside, where islands can be.
pub(crate) fn render<V: IntoView + 'static>(
    frame: &Frame,
    head: Head,
    body: impl FnOnce() -> V,
) -> String {
    render_around(frame, head, Around::Shop, body)
}

/// The same with another header and footer.
pub(crate) fn render_around<V: IntoView + 'static>(
    frame: &Frame,
    head: Head,
    around: Around,
    body: impl FnOnce() -> V,
) -> String {
    render_whole(|| document(frame, head, around, body().into_any()))
}

/// Renders a whole document.
pub(crate) fn render_whole<V: IntoView + 'static>(document: impl FnOnce() -> V) -> String {
    let html = render_part(document);
    let mut page = String::with_capacity(html.len() + 16);
    page.push_str("<!DOCTYPE html>");
    page.push_str(&html);
    page
}

/// Renders a part of a page, for an island that puts it in place.
pub(crate) fn render_part<V: IntoView + 'static>(part: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| part().into_any().to_html());
    owner.cleanup();
    html
}

fn document(frame: &Frame, head: Head, around: Around, body: AnyView) -> impl IntoView + use<> {
    let assets = &frame.assets;
    let fonts = assets.fonts.iter().map(|font| {
        view! { <link rel="preload" href=font.clone() r#as="font" r#type="font/woff2" crossorigin="anonymous" /> }
    });
    view! {
        <html lang="en-GB">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" content="#f8f6f2" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#151310" media="(prefers-color-scheme: dark)" />
                {fonts.collect_view()}
                <link rel="stylesheet" href=assets.css.clone() />
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml" />
                <link rel="icon" href="/favicon.ico" sizes="32x32" />
                <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
                <link rel="manifest" href="/site.webmanifest" />
                {about(frame, head)}
            </head>
            <body>
                {shell::top(frame, around)}
                <main id="main" tabindex="-1" class=(around == Around::Checkout).then_some("checkout-page")>
                    {body}
                </main>
                {shell::bottom(frame, around)}
                <script data-js=assets.js.clone() data-wasm=assets.wasm.clone() inner_html=BOOT_SCRIPT />
            </body>
        </html>
    }
}

/// What search engines and link previews read.
fn about(frame: &Frame, head: Head) -> impl IntoView + use<> {
    let name = &frame.chrome.name;
    let title = if head.title.is_empty() {
        name.clone()
    } else {
        format!("{} — {name}", head.title)
    };
    let robots = (!head.is_public).then(|| view! { <meta name="robots" content="noindex" /> });
    let description = (!head.description.is_empty()).then(|| {
        view! {
            <meta name="description" content=head.description.clone() />
            {open_graph("og:description", head.description.clone())}
        }
    });
    let canonical = head.is_public.then(|| {
        view! {
            <link rel="canonical" href=frame.canonical() />
            {open_graph("og:url", frame.canonical())}
        }
    });
    let picture = head.picture.map(|path| {
        view! {
            {open_graph("og:image", frame.absolute(&path))}
            <meta name="twitter:card" content="summary_large_image" />
        }
    });
    let [previous, next] = head.neighbours;
    let about = head.about.iter().map(|thing| {
        view! { <script r#type="application/ld+json" inner_html=for_script(thing) /> }
    });
    view! {
        <title>{title.clone()}</title>
        {description}
        {robots}
        {canonical}
        {open_graph("og:site_name", name.clone())}
        {open_graph("og:title", title)}
        {open_graph("og:type", head.kind)}
        {open_graph("og:locale", "en_GB")}
        {picture}
        {previous.map(|href| view! { <link rel="prev" href=href /> })}
        {next.map(|href| view! { <link rel="next" href=href /> })}
        {about.collect_view()}
    }
}

/// A property of the Open Graph protocol: what a link preview shows.
fn open_graph(property: &'static str, content: impl Into<String>) -> impl IntoView {
    leptos::html::meta()
        .attr("property", property)
        .content(content.into())
}

/// JSON that can stand in a script element: nothing in it ends the element.
fn for_script(value: &serde_json::Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_the_pages_is_its_source_and_small() {
        let minified: String = include_str!("boot.js")
            .lines()
            .map(str::trim)
            .filter(|line| !line.starts_with("//"))
            .collect();
        assert_eq!(
            BOOT_SCRIPT, minified,
            "boot.min.js is boot.js without comments and line ends"
        );
        assert!(BOOT_SCRIPT.len() < 1024, "{} bytes", BOOT_SCRIPT.len());
    }

    #[test]
    fn json_cannot_leave_its_script() {
        let hostile = serde_json::json!({ "name": "</script><script>alert(1)</script><!--" });
        let text = for_script(&hostile);
        assert!(!text.contains('<') && !text.contains('>'));
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).unwrap(),
            hostile
        );
    }
}
