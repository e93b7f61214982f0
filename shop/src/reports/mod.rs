//! How the shop is doing: the figures of the admin's home page, and what there is to do.
//!
//! **Net sales** are what the orders came to that were paid in the period (by `paid_at`, with delivery and tax), less what was
//! refunded in it (by when the refund was made, of whichever order; what is on its way back counts, what failed does not).
//! Money that came twice for one order and went back is neither. An **order** counts when it is paid, and in the **average
//! order** with what was paid for it. **Conversion** is the share of the carts that were started in the period that were
//! bought, whenever that was. Days are those of the shop's time zone.

mod db;

use crate::{Actor, Error, Result, Shop, core::words};
use db::{Bounds, Bucket};
use domain::{
    inventory::LOW,
    reports::{
        AdminHome, Figures, FirstSteps, Period, SalesPoint, SalesSeries, Steps, Todo, TodoKind,
        Totals, greeting,
    },
    staff::Permission,
};
use futures::try_join;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

/// How many products and variants are named.
const NAMED: i64 = 6;
/// How many days tell how fast something sells.
const PACE_DAYS: i64 = 30;

impl Shop {
    /// The home page of the admin. Who may not see reports sees what there is to do.
    pub async fn admin_home(&self, actor: &Actor, period: Period) -> Result<AdminHome> {
        let zone = self.time_zone().await?;
        let now = self.clock().now().to_zoned(zone.clone());
        let (todo, (has_products, has_orders)) = try_join!(self.todo(actor), db::begun(self.db()))?;
        let is_new = !(has_products && has_orders);
        let figures = if is_new || !actor.may(Permission::ViewReports) {
            None
        } else {
            Some(self.figures(period, now.date(), &zone).await?)
        };
        Ok(AdminHome {
            greeting: greeting(now.hour()).to_owned(),
            today: now.strftime("%A %-d %B").to_string(),
            todo,
            figures,
            first: is_new.then_some(FirstSteps { has_products }),
        })
    }

    async fn todo(&self, actor: &Actor) -> Result<Vec<Todo>> {
        let (to_send, waiting) = try_join!(self.orders_to_send(), db::waiting(self.db()))?;
        let list = [
            (TodoKind::Send, to_send, Permission::ViewOrders),
            (
                TodoKind::Attention,
                waiting.attention,
                Permission::ViewOrders,
            ),
            (TodoKind::Disputed, waiting.disputed, Permission::ViewOrders),
            (TodoKind::Unpaid, waiting.unpaid, Permission::ViewOrders),
            (
                TodoKind::DeadJobs,
                waiting.dead_jobs,
                Permission::ManageJobs,
            ),
        ];
        Ok(list
            .into_iter()
            .filter(|(_, count, needs)| *count > 0 && actor.may(*needs))
            .map(|(kind, count, _)| Todo { kind, count })
            .collect())
    }

    async fn figures(&self, period: Period, today: Date, zone: &TimeZone) -> Result<Figures> {
        let db = self.db();
        let (start_before, start) = period.dates_before(today);
        let (_, end) = period.dates(today);
        let steps = Grid::of(period, start, end, zone)?;
        let steps_before = Grid::of(period, start_before, start, zone)?;
        // The end of one is the beginning of the other.
        let both = Bounds::new(&[&steps_before.bounds[..], &steps.bounds[1..]].concat());
        let halves = [steps_before.first(), steps.first(), steps.last()];
        let day = [midnight(today, zone)?, steps.last()];
        let pace_since = self.clock().now() - SignedDuration::from_hours(24 * PACE_DAYS);
        let (paid, refunded, carts, paid_today, top, low, currency) = try_join!(
            db::paid(db, &both),
            db::refunded(db, &both),
            db::carts(db, halves),
            async { db::paid(db, &Bounds::new(&day)).await },
            db::top(db, steps.first(), steps.last(), NAMED),
            db::low(db, LOW, pace_since, PACE_DAYS, NAMED),
            async { Ok(self.chrome().await?.currency) },
        )?;
        let count_before = steps_before.bounds.len() - 1;
        let mut now = Totals::default();
        let mut before = Totals::default();
        let mut sales = steps.series(period);
        let mut sales_before = steps_before.series(period);
        let mut each = |buckets: &[Bucket], take: fn(&mut Totals, &Bucket), sign: i64| {
            for bucket in buckets {
                let (totals, series, at) = match bucket.at.checked_sub(count_before) {
                    Some(at) => (&mut now, &mut sales, at),
                    None => (&mut before, &mut sales_before, bucket.at),
                };
                take(totals, bucket);
                if let Some(point) = series.points.get_mut(at) {
                    point.sales += sign * bucket.amount;
                }
            }
        };
        each(&paid, add_paid, 1);
        each(&refunded, add_refunded, -1);
        for (totals, carts) in [&mut before, &mut now].into_iter().zip(&carts) {
            totals.carts = carts.started;
            totals.bought = carts.bought;
        }
        Ok(Figures {
            period,
            currency,
            orders_today: paid_today.iter().map(|bucket| bucket.count).sum(),
            now,
            before,
            sales,
            sales_before,
            top,
            low,
        })
    }
}

