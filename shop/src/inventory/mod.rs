//! Stock: every change is a row of the ledger, and nothing is ever promised twice.
//!
//! All of these work inside a transaction of the caller. Rows are locked in the order of the SKU, so that two orders of the
//! same things wait for each other instead of for ever.

mod admin;
mod db;

pub use db::HistoryRow;

use crate::{Error, Result, Shop};
use db::Cause;
use domain::{OrderId, VariantId, inventory::MovementKind};
use sqlx::PgConnection;

/// A variant that there is not enough of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shortage {
    pub(crate) variant: VariantId,
    /// What could be had.
    pub(crate) available: i32,
}

/// Why stock was not adjusted, in words for whom adjusts it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AdjustError {
    /// Nothing is sold under this SKU.
    #[error("there is no SKU `{0}`")]
    UnknownSku(String),
    /// What is promised to orders cannot be taken away.
    #[error(
        "of `{sku}` only {available} can be taken away: the others are promised to orders or not there"
    )]
    TooFew {
        /// Of which.
        sku: String,
        /// How many can be.
        available: i32,
    },
    /// Neither a difference nor a count.
    #[error("write a whole number, such as 12 or -2")]
    NotANumber,
    /// Nobody could tell later why.
    #[error("say why, in up to 200 characters: it stands in the ledger")]
    NoReason,
    /// More than can be counted.
    #[error("of `{0}` there would be more than {max} then", max = i32::MAX)]
    TooMany(String),
}

impl Shop {
    /// Of how many variants more is owed to paid orders than is set aside for them: none, unless somebody changed the books.
    pub async fn short_variants(&self) -> Result<i64> {
        db::short(self.db()).await
    }

    /// Holds stock for an order that is being paid. Nothing is held where anything is short: the shortages are returned.
    pub(crate) async fn reserve(
        &self,
        tx: &mut PgConnection,
        order: OrderId,
        wanted: &[(VariantId, i32)],
    ) -> Result<Vec<Shortage>> {
        let ids: Vec<_> = wanted.iter().map(|(variant, _)| variant.0).collect();
        let levels = db::lock_levels(tx, &ids).await?;
        let mut held = Vec::with_capacity(wanted.len());
        let mut short = Vec::new();
        for (variant, quantity) in wanted {
            let available: i32 = levels
                .iter()
                .filter(|level| level.variant == variant.0)
                .map(db::Level::available)
                .sum();
            if available < *quantity {
                short.push(Shortage {
                    variant: *variant,
                    available: available.max(0),
                });
                continue;
            }
            let mut left = *quantity;
            for level in levels.iter().filter(|level| level.variant == variant.0) {
                let part = left.min(level.available()).max(0);
                if part > 0 {
                    held.push(db::Change {
                        variant: variant.0,
                        location: level.location,
                        quantity: part,
                    });
                    left -= part;
                }
            }
        }
        if short.is_empty() {
            let now = self.clock().now();
            db::insert_reservations(tx, self.clock(), order, &held, now).await?;
            db::apply(
                tx,
                MovementKind::Reserved,
                &held,
                Cause::order(order, ""),
                now,
            )
            .await?;
        }
        Ok(short)
    }

    /// Frees what an order held. Returns whether it held anything.
    pub(crate) async fn release(
        &self,
        tx: &mut PgConnection,
        order: OrderId,
        reason: &str,
    ) -> Result<bool> {
        self.end_reservations(tx, order, MovementKind::Released, "released", reason)
            .await
    }

    /// Promises what an order held: it was paid. Returns whether it held anything.
    pub(crate) async fn allocate(&self, tx: &mut PgConnection, order: OrderId) -> Result<bool> {
        self.end_reservations(tx, order, MovementKind::Allocated, "allocated", "")
            .await
    }

    async fn end_reservations(
        &self,
        tx: &mut PgConnection,
        order: OrderId,
        kind: MovementKind,
        status: &str,
        reason: &str,
    ) -> Result<bool> {
        let now = self.clock().now();
        let held = db::end_reservations(tx, order, status, now).await?;
        db::apply(tx, kind, &held, Cause::order(order, reason), now).await?;
        Ok(!held.is_empty())
    }

