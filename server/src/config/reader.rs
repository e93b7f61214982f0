//! Reading variables one by one, and remembering what is wrong with them.

use shop::settings::Secret;
use std::{
    collections::BTreeMap, ffi::OsString, fmt, num::NonZeroU32, str::FromStr, time::Duration,
};
use url::Url;

/// A variable that cannot be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    name: &'static str,
    holds: Held,
    allowed: &'static str,
}

/// What a wrong variable holds, as far as it may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Held {
    Nothing,
    Text(String),
    Secret,
    /// What is no text: it may be a secret too.
    Bytes,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.holds {
            Held::Nothing => write!(f, "{} is not set", self.name)?,
            Held::Text(value) => write!(f, "{} holds `{value}`", self.name)?,
            Held::Secret => write!(f, "{} holds `***`", self.name)?,
            Held::Bytes => write!(f, "{} holds bytes that are not UTF-8", self.name)?,
        }
        write!(f, "; it takes {}", self.allowed)
    }
}

/// Takes values out of variables, each at most once.
pub(super) struct Reader {
    /// `None` is what is no text. What is empty counts as not set.
    variables: BTreeMap<String, Option<String>>,
    faults: Vec<Fault>,
}

impl Reader {
    pub(super) fn new<N, V>(variables: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<OsString>,
        V: Into<OsString>,
    {
        // A name that is no text is none of ours.
        let named = variables.into_iter().filter_map(|(name, value)| {
            let name = name.into().into_string().ok()?;
            let value = value.into();
            (!value.is_empty()).then(|| (name, value.into_string().ok()))
        });
        Self {
            variables: named.collect(),
            faults: Vec::new(),
        }
    }

    /// Everything that was wrong.
    pub(super) fn into_faults(self) -> Vec<Fault> {
        self.faults
    }

    fn fault(&mut self, name: &'static str, holds: Held, allowed: &'static str) {
        self.faults.push(Fault {
            name,
            holds,
            allowed,
        });
    }

    pub(super) fn is_set(&self, name: &str) -> bool {
        self.variables.contains_key(name)
    }

    pub(super) fn text(&mut self, name: &'static str, default: &str) -> String {
        self.text_of(name, default, "text in UTF-8")
    }

    fn text_of(&mut self, name: &'static str, default: &str, allowed: &'static str) -> String {
        match self.variables.get(name) {
            Some(Some(text)) => return text.clone(),
            Some(None) => self.fault(name, Held::Bytes, allowed),
            None => {}
        }
        default.to_owned()
    }

    pub(super) fn parsed<T: FromStr>(
        &mut self,
        name: &'static str,
        default: &str,
        allowed: &'static str,
    ) -> T
    where
        T::Err: fmt::Debug,
    {
        let text = self.text_of(name, default, allowed);
        text.parse().unwrap_or_else(|_| {
            self.fault(name, Held::Text(text), allowed);
            default.parse().expect("defaults are right")
        })
    }

    /// A time that something may take: never none.
    pub(super) fn patience(&mut self, name: &'static str, default: &str) -> Duration {
        const ALLOWED: &str = "a number of seconds from 1, such as 15";
        let seconds: NonZeroU32 = self.parsed(name, default, ALLOWED);
        Duration::from_secs(u64::from(seconds.get()))
    }

    /// A time to wait: it may be none.
    pub(super) fn pause(&mut self, name: &'static str, default: &str) -> Duration {
        const ALLOWED: &str = "a number of seconds, such as 15, or 0";
        let seconds: u32 = self.parsed(name, default, ALLOWED);
        Duration::from_secs(u64::from(seconds))
    }

    pub(super) fn choice<T: Copy>(
        &mut self,
        name: &'static str,
        choices: &[(&str, T)],
        allowed: &'static str,
    ) -> T {
        let (first, usual) = choices[0];
        let text = self.text_of(name, first, allowed);
        let chosen = choices.iter().find(|(word, _)| *word == text);
        chosen.map_or_else(
            || {
                self.fault(name, Held::Text(text.clone()), allowed);
                usual
            },
            |(_, value)| *value,
        )
    }

    /// A value that is not printed, not even when it is wrong.
    pub(super) fn secret(
        &mut self,
        name: &'static str,
        fits: impl Fn(&str) -> bool,
        allowed: &'static str,
    ) -> Secret {
        match self.variables.get(name) {
            Some(Some(value)) if fits(value) => return Secret(value.clone()),
            Some(Some(_)) => self.fault(name, Held::Secret, allowed),
            Some(None) => self.fault(name, Held::Bytes, allowed),
            None => self.fault(name, Held::Nothing, allowed),
        }
        Secret::default()
    }

    /// An address of the web, without a slash at its end.
    pub(super) fn address(&mut self, name: &'static str, default: &str) -> String {
        const ALLOWED: &str = "an address such as https://shop.example";
        self.url(name, default, ALLOWED, |_| true, Url::to_string)
    }

    /// The same, but nothing besides scheme, host and port, as browsers write it.
    pub(super) fn origin(&mut self, name: &'static str, default: &str) -> String {
        const ALLOWED: &str = "an address without a path, such as https://shop.example";
        let is_origin = |url: &Url| {
            url.path() == "/"
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty()
                && url.password().is_none()
        };
        let origin = |url: &Url| url.origin().ascii_serialization();
        self.url(name, default, ALLOWED, is_origin, origin)
    }

    fn url(
        &mut self,
        name: &'static str,
        default: &str,
        allowed: &'static str,
        fits: impl Fn(&Url) -> bool,
        write: impl Fn(&Url) -> String,
    ) -> String {
        let text = self.text_of(name, default, allowed);
        match Url::parse(&text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && fits(&url) => {
                write(&url).trim_end_matches('/').to_owned()
            }
            _ => {
                self.fault(name, Held::Text(text), allowed);
                String::new()
            }
        }
    }
}
