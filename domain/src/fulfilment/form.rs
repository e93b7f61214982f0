//! The form that sends things out.

use super::LineAccount;
use crate::{OrderLineId, text_enum::text_enum};

/// The most characters of a carrier's name or a tracking number.
const SHORT: usize = 80;
/// The most characters of an address on the web.
const LONG: usize = 500;

/// What is sent, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FulfilForm {
    /// The version of the order that the page showed.
    pub version: String,
    /// How many of each row.
    pub quantities: Vec<(OrderLineId, String)>,
    /// Who brings it.
    pub carrier: String,
    /// The number that it travels under.
    pub tracking: String,
    /// Where it can be followed.
    pub tracking_url: String,
}

/// What is sent together, found right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consignment {
    /// The rows with how many of each; at least one, and none of zero.
    pub lines: Vec<(OrderLineId, i32)>,
    /// Who brings it; may be empty.
    pub carrier: String,
    /// The number that it travels under; may be empty.
    pub tracking: String,
    /// Where it can be followed; may be empty.
    pub tracking_url: String,
}

text_enum! {
    /// A field of the form that has a fault of its own.
    FulfilField {
        /// Who brings it.
        Carrier = "carrier",
        /// The number that it travels under.
        Tracking = "tracking",
        /// Where it can be followed.
        TrackingUrl = "tracking_url",
    }
}

/// Why nothing was sent, in words for the staff.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FulfilError {
    /// There is no such order.
    #[error("There is no such order.")]
    Unknown,
    /// The order is another than the page showed.
    #[error(
        "Somebody else has worked on this order since you opened the page. Please look at it again."
    )]
    Stale,
    /// It was not paid.
    #[error("This order is not paid. Nothing is sent before the money is there.")]
    NotPaid,
    /// It was taken back.
    #[error("This order was cancelled.")]
    Cancelled,
    /// Everything is on its way.
    #[error("Nothing is left to send.")]
    NothingLeft,
    /// Nothing was chosen.
    #[error("Please say how many of what are in the parcel.")]
    NothingChosen,
    /// No number.
    #[error("How many of {0}? Please give a whole number.")]
    Quantity(String),
    /// More than are left.
    #[error("Of {name} only {left} are left to send.")]
    TooMany {
        /// Of what.
        name: String,
        /// How many are left.
        left: i32,
    },
    /// More than fits.
    #[error("Please use at most {max} characters, on one line.")]
    Unfit {
        /// Where.
        field: FulfilField,
        /// How many fit.
        max: usize,
    },
    /// No address on the web.
    #[error("This is not an address on the web. It should begin with https://.")]
    Url,
}

impl FulfilError {
    /// The field that it stands beside; `None` where it stands above the form.
    pub const fn field(&self) -> Option<FulfilField> {
        match self {
            Self::Unfit { field, .. } => Some(*field),
            Self::Url => Some(FulfilField::TrackingUrl),
            _ => None,
        }
    }
}

impl FulfilForm {
    /// The form as it is sent: a row is `send-` and its id.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name {
                "version" => value.clone_into(&mut form.version),
                "carrier" => value.clone_into(&mut form.carrier),
                "tracking" => value.clone_into(&mut form.tracking),
                "tracking_url" => value.clone_into(&mut form.tracking_url),
                _ => {
                    if let Some(line) = name.strip_prefix("send-").and_then(|id| id.parse().ok()) {
                        form.quantities.push((line, value.to_owned()));
                    }
                }
            }
        }
        form
    }

    /// The form for all that is left.
    pub fn all(version: i32, lines: &[LineAccount]) -> Self {
        let left = lines.iter().filter(|line| line.to_send() > 0);
        Self {
            version: version.to_string(),
            quantities: left
                .map(|line| (line.id, line.to_send().to_string()))
                .collect(),
            ..Self::default()
        }
    }

    /// What was typed for a row.
    pub fn typed(&self, line: OrderLineId) -> &str {
        let typed = self.quantities.iter().find(|(id, _)| *id == line);
        typed.map_or("", |(_, typed)| typed.as_str())
    }

    /// Checks it against what is left of the order.
    pub fn check(&self, lines: &[LineAccount]) -> Result<Consignment, FulfilError> {
        let mut chosen = Vec::new();
        for line in lines {
            let typed = self.typed(line.id).trim();
            if typed.is_empty() {
                continue;
            }
            let quantity: u16 = typed
                .parse()
                .map_err(|_| FulfilError::Quantity(line.name.clone()))?;
            let quantity = i32::from(quantity);
            if quantity > line.to_send() {
                return Err(FulfilError::TooMany {
                    name: line.name.clone(),
                    left: line.to_send(),
                });
            }
            if quantity > 0 {
                chosen.push((line.id, quantity));
            }
        }
        if chosen.is_empty() {
            return Err(FulfilError::NothingChosen);
        }
        let tracking_url = fitting(&self.tracking_url, FulfilField::TrackingUrl, LONG)?;
        if !tracking_url.is_empty() && !is_web_address(&tracking_url) {
            return Err(FulfilError::Url);
        }
        Ok(Consignment {
            lines: chosen,
            carrier: fitting(&self.carrier, FulfilField::Carrier, SHORT)?,
            tracking: fitting(&self.tracking, FulfilField::Tracking, SHORT)?,
            tracking_url,
        })
    }
}

