//! What becomes of a basket when somebody signs in.

use super::{CartToken, db};
use crate::{Clock, Result, orders};
use domain::{CustomerId, cart::Quantity};
use sqlx::PgConnection;

/// Makes the basket of a browser the customer's, in the transaction of their sign-in. Where they have one already, from here
/// or from another device, what is in the browser's is added to it: nothing is lost, and of one thing there are no more than
/// a basket takes. An order of the browser's basket that is being paid stays with what it is for.
pub(crate) async fn take_over(
    tx: &mut PgConnection,
    clock: &Clock,
    browser: &CartToken,
    customer: CustomerId,
) -> Result<()> {
    // The customer's comes first: two browsers that sign in at the same moment wait for each other here.
    let own = db::owned(tx, customer).await?;
    let Some(guest) = db::guest(tx, browser).await? else {
        return Ok(());
    };
    let Some(own) = own else {
        return db::adopt(tx, guest, customer, clock.now()).await;
    };
    orders::move_pending(tx, guest, own).await?;
    db::merge_lines(tx, guest, own, Quantity::MAX, clock.now()).await
}
