//! Hosted Checkout Sessions: the pay pages.

use super::{PATIENCE, Stripe, StripeFault, key};
use domain::{
    PaymentId,
    payments::{SeenSession, SessionRequest},
};
use std::time::{Duration, Instant};
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionAllowedPaymentMethodTypes,
    CreateCheckoutSessionLineItems, CreateCheckoutSessionLineItemsPriceData,
    CreateCheckoutSessionPaymentIntentData, CreateCheckoutSessionShippingOptions,
    CreateCheckoutSessionShippingOptionsShippingRateData,
    CreateCheckoutSessionShippingOptionsShippingRateDataFixedAmount,
    CreateCheckoutSessionShippingOptionsShippingRateDataType, ExpireCheckoutSession, ProductData,
    RetrieveCheckoutSession,
};
use stripe_client_core::StripeRequest;
use stripe_shared::{
    CheckoutSession, CheckoutSessionMode, CheckoutSessionPaymentStatus, CheckoutSessionStatus,
    PaymentIntentStatus, PaymentMethodDetails,
};
use stripe_types::{Currency, Expandable};

/// How long somebody who waits for a page is kept waiting by repetitions.
const BUDGET: Duration = Duration::from_secs(2);

/// A session as far as the shop needs it.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) url: Option<String>,
    pub(crate) seen: SeenSession,
    /// The attempt that it names.
    pub(crate) attempt: Option<PaymentId>,
    pub(crate) intent: Option<String>,
    /// Brand and last four digits.
    pub(crate) card: Option<(String, String)>,
}

impl Stripe {
    /// Creates the session of an attempt; sent again with the same key while it is not known what happened.
    pub(crate) async fn create_session(
        &self,
        payment: PaymentId,
        request: &SessionRequest,
    ) -> Result<Session, StripeFault> {
        let create = session_of(payment, request)?;
        let begun = Instant::now();
        loop {
            let sent = create
                .clone()
                .customize()
                .request_strategy(key(payment.0)?)
                .send(&self.0);
            let fault = match tokio::time::timeout(PATIENCE, sent).await {
                Ok(Ok(session)) => return Ok(seen(session)),
                Ok(Err(error)) => StripeFault::from(error),
                Err(_) => StripeFault::Unknown("timed out"),
            };
            if fault.is_definite() || begun.elapsed() >= BUDGET {
                return Err(fault);
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    }

    /// Reads a session with its card.
    pub(crate) async fn session(&self, id: &str) -> Result<Session, StripeFault> {
        let session = RetrieveCheckoutSession::new(id)
            .expand(vec!["payment_intent.latest_charge".to_owned()])
            .send(&self.0)
            .await?;
        Ok(seen(session))
    }

    /// Closes the pay page, if it is open, and reads what became of it.
    pub(crate) async fn expire_session(&self, id: &str) -> Result<Session, StripeFault> {
        match ExpireCheckoutSession::new(id)
            .send(&self.0)
            .await
            .map_err(StripeFault::from)
        {
            // Refused: it is complete or expired already. Either way the session is read.
            Ok(_) | Err(StripeFault::Refused { .. }) => self.session(id).await,
            Err(fault) => Err(fault),
        }
    }
}

fn session_of(
    payment: PaymentId,
    request: &SessionRequest,
) -> Result<CreateCheckoutSession, StripeFault> {
    let currency: Currency = request
        .currency
        .code()
        .to_lowercase()
        .parse()
        .map_err(|_| StripeFault::Unsendable(format!("Stripe has no {}", request.currency)))?;
    let items: Vec<CreateCheckoutSessionLineItems> = request
        .items
        .iter()
        .map(|item| {
            let mut line = CreateCheckoutSessionLineItems::new();
            line.quantity = Some(1);
            line.price_data = Some(CreateCheckoutSessionLineItemsPriceData {
                product_data: Some(ProductData::new(
                    item.name.chars().take(250).collect::<String>(),
                )),
                unit_amount: Some(item.amount),
                ..CreateCheckoutSessionLineItemsPriceData::new(currency.clone())
            });
            line
        })
        .collect();
    let mut shipping = CreateCheckoutSessionShippingOptions::new();
    shipping.shipping_rate_data = Some(CreateCheckoutSessionShippingOptionsShippingRateData {
        fixed_amount: Some(
            CreateCheckoutSessionShippingOptionsShippingRateDataFixedAmount::new(
                request.shipping,
                currency,
            ),
        ),
        type_: Some(CreateCheckoutSessionShippingOptionsShippingRateDataType::FixedAmount),
        ..CreateCheckoutSessionShippingOptionsShippingRateData::new(request.shipping_name.as_str())
    });
    let named = [
        ("order_id".to_owned(), request.order_id.clone()),
        ("payment_id".to_owned(), payment.to_string()),
    ];
    let mut intent = CreateCheckoutSessionPaymentIntentData::new();
    intent.description = Some(format!("Order {}", request.order_number));
    intent.metadata = Some(named.clone().into());
    Ok(CreateCheckoutSession::new()
        .mode(CheckoutSessionMode::Payment)
        .allowed_payment_method_types([CreateCheckoutSessionAllowedPaymentMethodTypes::Card])
        .line_items(items)
        .shipping_options(vec![shipping])
        .payment_intent_data(intent)
        .customer_email(request.email.as_str())
        .client_reference_id(request.order_id.as_str())
        .metadata(named)
        .success_url(request.success_url.as_str())
        .cancel_url(request.cancel_url.as_str())
        .expires_at(request.expires_at))
}

fn seen(session: CheckoutSession) -> Session {
    let complete = session.status == Some(CheckoutSessionStatus::Complete);
    let unpaid = session.payment_status == CheckoutSessionPaymentStatus::Unpaid;
    let mut failed = false;
    let (intent, card) = match session.payment_intent {
        None => (None, None),
        Some(Expandable::Id(id)) => (Some(id.to_string()), None),
        Some(Expandable::Object(intent)) => {
            // Money that was promised and will not come: the page is complete, and nothing can be paid there any more.
            failed = complete
                && unpaid
                && matches!(
                    intent.status,
                    PaymentIntentStatus::RequiresPaymentMethod | PaymentIntentStatus::Canceled
                );
            let card = match &intent.latest_charge {
                Some(Expandable::Object(charge)) => {
                    charge.payment_method_details.as_ref().and_then(card_of)
                }
                _ => None,
            };
            (Some(intent.id.to_string()), card)
        }
    };
    Session {
        id: session.id.to_string(),
        url: session.url,
        seen: SeenSession {
            complete: complete && !failed,
            expired: failed || session.status == Some(CheckoutSessionStatus::Expired),
            paid: complete && !unpaid,
            amount: session.amount_total,
            currency: session.currency.map(|currency| currency.to_string()),
            order_id: session.client_reference_id,
        },
        attempt: session
            .metadata
            .and_then(|named| named.get("payment_id")?.parse().ok()),
        intent,
        card,
    }
}

fn card_of(details: &PaymentMethodDetails) -> Option<(String, String)> {
    let card = details.card.as_ref()?;
    Some((card.brand.clone()?, card.last4.clone()?))
}
