//! Customers' accounts: opening one, coming in, what it holds, leaving.
//!
//! No answer tells a stranger whether there is an account: what differs comes by mail. An account is nobody's until somebody
//! who reads the mail of its address also knows its password; until then nobody comes in.

mod admin;
mod book;
mod db;
mod details;
mod door;
mod history;
mod leave;
mod letters;
mod reset;
mod sessions;
mod sign_up;

pub use door::{Browser, Entered};
pub use history::Again;
pub use letters::CustomerLink;
pub use sessions::Customer;

pub(crate) use db::known_by;
pub(crate) use letters::Letter;
