//! All of the staff's SQL.

mod people;
mod session;

pub(super) use people::*;
pub(super) use session::*;
