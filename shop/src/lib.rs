//! The shop at work: use cases and everything they touch. [`Shop`] is the one handle that the outer rooms hold.
//!
//! Each domain is a folder: its `mod.rs` holds the use cases (methods of [`Shop`]), its `db.rs` all of its SQL. Domains call
//! each other's use cases, never each other's SQL.

mod core;

pub use crate::core::{
    clock::Clock,
    error::{Error, Fault, Result},
    settings::Settings,
    token::{CartToken, Token},
};

use sqlx::PgPool;
use std::sync::Arc;

/// The shop: cheap to clone, safe to share.
#[derive(Clone)]
pub struct Shop(Arc<Parts>);

/// What the use cases work with.
struct Parts {
    db: PgPool,
    clock: Clock,
    settings: Settings,
}

impl Shop {
    /// Puts the shop together. Nothing is connected to yet that a pool would not connect to by itself.
    pub fn new(db: PgPool, clock: Clock, settings: Settings) -> Self {
        Self(Arc::new(Parts {
            db,
            clock,
            settings,
        }))
    }

    /// What the shop was configured with.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn db(&self) -> &PgPool {
        &self.0.db
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.0.clock
    }
}
