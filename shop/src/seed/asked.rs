//! The demo on demand: an owner who looks around asks for it in the admin, and a job loads it.

use crate::{
    Actor, Result, Shop,
    audit::Entry,
    jobs::{Job, Next},
};
use domain::staff::Permission;
use jiff::SignedDuration;

/// How many orders the demo's year has, as with `mercer seed`.
const ORDERS: usize = 2_500;

impl Shop {
    /// Whether the demo can be loaded: its files are there, and nothing of the owner's is in the way.
    pub async fn can_load_demo(&self) -> Result<bool> {
        let file = self.settings().demo_dir.join("shop.toml");
        let is_there = tokio::fs::try_exists(file).await.unwrap_or(false);
        Ok(is_there && super::db::is_empty(self.db()).await?)
    }

    /// Has the demo loaded in a moment. Whether it will be.
    pub async fn ask_for_demo(&self, actor: &Actor) -> Result<bool> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        if !self.can_load_demo().await? {
            return Ok(false);
        }
        let mut tx = self.db().begin().await?;
        self.enqueue(&mut *tx, &Job::LoadDemo).await?;
        let entry = Entry {
            action: "setting.changed",
            kind: "setting",
            id: "demo".to_owned(),
            name: "demo",
            did: "had the demo shop loaded".to_owned(),
            before: None,
            after: None,
        };
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Loads it. Its pictures can take longer than a job has: then it stops in time and goes on from there, since what was
    /// taken in is not taken in again.
    pub(crate) async fn load_demo(&self) -> Result<Next> {
        let patience = self.settings().jobs.time_limit.unsigned_abs() * 3 / 4;
        let load = async {
            self.seed_demo().await?;
            self.seed_history(ORDERS).await
        };
        match tokio::time::timeout(patience, Box::pin(load)).await {
            Ok(loaded) => loaded.map(|_| Next::Done),
            Err(_) => Ok(Next::Again(SignedDuration::ZERO)),
        }
    }
}
