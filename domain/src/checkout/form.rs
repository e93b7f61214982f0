//! What a shopper types at the checkout, and what is wrong with it.

use super::{Address, Country};
use crate::text_enum::text_enum;
use serde::{Deserialize, Serialize};

text_enum! {
    /// A field of the checkout, by the name that it has in the form.
    Field {
        /// Where the receipt goes.
        Email = "email",
        /// The country that it is sent to.
        Country = "country",
        /// Who it is sent to.
        Name = "name",
        /// House and street.
        Line1 = "line1",
        /// Flat or company.
        Line2 = "line2",
        /// Town or city.
        City = "city",
        /// State.
        Region = "region",
        /// Postcode.
        Postcode = "postcode",
        /// Delivery method.
        Method = "method",
        /// The country of the bill.
        BillingCountry = "billing_country",
        /// Who pays.
        BillingName = "billing_name",
        /// House and street of the bill.
        BillingLine1 = "billing_line1",
        /// Flat or company of the bill.
        BillingLine2 = "billing_line2",
        /// Town of the bill.
        BillingCity = "billing_city",
        /// State of the bill.
        BillingRegion = "billing_region",
        /// Postcode of the bill.
        BillingPostcode = "billing_postcode",
    }
}

/// The checkout's form, as it was typed; it is shown again as it came.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of `Field`, by name")]
pub struct CheckoutForm {
    pub email: String,
    pub country: String,
    pub name: String,
    pub line1: String,
    pub line2: String,
    pub city: String,
    pub region: String,
    pub postcode: String,
    pub method: String,
    /// `on` where the bill goes elsewhere.
    pub billing_other: String,
    pub billing_country: String,
    pub billing_name: String,
    pub billing_line1: String,
    pub billing_line2: String,
    pub billing_city: String,
    pub billing_region: String,
    pub billing_postcode: String,
    /// The total that the page showed, in minor units.
    pub total: String,
    /// The row of the address book that was chosen.
    pub saved: String,
}

/// A form that was found right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// Where the receipt goes.
    pub email: String,
    /// Where the parcel goes.
    pub shipping: Address,
    /// Where the bill goes, where that is elsewhere.
    pub billing: Option<Address>,
    /// The code of the delivery method.
    pub method: String,
    /// The total that the shopper saw, in minor units; `None` where the page had none to show.
    pub seen_total: Option<i64>,
}

/// What is wrong, field by field, in the order of the form and in words for the shopper.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FieldErrors(pub Vec<(Field, String)>);

impl FieldErrors {
    /// What is wrong with a field.
    pub fn of(&self, field: Field) -> Option<&str> {
        self.0
            .iter()
            .find(|(at, _)| *at == field)
            .map(|(_, message)| message.as_str())
    }

    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn add(&mut self, field: Field, message: impl Into<String>) {
        self.0.push((field, message.into()));
    }
}

/// The fields of one of the two addresses.
struct AddressFields<'a> {
    typed: [&'a str; 7],
    fields: [Field; 7],
}

impl CheckoutForm {
    /// Whether the bill goes elsewhere.
    pub fn bills_elsewhere(&self) -> bool {
        !self.billing_other.is_empty()
    }

    /// What was typed into a field.
    pub fn typed(&self, field: Field) -> &str {
        match field {
            Field::Email => &self.email,
            Field::Country => &self.country,
            Field::Name => &self.name,
            Field::Line1 => &self.line1,
            Field::Line2 => &self.line2,
            Field::City => &self.city,
            Field::Region => &self.region,
            Field::Postcode => &self.postcode,
            Field::Method => &self.method,
            Field::BillingCountry => &self.billing_country,
            Field::BillingName => &self.billing_name,
            Field::BillingLine1 => &self.billing_line1,
            Field::BillingLine2 => &self.billing_line2,
            Field::BillingCity => &self.billing_city,
            Field::BillingRegion => &self.billing_region,
            Field::BillingPostcode => &self.billing_postcode,
        }
    }

