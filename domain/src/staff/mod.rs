//! Who runs the shop: permissions, roles, and the forms by which somebody comes in.

mod forms;
mod permission;
mod view;

pub use forms::{
    ChoosePasswordForm, CodeForm, InviteForm, PASSWORD_MIN, PasswordError, SignInError, SignInForm,
    StaffError, check_password,
};
pub use permission::{Permission, Permissions};
pub use view::{AuditFilter, AuditPage, AuditRow, RoleView, SessionRow, StaffRow, TotpSetup};
