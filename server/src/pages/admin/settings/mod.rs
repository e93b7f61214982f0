//! `/admin/settings` and what is below it: a file for each part.

mod general;
mod legal;
mod mail;
mod shipping;
mod taxes;

use super::{Needs, Routes, Staff, ask_password, confirm_first, done, frame, page, refused};
use domain::staff::Permission;

const EDITS: Needs = Needs::May(Permission::EditSettings);

pub(super) fn routes() -> Routes {
    Routes::default()
        .and(general::routes())
        .and(taxes::routes())
        .and(shipping::routes())
        .and(mail::routes())
        .and(legal::routes())
}
