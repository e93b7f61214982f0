//! What search engines and browsers read.

use super::Page;
use crate::state::State;
use axum::{
    extract::State as Shared,
    response::{IntoResponse, Response},
};
use http::header::CONTENT_TYPE;
use std::fmt::Write;

/// Products and categories are fetched when somebody is about to open them. Named in a header of every page.
const SPECULATION: &str = include_str!("speculation.json");

pub(crate) async fn speculation() -> Response {
    (
        [(CONTENT_TYPE, "application/speculationrules+json")],
        SPECULATION,
    )
        .into_response()
}

/// Everything public may be read; what is one visitor's own is of no use to anybody else.
pub(crate) async fn robots(Shared(state): Shared<State>) -> Response {
    let origin = &state.config.shop.public_url;
    let text = format!(
        "User-agent: *\nDisallow: /cart\nDisallow: /checkout\nDisallow: /orders/\nDisallow: /search\nDisallow: /account\nDisallow: /api/\n\n\
         Sitemap: {origin}/sitemap.xml\n"
    );
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

pub(crate) async fn sitemap(Shared(state): Shared<State>) -> Page {
    let origin = &state.config.shop.public_url;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    // Writing to a String cannot fail.
    let _ = writeln!(xml, "<url><loc>{origin}/</loc></url>");
    for (path, changed) in state.shop.sitemap().await? {
        // Paths are made of handles: nothing in them has to be escaped.
        let _ = writeln!(
            xml,
            "<url><loc>{origin}{path}</loc><lastmod>{}</lastmod></url>",
            changed.strftime("%Y-%m-%d")
        );
    }
    xml.push_str("</urlset>\n");
    Ok(([(CONTENT_TYPE, "application/xml; charset=utf-8")], xml).into_response())
}
