//! Talking to Stripe. An outcome that is not known is never taken for a failure.

use crate::core::settings::StripeSettings;
use domain::{
    PaymentId, RefundId,
    payments::{SeenSession, SessionRequest},
};
use miniserde::json::Value;
use std::time::{Duration, Instant};
use stripe::{Client, ClientBuilder, StripeError};
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionLineItems, CreateCheckoutSessionLineItemsPriceData,
    CreateCheckoutSessionPaymentIntentData, CreateCheckoutSessionShippingOptions,
    CreateCheckoutSessionShippingOptionsShippingRateData,
    CreateCheckoutSessionShippingOptionsShippingRateDataFixedAmount,
    CreateCheckoutSessionShippingOptionsShippingRateDataType, ExpireCheckoutSession, ProductData,
    RetrieveCheckoutSession,
};
use stripe_client_core::{IdempotencyKey, RequestStrategy, StripeRequest};
use stripe_core::{event::ListEvent, refund::CreateRefund};
use stripe_shared::{
    CheckoutSession, CheckoutSessionMode, CheckoutSessionPaymentStatus, CheckoutSessionStatus,
    PaymentMethodDetails,
};
use stripe_types::{Currency, Expandable};

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(4);
/// How long somebody who waits for a page is kept waiting by repetitions.
const BUDGET: Duration = Duration::from_secs(2);

/// What went wrong with a request. Never holds Stripe's own object, which may be personal.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StripeFault {
    /// Stripe refused: nothing happened, and the same request will be refused again.
    #[error("refused with status {status}: {code}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Stripe's code.
        code: String,
    },
    /// Stripe failed, and will answer the same for this key from now on. Should it have made a pay page, nobody was told of
    /// its address.
    #[error("failed with status {0}")]
    Broken(u16),
    /// It is not known whether something happened.
    #[error("no answer that could be read: {0}")]
    Unknown(&'static str),
    /// What was to be sent cannot be sent.
    #[error("cannot be sent: {0}")]
    Unsendable(String),
}

impl StripeFault {
    /// Whether the same request will never lead anywhere: another attempt is needed.
    pub(crate) const fn is_definite(&self) -> bool {
        matches!(
            self,
            Self::Refused { .. } | Self::Unsendable(_) | Self::Broken(_)
        )
    }
}

impl From<StripeError> for StripeFault {
    fn from(error: StripeError) -> Self {
        match error {
            // 409: the same key is in flight. 429: too many requests.
            StripeError::Stripe(_, 409 | 429) => Self::Unknown("busy"),
            StripeError::Stripe(_, status @ 500..) => Self::Broken(status),
            StripeError::Stripe(error, status) => Self::Refused {
                status,
                code: error
                    .code
                    .map_or_else(|| "none".to_owned(), |code| code.to_string()),
            },
            StripeError::JSONDeserialize(_) => Self::Unknown("not in Stripe's form"),
            StripeError::ClientError(_) => Self::Unknown("connection lost"),
            StripeError::Timeout => Self::Unknown("timed out"),
            StripeError::ConfigError(_) => {
                Self::Unsendable("the client's configuration".to_owned())
            }
        }
    }
}

impl From<StripeFault> for crate::Error {
    fn from(fault: StripeFault) -> Self {
        Self::Payment(fault.to_string())
    }
}

/// A session as far as the shop needs it.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) url: Option<String>,
    pub(crate) seen: SeenSession,
    pub(crate) intent: Option<String>,
    /// Brand and last four digits.
    pub(crate) card: Option<(String, String)>,
}

/// The account.
pub(crate) struct Stripe(Client);

impl Stripe {
    pub(crate) fn new(settings: &StripeSettings) -> Result<Self, StripeFault> {
        let mut builder = ClientBuilder::new(settings.secret_key.0.as_str()).timeout(PATIENCE);
        if let Some(url) = &settings.api_url {
            builder = builder.url(url.as_str());
        }
        Ok(Self(builder.build()?))
    }

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

    /// Gives money back. The refund's id is the key.
    pub(crate) async fn refund(
        &self,
        refund: RefundId,
        intent: &str,
        amount: i64,
    ) -> Result<(String, String), StripeFault> {
        let created = CreateRefund::new()
            .payment_intent(intent)
            .amount(amount)
            .customize()
            .request_strategy(key(refund.0)?)
            .send(&self.0)
            .await?;
        Ok((
            created.id.to_string(),
            created.status.unwrap_or_else(|| "pending".to_owned()),
        ))
    }

    /// The sessions that events of these types, since a moment in seconds of Unix time, tell of: event id, type, session.
    pub(crate) async fn events_since(
        &self,
        since: i64,
    ) -> Result<Vec<(String, String, String)>, StripeFault> {
        let bounds = stripe_types::RangeBoundsTs {
            gte: Some(since),
            ..stripe_types::RangeBoundsTs::default()
        };
        let events = ListEvent::new()
            .types(
                super::webhook::SESSION_EVENTS
                    .iter()
                    .map(|kind| (*kind).to_owned())
                    .collect::<Vec<_>>(),
            )
            .created(stripe_types::RangeQueryTs::Bounds(bounds))
            .limit(100)
            .send(&self.0)
            .await?;
        let named = events.data.into_iter().filter_map(|event| {
            let Value::Object(object) = &event.data.object else {
                return None;
            };
            let Value::String(session) = object.get("id")? else {
                return None;
            };
            Some((
                event.id.to_string(),
                event.type_.to_string(),
                session.clone(),
            ))
        });
        Ok(named.collect())
    }
}

fn key(id: uuid::Uuid) -> Result<RequestStrategy, StripeFault> {
    let key = IdempotencyKey::new(id.to_string())
        .map_err(|error| StripeFault::Unsendable(error.to_string()))?;
    Ok(RequestStrategy::Idempotent(key))
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
    let (intent, card) = match session.payment_intent {
        None => (None, None),
        Some(Expandable::Id(id)) => (Some(id.to_string()), None),
        Some(Expandable::Object(intent)) => {
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
            complete: session.status == Some(CheckoutSessionStatus::Complete),
            expired: session.status == Some(CheckoutSessionStatus::Expired),
            paid: session.payment_status != CheckoutSessionPaymentStatus::Unpaid
                && session.status == Some(CheckoutSessionStatus::Complete),
            amount: session.amount_total,
            currency: session.currency.map(|currency| currency.to_string()),
            order_id: session.client_reference_id,
        },
        intent,
        card,
    }
}

fn card_of(details: &PaymentMethodDetails) -> Option<(String, String)> {
    let card = details.card.as_ref()?;
    Some((card.brand.clone()?, card.last4.clone()?))
}
