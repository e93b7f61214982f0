//! A request that is repeated under its key is done once.

use std::collections::HashMap;
use std::sync::Mutex;

use http::StatusCode;
use serde_json::Value;

use super::error::ApiError;
use crate::sim::lock;

/// Stripe may forget a key after a day.
const KEPT_MS: i64 = 24 * 60 * 60 * 1000;

/// Every key that was used.
#[derive(Debug, Default)]
pub(crate) struct Idempotency(Mutex<HashMap<String, Entry>>);

#[derive(Debug)]
struct Entry {
    path: String,
    params: Value,
    used_ms: i64,
    answer: Option<Answer>,
}

/// A saved answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
    /// The request that it was given to first.
    pub(crate) request_id: String,
}

/// What a key means for a request.
#[derive(Debug)]
pub(crate) enum Claim<'a> {
    /// It is new: do the work, then save the answer.
    Fresh(Guard<'a>),
    /// The work was done: answer the same.
    Replay(Answer),
}

/// Holds a key while its request is under way; lets go of it unless an answer is saved.
#[derive(Debug)]
pub(crate) struct Guard<'a> {
    keys: &'a Idempotency,
    key: String,
}

impl Idempotency {
    /// Takes a key for a request, or tells why not.
    pub(crate) fn claim(
        &self,
        key: &str,
        path: &str,
        params: &Value,
        now_ms: i64,
    ) -> Result<Claim<'_>, ApiError> {
        if key.chars().count() > 255 {
            return Err(ApiError::idempotency(
                "Idempotency keys can have up to 255 characters.".to_owned(),
            ));
        }
        let mut keys = lock(&self.0);
        let remembered = keys
            .get(key)
            .filter(|entry| entry.answer.is_none() || entry.used_ms + KEPT_MS > now_ms);
        if let Some(entry) = remembered {
            let Some(answer) = &entry.answer else {
                return Err(ApiError::in_use(key));
            };
            entry.same_request(key, path, params)?;
            return Ok(Claim::Replay(answer.clone()));
        }
        let entry = Entry {
            path: path.to_owned(),
            params: params.clone(),
            used_ms: now_ms,
            answer: None,
        };
        keys.insert(key.to_owned(), entry);
        Ok(Claim::Fresh(Guard {
            keys: self,
            key: key.to_owned(),
        }))
    }
}

impl Entry {
    fn same_request(&self, key: &str, path: &str, params: &Value) -> Result<(), ApiError> {
        if self.path != path {
            return Err(ApiError::idempotency(format!(
                "Keys for idempotent requests can only be used for the same endpoint they were first used for ('{path}' vs '{}'). Try using a key other than '{key}' if you meant to execute a different request.",
                self.path
            )));
        }
        if &self.params != params {
            return Err(ApiError::idempotency(format!(
                "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '{key}' if you meant to execute a different request."
            )));
        }
        Ok(())
    }
}

impl Guard<'_> {
    /// From now on the key gives this answer.
    pub(crate) fn save(self, answer: Answer) {
        if let Some(entry) = lock(&self.keys.0).get_mut(&self.key) {
            entry.answer = Some(answer);
        }
    }
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        let mut keys = lock(&self.keys.0);
        if keys
            .get(&self.key)
            .is_some_and(|entry| entry.answer.is_none())
        {
            keys.remove(&self.key);
        }
    }
}
