//! The shop at work: use cases and everything they touch. [`Shop`] is the one handle that the outer rooms hold.
//!
//! Each domain is a folder: its `mod.rs` holds the use cases (methods of [`Shop`]), its `db` all of its SQL. Domains call
//! each other's use cases, never each other's SQL.

// Stripe's objects hold one another many levels deep, and whether a job may move between threads is asked of each level.
#![recursion_limit = "256"]

mod accounts;
mod audit;
mod cart;
pub mod catalog;
mod checkout;
mod content;
mod core;
mod directory;
mod fulfilment;
pub mod import;
pub mod inventory;
pub mod jobs;
mod mail;
pub mod media;
pub mod ops;
mod orders;
mod payments;
mod promotions;
mod reports;
mod seed;
pub mod staff;

pub use crate::{
    accounts::{Again, Browser, Customer, CustomerLink, Entered},
    cart::{AddItem, Added, CartToken, Wanted},
    checkout::Placed,
    core::{
        clock::Clock,
        error::{Error, Fault, Result},
        request::for_request,
        settings,
        settings::Settings,
        token::Token,
    },
    payments::WebhookError,
    seed::History,
    staff::{Actor, SignedIn, StaffSession, Standing},
};

use content::ChromeCache;
use mail::Mailer;
use media::MediaStore;
use ops::{Limiter, Redis};
use payments::Stripe;
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
    chrome: ChromeCache,
    media: MediaStore,
    redis: Option<Redis>,
    limiter: Limiter,
    stripe: Stripe,
    mailer: Mailer,
}

impl Shop {
    /// Puts the shop together. Nothing is connected to yet: what is away now may be there later.
    ///
    /// # Errors
    /// A setting that cannot be right, such as an address that is none.
    pub fn new(db: PgPool, clock: Clock, settings: Settings) -> Result<Self> {
        let redis = settings
            .redis_url
            .as_ref()
            .map(|url| Redis::new(&url.0))
            .transpose();
        Ok(Self(Arc::new(Parts {
            db,
            clock,
            chrome: ChromeCache::default(),
            media: MediaStore::open(&settings.media_url)?,
            redis: redis.map_err(|error| Error::Invariant(format!("REDIS_URL: {error}")))?,
            limiter: Limiter::new(settings.limits),
            stripe: Stripe::new(&settings.stripe)?,
            mailer: Mailer::new(&settings.mail)?,
            settings,
        })))
    }

    /// What the shop was configured with.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The connections to Postgres, for those who count them.
    pub fn db(&self) -> &PgPool {
        &self.0.db
    }

    /// What time it is for the shop.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub(crate) fn chrome_cache(&self) -> &ChromeCache {
        &self.0.chrome
    }

    pub(crate) fn media(&self) -> &MediaStore {
        &self.0.media
    }

    pub(crate) fn redis(&self) -> Option<&Redis> {
        self.0.redis.as_ref()
    }

    pub(crate) fn limiter(&self) -> &Limiter {
        &self.0.limiter
    }

    pub(crate) fn stripe(&self) -> &Stripe {
        &self.0.stripe
    }

    pub(crate) fn mailer(&self) -> &Mailer {
        &self.0.mailer
    }
}
