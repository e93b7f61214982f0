//! How a new shop gets its first owner.

use super::{PasswordError, StaffError, check_password};
use crate::checkout::is_email;
use serde::{Deserialize, Serialize};

/// The form by which a new shop gets its owner.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnerForm {
    /// The word of the log, which only whoever runs the server can read.
    pub code: String,
    /// What they are called.
    pub name: String,
    /// Where mail reaches them.
    pub email: String,
    /// Their password.
    pub password: String,
    /// The same once more.
    pub again: String,
}

impl std::fmt::Debug for OwnerForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OwnerForm(…)")
    }
}

/// Why a shop does not get its owner.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WelcomeError {
    /// The word is not one that was printed.
    #[error("This is not the code. It stands in the log of the server, where it started.")]
    Code,
    /// Somebody runs the shop already.
    #[error("Somebody runs this shop already. Please sign in.")]
    Over,
    /// Too many attempts.
    #[error("That was a lot of attempts. Please wait a minute and try again.")]
    TooOften,
    /// What was typed: each field with its words.
    #[error("Please look at what is marked.")]
    Fields(Vec<(&'static str, String)>),
}

impl WelcomeError {
    /// What is wrong with a field.
    pub fn of(&self, field: &str) -> Option<String> {
        match self {
            Self::Code if field == "code" => Some(self.to_string()),
            Self::Fields(fields) => {
                let found = fields.iter().find(|(name, _)| *name == field);
                found.map(|(_, words)| words.clone())
            }
            Self::Code | Self::Over | Self::TooOften => None,
        }
    }
}

impl OwnerForm {
    /// The name and the address as they are kept.
    ///
    /// # Errors
    /// Every fault at once, each at its field.
    pub fn check(&self) -> Result<(String, String), WelcomeError> {
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let email = self.email.trim().to_lowercase();
        let mut fields = Vec::new();
        if name.is_empty() || name.chars().count() > 100 {
            fields.push(("name", StaffError::Name.to_string()));
        }
        if !is_email(&email) {
            fields.push(("email", StaffError::Email.to_string()));
        }
        if let Err(error) = check_password(&self.password) {
            fields.push(("password", error.to_string()));
        } else if self.password != self.again {
            fields.push(("again", PasswordError::Differ.to_string()));
        }
        if fields.is_empty() {
            Ok((name, email))
        } else {
            Err(WelcomeError::Fields(fields))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_told_at_its_field() {
        let form = OwnerForm {
            name: " ".into(),
            email: "wren".into(),
            password: "short".into(),
            ..OwnerForm::default()
        };
        let error = form.check().unwrap_err();
        for field in ["name", "email", "password"] {
            assert!(error.of(field).is_some(), "{field}");
        }
        let form = OwnerForm {
            name: " Wren  Calder ".into(),
            email: "Wren@Example.com".into(),
            password: "kettle-window-otter".into(),
            again: "kettle-window-otters".into(),
            ..OwnerForm::default()
        };
        let error = form.check().unwrap_err();
        assert!(error.of("again").is_some() && error.of("password").is_none());
        let form = OwnerForm {
            again: form.password.clone(),
            ..form
        };
        let kept = ("Wren Calder".to_owned(), "wren@example.com".to_owned());
        assert_eq!(form.check(), Ok(kept));
        assert_eq!(format!("{form:?}"), "OwnerForm(…)");
    }
}
