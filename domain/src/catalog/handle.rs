//! The words that stand in an address.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The part of an address that names a product, a page or one step of a category's path: `ridge-mug`.
///
/// 1 to 100 characters of `a–z`, `0–9` and single hyphens between them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Handle(String);

/// A text that cannot stand in an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` cannot stand in an address: small letters, digits and single hyphens are wanted")]
pub struct NotAHandle(pub String);

impl Handle {
    /// The longest handle, in characters.
    pub const MAX: usize = 100;

    /// The handle that a title suggests: `Rye & Oak Board` becomes `rye-oak-board`. `None` where nothing is left of it.
    pub fn suggest(title: &str) -> Option<Self> {
        let mut text = String::with_capacity(title.len());
        for character in title.chars().flat_map(char::to_lowercase) {
            match character {
                'a'..='z' | '0'..='9' => text.push(character),
                '’' | '\'' => {}
                _ if text.is_empty() || text.ends_with('-') => {}
                _ => text.push('-'),
            }
        }
        text.truncate(Self::MAX);
        text.trim_end_matches('-').parse().ok()
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Handle {
    type Err = NotAHandle;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fits = text.len() <= Self::MAX
            && text.split('-').all(|word| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            });
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAHandle(text.to_owned()))
        }
    }
}

impl TryFrom<String> for Handle {
    type Error = NotAHandle;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Handle> for String {
    fn from(handle: Handle) -> Self {
        handle.0
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_stand_in_an_address_is_refused() {
        for text in [
            "",
            "-a",
            "a-",
            "a--b",
            "Mug",
            "mug/1",
            "mug one",
            &"a".repeat(101),
        ] {
            assert!(text.parse::<Handle>().is_err(), "{text}");
        }
        assert_eq!(
            "ridge-mug-2".parse::<Handle>().unwrap().as_str(),
            "ridge-mug-2"
        );
    }

    #[test]
    fn a_title_suggests_a_handle() {
        assert_eq!(
            Handle::suggest("Ines’s Rye & Oak Board!").unwrap().as_str(),
            "iness-rye-oak-board"
        );
        assert_eq!(Handle::suggest("—"), None);
    }
}
