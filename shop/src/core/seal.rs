//! Texts that come back from where others could have changed them.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// How many letters a seal has: HMAC-SHA-256, in hexadecimal.
const LETTERS: usize = 64;

/// Closes texts so that only whoever has the key can have written them, and only for this purpose.
pub(crate) struct Seal(Hmac<Sha256>);

impl Seal {
    /// For one purpose: what is sealed for another is not opened.
    pub(crate) fn new(key: &[u8], purpose: &[&[u8]]) -> Self {
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mut mac = Hmac::new_from_slice(key).expect("a key of any length");
        for part in purpose {
            mac.update(&part.len().to_be_bytes());
            mac.update(part);
        }
        Self(mac)
    }

    /// The text with its seal before it.
    pub(crate) fn close(self, text: &str) -> String {
        let seal = self.0.chain_update(text.as_bytes()).finalize();
        format!("{}{text}", hex::encode(seal.into_bytes()))
    }

    /// The text, where its seal holds.
    pub(crate) fn open(self, closed: &str) -> Option<&str> {
        let (seal, text) = closed.split_at_checked(LETTERS)?;
        let seal = hex::decode(seal).ok()?;
        let mac = self.0.chain_update(text.as_bytes());
        mac.verify_slice(&seal).is_ok().then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(key: &[u8], purpose: &[&[u8]]) -> Seal {
        Seal::new(key, purpose)
    }

    #[test]
    fn only_what_was_sealed_with_this_key_for_this_is_opened() {
        let closed = seal(b"key", &[b"one", b"a"]).close("text");
        assert_eq!(seal(b"key", &[b"one", b"a"]).open(&closed), Some("text"));
        assert_eq!(seal(b"other", &[b"one", b"a"]).open(&closed), None);
        assert_eq!(seal(b"key", &[b"onea", b""]).open(&closed), None);
        let changed = closed.replace("text", "test");
        assert_eq!(seal(b"key", &[b"one", b"a"]).open(&changed), None);
        for nonsense in ["", "text", &"é".repeat(40), &"0".repeat(64)] {
            assert_eq!(seal(b"key", &[b"one", b"a"]).open(nonsense), None);
        }
    }
}
