//! Who does something in the admin, and what they may.

use crate::{Error, Result};
use domain::{
    StaffId, StaffSessionId,
    staff::{Permission, Permissions},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a password that was given holds for what is dear.
const CONFIRMED_FOR: SignedDuration = SignedDuration::from_mins(30);

/// A member of the staff at work. Every use case of the admin is given one, and asks it first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Who; nobody where the shop's operator works at the command line.
    pub id: Option<StaffId>,
    /// What they are called.
    pub name: String,
    /// Where mail reaches them.
    pub email: String,
    /// What their role is called.
    pub role: String,
    /// What they may do.
    pub permissions: Permissions,
    /// The browser that they work with.
    pub session: Option<StaffSessionId>,
    /// When the password was last given.
    pub confirmed_at: Timestamp,
    /// The address that the request came from.
    #[serde(skip)]
    pub client: String,
}

impl Actor {
    /// Whoever has the command line may do everything.
    pub fn operator(now: Timestamp) -> Self {
        Self {
            id: None,
            name: "the operator".to_owned(),
            email: String::new(),
            role: "Operator".to_owned(),
            permissions: Permissions::all(),
            session: None,
            confirmed_at: now,
            client: String::new(),
        }
    }

    /// Whether they may do this.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.has(permission)
    }

    /// # Errors
    /// [`Error::Denied`] where they may not.
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.may(permission) {
            Ok(())
        } else {
            Err(Error::Denied(permission))
        }
    }

    /// The same for what is dear (refunds, staff, settings): the password was given a short while ago, too.
    ///
    /// # Errors
    /// [`Error::Denied`], or [`Error::Unconfirmed`] where the password has to be given again.
    pub fn require_confirmed(&self, permission: Permission, now: Timestamp) -> Result<()> {
        self.require(permission)?;
        if self.is_confirmed(now) {
            Ok(())
        } else {
            Err(Error::Unconfirmed)
        }
    }

    /// Whether the password was given so lately that a form that begins now can be filled in and sent.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        now.duration_since(self.confirmed_at) <= CONFIRMED_FOR / 2
    }

    /// Whether the password was given a short while ago.
    pub fn is_confirmed(&self, now: Timestamp) -> bool {
        now.duration_since(self.confirmed_at) <= CONFIRMED_FOR
    }
}
