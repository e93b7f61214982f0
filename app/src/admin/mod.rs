//! The admin: its frame, its pieces, and its screens. All of it is rendered on the server; every write is a plain form. What a
//! browser adds to that is in `script/`.

mod chart;
mod document;
mod icon;
mod navigation;
mod palette;
pub mod screens;
pub(crate) mod ui;

pub(crate) use document::{page, plain, sheet};

use crate::Frame;
use domain::staff::{Permission, Permissions};

/// What every page of the admin has around it.
#[derive(Debug, Clone)]
pub struct AdminFrame {
    /// What every page of the shop has.
    pub frame: Frame,
    /// The name of who works here.
    pub name: String,
    /// What their role is called.
    pub role: String,
    /// What they may do.
    pub permissions: Permissions,
    /// What was done a moment ago: it is told once.
    pub done: Option<String>,
    /// How many orders are to be sent.
    pub to_send: i64,
}

impl AdminFrame {
    /// Whether they may do this: what they may not is not offered.
    pub(crate) fn may(&self, permission: Permission) -> bool {
        self.permissions.has(permission)
    }

    /// The first letters of the first and the last name.
    pub(crate) fn initials(&self) -> String {
        let mut words = self.name.split_whitespace();
        let first = words.next().and_then(|word| word.chars().next());
        let last = words.next_back().and_then(|word| word.chars().next());
        first
            .into_iter()
            .chain(last)
            .flat_map(char::to_uppercase)
            .collect()
    }
}
