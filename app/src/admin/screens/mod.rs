//! The screens of the admin. Each is a whole document, made from what it shows.

mod door;
mod home;
mod me;
mod staff;

pub use door::{choose_password, code, confirm, denied, forgot, nobody_yet, sign_in};
pub use home::home;
pub use me::{me, recovery_codes, second_factor};
pub use staff::{StaffShown, staff};
