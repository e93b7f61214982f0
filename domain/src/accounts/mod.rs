//! Accounts: what a password has to be.

mod password;

pub use password::{PASSWORD_MIN, PasswordError, check_password};
