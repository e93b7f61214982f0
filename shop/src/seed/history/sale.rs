//! One sale that was made up: who bought what, and what became of it.

use super::{
    chance::Chance,
    days::at_work,
    market::{Market, Ware},
};
use crate::checkout::{Method, Terms, unit};
use domain::{
    checkout::{PricedLine, Totals},
    fulfilment::LineAccount,
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// Who bought, what, and when.
pub(super) struct Sale {
    pub(super) placed: Timestamp,
    /// Which of the people.
    pub(super) person: usize,
    pub(super) lines: Vec<Line>,
    pub(super) totals: Totals,
    pub(super) coupon: Option<String>,
    pub(super) method: Method,
    pub(super) course: Course,
}

/// A row of it.
pub(super) struct Line {
    /// Which of the wares.
    pub(super) ware: usize,
    pub(super) quantity: i32,
}

/// What became of it.
#[derive(Default)]
pub(super) struct Course {
    pub(super) paid: Option<Timestamp>,
    /// When it was taken back.
    pub(super) cancelled: Option<Timestamp>,
    pub(super) parcels: Vec<Parcel>,
    pub(super) refund: Option<Refund>,
    pub(super) disputed: Option<Timestamp>,
    pub(super) note: Option<(Timestamp, &'static str)>,
}

/// What was sent together: how many of each row.
pub(super) struct Parcel {
    pub(super) at: Timestamp,
    pub(super) quantities: Vec<i32>,
    pub(super) tracking: String,
}

/// Money that went back.
pub(super) struct Refund {
    pub(super) at: Timestamp,
    /// For how many of each row, and what they are worth.
    pub(super) units: Vec<(i32, i64)>,
    /// What of it is for delivery, and what for neither.
    pub(super) shipping: i64,
    pub(super) adjustment: i64,
    /// Whether the things are on the shelf again.
    pub(super) restocked: bool,
    pub(super) reason: &'static str,
}

impl Refund {
    pub(super) fn amount(&self) -> i64 {
        let lines: i64 = self.units.iter().map(|(_, worth)| worth).sum();
        lines + self.shipping + self.adjustment
    }
}

const SENT_BACK: [&str; 6] = [
    "Sent back: another colour than they thought",
    "Sent back unused",
    "Arrived broken",
    "A chip in the glaze",
    "Too small for its shelf",
    "A present that was there already",
];
const SORRY: [&str; 3] = [
    "Came two days late",
    "A scratch that they can live with",
    "Delivery was charged that should have been free",
];
const CHANGED_MIND: [&str; 3] = [
    "Ordered twice by mistake",
    "Changed their mind before it was packed",
    "Wanted it sooner than it can be there",
];
const NOTES: [&str; 6] = [
    "Rang to ask when it comes: told them Thursday.",
    "It is a present: no prices in the parcel.",
    "Leave it with the neighbour at number 4.",
    "Wrote to say how much they like it.",
    "Wants to hear when the sage glaze is back.",
    "Third order this year: put a candle in.",
];

/// What a sale is made from.
pub(super) struct Buying<'a> {
    pub(super) market: &'a Market,
    pub(super) terms: &'a Terms,
    pub(super) now: Timestamp,
    pub(super) zone: &'a TimeZone,
}

impl Buying<'_> {
    /// Somebody buys something.
    pub(super) fn sale(
        &self,
        chance: &mut Chance,
        placed: Timestamp,
        person: usize,
        is_first: bool,
    ) -> Sale {
        let lines = self.basket(chance);
        let priced: Vec<PricedLine> = lines
            .iter()
            .map(|line| PricedLine {
                unit: unit(self.ware(line).price, self.terms),
                quantity: line.quantity,
            })
            .collect();
        let subtotal: i64 = priced
            .iter()
            .map(|line| line.unit * i64::from(line.quantity))
            .sum();
        let uses_code = chance.happens(if is_first { 140 } else { 25 });
        let coupon = self.market.coupon.as_ref().filter(|_| uses_code);
        let discount = coupon.map_or(0, |coupon| coupon.discount(subtotal));
        let at = usize::from(chance.happens(140)).min(self.terms.methods.len() - 1);
        let method = self.terms.methods[at].clone();
        let totals = Totals::of(
            &priced,
            discount,
            method.cost(subtotal - discount),
            &self.terms.tax,
        );
        let mut sale = Sale {
            placed,
            person,
            lines,
            totals,
            coupon: coupon.map(|coupon| coupon.code.clone()),
            method,
            course: Course::default(),
        };
        sale.course = self.course(chance, &sale);
        sale
    }

    fn ware(&self, line: &Line) -> &Ware {
        &self.market.wares[line.ware]
    }

    fn basket(&self, chance: &mut Chance) -> Vec<Line> {
        let rows = match chance.between(1, 100) {
            1..=52 => 1,
            53..=79 => 2,
            80..=92 => 3,
            _ => 4,
        };
        let mut lines: Vec<Line> = Vec::with_capacity(rows);
        while lines.len() < rows {
            let ware = chance.by_weight(&self.market.popularity);
            if lines.iter().any(|line| line.ware == ware) {
                continue;
            }
            // Small things are bought by the pair and by the half dozen.
            let quantity = match (self.market.wares[ware].price, chance.between(1, 100)) {
                (..4_000, 75..=90) | (4_000.., 96..) => 2,
                (..4_000, 91..=96) => 4,
                (..4_000, 97..) => 6,
                _ => 1,
            };
            lines.push(Line { ware, quantity });
        }
        lines
    }

    /// What becomes of it, as far as it is over.
    fn course(&self, chance: &mut Chance, sale: &Sale) -> Course {
        let mut course = Course::default();
        if chance.happens(40) {
            let over = sale.placed + SignedDuration::from_mins(35);
            if over < self.now {
                course.cancelled = Some(over);
                return course;
            }
        }
        let paid = sale.placed + SignedDuration::from_secs(chance.between(40, 400));
        course.paid = Some(paid);
        if chance.happens(30) {
            let at = paid + SignedDuration::from_mins(chance.between(20, 2_000));
            course.note = Some((at, *chance.of(&NOTES))).filter(|_| at < self.now);
        }
        if chance.happens(12) {
            let at = paid + SignedDuration::from_mins(chance.between(10, 120));
            if at < self.now {
                course.cancelled = Some(at);
                course.refund = Some(everything(chance, sale, at));
                return course;
            }
        }
        course.parcels = self.parcels(chance, sale, paid);
        self.afterwards(chance, sale, &mut course);
        course
    }

    fn parcels(&self, chance: &mut Chance, sale: &Sale, paid: Timestamp) -> Vec<Parcel> {
        let all: Vec<i32> = sale.lines.iter().map(|line| line.quantity).collect();
        let first = at_work(chance, paid, self.zone);
        let mut parts = vec![(first, all.clone())];
        if all.len() > 1 && chance.happens(60) {
            // The last row is not on the shelf yet and follows.
            let later = first + SignedDuration::from_hours(24 * chance.between(3, 9));
            let mut now = all.clone();
            let rest = now.pop().unwrap_or(0);
            now.push(0);
            let mut then = vec![0; all.len() - 1];
            then.push(rest);
            parts = vec![(first, now), (at_work(chance, later, self.zone), then)];
        }
        let mut parcels = Vec::with_capacity(parts.len());
        for (at, quantities) in parts {
            let number = chance.between(100_000_000, 999_999_999);
            if at < self.now {
                let tracking = format!("TT{number}GB");
                parcels.push(Parcel {
                    at,
                    quantities,
                    tracking,
                });
            }
        }
        parcels
    }

    /// What comes of it when it is there.
    fn afterwards(&self, chance: &mut Chance, sale: &Sale, course: &mut Course) {
        let sent: i32 = course
            .parcels
            .iter()
            .flat_map(|parcel| &parcel.quantities)
            .sum();
        let all: i32 = sale.lines.iter().map(|line| line.quantity).sum();
        let Some(last) = course.parcels.last().filter(|_| sent == all) else {
            return;
        };
        let at = last.at + SignedDuration::from_hours(chance.between(5 * 24, 30 * 24));
        if at >= self.now {
            return;
        }
        if chance.happens(45) {
            course.refund = Some(sent_back(chance, sale, at));
        } else if chance.happens(15) {
            let most = (sale.totals.total / 5).max(1);
            course.refund = Some(Refund {
                at,
                units: vec![(0, 0); sale.lines.len()],
                shipping: 0,
                adjustment: most.min(chance.between(2, 8) * 100),
                restocked: false,
                reason: chance.of::<&str>(&SORRY),
            });
        } else if chance.happens(2) {
            course.disputed = Some(at);
        }
    }
}

