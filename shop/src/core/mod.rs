//! What every domain leans on: time, chance, errors, settings.

pub(crate) mod clock;
pub(crate) mod error;
pub(crate) mod password;
pub(crate) mod request;
pub(crate) mod seal;
pub mod settings;
pub(crate) mod token;
pub(crate) mod words;