    /// Sends what was promised to an order: it leaves the shelves that it was promised from, in the order that it was promised.
    pub(crate) async fn ship(
        &self,
        tx: &mut PgConnection,
        order: OrderId,
        sent: &[(VariantId, i32)],
    ) -> Result<()> {
        let promised = db::promised(tx, order, sent).await?;
        let changes = spread(sent, &promised)?;
        let now = self.clock().now();
        db::apply(
            tx,
            MovementKind::Shipped,
            &changes,
            Cause::order(order, ""),
            now,
        )
        .await
    }

    /// Frees what was promised to an order and will not be sent. Where it is broken or lost it leaves the shelf besides.
    pub(crate) async fn withdraw(
        &self,
        tx: &mut PgConnection,
        order: OrderId,
        withdrawn: &[(VariantId, i32)],
        is_sellable: bool,
        reason: &str,
    ) -> Result<()> {
        let promised = db::promised(tx, order, withdrawn).await?;
        let mut changes = spread(withdrawn, &promised)?;
        let now = self.clock().now();
        let freed = MovementKind::Deallocated;
        db::apply(tx, freed, &changes, Cause::order(order, reason), now).await?;
        if is_sellable {
            return Ok(());
        }
        for change in &mut changes {
            change.quantity = -change.quantity;
        }
        let lost = MovementKind::Adjusted;
        db::apply(tx, lost, &changes, Cause::order(order, reason), now).await
    }

    /// Puts what came back from an order on the shelves that it was sent from.
    pub(crate) async fn put_back(
        &self,
        tx: &mut PgConnection,
        order: OrderId,
        returned: &[(VariantId, i32)],
        reason: &str,
    ) -> Result<()> {
        let sent = db::sent_from(tx, order, returned).await?;
        let changes = spread(returned, &sent)?;
        let now = self.clock().now();
        let kind = MovementKind::Restocked;
        db::apply(tx, kind, &changes, Cause::order(order, reason), now).await
    }

    /// Changes what is on the shelf of the first location, by receiving or by counting.
    pub(crate) async fn change_stock(
        &self,
        tx: &mut PgConnection,
        kind: MovementKind,
        changes: &[(VariantId, i32)],
        reason: &str,
    ) -> Result<()> {
        let location = db::first_location(tx).await?;
        let ids: Vec<_> = changes.iter().map(|(variant, _)| variant.0).collect();
        db::ensure_levels(tx, location, &ids).await?;
        let changes: Vec<_> = changes
            .iter()
            .filter(|(_, quantity)| *quantity != 0)
            .map(|(variant, quantity)| db::Change {
                variant: variant.0,
                location,
                quantity: *quantity,
            })
            .collect();
        let cause = Cause {
            order: None,
            reason,
            staff: None,
        };
        db::apply(tx, kind, &changes, cause, self.clock().now()).await
    }

    /// Why there is what there is: the movements of a SKU, the latest first.
    pub async fn stock_history(&self, sku: &str) -> Result<Vec<HistoryRow>> {
        db::history(self.db(), sku).await
    }
}

/// Spreads quantities over the places that have them, the first place first.
fn spread(wanted: &[(VariantId, i32)], places: &[db::Change]) -> Result<Vec<db::Change>> {
    let mut changes = Vec::with_capacity(wanted.len());
    for (variant, quantity) in wanted {
        let mut left = *quantity;
        for place in places.iter().filter(|place| place.variant == variant.0) {
            let part = left.min(place.quantity);
            if part > 0 {
                changes.push(db::Change {
                    quantity: part,
                    ..*place
                });
                left -= part;
            }
        }
        if left > 0 {
            return Err(Error::Invariant(format!(
                "the ledger of variant {variant} does not explain what its order has"
            )));
        }
    }
    Ok(changes)
}

/// Whether stock can change by so much.
fn check_adjustment(sku: &str, level: &db::Level, difference: i32) -> Result<(), AdjustError> {
    if level.on_hand().checked_add(difference).is_none() {
        return Err(AdjustError::TooMany(sku.to_owned()));
    }
    if level.available() + difference < 0 {
        return Err(AdjustError::TooFew {
            sku: sku.to_owned(),
            available: level.available(),
        });
    }
    Ok(())
}
