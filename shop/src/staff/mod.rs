//! The staff: who may come in, by which door, and what they may do inside.

mod actor;
mod db;
mod links;
mod people;
mod sessions;
mod sign_in;
mod totp;
mod welcome;

pub use actor::Actor;
pub(crate) use links::LinkKind;
pub use sessions::{StaffSession, Standing};
pub use sign_in::SignedIn;

use domain::staff::Permissions;

/// What a role allows. The owner's is not written down: what is new is theirs too.
fn permissions(role: &str, words: &[String]) -> Permissions {
    if role == "owner" {
        Permissions::all()
    } else {
        Permissions::from_words(words)
    }
}
