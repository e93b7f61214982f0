//! Coupons in the hands of the merchant.

use super::db::{self, Kept};
use crate::{Actor, Fault, Result, Shop, audit::Entry};
use domain::{
    Currency, Money,
    promotions::{CouponErrors, CouponForm, CouponKind, CouponRow},
    staff::Permission,
};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde_json::json;

impl Shop {
    /// Every coupon, the latest first.
    pub async fn coupons(&self, actor: &Actor) -> Result<Vec<CouponRow>> {
        actor.require(Permission::EditDiscounts)?;
        let (zone, now) = (self.time_zone().await?, self.clock().now());
        let currency = self.chrome().await?.currency;
        let kept = db::all(self.db()).await?;
        Ok(kept
            .into_iter()
            .map(|coupon| row(coupon, currency, &zone, now))
            .collect())
    }

    /// Writes a new coupon down.
    pub async fn create_coupon(
        &self,
        actor: &Actor,
        form: &CouponForm,
    ) -> Result<String, Fault<CouponErrors>> {
        actor.require(Permission::EditDiscounts)?;
        let currency = self.chrome().await?.currency;
        let draft = form.check(currency).map_err(Fault::Refused)?;
        let zone = self.time_zone().await?;
        let starts = draft.from.and_then(|day| start(day, &zone));
        let ends = draft
            .to
            .and_then(|day| day.checked_add(1.day()).ok())
            .and_then(|day| start(day, &zone));
        let id = self.clock().id();
        let mut tx = self.db().begin().await?;
        if !db::insert(&mut tx, id, &draft, starts, ends).await? {
            let taken = (
                "code",
                "There is a coupon of this code, or was once.".to_owned(),
            );
            return Err(Fault::Refused(CouponErrors(vec![taken])));
        }
        let entry = Entry {
            action: "coupon.created",
            kind: "coupon",
            id: id.to_string(),
            name: &draft.code,
            did: format!("made the coupon {}", draft.code),
            before: None,
            after: Some(json!({
                "code": draft.code, "kind": draft.kind, "value": draft.value, "from": form.from, "to": form.to,
                "limit": draft.limit,
            })),
        };
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        Ok(draft.code)
    }

    /// Puts a coupon away, or takes it out again. Orders that used it keep what it took off.
    pub async fn archive_coupon(&self, actor: &Actor, code: &str, archive: bool) -> Result<bool> {
        actor.require(Permission::EditDiscounts)?;
        let at = archive.then(|| self.clock().now());
        let mut tx = self.db().begin().await?;
        let Some(id) = db::archive(&mut tx, code, at).await? else {
            return Ok(false);
        };
        let did = if archive { "put away" } else { "brought back" };
        let entry = Entry {
            action: if archive {
                "coupon.archived"
            } else {
                "coupon.restored"
            },
            kind: "coupon",
            id: id.to_string(),
            name: code,
            did: format!("{did} the coupon {code}"),
            before: None,
            after: None,
        };
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// When a day begins where the shop is.
fn start(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    day.to_zoned(zone.clone())
        .ok()
        .map(|zoned| zoned.timestamp())
}

fn row(coupon: Kept, currency: Currency, zone: &TimeZone, now: Timestamp) -> CouponRow {
    let day = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%-d %B %Y").to_string();
    let last = coupon
        .ends_at
        .map(|at| day(at - jiff::SignedDuration::from_secs(1)));
    let when = match (coupon.starts_at.map(day), last) {
        (None, None) => "At any time".to_owned(),
        (Some(from), None) => format!("From {from}"),
        (None, Some(to)) => format!("Until {to}"),
        (Some(from), Some(to)) => format!("{from} to {to}"),
    };
    let takes = match coupon.kind {
        CouponKind::Percent => {
            let (whole, part) = (coupon.value / 100, coupon.value % 100);
            if part == 0 {
                format!("{whole} %")
            } else {
                format!("{whole}.{part:02} %")
            }
        }
        CouponKind::Amount => Money::new(coupon.value, currency).to_string(),
    };
    let used = match coupon.limit {
        Some(limit) => format!("{} of {limit}", coupon.used),
        None => coupon.used.to_string(),
    };
    let is_archived = coupon.is_archived;
    CouponRow {
        is_usable: !is_archived
            && coupon.starts_at.is_none_or(|at| at <= now)
            && coupon.ends_at.is_none_or(|at| at > now)
            && coupon.limit.is_none_or(|limit| coupon.used < limit),
        code: coupon.code,
        description: coupon.description,
        takes,
        when,
        used,
        is_archived,
    }
}
