//! What there is to buy and on which terms, and who buys it.

use super::{
    chance::{Chance, added_up},
    days::DAYS,
    db::{self, Regular},
    people::{countries, somebody},
};
use crate::{
    Error, Result,
    checkout::{Terms, terms},
};
use domain::{checkout::Address, promotions::Coupon};
use jiff::{SignedDuration, Timestamp};
use sqlx::PgConnection;
use uuid::Uuid;

/// Something that is sold.
pub(super) struct Ware {
    pub(super) variant: Uuid,
    pub(super) sku: String,
    pub(super) price: i64,
}

/// What there is, on which terms.
pub(super) struct Market {
    pub(super) wares: Vec<Ware>,
    /// How often each is bought, added up.
    pub(super) popularity: Vec<u64>,
    /// The countries that are delivered to.
    pub(super) terms: Vec<Terms>,
    /// How many orders go to each, added up.
    weights: Vec<u64>,
    /// What newcomers may use.
    pub(super) coupon: Option<Coupon>,
}

impl Market {
    /// Reads what the shop sells now.
    pub(super) async fn open(
        tx: &mut PgConnection,
        chance: &mut Chance,
        home: &str,
    ) -> Result<Self> {
        let wares = db::wares(tx).await?;
        if wares.len() < 5 {
            return Err(Error::Stored(
                "a year of orders needs five things that are on sale".into(),
            ));
        }
        let (mut places, mut weights) = (Vec::new(), Vec::new());
        for (country, weight) in countries() {
            if let Some(terms) = terms(tx, country, home).await? {
                places.push(terms);
                weights.push(weight);
            }
        }
        if places.is_empty() {
            return Err(Error::Stored(
                "nothing is delivered anywhere: a shipping zone is missing".into(),
            ));
        }
        // A few things sell well, most now and then, and samples that cost nothing hardly ever.
        let popularity: Vec<u64> = wares
            .iter()
            .map(|ware| match (ware.price, chance.between(1, 20)) {
                (0, _) => 1,
                (_, 1) => 400,
                (_, 2..=4) => 160,
                (_, 5..=10) => 70,
                _ => 25,
            })
            .collect();
        Ok(Self {
            wares,
            popularity: added_up(popularity),
            terms: places,
            weights: added_up(weights),
            coupon: db::coupon(tx).await?,
        })
    }
}

/// Somebody who bought.
pub(super) struct Person {
    pub(super) email: String,
    pub(super) address: Address,
    /// Where their country stands among the terms.
    pub(super) place: usize,
    /// Since when they have an account, and its id.
    pub(super) account: Option<(Uuid, Timestamp)>,
    pub(super) orders: u32,
}

/// How many orders the demo's own customer has at most: a page of them.
const OF_THE_REGULAR: u32 = 8;

/// Everybody who bought so far.
#[derive(Default)]
pub(super) struct People {
    pub(super) all: Vec<Person>,
    /// Those with an account.
    regulars: Vec<usize>,
}

impl People {
    /// Who buys at this moment: somebody with an account comes back, or somebody new comes.
    pub(super) fn next(&mut self, chance: &mut Chance, market: &Market, at: Timestamp) -> usize {
        if !self.regulars.is_empty() && chance.happens(360) {
            // Those who came first come most.
            let (one, other) = (
                chance.place(self.regulars.len()),
                chance.place(self.regulars.len()),
            );
            return self.regulars[one.min(other)];
        }
        let place = chance.by_weight(&market.weights);
        let number = self.all.len() + 1;
        let (email, address) = somebody(chance, &market.terms[place].country, number);
        let account = chance.happens(380).then(|| {
            let earlier = SignedDuration::from_mins(chance.between(2, 60 * 24 * DAYS / 10));
            let since = at - earlier;
            (chance.id(since.as_millisecond()), since)
        });
        if account.is_some() {
            self.regulars.push(self.all.len());
        }
        self.all.push(Person {
            email,
            address,
            place,
            account,
            orders: 0,
        });
        self.all.len() - 1
    }

    /// Makes somebody who came back a few times the demo's own customer: what they bought is what that one finds in the account.
    pub(super) fn recognise(&mut self, market: &Market, regular: Regular) {
        let country = &regular.address.country;
        let fits = |person: &&mut Person| {
            person.account.is_some()
                && person.orders <= OF_THE_REGULAR
                && market.terms[person.place].country == *country
        };
        let found = self
            .all
            .iter_mut()
            .filter(fits)
            .max_by_key(|person| person.orders);
        if let Some(person) = found {
            person.email = regular.email;
            person.address = regular.address;
            person.account = Some((regular.id, regular.since));
        }
    }
}
