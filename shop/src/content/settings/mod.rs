//! The settings in the hands of the owner: each part by itself. What is saved holds at once; orders that were placed keep what
//! they were placed with.

mod general;
mod legal;
mod mail;
mod methods;
mod taxes;
mod zones;

pub(super) use general::time_zones;
pub(crate) use mail::mailbox;

use super::{ShopSetting, setting};
use crate::{Actor, Error, Result, Shop, audit::Entry};
use serde_json::Value;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

impl Shop {
    /// Writes down that a setting was changed. `about` is what it is of: `shop`, or the id of a rate, a zone or a method.
    async fn record_setting(
        &self,
        tx: &mut PgConnection,
        actor: &Actor,
        about: impl ToString,
        did: String,
        (before, after): (Option<Value>, Option<Value>),
    ) -> Result<()> {
        let entry = Entry {
            action: "setting.changed",
            kind: "setting",
            id: about.to_string(),
            name: "settings",
            did,
            before,
            after,
        };
        self.record(tx, actor, entry).await
    }
}

/// Who the shop is, as it is kept.
async fn shop_setting(db: impl PgExecutor<'_>) -> Result<ShopSetting> {
    let kept = setting(db, "shop").await?;
    kept.ok_or_else(|| Error::Stored("the shop has no settings yet".into()))
}

/// The id that stands in an address; `None` where it cannot be one.
fn id(text: &str) -> Option<Uuid> {
    text.parse().ok()
}
