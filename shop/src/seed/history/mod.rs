//! A year of orders that were made up, for the demo shop and to measure with: season and weekdays, a shop that grows, people who
//! come back, parcels, refunds. Everything follows from one seed but the words of addresses that nobody may guess.
//!
//! It is loaded in bulk and not bought one by one, so what the shop's rules promise is looked at afterwards (`check.rs`), and
//! nothing is kept where it does not hold.

mod chance;
mod check;
mod days;
mod db;
mod ledger;
mod market;
mod people;
mod rows;
mod sale;

use crate::{Result, Shop};
use chance::Chance;
use jiff::{Timestamp, tz::TimeZone};
use market::{Market, People};
use rows::{Books, Rows};
use sale::{Buying, Sale};
use sqlx::PgConnection;
use uuid::Uuid;

/// What all of it follows from.
const SEED: u64 = 1_862;
/// Orders that are written at once.
const AT_ONCE: usize = 2_000;

/// What was made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct History {
    /// How many orders.
    pub orders: usize,
    /// How many people have an account.
    pub customers: usize,
    /// The number of the first order, and of the last.
    pub numbers: (i64, i64),
}

impl Shop {
    /// Makes up a year of so many orders that ends now, from what the shop sells. `None` where the shop has orders: a past is made
    /// up for a shop that has none.
    pub async fn seed_history(&self, orders: usize) -> Result<Option<History>> {
        let made = Box::pin(self.make_up(orders)).await?;
        if made.is_some() {
            db::look_over(self.db()).await?;
        }
        Ok(made)
    }

    async fn make_up(&self, count: usize) -> Result<Option<History>> {
        let chrome = self.chrome().await?;
        let zone = self.time_zone().await?;
        let now = self.clock().now();
        let mut tx = self.db().begin().await?;
        if count == 0 || db::has_orders(&mut tx).await? {
            return Ok(None);
        }
        let mut chance = Chance::seeded(SEED);
        let market = Market::open(&mut tx, &mut chance, &chrome.country).await?;
        let (sales, mut people) = sell(&mut chance, &market, count, now, &zone);
        let moves = ledger::ledger(&mut chance, &sales, market.wares.len(), now);
        let books = Books {
            market: &market,
            currency: chrome.currency,
            zone: &zone,
            staff: db::staff(&mut tx).await?,
        };
        let regular = db::regular(&mut tx).await?;
        let known = regular.as_ref().map(|regular| regular.id);
        if let Some(regular) = regular {
            people.recognise(&market, regular);
        }
        let id = |at: Timestamp| chance.id(at.as_millisecond());
        db::write_customers(&mut tx, &people.all, known, id).await?;
        let numbers = write(&mut tx, &mut chance, &books, &sales, &people).await?;
        db::write_moves(&mut tx, &market.wares, &moves).await?;
        db::count_uses(&mut tx).await?;
        check::check(&mut tx).await?;
        tx.commit().await?;
        let has_account = |person: &&market::Person| person.account.is_some();
        Ok(Some(History {
            orders: sales.len(),
            customers: people.all.iter().filter(has_account).count(),
            numbers,
        }))
    }
}

/// Who bought what, the first sale first.
fn sell(
    chance: &mut Chance,
    market: &Market,
    count: usize,
    now: Timestamp,
    zone: &TimeZone,
) -> (Vec<(Uuid, Sale)>, People) {
    let mut people = People::default();
    let mut sales = Vec::with_capacity(count);
    for placed in days::moments(chance, count, now, zone) {
        let who = people.next(chance, market, placed);
        let person = &mut people.all[who];
        let buying = Buying {
            market,
            terms: &market.terms[person.place],
            now,
            zone,
        };
        let is_first = person.orders == 0;
        person.orders += 1;
        let id = chance.id(placed.as_millisecond());
        sales.push((id, buying.sale(chance, placed, who, is_first)));
    }
    (sales, people)
}

/// Writes them, and returns the first number and the last.
async fn write(
    tx: &mut PgConnection,
    chance: &mut Chance,
    books: &Books<'_>,
    sales: &[(Uuid, Sale)],
    people: &People,
) -> Result<(i64, i64)> {
    let numbers = db::numbers(tx, sales.len()).await?;
    for (sales, numbers) in sales.chunks(AT_ONCE).zip(numbers.chunks(AT_ONCE)) {
        let mut rows = Rows::default();
        for ((id, sale), number) in sales.iter().zip(numbers) {
            let person = &people.all[sale.person];
            books.write(&mut rows, chance, sale, person, (*id, *number));
        }
        db::write(tx, &rows).await?;
    }
    let ends = numbers.first().copied().zip(numbers.last().copied());
    Ok(ends.unwrap_or_default())
}
