//! `/v1/payment_intents`.

use serde::Deserialize;
use serde_json::Value;

use super::error::ApiError;
use super::list::{self, Range};
use super::schema::{Param, Shape, optional, required};
use super::shapes::{SHIPPING, check_email};
use super::{Call, Endpoint, get, page, post};
use crate::cards::{Card, TestCard};
use crate::money;
use crate::world::intent::{PaymentIntent, Status, Terms};
use crate::world::session::{CustomerDetails, Metadata};
use crate::world::{Attempt, Capture, IntentRefusal, Row};

const METHODS: Shape = Shape::List(&Shape::Choice(&["card"]));

const CREATE: &[Param] = &[
    required("amount", Shape::Integer),
    required("currency", Shape::Text),
    optional(
        "automatic_payment_methods",
        Shape::Object(&[
            required("enabled", Shape::Boolean),
            optional("allow_redirects", Shape::Choice(&["always", "never"])),
        ]),
    ),
    optional(
        "capture_method",
        Shape::Choice(&["automatic", "automatic_async", "manual"]),
    ),
    optional("confirm", Shape::Boolean),
    optional("customer", Shape::Text),
    optional("description", Shape::Text),
    optional("metadata", Shape::Metadata),
    optional("payment_method", Shape::Text),
    optional("payment_method_types", METHODS),
    optional("receipt_email", Shape::Text),
    optional("return_url", Shape::Text),
    optional("shipping", SHIPPING),
    optional("payment_method_data", Shape::Unsupported),
    optional("payment_method_options", Shape::Unsupported),
    optional("off_session", Shape::Unsupported),
    optional("setup_future_usage", Shape::Unsupported),
    optional("statement_descriptor", Shape::Unsupported),
    optional("statement_descriptor_suffix", Shape::Unsupported),
];

const CANCEL_REASONS: Shape = Shape::Choice(&[
    "abandoned",
    "duplicate",
    "fraudulent",
    "requested_by_customer",
]);

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    post("payment_intents", CREATE, create),
    page(
        "payment_intents",
        &[
            optional("created", Shape::Range),
            optional("customer", Shape::Text),
        ],
        list_intents,
    ),
    get(
        "payment_intents/{id}",
        &[optional("client_secret", Shape::Text)],
        retrieve,
    ),
    post(
        "payment_intents/{id}/confirm",
        &[
            optional("payment_method", Shape::Text),
            optional("return_url", Shape::Text),
            optional("receipt_email", Shape::Text),
            optional("payment_method_data", Shape::Unsupported),
            optional("off_session", Shape::Unsupported),
        ],
        confirm,
    ),
    post(
        "payment_intents/{id}/cancel",
        &[optional("cancellation_reason", CANCEL_REASONS)],
        cancel,
    ),
    post(
        "payment_intents/{id}/capture",
        &[optional("amount_to_capture", Shape::Integer)],
        capture,
    ),
];

#[derive(Deserialize)]
struct CreateIntent {
    amount: i64,
    currency: String,
    automatic_payment_methods: Option<Automatic>,
    capture_method: Option<String>,
    #[serde(default)]
    confirm: bool,
    customer: Option<String>,
    description: Option<String>,
    #[serde(default)]
    metadata: Metadata,
    payment_method: Option<String>,
    receipt_email: Option<String>,
    return_url: Option<String>,
    shipping: Option<Value>,
}

#[derive(Deserialize)]
struct Automatic {
    enabled: bool,
}

fn create(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let request: CreateIntent = call.read()?;
    let currency = request.currency.to_lowercase();
    check_amount(request.amount, &currency)?;
    check_email(request.receipt_email.as_deref(), "receipt_email")?;
    if let Some(customer) = &request.customer
        && call.world.customers.get(customer).is_none()
    {
        return Err(ApiError::no_such_param("customer", customer, "customer"));
    }
    if request.confirm && request.payment_method.is_none() {
        return Err(ApiError::missing("payment_method"));
    }
    let method = request
        .payment_method
        .map(|token| method(call, &token))
        .transpose()?;
    let intent = PaymentIntent {
        amount: request.amount,
        currency,
        status: if method.is_some() {
            Status::RequiresConfirmation
        } else {
            Status::RequiresPaymentMethod
        },
        method,
        terms: Terms {
            manual_capture: request.capture_method.as_deref() == Some("manual"),
            automatic_methods: request
                .automatic_payment_methods
                .is_none_or(|automatic| automatic.enabled),
            description: request.description,
            metadata: request.metadata,
            receipt_email: request.receipt_email,
            shipping: request.shipping,
            customer: request.customer,
            return_url: request.return_url,
        },
        ..PaymentIntent::new(call.now.seconds())
    };
    intent.id.clone_into(&mut call.id);
    call.world.add_intent(call.now, intent);
    if request.confirm {
        charge(call)
    } else {
        view(call)
    }
}

fn check_amount(amount: i64, currency: &str) -> Result<(), ApiError> {
    if !money::is_currency(currency) {
        return Err(
            ApiError::invalid(format!("Invalid currency: {currency}.")).with_param("currency")
        );
    }
    let wrong = |code, message| {
        Err(ApiError::invalid(message)
            .with_code(code)
            .with_param("amount"))
    };
    if amount < 1 {
        return wrong(
            "parameter_invalid_integer",
            "This value must be greater than or equal to 1.".to_owned(),
        );
    }
    let least = money::minimum(currency);
    if amount < least {
        return wrong(
            "amount_too_small",
            format!(
                "Amount must be at least {} {currency}",
                money::format(least, currency)
            ),
        );
    }
    if amount > money::MAXIMUM {
        return wrong(
            "amount_too_large",
            format!(
                "Amount must be no more than {} {currency}",
                money::format(money::MAXIMUM, currency)
            ),
        );
    }
    Ok(())
}

