//! What the screens of the staff show.

use crate::{RoleId, StaffId, StaffSessionId};
use serde::{Deserialize, Serialize};

/// A member of the staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffRow {
    /// Who.
    pub id: StaffId,
    /// What they are called.
    pub name: String,
    /// Where mail reaches them.
    pub email: String,
    /// The handle of their role.
    pub role: String,
    /// What it is called.
    pub role_name: String,
    /// Whether they took up the invitation.
    pub has_joined: bool,
    /// Whether they show a code besides the password.
    pub has_totp: bool,
    /// Whether they are shut out.
    pub is_disabled: bool,
    /// When they were last here, in words; empty for never.
    pub last_seen: String,
}

/// A role with what it allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleView {
    /// Which.
    pub id: RoleId,
    /// Its name in addresses and forms.
    pub handle: String,
    /// Its name.
    pub name: String,
    /// One sentence.
    pub description: String,
    /// What it allows.
    pub permissions: super::Permissions,
}

/// A browser that somebody signed in with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Which.
    pub id: StaffSessionId,
    /// What it calls itself, shortened to what people know: `Firefox on Linux`.
    pub agent: String,
    /// From where.
    pub client: String,
    /// Since when, in words.
    pub since: String,
    /// When it was last used, in words.
    pub seen: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// What an authenticator is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotpSetup {
    /// The key in words of four letters, to type.
    pub key: String,
    /// The same as a drawing of squares: the inside of an SVG of `size` × `size` units.
    pub path: String,
    /// Its width in units.
    pub size: usize,
}

/// Which entries of the audit log are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditFilter {
    /// The id of who did it.
    pub staff: String,
    /// What kind of thing it was done to: `order`.
    pub subject: String,
    /// The id of that thing.
    pub id: String,
    /// From this day on, `2026-11-21`.
    pub from: String,
    /// Up to and with this day.
    pub to: String,
    /// Where the page before ended.
    pub after: String,
}

/// One entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// Its number.
    pub id: i64,
    /// When, in words.
    pub at: String,
    /// Who.
    pub staff: String,
    /// From where.
    pub client: String,
    /// The whole in one sentence.
    pub sentence: String,
    /// The page of what it was done to, where it has one.
    pub href: Option<String>,
    /// What differs: what, before, after.
    pub changes: Vec<(String, String, String)>,
}

/// A page of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AuditPage {
    /// The latest first.
    pub rows: Vec<AuditRow>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whose entries can be asked for: id and name.
    pub staff: Vec<(String, String)>,
}

/// What the search of the admin found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AdminHits {
    /// The latest orders.
    pub orders: Vec<AdminHit>,
    /// Products by title.
    pub products: Vec<AdminHit>,
    /// The latest customers.
    pub customers: Vec<AdminHit>,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminHit {
    /// The address of its page.
    pub href: String,
    /// What it is called.
    pub title: String,
    /// What tells it from others; may be empty.
    pub beside: String,
}
