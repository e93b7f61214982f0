//! A mailbox that takes everything: SMTP in, pages and JSON out.

mod parse;
mod smtp;
mod store;

pub(crate) use smtp::serve;
pub(crate) use store::Mailbox;
pub use store::{Mail, MailFault};
