//! How the shop is doing. What the figures mean is told in `domain/src/reports`.

mod db;

use crate::{Actor, Result, Shop, core::words::start_of};
use db::Moved;
use domain::{
    Currency,
    reports::{AdminHome, Figure, LowStock, Period, Piece, Pieces, Sales, ToDo},
    staff::Permission,
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// Over so long the pace is taken at which something sells.
const PACE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How many variants that are running low are shown.
const LOW_SHOWN: i64 = 5;

impl Shop {
    /// The home page of the admin: whoever works here may see it, and on it what they may see elsewhere.
    pub async fn admin_home(&self, actor: &Actor, period: Period) -> Result<AdminHome> {
        let zone = self.time_zone().await?;
        let now = self.clock().now();
        let (sales, low, (to_do, today)) = tokio::try_join!(
            self.sales(actor, period, now, &zone),
            self.running_low(actor, now),
            self.to_do(actor, now, &zone),
        )?;
        let here = now.to_zoned(zone);
        let greeting = match here.hour() {
            0..12 => "Good morning",
            12..18 => "Good afternoon",
            _ => "Good evening",
        };
        Ok(AdminHome {
            period,
            today: here.strftime("%A %-d %B").to_string(),
            greeting: greeting.to_owned(),
            orders_today: today,
            sales,
            low,
            to_do,
        })
    }

    async fn sales(
        &self,
        actor: &Actor,
        period: Period,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Result<Option<Sales>> {
        if !actor.may(Permission::ViewReports) {
            return Ok(None);
        }
        let currency = self.chrome().await?.currency;
        let [now, before] = period.spans(now, zone);
        let moved = async {
            let moved = db::moved(self.db(), &now.bounds).await?;
            Ok((moved, db::moved(self.db(), &before.bounds).await?))
        };
        let baskets = async {
            let begun = db::baskets(self.db(), now.start(), now.end()).await?;
            Ok((
                begun,
                db::baskets(self.db(), before.start(), before.end()).await?,
            ))
        };
        let top = db::top(self.db(), currency, now.start(), now.end());
        let ((moved, moved_before), (begun, begun_before), top) =
            tokio::try_join!(moved, baskets, top)?;
        Ok(Some(Sales {
            top,
            conversion: Figure {
                now: share(begun),
                before: share(begun_before),
            },
            ..figures(currency, &now, &moved, &moved_before)
        }))
    }

    async fn running_low(&self, actor: &Actor, now: Timestamp) -> Result<Option<Vec<LowStock>>> {
        if !actor.may(Permission::ViewProducts) {
            return Ok(None);
        }
        db::low(self.db(), now - PACE, LOW_SHOWN).await.map(Some)
    }

    /// What waits for the person, and how many orders there were today where they may know.
    async fn to_do(
        &self,
        actor: &Actor,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Result<(ToDo, Option<i64>)> {
        let today = now.to_zoned(zone.clone()).date();
        let midnight = start_of(today, zone).unwrap_or(now);
        let (mut to_do, today) = db::to_do(self.db(), midnight).await?;
        if !actor.may(Permission::ManageJobs) {
            to_do.dead_jobs = None;
        }
        if !actor.may(Permission::ViewOrders) {
            to_do = ToDo {
                dead_jobs: to_do.dead_jobs,
                ..ToDo::default()
            };
        }
        Ok((
            to_do,
            Some(today).filter(|_| actor.may(Permission::ViewOrders)),
        ))
    }
}

/// How many of ten thousand baskets that were begun were bought.
fn share((begun, bought): (i64, i64)) -> i64 {
    if begun == 0 {
        0
    } else {
        bought * 10_000 / begun
    }
}

/// What moved, as figures.
fn figures(currency: Currency, pieces: &Pieces, now: &[Moved], before: &[Moved]) -> Sales {
    let net = |moved: &Moved| moved.paid - moved.back;
    let sum = |moved: &[Moved], of: &dyn Fn(&Moved) -> i64| moved.iter().map(of).sum::<i64>();
    let of_both = |of: &dyn Fn(&Moved) -> i64| Figure {
        now: sum(now, of),
        before: sum(before, of),
    };
    let (orders, paid) = (of_both(&|moved| moved.orders), of_both(&|moved| moved.paid));
    let shown = pieces.short.iter().zip(&pieces.long).enumerate();
    let ends = pieces.short.first().zip(pieces.short.last());
    Sales {
        currency,
        net: of_both(&net),
        orders,
        average: Figure {
            now: average(paid.now, orders.now),
            before: average(paid.before, orders.before),
        },
        conversion: Figure::default(),
        days: ends.map_or_else(String::new, |(first, last)| format!("{first} to {last}")),
        pieces: shown
            .map(|(at, (short, long))| Piece {
                short: short.clone(),
                long: long.clone(),
                net: Figure {
                    now: now.get(at).map_or(0, net),
                    before: before.get(at).map_or(0, net),
                },
            })
            .collect(),
        top: Vec::new(),
    }
}

/// An amount among so many, rounded half up.
fn average(amount: i64, among: i64) -> i64 {
    if among == 0 {
        0
    } else {
        (2 * amount + among) / (2 * among)
    }
}
