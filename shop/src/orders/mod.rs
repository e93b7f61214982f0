//! Orders: the record of what was bought. Names, prices and addresses are copies and do not change with the catalogue.

mod addressed;
mod admin;
mod db;
mod draft;
mod file;
mod invoice;
mod list;
mod staff;
mod work;

pub(crate) use db::{
    Listed, Locked, OpenAttempt, Written, addressed, bought, count_refunded, count_sent,
    count_withdrawn, event, export, forget, is_any_waiting, join, latest_of, lock, mark_cancelled,
    mark_disputed, mark_paid, mark_refunded, mark_unfillable, move_on, move_pending, of_customer,
    pending, spent, staff_event, take_up, token_of_customers, write,
};
pub(crate) use draft::{Draft, DraftLine};
pub(crate) use work::AtWork;

use crate::{Fault, Result, Shop, Token};
use domain::{
    OrderId,
    orders::{FindOrderError, FindOrderForm, OrderView},
};

impl Shop {
    /// An order by the part of its address that cannot be guessed.
    pub async fn order(&self, token: &str) -> Result<Option<OrderView>> {
        let Some(token) = Token::parse(token) else {
            return Ok(None);
        };
        Box::pin(db::by_token(self, token.expose())).await
    }

    /// An order by its id, for mails.
    pub(crate) async fn order_by_id(&self, id: OrderId) -> Result<Option<OrderView>> {
        match db::token_of(self.db(), id).await? {
            Some(token) => Box::pin(db::by_token(self, &token)).await,
            None => Ok(None),
        }
    }

    /// How many orders wait to be sent.
    pub async fn orders_to_send(&self) -> Result<i64> {
        db::count_to_send(self.db()).await
    }

    /// The address of an order, for whom knows its number and its e-mail address.
    pub async fn find_order(&self, form: &FindOrderForm) -> Result<String, Fault<FindOrderError>> {
        let number = form
            .number
            .trim()
            .trim_start_matches('#')
            .parse::<i64>()
            .ok();
        let found = match number {
            Some(number) => db::find(self.db(), number, form.email.trim()).await?,
            None => None,
        };
        found.ok_or(Fault::Refused(FindOrderError::NotFound))
    }
}