fn fitting(typed: &str, field: FulfilField, max: usize) -> Result<String, FulfilError> {
    let typed = typed.trim();
    if typed.chars().count() > max || typed.chars().any(char::is_control) {
        return Err(FulfilError::Unfit { field, max });
    }
    Ok(typed.to_owned())
}

/// Whether a text leads to a page and to nothing else: it becomes a link on the shopper's page and in a mail.
fn is_web_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let Some(rest) = rest else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':');
    !host.is_empty()
        && host.starts_with(|first: char| first.is_ascii_alphanumeric())
        && host.bytes().all(fits)
        && rest.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn line(id: u128, left: i32) -> LineAccount {
        LineAccount {
            id: OrderLineId(Uuid::from_u128(id)),
            name: format!("Thing {id}"),
            quantity: left + 1,
            fulfilled: 1,
            withdrawn: 0,
            refunded: 0,
            returned: 0,
            restocked: 0,
            paid: 100,
            given_back: 0,
        }
    }

    fn form(typed: &[(u128, &str)]) -> FulfilForm {
        let names: Vec<(String, &str)> = typed
            .iter()
            .map(|(id, typed)| (format!("send-{}", Uuid::from_u128(*id)), *typed))
            .collect();
        FulfilForm::from_pairs(names.iter().map(|(name, typed)| (name.as_str(), *typed)))
    }

    #[test]
    fn no_more_is_sent_than_is_left() {
        let lines = [line(1, 2), line(2, 0)];
        let sent = form(&[(1, "2"), (2, " 0")]).check(&lines).unwrap();
        assert_eq!(sent.lines, [(lines[0].id, 2)]);
        for (typed, error) in [
            (vec![(1, "3")], "Of Thing 1 only 2 are left to send."),
            (
                vec![(1, "1"), (2, "1")],
                "Of Thing 2 only 0 are left to send.",
            ),
            (
                vec![(1, "-1")],
                "How many of Thing 1? Please give a whole number.",
            ),
            (
                vec![(1, "0")],
                "Please say how many of what are in the parcel.",
            ),
            (vec![], "Please say how many of what are in the parcel."),
        ] {
            assert_eq!(form(&typed).check(&lines).unwrap_err().to_string(), error);
        }
        assert_eq!(FulfilForm::all(3, &lines).check(&lines).unwrap(), sent);
    }

    #[test]
    fn a_tracking_address_leads_to_a_page() {
        for (text, fits) in [
            ("https://www.royalmail.com/track?id=AB12", true),
            ("http://carrier.example:8080/x#y", true),
            ("javascript:alert(1)", false),
            ("https://", false),
            ("https:///etc", false),
            ("https://trusted.example@evil.example/", false),
            ("https://a b.example", false),
            ("www.royalmail.com", false),
        ] {
            assert_eq!(is_web_address(text), fits, "{text}");
        }
        let mut typed = form(&[(1, "1")]);
        typed.tracking_url = "javascript:alert(1)".into();
        let error = typed.check(&[line(1, 1)]).unwrap_err();
        assert_eq!(error.field(), Some(FulfilField::TrackingUrl));
    }
}
