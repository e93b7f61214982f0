//! Words that cannot be guessed.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::RngCore;
use sha2::{Digest, Sha256};

/// 192 bits of chance, as 32 characters that fit an address and a cookie.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one.
    pub fn generate() -> Self {
        Self(URL_SAFE_NO_PAD.encode(Self::bytes::<24>()))
    }

    /// Bytes that nobody can guess: a token, a salt.
    pub(crate) fn bytes<const N: usize>() -> [u8; N] {
        let mut bytes = [0_u8; N];
        #[expect(
            clippy::disallowed_methods,
            reason = "this is where chance, and what must not be guessed, comes from"
        )]
        rand::rng().fill_bytes(&mut bytes);
        bytes
    }

    /// A byte of chance, for jitter.
    pub(crate) fn chance() -> u8 {
        Self::bytes::<1>()[0]
    }

    /// Reads one that came back; `None` for what was never made here.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 32
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        fits.then(|| Self(text.to_owned()))
    }

    /// The word itself: for a cookie or an address, never for a log.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The word itself, given away.
    pub(crate) fn into_text(self) -> String {
        self.0
    }

    /// Its SHA-256: what is kept, so that a stolen backup opens nothing.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_back_and_do_not_print() {
        let token = Token::generate();
        assert_eq!(Token::parse(token.expose()), Some(token.clone()));
        assert_ne!(token, Token::generate());
        assert_eq!(format!("{token:?}"), "Token(…)");
        assert_eq!(Token::parse("short"), None);
        assert_eq!(Token::parse(&"é".repeat(16)), None);
    }
}
