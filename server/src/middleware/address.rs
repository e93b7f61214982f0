//! Addresses that cannot be anybody's: with bytes that are no text, or with a NUL. There is nothing there.

use crate::{pages, state::State};
use axum::{
    extract::{Request, State as Shared},
    middleware::Next,
    response::Response,
};
use percent_encoding::percent_decode_str;

pub(crate) async fn check(state: Shared<State>, request: Request, next: Next) -> Response {
    if is_text(request.uri().path()) {
        next.run(request).await
    } else {
        pages::lost::not_found(state).await
    }
}

fn is_text(path: &str) -> bool {
    !path.contains('%')
        || percent_decode_str(path)
            .decode_utf8()
            .is_ok_and(|path| !path.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::is_text;

    #[test]
    fn only_text_is_an_address() {
        for path in ["/", "/products/caf%C3%A9", "/100%", "/a%2500"] {
            assert!(is_text(path), "{path}");
        }
        for path in ["/products/%00", "/products/a%ff", "/%C3"] {
            assert!(!is_text(path), "{path}");
        }
    }
}
