//! Stock as the staff see it, and how they change it.

use super::{
    AdjustError, check_adjustment,
    db::{
        self, Cause,
        admin::{Asked, Found, Movement},
    },
};
use crate::{Actor, Fault, Result, Shop, audit::Entry, core::words::pattern};
use domain::{
    inventory::{
        Adjustment, InventoryFilter, InventoryPage, InventorySort, InventoryTab, MovementKind,
        MovementRow, StockDay, StockFilter, StockForm, StockPage,
    },
    list::{self, Cursor, Page},
    staff::Permission,
};
use jiff::{Timestamp, tz::TimeZone};

/// Rows on a page.
const PAGE: usize = 50;
/// The longest reason.
const LONGEST: usize = 200;

impl Shop {
    /// A page of the inventory.
    pub async fn admin_inventory(
        &self,
        actor: &Actor,
        filter: &InventoryFilter,
    ) -> Result<InventoryPage> {
        actor.require(Permission::ViewProducts)?;
        let patterns: Vec<String> = list::words(&filter.q)
            .iter()
            .map(|word| pattern(word))
            .collect();
        let cursor = Cursor::decode(&filter.at);
        let asked = Asked {
            patterns: &patterns,
            tab: filter.tab(),
            sort: filter.sort(),
            sku: None,
            cursor: cursor.as_ref(),
            limit: PAGE + 1,
        };
        let found = db::admin::levels(self.db(), &asked).await?;
        let place = |found: &Found| (found.key.clone(), found.id);
        let page = Page::cut(found, PAGE, cursor.as_ref(), place);
        Ok(InventoryPage {
            rows: page.rows.into_iter().map(|found| found.row).collect(),
            previous: page.previous.map(|cursor| cursor.encode()),
            next: page.next.map(|cursor| cursor.encode()),
        })
    }

    /// The stock of a variant with the movements that explain it.
    pub async fn admin_stock(
        &self,
        actor: &Actor,
        sku: &str,
        filter: &StockFilter,
    ) -> Result<Option<StockPage>> {
        actor.require(Permission::ViewProducts)?;
        let asked = Asked {
            patterns: &[],
            tab: InventoryTab::All,
            sort: InventorySort::Title,
            sku: Some(sku),
            cursor: None,
            limit: 1,
        };
        let Some(found) = db::admin::levels(self.db(), &asked).await?.pop() else {
            return Ok(None);
        };
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let below = below(&filter.after);
        let (orders, mut moves, zone) = futures::try_join!(
            db::admin::orders_waiting(self.db(), found.id),
            db::admin::movements(self.db(), found.id, filter.kind(), below, limit),
            self.time_zone(),
        )?;
        let more = moves.len() > PAGE;
        moves.truncate(PAGE);
        let next = moves.last().filter(|_| more);
        let next = next.map(|last| format!("{}.{}", last.at.as_microsecond(), last.id));
        let available = i64::from(found.row.level.available());
        Ok(Some(StockPage {
            row: found.row,
            orders,
            days: days(moves, available, self.clock().now(), &zone),
            next,
        }))
    }

    /// Adjusts stock as a form asks for it. Returns how many are on the shelf then.
    pub async fn admin_adjust_stock(
        &self,
        actor: &Actor,
        sku: &str,
        form: &StockForm,
    ) -> Result<i32, Fault<AdjustError>> {
        actor.require(Permission::EditStock)?;
        let adjustment = form
            .adjustment()
            .ok_or(Fault::Refused(AdjustError::NotANumber))?;
        let reason = form.reason.trim();
        if reason.is_empty() || reason.chars().count() > LONGEST {
            return Err(Fault::Refused(AdjustError::NoReason));
        }
        self.adjust_stock(actor, sku, adjustment, reason).await
    }

    /// Adjusts what is on the shelf of the first location, by a difference or to what was counted, with the reason for the
    /// ledger. Returns how many are there then.
    pub async fn adjust_stock(
        &self,
        actor: &Actor,
        sku: &str,
        adjustment: impl Into<Adjustment>,
        reason: &str,
    ) -> Result<i32, Fault<AdjustError>> {
        actor.require(Permission::EditStock)?;
        let mut tx = self.db().begin().await?;
        let variant = db::variant(&mut tx, sku)
            .await?
            .ok_or_else(|| Fault::Refused(AdjustError::UnknownSku(sku.to_owned())))?;
        let location = db::first_location(&mut tx).await?;
        let levels = db::ensure_levels(&mut tx, location, &[variant.0]).await?;
        let level = levels.iter().find(|level| level.location == location);
        let before = level.map_or(0, db::Level::on_hand);
        let difference = match adjustment.into() {
            Adjustment::By(difference) => difference,
            // Neither is negative.
            Adjustment::To(counted) => counted.saturating_sub(before),
        };
        if let Some(level) = level {
            check_adjustment(sku, level, difference).map_err(Fault::Refused)?;
        }
        let after = before + difference;
        if difference == 0 {
            return Ok(after);
        }
        let change = db::Change {
            variant: variant.0,
            location,
            quantity: difference,
        };
        let cause = Cause {
            order: None,
            reason,
            staff: Some(actor),
        };
        let now = self.clock().now();
        db::apply(&mut tx, MovementKind::Adjusted, &[change], cause, now).await?;
        let did = format!("adjusted the stock of {sku} from {before} to {after}: {reason}");
        let entry = Entry {
            action: "stock.adjusted",
            kind: "stock",
            id: sku.to_owned(),
            name: sku,
            did,
            before: Some(serde_json::json!({ "on_hand": before })),
            after: Some(serde_json::json!({ "on_hand": after })),
        };
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        Ok(after)
    }
}

/// Where older movements begin: behind this one.
fn below(word: &str) -> Option<(Timestamp, i64)> {
    let (at, id) = word.split_once('.')?;
    let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
    Some((at, id.parse().ok()?))
}

/// Movements by the days of the shop's time zone.
fn days(moves: Vec<Movement>, available: i64, now: Timestamp, zone: &TimeZone) -> Vec<StockDay> {
    let today = now.to_zoned(zone.clone()).date();
    let mut days: Vec<StockDay> = Vec::new();
    for one in moves {
        let at = one.at.to_zoned(zone.clone());
        let label = if at.date() == today {
            at.strftime("Today, %-d %B")
        } else if today.yesterday().is_ok_and(|day| day == at.date()) {
            at.strftime("Yesterday, %-d %B")
        } else {
            at.strftime("%A %-d %B %Y")
        }
        .to_string();
        let row = MovementRow {
            time: at.strftime("%H:%M").to_string(),
            after: available - one.since + i64::from(one.kind.effect(one.quantity)),
            kind: one.kind,
            quantity: one.quantity,
            reason: one.reason,
            order: one.order,
            staff: one.staff,
        };
        match days.last_mut().filter(|day| day.label == label) {
            Some(day) => day.rows.push(row),
            None => days.push(StockDay {
                label,
                rows: vec![row],
            }),
        }
    }
    days
}
