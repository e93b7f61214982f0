//! What is typed to come in, and what may be wrong with it.

use serde::{Deserialize, Serialize};

/// The form of the door.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    /// The e-mail address.
    pub email: String,
    /// The password.
    pub password: String,
    /// Where to go then: an address of this shop.
    pub to: String,
}

impl std::fmt::Debug for SignInForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignInForm(…)")
    }
}

/// The form of the second factor: six digits, or a recovery code.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    /// What was typed.
    pub code: String,
    /// Where to go then.
    pub to: String,
}

/// Why nobody comes in, in words for whom stands outside. It never tells which part was wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum SignInError {
    /// The address or the password.
    #[error("We know no account with this e-mail address and password.")]
    Wrong,
    /// The code of the second factor.
    #[error("This code does not fit. Codes change every 30 seconds, and each is taken once.")]
    WrongCode,
    /// Too many attempts.
    #[error("That was a lot of attempts. Please wait a minute and try again.")]
    TooOften,
}

/// The form by which a password is chosen.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChoosePasswordForm {
    /// The password.
    pub password: String,
    /// The same once more.
    pub again: String,
}

/// The form that invites somebody, or changes who they are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct InviteForm {
    /// Where the invitation goes.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// The handle of their role.
    pub role: String,
}

/// Why something about the staff is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffError {
    /// It is no address.
    Email,
    /// Somebody has it.
    EmailTaken,
    /// Nothing was typed.
    Name,
    /// There is no such role.
    Role,
    /// Nobody would be left who may manage the staff.
    LastOwner,
    /// Oneself.
    Oneself,
    /// There is nobody of this id.
    Unknown,
}

impl std::fmt::Display for StaffError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.words())
    }
}

impl std::error::Error for StaffError {}

impl StaffError {
    /// The words for whom typed it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Email => "Please give an e-mail address, such as name@example.com.",
            Self::EmailTaken => "Somebody with this address is on the list already.",
            Self::Name => "Please give a name.",
            Self::Role => "Please choose a role.",
            Self::LastOwner => "This is the last owner: nobody could manage the shop any more.",
            Self::Oneself => "You cannot shut yourself out.",
            Self::Unknown => "There is nobody of this name any more.",
        }
    }
}
