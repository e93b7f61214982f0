//! What a password has to be, for staff and customers alike.

use serde::{Deserialize, Serialize};

/// The fewest characters of a password.
pub const PASSWORD_MIN: usize = 12;
/// The most: hashing a longer one would be work for nothing.
const PASSWORD_MAX: usize = 256;

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PasswordError {
    /// It is guessed too quickly.
    #[error(
        "Please take at least {PASSWORD_MIN} characters. A few words in a row are easy to remember."
    )]
    TooShort,
    /// It is longer than anybody types.
    #[error("Please take at most {PASSWORD_MAX} characters.")]
    TooLong,
    /// Everybody knows it.
    #[error("This one is on the lists that are tried first. Please take another.")]
    Common,
    /// The two differ.
    #[error("The two do not agree. Please type the same twice.")]
    Differ,
    /// The link was used or is too old.
    #[error("This link was used or is too old. Ask for a new one.")]
    LinkOver,
    /// The present password, where it is asked for.
    #[error("This is not your password.")]
    Wrong,
}

/// Pieces that make a password easy, however long it is.
const COMMON: [&str; 12] = [
    "password", "passwort", "123456", "qwerty", "letmein", "welcome", "admin", "abc123",
    "iloveyou", "monkey", "dragon", "111111",
];

/// Whether a password may be taken: its length counts, and that it is more than a common word with a tail.
pub fn check_password(password: &str) -> Result<(), PasswordError> {
    let length = password.chars().count();
    if length < PASSWORD_MIN {
        return Err(PasswordError::TooShort);
    }
    if length > PASSWORD_MAX {
        return Err(PasswordError::TooLong);
    }
    let lower = password.to_lowercase();
    let rest = COMMON
        .iter()
        .fold(lower, |text, common| text.replace(common, ""));
    let mut distinct: Vec<char> = rest.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 4 {
        return Err(PasswordError::Common);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_and_not_the_first_to_be_tried() {
        for (password, verdict) in [
            ("kettle-window-otter", Ok(())),
            ("short", Err(PasswordError::TooShort)),
            ("Password123456", Err(PasswordError::Common)),
            ("aaaaaaaaaaaaaaa", Err(PasswordError::Common)),
        ] {
            assert_eq!(check_password(password), verdict, "{password}");
        }
        assert_eq!(
            check_password(&"ab cd".repeat(60)),
            Err(PasswordError::TooLong)
        );
    }
}
