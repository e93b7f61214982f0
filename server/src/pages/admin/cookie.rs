//! The cookies of the admin: the session's, and what is to be told after a redirect.

use crate::pages::visitor::cookie;
use http::HeaderMap;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use shop::Token;

const DONE: &str = "admin_done";

/// Browsers keep a cookie of this name to the host and to https.
const fn name(secure: bool) -> &'static str {
    if secure { "__Host-staff" } else { "staff" }
}

/// The session that a request names.
pub(super) fn token(headers: &HeaderMap, secure: bool) -> Option<Token> {
    cookie(headers, name(secure)).and_then(Token::parse)
}

/// Keeps a session: for as long as the browser is open.
pub(super) fn keep(token: &Token, secure: bool) -> String {
    let (name, more) = (name(secure), if secure { "; Secure" } else { "" });
    format!(
        "{name}={}; Path=/; HttpOnly; SameSite=Lax{more}",
        token.expose()
    )
}

/// Forgets it.
pub(super) fn forget(secure: bool) -> String {
    let (name, more) = (name(secure), if secure { "; Secure" } else { "" });
    format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{more}")
}

/// Lets the next page tell that something was done.
pub(super) fn tell(words: &str) -> String {
    let words = utf8_percent_encode(words, NON_ALPHANUMERIC);
    format!("{DONE}={words}; Path=/admin; HttpOnly; SameSite=Lax; Max-Age=60")
}

/// What is to be told.
pub(super) fn done(headers: &HeaderMap) -> Option<String> {
    let words = percent_decode_str(cookie(headers, DONE)?)
        .decode_utf8()
        .ok()?;
    (!words.is_empty() && words.len() <= 400).then(|| words.into_owned())
}

/// It was told.
pub(super) fn told() -> String {
    format!("{DONE}=; Path=/admin; HttpOnly; SameSite=Lax; Max-Age=0")
}
