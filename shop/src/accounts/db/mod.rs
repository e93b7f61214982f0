//! The SQL of customers' accounts.

mod addresses;
mod customers;
mod links;
mod sessions;

pub(super) use addresses::{
    add_address, addresses, change_address, delete_address, make_default, settle_default,
};
pub(crate) use customers::known_by;
pub(super) use customers::{
    Registered, ask_for_email, card, confirm, door, edit, export, forget, lock, password, person,
    register, rehash, rename, set_password, take_email,
};
pub(super) use links::{NewLink, insert_link, link, use_link};
pub(super) use sessions::{
    Ending, NewSession, end_session, end_sessions, insert_session, seen, session, sessions, sweep,
};
