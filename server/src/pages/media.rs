//! `/media/{hash}/{width}.{format}`: pictures, named by their content and kept for ever.

use super::{Page, lost, respond};
use crate::state::State;
use axum::{
    extract::{Path, State as Shared},
    response::IntoResponse,
};
use domain::catalog::Format;
use http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_TYPE};

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

pub(crate) async fn show(
    Shared(state): Shared<State>,
    Path((hash, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Page {
    let Some((width, format)) = parse(&file) else {
        return lost::page(&state).await;
    };
    // The name is the content's: it never is another.
    let tag = format!("\"{hash}-{file}\"");
    if respond::has(&headers, &tag) {
        let known = StatusCode::NOT_MODIFIED.into_response();
        return Ok(respond::tagged(known, &tag, FOR_EVER));
    }
    let Some(bytes) = state.shop.media_file(&hash, width, format).await? else {
        return lost::page(&state).await;
    };
    let picture = ([(CONTENT_TYPE, format.media_type())], bytes).into_response();
    Ok(respond::tagged(picture, &tag, FOR_EVER))
}

fn parse(file: &str) -> Option<(u16, Format)> {
    let (width, extension) = file.split_once('.')?;
    let format = [Format::Webp, Format::Jpeg]
        .into_iter()
        .find(|format| format.extension() == extension)?;
    Some((width.parse().ok()?, format))
}
