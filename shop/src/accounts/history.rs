//! What customers ordered, and ordering it again.

use super::Customer;
use crate::{AddItem, Fault, Result, Shop, Wanted, core::words, orders};
use domain::{
    CustomerId,
    accounts::{HistoryPage, HistoryRow, OrderBadge},
    cart::{CartError, Quantity},
    orders::OrderView,
};
use jiff::tz::TimeZone;

/// How many orders a page shows.
const PAGE: usize = 10;

/// What became of ordering the same again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// The rows of the order, from 1, that could not be put into the cart, or not all of them.
    pub left: Vec<usize>,
    /// How many things are in the cart now.
    pub count: i32,
}

impl Shop {
    /// A customer's orders, the latest first, from behind the order of the number `after`.
    pub async fn customer_orders(&self, customer: &Customer, after: &str) -> Result<HistoryPage> {
        let after: Option<i64> = after.parse().ok();
        let mut rows = self.history(customer.id, after, PAGE + 1).await?;
        let has_more = rows.len() > PAGE;
        rows.truncate(PAGE);
        Ok(HistoryPage {
            next: rows
                .last()
                .filter(|_| has_more)
                .map(|row| row.number.to_string()),
            is_first: after.is_none(),
            orders: rows,
        })
    }

    pub(super) async fn history(
        &self,
        customer: CustomerId,
        after: Option<i64>,
        limit: usize,
    ) -> Result<Vec<HistoryRow>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let zone = self.time_zone().await?;
        let listed = orders::of_customer(self.db(), customer, after, limit).await?;
        Ok(listed.into_iter().map(|order| row(order, &zone)).collect())
    }

    /// An order of a customer, by its number.
    pub async fn customer_order(
        &self,
        customer: &Customer,
        number: i64,
    ) -> Result<Option<OrderView>> {
        match orders::token_of_customers(self.db(), customer.id, number).await? {
            Some(token) => self.order(&token).await,
            None => Ok(None),
        }
    }

    /// Puts what an order of the customer had into their cart, as far as it is still to be had; `None` where there is no such
    /// order.
    pub async fn order_again(&self, customer: &Customer, number: i64) -> Result<Option<Again>> {
        let bought = orders::bought(self.db(), customer.id, number).await?;
        if bought.is_empty() {
            return Ok(None);
        }
        let mut left = Vec::new();
        for (at, line) in bought.into_iter().enumerate() {
            let item = AddItem {
                product: line.product,
                wanted: Wanted::Variant(line.variant),
                quantity: Quantity::try_from(line.quantity).unwrap_or(Quantity::ONE),
            };
            if !self.add_all(customer, item).await? {
                left.push(at + 1);
            }
        }
        let count = self.cart(Some(&customer.cart())).await?.count;
        Ok(Some(Again { left, count }))
    }

    /// Puts a thing into the customer's cart; where there are fewer, those. Returns whether it was all.
    async fn add_all(&self, customer: &Customer, mut item: AddItem) -> Result<bool> {
        let cart = customer.cart();
        match self.add_to_cart(Some(&cart), &item).await {
            Ok(_) => return Ok(true),
            Err(Fault::Failed(error)) => return Err(error),
            Err(Fault::Refused(CartError::Only { left, in_cart })) if left > in_cart => {
                item.quantity = Quantity::try_from(left - in_cart).unwrap_or(Quantity::ONE);
            }
            Err(Fault::Refused(_)) => return Ok(false),
        }
        // Sold meanwhile: that is told all the same.
        match self.add_to_cart(Some(&cart), &item).await {
            Ok(_) | Err(Fault::Refused(_)) => Ok(false),
            Err(Fault::Failed(error)) => Err(error),
        }
    }
}

fn row(order: orders::Listed, zone: &TimeZone) -> HistoryRow {
    let shown = order.things.len();
    let on_its_way = matches!(
        order.badge,
        OrderBadge::Packing | OrderBadge::PartlySent | OrderBadge::Sent
    );
    HistoryRow {
        number: order.number,
        placed_on: words::day(order.placed_at, zone),
        total: order.total,
        badge: order.badge,
        arrival: if on_its_way {
            order.arrival.to_string()
        } else {
            String::new()
        },
        more: order.rows - i64::try_from(shown).unwrap_or(0),
        titles: order
            .things
            .iter()
            .map(|thing| thing.title.clone())
            .collect(),
        pictures: order
            .things
            .into_iter()
            .filter_map(|thing| thing.picture)
            .collect(),
    }
}
