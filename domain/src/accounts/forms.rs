//! What customers type, and what may be wrong with it.

use super::{PasswordError, check_password};
use crate::checkout::{Address, CheckoutForm, Field, FieldErrors, is_email};
use serde::{Deserialize, Serialize};

/// The most addresses that one customer keeps.
pub const MAX_ADDRESSES: usize = 20;
/// The most characters of a name.
const NAME_MAX: usize = 100;

/// Forms that hold a password: none of it is printed.
macro_rules! secret_forms {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
        #[serde(default)]
        pub struct $name {
            $($(#[$fmeta])* pub $field: String,)+
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

secret_forms! {
    /// The form that opens an account.
    SignUpForm {
        /// What they are called.
        name,
        /// The e-mail address.
        email,
        /// The password that they chose.
        password,
    }

    /// The form of the door.
    SignInForm {
        /// The e-mail address.
        email,
        /// The password.
        password,
        /// Where to go then: an address of this shop.
        to,
    }

    /// The form behind the link that confirms an address.
    ConfirmForm {
        /// The password that was chosen with the account.
        password,
    }

    /// The form behind the link by which another password is chosen.
    ResetForm {
        /// The new password.
        password,
    }

    /// The form that changes the password.
    PasswordForm {
        /// The present one.
        present,
        /// The new one.
        password,
    }

    /// The form that asks for another e-mail address.
    EmailForm {
        /// The new address.
        email,
        /// The password.
        password,
    }

    /// The form that deletes the account.
    DeleteForm {
        /// The password.
        password,
    }
}

/// The form that asks for another password.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ForgotForm {
    /// The e-mail address.
    pub email: String,
}

/// The form that changes what somebody is called.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DetailsForm {
    /// What they are called.
    pub name: String,
}

/// The form by which the staff changes a customer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerForm {
    /// What they are called.
    pub name: String,
    /// What the staff writes about them.
    pub note: String,
    /// The version that was changed.
    pub version: String,
}

/// The form of a row of the address book: the checkout's fields, by the checkout's names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the checkout, by name")]
pub struct AddressForm {
    pub country: String,
    pub name: String,
    pub line1: String,
    pub line2: String,
    pub city: String,
    pub region: String,
    pub postcode: String,
    /// `on` where it is the one that the checkout begins with.
    pub is_default: String,
}

impl AddressForm {
    /// The form that shows an address.
    pub fn of(address: &Address, is_default: bool) -> Self {
        Self {
            country: address.country.clone(),
            name: address.name.clone(),
            line1: address.line1.clone(),
            line2: address.line2.clone(),
            city: address.city.clone(),
            region: address.region.clone(),
            postcode: address.postcode.clone(),
            is_default: if is_default { "on" } else { "" }.to_owned(),
        }
    }

    /// Whether it is to be the one that the checkout begins with.
    pub fn is_default(&self) -> bool {
        !self.is_default.is_empty()
    }

    /// What was typed into a field.
    pub fn typed(&self, field: Field) -> &str {
        match field {
            Field::Country => &self.country,
            Field::Name => &self.name,
            Field::Line1 => &self.line1,
            Field::Line2 => &self.line2,
            Field::City => &self.city,
            Field::Region => &self.region,
            Field::Postcode => &self.postcode,
            _ => "",
        }
    }

    /// Checks it as the checkout does.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn check(&self) -> Result<Address, FieldErrors> {
        CheckoutForm {
            country: self.country.clone(),
            name: self.name.clone(),
            line1: self.line1.clone(),
            line2: self.line2.clone(),
            city: self.city.clone(),
            region: self.region.clone(),
            postcode: self.postcode.clone(),
            ..CheckoutForm::default()
        }
        .check_address()
    }
}

/// What is wrong with the form that opens an account, field by field.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, thiserror::Error)]
#[error("the form is not filled in rightly")]
pub struct SignUpError {
    /// With the name.
    pub name: Option<AccountError>,
    /// With the address.
    pub email: Option<AccountError>,
    /// With the password.
    pub password: Option<PasswordError>,
    /// With how often it was tried.
    pub form: Option<AccountError>,
}

impl SignUpForm {
    /// Checks every field: the name and the address as they are kept.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn check(&self) -> Result<(String, String), SignUpError> {
        let name = check_name(&self.name);
        let email = check_email(&self.email);
        match (name, email, check_password(&self.password)) {
            (Ok(name), Ok(email), Ok(())) => Ok((name, email)),
            (name, email, password) => Err(SignUpError {
                name: name.err(),
                email: email.err(),
                password: password.err(),
                form: None,
            }),
        }
    }
}

