//! The screens of the admin. Each is a whole document, made from what it shows.

mod audit;
mod door;
mod home;
mod me;
mod order;
mod staff;

pub use audit::audit;
pub use door::{choose_password, code, confirm, denied, forgot, nobody_yet, sign_in};
pub use home::home;
pub use me::{me, recovery_codes, second_factor};
pub use order::{
    OrderShown, cancel_order, correct_address, fulfil_order, invoice, order, packing_slip,
    refund_order,
};
pub use staff::{StaffShown, staff};