/// The payment method behind a token such as `pm_card_visa`, or an existing one.
fn method(call: &mut Call<'_>, token: &str) -> Result<String, ApiError> {
    if let Some(card) = TestCard::by_token(token) {
        let nobody = CustomerDetails {
            email: None,
            name: None,
            country: None,
            postal_code: None,
        };
        return Ok(call.world.add_method(call.now, Card::test(card), nobody));
    }
    match call.world.methods.get(token) {
        Some(method) => Ok(method.id.clone()),
        None => Err(ApiError::no_such_param(
            "PaymentMethod",
            token,
            "payment_method",
        )),
    }
}

fn view(call: &Call<'_>) -> Result<Value, ApiError> {
    call.world
        .render_intent(&call.id)
        .ok_or_else(|| ApiError::no_such("payment_intent", &call.id, "intent"))
}

fn retrieve(call: &mut Call<'_>) -> Result<Value, ApiError> {
    view(call)
}

fn confirm(call: &mut Call<'_>) -> Result<Value, ApiError> {
    #[derive(Deserialize)]
    struct Confirm {
        payment_method: Option<String>,
        return_url: Option<String>,
        receipt_email: Option<String>,
    }
    let request: Confirm = call.read()?;
    view(call)?;
    let named = request
        .payment_method
        .map(|token| method(call, &token))
        .transpose()?;
    let id = call.id.clone();
    let Some(intent) = call.world.intents.get_mut(&id) else {
        return view(call);
    };
    if intent.session.is_some() {
        return Err(refusal(call, &IntentRefusal::OfCheckout, "confirm"));
    }
    if matches!(
        intent.status,
        Status::Succeeded | Status::Canceled | Status::RequiresCapture
    ) {
        let status = intent.status;
        return Err(refusal(call, &IntentRefusal::Status(status), "confirm"));
    }
    intent.method = named.or(intent.method.take());
    intent.terms.return_url = request.return_url.or(intent.terms.return_url.take());
    intent.terms.receipt_email = request.receipt_email.or(intent.terms.receipt_email.take());
    charge(call)
}

/// Charges the method that the payment holds.
fn charge(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let id = call.id.clone();
    let method = call
        .world
        .intents
        .get(&id)
        .and_then(|intent| intent.method.clone());
    let Some(method) = method else {
        return Err(ApiError::refused(
            "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
        )
        .with_code("payment_intent_unexpected_state")
        .with("payment_intent", view(call)?));
    };
    match call.world.attempt_with(call.now, &id, &method) {
        Some(Attempt::Declined(_)) => {
            let intent = view(call)?;
            let error = intent
                .get("last_payment_error")
                .cloned()
                .unwrap_or_default();
            Err(ApiError::card(&error).with("payment_intent", intent))
        }
        _ => view(call),
    }
}

fn cancel(call: &mut Call<'_>) -> Result<Value, ApiError> {
    #[derive(Deserialize)]
    struct Cancel {
        cancellation_reason: Option<String>,
    }
    let Cancel {
        cancellation_reason,
    } = call.read()?;
    view(call)?;
    let id = call.id.clone();
    call.world
        .cancel(call.now, &id, cancellation_reason)
        .map_err(|why| refusal(call, &why, "cancel"))?;
    view(call)
}

fn capture(call: &mut Call<'_>) -> Result<Value, ApiError> {
    #[derive(Deserialize)]
    struct CaptureIntent {
        amount_to_capture: Option<i64>,
    }
    let CaptureIntent { amount_to_capture } = call.read()?;
    view(call)?;
    let how_much = amount_to_capture.map_or(Capture::All, Capture::Part);
    let id = call.id.clone();
    call.world
        .capture(call.now, &id, how_much)
        .map_err(|why| refusal(call, &why, "capture"))?;
    view(call)
}

fn refusal(call: &Call<'_>, why: &IntentRefusal, verb: &str) -> ApiError {
    let error = match why {
        IntentRefusal::Status(status) => ApiError::refused(format!(
            "You cannot {verb} this PaymentIntent because it has a status of {}.",
            status.as_str()
        )),
        IntentRefusal::TooMuch(most) => {
            return ApiError::refused(format!(
                "The amount_to_capture must be less than or equal to {most}."
            ))
            .with_code("amount_too_large")
            .with_param("amount_to_capture");
        }
        IntentRefusal::OfCheckout => ApiError::refused(format!(
            "You cannot {verb} this PaymentIntent because it belongs to a Checkout Session. Expire the session instead."
        )),
    };
    let intent = call.world.render_intent(&call.id).unwrap_or_default();
    error
        .with_code("payment_intent_unexpected_state")
        .with("payment_intent", intent)
}

fn list_intents(call: &mut Call<'_>) -> Result<Value, ApiError> {
    #[derive(Deserialize)]
    struct Filter {
        #[serde(default)]
        created: Range,
        customer: Option<String>,
    }
    let filter: Filter = call.read()?;
    let rows = call.world.intents.iter().rev().filter(|intent| {
        filter.created.holds(intent.created())
            && (filter.customer.is_none() || intent.terms.customer == filter.customer)
    });
    list::page(call, "/v1/payment_intents", rows, |intent| {
        call.world.render_intent(&intent.id).unwrap_or_default()
    })
}