impl EmailForm {
    /// The address as it is kept.
    ///
    /// # Errors
    /// Where it cannot be one.
    pub fn check(&self) -> Result<String, AccountError> {
        check_email(&self.email)
    }
}

fn check_email(typed: &str) -> Result<String, AccountError> {
    let email = typed.trim();
    if is_email(email) {
        Ok(email.to_lowercase())
    } else {
        Err(AccountError::Email)
    }
}

/// A name as it is kept.
///
/// # Errors
/// Where nothing was typed, or more than a name.
pub fn check_name(typed: &str) -> Result<String, AccountError> {
    let name = typed.trim();
    if name.is_empty() || name.chars().count() > NAME_MAX || name.chars().any(char::is_control) {
        return Err(AccountError::Name);
    }
    Ok(name.to_owned())
}

/// Why an address is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, thiserror::Error)]
#[error("the address is not kept")]
pub struct AddressError {
    /// What is wrong with its fields.
    pub fields: FieldErrors,
    /// What is wrong otherwise.
    pub form: Option<AccountError>,
}

impl From<FieldErrors> for AddressError {
    fn from(fields: FieldErrors) -> Self {
        Self { fields, form: None }
    }
}

impl From<AccountError> for AddressError {
    fn from(error: AccountError) -> Self {
        Self {
            form: Some(error),
            ..Self::default()
        }
    }
}

/// Why something about an account is not done, in words for the customer. None of them tells a stranger whether there is an
/// account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AccountError {
    /// The address or the password.
    #[error("We know no account with this e-mail address and password.")]
    Wrong,
    /// The address is not confirmed yet; said to those only who know the password.
    #[error(
        "Your e-mail address is not confirmed yet. We have sent you the link again: please look into your mail."
    )]
    Unconfirmed,
    /// Too many attempts.
    #[error("That was a lot of attempts. Please wait a minute and try again.")]
    TooOften,
    /// It is no name.
    #[error("Please tell us your name, in at most {NAME_MAX} characters.")]
    Name,
    /// It is no address.
    #[error("This is not a complete e-mail address. It should look like name@example.com.")]
    Email,
    /// The link was used or is too old.
    #[error("This link was used or is too old. Please ask for a new one.")]
    LinkOver,
    /// What was chosen cannot be a password.
    #[error("{0}")]
    Password(PasswordError),
    /// The present password, where it is asked for.
    #[error("This is not your password.")]
    WrongPassword,
    /// The address book is full.
    #[error("You keep {MAX_ADDRESSES} addresses. Please delete one first.")]
    TooManyAddresses,
    /// It was deleted meanwhile.
    #[error("This is not there any more.")]
    Gone,
    /// An order may still be paid.
    #[error(
        "An order of yours is waiting for its payment. It ends by itself within the hour: please come back then."
    )]
    OrderWaiting,
    /// Somebody else changed it meanwhile.
    #[error("Somebody else has changed this customer meanwhile. Please look at it again.")]
    Stale,
    /// A note of the staff.
    #[error("Please write at most 2000 characters.")]
    Note,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let form = SignUpForm {
            name: " ".into(),
            email: "marian@example".into(),
            password: "short".into(),
        };
        assert_eq!(
            form.check().unwrap_err(),
            SignUpError {
                name: Some(AccountError::Name),
                email: Some(AccountError::Email),
                password: Some(PasswordError::TooShort),
                form: None,
            }
        );
        assert_eq!(format!("{form:?}"), "SignUpForm(…)");
    }

    #[test]
    fn an_address_is_kept_in_small_letters() {
        let form = SignUpForm {
            name: " Marian Teasdale ".into(),
            email: " Marian@Example.com ".into(),
            password: "kettle-window-otter".into(),
        };
        let kept = (
            "Marian Teasdale".to_owned(),
            "marian@example.com".to_owned(),
        );
        assert_eq!(form.check(), Ok(kept));
    }

    #[test]
    fn the_address_book_takes_what_the_checkout_takes() {
        let form = AddressForm {
            country: "GB".into(),
            name: "Marian Teasdale".into(),
            line1: "14 Stramongate".into(),
            city: "Kendal".into(),
            postcode: "la94bh".into(),
            ..AddressForm::default()
        };
        let address = form.check().unwrap();
        assert_eq!(address.postcode, "LA9 4BH");
        assert_eq!(AddressForm::of(&address, false).check(), Ok(address));
        let errors = AddressForm {
            postcode: "1".into(),
            name: String::new(),
            ..form
        }
        .check()
        .unwrap_err();
        assert!(errors.of(Field::Postcode).is_some() && errors.of(Field::Name).is_some());
        assert!(errors.of(Field::Email).is_none() && errors.of(Field::Method).is_none());
    }
}