fn add_paid(totals: &mut Totals, bucket: &Bucket) {
    totals.paid += bucket.amount;
    totals.orders += bucket.count;
}

fn add_refunded(totals: &mut Totals, bucket: &Bucket) {
    totals.refunded += bucket.amount;
}

/// When a day begins where the shop is.
fn midnight(day: Date, zone: &TimeZone) -> Result<Timestamp> {
    words::start_of(day, zone)
        .ok_or_else(|| Error::Invariant(format!("{day} does not begin anywhere")))
}

/// The moments at which the points of a chart begin, and the end of the last.
struct Grid {
    bounds: Vec<Timestamp>,
    zone: TimeZone,
}

impl Grid {
    fn of(period: Period, start: Date, end: Date, zone: &TimeZone) -> Result<Self> {
        let bounds = if period.steps() == Steps::Hours {
            let (mut at, end) = (midnight(start, zone)?, midnight(end, zone)?);
            let mut bounds = Vec::new();
            // 23 or 25 where the clocks change.
            while at < end {
                bounds.push(at);
                at += SignedDuration::from_hours(1);
            }
            bounds.push(end);
            bounds
        } else {
            let dates = period.steps().dates(start, end).into_iter();
            dates
                .map(|day| midnight(day, zone))
                .collect::<Result<_>>()?
        };
        Ok(Self {
            bounds,
            zone: zone.clone(),
        })
    }

    fn first(&self) -> Timestamp {
        self.bounds[0]
    }

    fn last(&self) -> Timestamp {
        self.bounds[self.bounds.len() - 1]
    }

    /// Its points in words, with nothing sold yet.
    fn series(&self, period: Period) -> SalesSeries {
        let said = |at: Timestamp, pattern: &str| {
            at.to_zoned(self.zone.clone()).strftime(pattern).to_string()
        };
        // The last moment of it, not the first of the next.
        let until = |end: Timestamp| end - SignedDuration::from_nanos(1);
        let points = self.bounds.windows(2).map(|pair| {
            let (short, long) = match period.steps() {
                Steps::Hours => ("%H:%M", said(pair[0], "%H:%M on %-d %B %Y")),
                Steps::Days => ("%-d %b", said(pair[0], "%A %-d %B %Y")),
                Steps::Months => (
                    "%-d %b",
                    format!(
                        "{} to {}",
                        said(pair[0], "%-d %b %Y"),
                        said(until(pair[1]), "%-d %b %Y")
                    ),
                ),
            };
            SalesPoint {
                short: said(pair[0], short),
                long,
                sales: 0,
            }
        });
        let day = if period == Period::Year {
            "%-d %b %Y"
        } else {
            "%-d %b"
        };
        let (from, to) = (said(self.first(), day), said(until(self.last()), day));
        SalesSeries {
            label: if from == to {
                from
            } else {
                format!("{from} to {to}")
            },
            points: points.collect(),
        }
    }
}