/// All of it goes back before anything was sent.
fn everything(chance: &mut Chance, sale: &Sale, at: Timestamp) -> Refund {
    let units: Vec<(i32, i64)> = accounts(sale)
        .iter()
        .map(|line| (line.quantity, line.paid))
        .collect();
    let lines: i64 = units.iter().map(|(_, worth)| worth).sum();
    Refund {
        at,
        units,
        shipping: sale.totals.total - lines,
        adjustment: 0,
        restocked: true,
        reason: chance.of::<&str>(&CHANGED_MIND),
    }
}

/// One row comes back, or a part of it.
fn sent_back(chance: &mut Chance, sale: &Sale, at: Timestamp) -> Refund {
    let row = chance.place(sale.lines.len());
    let bought = sale.lines[row].quantity;
    let quantity = i32::try_from(chance.between(1, i64::from(bought))).unwrap_or(bought);
    let mut units = vec![(0, 0); sale.lines.len()];
    units[row] = (quantity, accounts(sale)[row].worth(quantity));
    Refund {
        at,
        units,
        shipping: 0,
        adjustment: 0,
        restocked: chance.happens(650),
        reason: chance.of::<&str>(&SENT_BACK),
    }
}

/// The rows as the rules of refunds see them, before anything was sent.
pub(super) fn accounts(sale: &Sale) -> Vec<LineAccount> {
    let added = sale.totals.tax_added > 0;
    sale.totals
        .lines
        .iter()
        .map(|line| LineAccount {
            id: domain::OrderLineId(uuid::Uuid::nil()),
            name: String::new(),
            quantity: line.quantity,
            fulfilled: 0,
            withdrawn: 0,
            refunded: 0,
            returned: 0,
            restocked: 0,
            paid: line.net_of_discount() + if added { line.tax } else { 0 },
            given_back: 0,
        })
        .collect()
}
