//! What a visitor's browser sends along: the query of an address, and the fields of a form.
//!
//! Both are read with patience. Of a name that stands there twice the first counts, what has no place is passed over, and
//! bytes that are no text become signs that nothing is called by. A NUL is left out: nobody types one, and Postgres takes none.

use crate::state::State;
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, RawForm, Request},
    response::{IntoResponse, Response},
};
use http::{StatusCode, request::Parts};
use serde::de::DeserializeOwned;
use std::{collections::HashSet, convert::Infallible};
use url::form_urlencoded;

/// The query of the address; as if it were empty where it cannot be read.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned + Default, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(read(parts.uri.query().unwrap_or_default().as_bytes())))
    }
}

/// The fields of a form that was sent. What is too large, of another kind, or does not arrive is refused by its status.
pub(crate) struct Form<T>(pub(crate) T);

impl<T: DeserializeOwned + Default> FromRequest<State> for Form<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &State) -> Result<Self, Self::Rejection> {
        Ok(Self(read(&arrived(request, state).await?)))
    }
}

/// The fields of a form whose names are not known beforehand, in their order.
pub(crate) struct Fields(pub(crate) Vec<(String, String)>);

impl FromRequest<State> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &State) -> Result<Self, Self::Rejection> {
        let fields = arrived(request, state).await?;
        let pairs = form_urlencoded::parse(&fields);
        let plain = |text: &str| text.replace('\0', "");
        Ok(Self(
            pairs
                .map(|(name, value)| (plain(&name), plain(&value)))
                .collect(),
        ))
    }
}

impl Fields {
    /// The value of a name; empty where there is none.
    pub(crate) fn of(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

/// The bytes of a form. Those that do not arrive in time are not waited for.
async fn arrived(request: Request, state: &State) -> Result<Bytes, Response> {
    // The other half of the time is for the work.
    let patience = state.config.request_timeout / 2;
    let arriving = RawForm::from_request(request, state);
    match tokio::time::timeout(patience, arriving).await {
        Ok(Ok(RawForm(fields))) => Ok(fields),
        Ok(Err(rejection)) => Err(rejection.into_response()),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT.into_response()),
    }
}

fn read<T: DeserializeOwned + Default>(text: &[u8]) -> T {
    if text.is_empty() {
        return T::default();
    }
    let mut seen = HashSet::new();
    let mut clean = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(text) {
        if !seen.contains(&name) {
            clean.append_pair(&name, &value.replace('\0', ""));
            seen.insert(name);
        }
    }
    serde_urlencoded::from_str(&clean.finish()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Inner {
        after: String,
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Fields {
        sort: String,
        remove: Option<String>,
        #[serde(flatten)]
        inner: Inner,
    }

    #[test]
    fn whatever_is_sent_is_read() {
        let fields = |sort: &str, remove: Option<&str>, after: &str| Fields {
            sort: sort.into(),
            remove: remove.map(Into::into),
            inner: Inner {
                after: after.into(),
            },
        };
        for (sent, understood) in [
            ("", fields("", None, "")),
            ("sort=a&sort=b&after=1&after=2", fields("a", None, "1")),
            ("sort=a%00b&%00=1&x[]=1", fields("ab", None, "")),
            ("sort=%ff&remove=", fields("\u{fffd}", Some(""), "")),
            ("&&=&sort&%", fields("", None, "")),
            ("sort=%E2%82%AC+%2500", fields("€ %00", None, "")),
        ] {
            assert_eq!(read::<Fields>(sent.as_bytes()), understood, "{sent}");
        }
    }
}