    /// Checks every field.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn check(&self) -> Result<Details, FieldErrors> {
        let mut errors = FieldErrors::default();
        let email = check_email(&self.email, &mut errors);
        let shipping = self.shipping_fields().check(&mut errors);
        if self.method.is_empty() {
            errors.add(Field::Method, "Please choose how it should be sent.");
        }
        let billing = self
            .bills_elsewhere()
            .then(|| self.billing_fields().check(&mut errors));
        let billing = match billing {
            None => Some(None),
            Some(checked) => checked.map(Some),
        };
        match (email, shipping, billing) {
            (Some(email), Some(shipping), Some(billing)) if errors.is_empty() => Ok(Details {
                email,
                shipping,
                billing,
                method: self.method.clone(),
                seen_total: self.total.parse().ok(),
            }),
            _ => Err(errors),
        }
    }

    /// Checks the address that it is sent to, and nothing else.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn check_address(&self) -> Result<Address, FieldErrors> {
        let mut errors = FieldErrors::default();
        match self.shipping_fields().check(&mut errors) {
            Some(address) if errors.is_empty() => Ok(address),
            _ => Err(errors),
        }
    }

    /// Fills in where it goes, from an address that was kept.
    pub fn send_to(&mut self, address: &Address) {
        self.country.clone_from(&address.country);
        self.name.clone_from(&address.name);
        self.line1.clone_from(&address.line1);
        self.line2.clone_from(&address.line2);
        self.city.clone_from(&address.city);
        self.region.clone_from(&address.region);
        self.postcode.clone_from(&address.postcode);
    }

    fn shipping_fields(&self) -> AddressFields<'_> {
        use Field::{City, Country, Line1, Line2, Name, Postcode, Region};
        AddressFields::of(self, [Country, Name, Line1, Line2, City, Region, Postcode])
    }

    fn billing_fields(&self) -> AddressFields<'_> {
        use Field::{
            BillingCity, BillingCountry, BillingLine1, BillingLine2, BillingName, BillingPostcode,
            BillingRegion,
        };
        let fields = [
            BillingCountry,
            BillingName,
            BillingLine1,
            BillingLine2,
            BillingCity,
            BillingRegion,
            BillingPostcode,
        ];
        AddressFields::of(self, fields)
    }
}

impl<'a> AddressFields<'a> {
    fn of(form: &'a CheckoutForm, fields: [Field; 7]) -> Self {
        Self {
            typed: fields.map(|field| form.typed(field)),
            fields,
        }
    }

    fn check(&self, errors: &mut FieldErrors) -> Option<Address> {
        let [country_code, name, line1, line2, city, region, postcode] = self.typed;
        let [
            country_field,
            name_field,
            line1_field,
            line2_field,
            city_field,
            region_field,
            postcode_field,
        ] = self.fields;
        let country = Country::find(country_code);
        if country.is_none() {
            errors.add(country_field, "Please choose a country.");
        }
        let name = text(
            name,
            100,
            name_field,
            "Please tell us your full name.",
            errors,
        );
        let line1 = text(
            line1,
            100,
            line1_field,
            "Please tell us the house and the street.",
            errors,
        );
        let line2 = optional(line2, 100, line2_field, errors);
        let city = text(
            city,
            100,
            city_field,
            "Please tell us the town or city.",
            errors,
        );
        let country = country?;
        let region = country.region(region);
        if let (None, Some(label)) = (&region, country.region_label) {
            errors.add(
                region_field,
                format!("Please choose a {}.", label.to_lowercase()),
            );
        }
        let valid = country.postcode(postcode);
        if valid.is_none() {
            errors.add(postcode_field, postcode_message(country, postcode));
        }
        Some(Address {
            name: name?,
            line1: line1?,
            line2: line2?,
            city: city?,
            region: region?,
            postcode: valid?,
            country: country.code.to_owned(),
        })
    }
}

fn postcode_message(country: &Country, typed: &str) -> String {
    let label = country.postcode_label;
    if typed.trim().is_empty() {
        let article = if label.starts_with('E') { "an" } else { "a" };
        let word = if label == "Postcode" {
            "postcode"
        } else {
            label
        };
        return format!(
            "Please fill in {article} {word}, such as {}.",
            country.postcode_example
        );
    }
    let place = if country.code == "GB" || country.code == "US" {
        "the "
    } else {
        ""
    };
    format!(
        "This is not a {label} of {place}{}. It should look like {}.",
        country.name, country.postcode_example
    )
    .replace("a Eircode", "an Eircode")
    .replace("a Postcode", "a postcode")
}

/// Text of 1 to `max` characters on one line.
fn text(
    typed: &str,
    max: usize,
    field: Field,
    missing: &str,
    errors: &mut FieldErrors,
) -> Option<String> {
    let typed = optional(typed, max, field, errors)?;
    if typed.is_empty() {
        errors.add(field, missing);
        return None;
    }
    Some(typed)
}

