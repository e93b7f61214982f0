//! The cookie of a customer's session.

use crate::pages::visitor::cookie;
use http::HeaderMap;
use shop::Token;

/// How long a session is kept without being used: 30 days, in seconds.
const MAX_AGE: u32 = 30 * 24 * 60 * 60;

/// Browsers keep a cookie of this name to the host and to https.
const fn name(secure: bool) -> &'static str {
    if secure { "__Host-session" } else { "session" }
}

/// The session that a request names.
pub(in crate::pages) fn session(headers: &HeaderMap, secure: bool) -> Option<Token> {
    cookie(headers, name(secure)).and_then(Token::parse)
}

/// Keeps a session.
pub(super) fn keep(token: &Token, secure: bool) -> String {
    written(token.expose(), MAX_AGE, secure)
}

/// Forgets it.
pub(super) fn forget(secure: bool) -> String {
    written("", 0, secure)
}

fn written(value: &str, max_age: u32, secure: bool) -> String {
    let (name, more) = (name(secure), if secure { "; Secure" } else { "" });
    format!("{name}={value}; Path=/; Max-Age={max_age}; SameSite=Lax{more}; HttpOnly")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_script_and_no_other_site_gets_a_session() {
        let token = Token::parse(&"t".repeat(32)).unwrap();
        assert_eq!(
            keep(&token, true),
            format!(
                "__Host-session={}; Path=/; Max-Age=2592000; SameSite=Lax; Secure; HttpOnly",
                "t".repeat(32)
            )
        );
        assert_eq!(
            forget(false),
            "session=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly"
        );
    }
}
