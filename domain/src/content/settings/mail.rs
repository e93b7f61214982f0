//! Who mail comes from.

use super::{SettingErrors, line};
use crate::checkout::is_email;
use serde::{Deserialize, Serialize};

/// Who mail comes from, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MailFrom {
    /// The name beside the address.
    pub name: String,
    /// The address; nothing for the one that the server was set up with.
    pub email: String,
    /// The version that was being changed.
    pub version: i32,
}

impl MailFrom {
    /// What is wrong with it.
    pub fn check(&self) -> SettingErrors {
        let mut errors = SettingErrors::default();
        let email = self.email.trim();
        if !email.is_empty() && !is_email(email) {
            errors.add(
                "email",
                "Please give an e-mail address, such as hello@example.com, or nothing.",
            );
        }
        if email.is_empty() && !self.name().is_empty() {
            errors.add(
                "email",
                "A name needs an address beside it: please give both, or nothing.",
            );
        }
        if self.name.contains(['<', '>', '"']) {
            errors.add("name", "A name in mails has no <, > or quotes.");
        }
        errors
    }

    /// The name, as it is kept.
    pub fn name(&self) -> String {
        line(&self.name)
    }
}

/// The page of the mail.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MailPage {
    /// What stands in the form.
    pub form: MailFrom,
    /// Who mail comes from while nothing stands there: `Name <address>`.
    pub usual: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(name: &str, email: &str) -> Vec<String> {
        let form = MailFrom {
            name: name.into(),
            email: email.into(),
            version: 0,
        };
        let errors = form.check();
        errors.fields.into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn an_address_or_nothing() {
        assert!(wrong("", "").is_empty());
        assert!(wrong("Tarn & Tallow", "hello@example.com").is_empty());
        assert_eq!(wrong("", "hello"), ["email"]);
        assert_eq!(wrong("Tarn", ""), ["email"]);
        assert_eq!(wrong("a <b@c.example>", "hello@example.com"), ["name"]);
    }
}
