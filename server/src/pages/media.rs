//! `/media/{hash}/{width}.{format}`: pictures, named by their content and kept for ever.

use super::{Page, lost};
use crate::state::State;
use axum::{
    body::Body,
    extract::{Path, State as Shared},
    response::Response,
};
use domain::catalog::Format;
use http::{
    HeaderValue,
    header::{CACHE_CONTROL, CONTENT_TYPE},
};

pub(crate) async fn show(
    Shared(state): Shared<State>,
    Path((hash, file)): Path<(String, String)>,
) -> Page {
    let Some((width, format)) = parse(&file) else {
        return lost::page(&state).await;
    };
    let Some(bytes) = state.shop.media_file(&hash, width, format).await? else {
        return lost::page(&state).await;
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    Ok(response)
}

fn parse(file: &str) -> Option<(u16, Format)> {
    let (width, extension) = file.split_once('.')?;
    let format = [Format::Webp, Format::Jpeg]
        .into_iter()
        .find(|format| format.extension() == extension)?;
    Some((width.parse().ok()?, format))
}
