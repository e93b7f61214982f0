//! Who runs the shop: permissions, roles, and the forms by which somebody comes in.

mod forms;
mod permission;
mod view;
mod welcome;

pub use crate::accounts::{PASSWORD_MIN, PasswordError, check_password};
pub use forms::{ChoosePasswordForm, CodeForm, InviteForm, SignInError, SignInForm, StaffError};
pub use permission::{Permission, Permissions};
pub use view::{
    AdminHit, AdminHits, AuditFilter, AuditPage, AuditRow, RoleView, SessionRow, StaffRow,
    TotpSetup,
};
pub use welcome::{OwnerForm, WelcomeError};