fn optional(typed: &str, max: usize, field: Field, errors: &mut FieldErrors) -> Option<String> {
    let typed = typed.trim();
    if typed.chars().count() > max {
        errors.add(field, format!("Please use at most {max} characters."));
        return None;
    }
    if typed.chars().any(char::is_control) {
        errors.add(field, "Please write this on one line.");
        return None;
    }
    Some(typed.to_owned())
}

fn check_email(typed: &str, errors: &mut FieldErrors) -> Option<String> {
    let typed = typed.trim();
    let fault = if typed.is_empty() {
        "Please tell us where to send the receipt."
    } else if is_email(typed) {
        return Some(typed.to_owned());
    } else {
        "This is not a complete e-mail address. It should look like name@example.com."
    };
    errors.add(Field::Email, fault);
    None
}

/// Whether mail could be sent there: one `@`, a name before it, a domain with a dot behind it, nothing that a mail header
/// would stumble over. Whether somebody reads it only a mail can tell.
pub fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let plain = |part: &str| {
        part.chars()
            .all(|sign| sign.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(sign))
    };
    text.len() <= 254
        && (1..=64).contains(&name.len())
        && plain(name)
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.contains("..")
        && domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .chars()
                    .all(|sign| sign.is_alphanumeric() || sign == '-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn right() -> CheckoutForm {
        CheckoutForm {
            email: " marian@example.com ".into(),
            country: "GB".into(),
            name: "Marian Teasdale".into(),
            line1: "14 Stramongate".into(),
            city: "Kendal".into(),
            postcode: "la94bh".into(),
            method: "uk-tracked".into(),
            total: "14450".into(),
            ..CheckoutForm::default()
        }
    }

    #[test]
    fn what_is_right_is_put_into_form() {
        let details = right().check().unwrap();
        assert_eq!(details.email, "marian@example.com");
        assert_eq!(details.shipping.postcode, "LA9 4BH");
        assert_eq!(details.seen_total, Some(14_450));
        assert_eq!(
            details.shipping.lines().join("|"),
            "Marian Teasdale|14 Stramongate|Kendal LA9 4BH|United Kingdom"
        );
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        use Field::{City, Email, Line1, Method, Name, Postcode};
        let form = CheckoutForm {
            country: "GB".into(),
            postcode: "LA9 4B".into(),
            ..CheckoutForm::default()
        };
        let errors = form.check().unwrap_err();
        let fields: Vec<Field> = errors.0.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, [Email, Name, Line1, City, Postcode, Method]);
        assert_eq!(
            errors.of(Postcode),
            Some("This is not a postcode of the United Kingdom. It should look like LA9 4BH.")
        );
    }

    #[test]
    fn a_bill_that_goes_elsewhere_is_checked_too() {
        let form = CheckoutForm {
            billing_other: "on".into(),
            billing_country: "US".into(),
            ..right()
        };
        let errors = form.check().unwrap_err();
        assert_eq!(
            errors.of(Field::BillingRegion),
            Some("Please choose a state.")
        );
        assert_eq!(
            errors.of(Field::BillingPostcode),
            Some("Please fill in a ZIP code, such as 94110.")
        );
        assert_eq!(errors.of(Field::Name), None);
    }

    #[test]
    fn addresses_that_no_mail_reaches_are_refused() {
        for email in [
            "a",
            "a@b",
            "@example.com",
            "a b@example.com",
            "a@exa mple.com",
            "a@example.",
            "a\n@example.com",
            "a..b@example.com",
        ] {
            let form = CheckoutForm {
                email: email.into(),
                ..right()
            };
            assert!(
                form.check().unwrap_err().of(Field::Email).is_some(),
                "{email}"
            );
        }
        for email in [
            "a@b.co",
            "o'neil+x@sub.example.org",
            "müller@bücher.example",
        ] {
            assert!(
                CheckoutForm {
                    email: email.into(),
                    ..right()
                }
                .check()
                .is_ok(),
                "{email}"
            );
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_panic(text in "\\PC{0,40}", country in "(GB|US|IE|LV|\\PC{0,3})") {
            let form = CheckoutForm {
                email: text.clone(), country, name: text.clone(), line1: text.clone(), line2: text.clone(),
                city: text.clone(), region: text.clone(), postcode: text.clone(), method: text.clone(),
                billing_other: text.clone(), total: text, ..CheckoutForm::default()
            };
            let _ = form.check();
        }
    }
}
