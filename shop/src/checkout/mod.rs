//! The checkout: what a cart costs at its destination, and placing the order.

mod db;
mod place;
mod price;

pub(crate) use db::{Method, Terms, terms};
pub use place::Placed;
pub(crate) use price::unit;

use crate::{CartToken, Result, Shop, cart, orders};
use domain::{
    AddressId,
    checkout::{CheckoutForm, CheckoutView, FieldErrors},
};
use jiff::{SignedDuration, civil::Date};

/// A pay page that closes this soon is not offered any more.
const MARGIN: SignedDuration = SignedDuration::from_mins(2);

impl Shop {
    /// The checkout page for what was typed so far; a field that decides about the price and was not filled in gets its
    /// usual value. Who comes back from the pay page finds what was typed before. Nothing is checked.
    pub async fn checkout(
        &self,
        token: Option<&CartToken>,
        form: CheckoutForm,
    ) -> Result<CheckoutView> {
        // Much is read for it: it is kept on the heap.
        Box::pin(self.read_checkout(token, form)).await
    }

    async fn read_checkout(
        &self,
        token: Option<&CartToken>,
        mut form: CheckoutForm,
    ) -> Result<CheckoutView> {
        let chrome = self.chrome().await?;
        let snapshot = match token {
            Some(token) => {
                cart::snapshot(self.db(), token, &chrome.country, self.clock().now()).await?
            }
            None => None,
        };
        let is_new = form == CheckoutForm::default();
        let placed = match &snapshot {
            Some(snapshot) if is_new => orders::addressed(self.db(), snapshot.id).await?,
            _ => None,
        };
        let known = match token.and_then(CartToken::customer) {
            Some(customer) => self.buyer(customer).await?,
            None => None,
        };
        if let Some(placed) = placed {
            form = placed.into_form();
        } else if let Some(known) = known.as_ref().filter(|_| is_new) {
            known.fill_in(&mut form);
        }
        let terms = self.terms(&form).await?;
        let today = self.today(&terms.time_zone);
        let mut view = price::view(snapshot.as_ref(), &terms, form, chrome.currency, today);
        view.is_signed_in = known.is_some();
        view.saved = known.map(|known| known.addresses).unwrap_or_default();
        Ok(view)
    }

    /// The checkout page with an address of the address book in the place of what was typed.
    pub async fn checkout_to_saved(
        &self,
        token: Option<&CartToken>,
        mut form: CheckoutForm,
    ) -> Result<CheckoutView> {
        if let (Some(customer), Ok(chosen)) = (
            token.and_then(CartToken::customer),
            form.saved.parse::<AddressId>(),
        ) && let Some(known) = self.buyer(customer).await?
            && let Some(saved) = known.addresses.iter().find(|saved| saved.id == chosen)
        {
            form.send_to(&saved.address);
        }
        self.checkout(token, form).await
    }

    /// What applies at the destination; at home where nothing is delivered to it; and where nothing is delivered at home either,
    /// at the first country that something is delivered to.
    async fn terms(&self, form: &CheckoutForm) -> Result<Terms> {
        let home = self.chrome().await?.country.clone();
        let mut connection = self.db().acquire().await?;
        for country in [&form.country, &home] {
            if let Some(terms) = terms(&mut connection, country, &home).await? {
                return Ok(terms);
            }
        }
        let elsewhere = match db::first_country(&mut connection).await? {
            Some(country) => terms(&mut connection, &country, &home).await?,
            None => None,
        };
        match elsewhere {
            Some(terms) => Ok(terms),
            None => Ok(Terms::nowhere(home, db::time_zone(&mut connection).await?)),
        }
    }

    /// The day in the shop's time zone.
    fn today(&self, time_zone: &str) -> Date {
        self.clock().now().to_zoned(zone(time_zone)).date()
    }

    /// The page again, with what is wrong.
    async fn refused(
        &self,
        token: Option<&CartToken>,
        form: CheckoutForm,
        errors: FieldErrors,
        problem: Option<domain::checkout::CheckoutError>,
    ) -> Result<Box<CheckoutView>> {
        let mut view = self.checkout(token, form).await?;
        view.errors = errors;
        view.problem = problem;
        Ok(Box::new(view))
    }
}

/// A time zone by its name; UTC where there is none of that name.
pub(crate) fn zone(name: &str) -> jiff::tz::TimeZone {
    jiff::tz::TimeZone::get(name).unwrap_or(jiff::tz::TimeZone::UTC)
}
