//! What creating a session takes, and the rules it has to keep.

use serde::Deserialize;
use serde_json::{Value, json};

use super::error::ApiError;
use super::schema::{Param, Shape, optional, required};
use crate::ids;
use crate::money;
use crate::world::Now;
use crate::world::session::{
    CustomText, LineItem, Metadata, PaymentData, Session, ShippingOption, Status, Terms,
};

const HALF_HOUR: i64 = 30 * 60;
const DAY: i64 = 24 * 60 * 60;
const MOST_LINES: usize = 100;
const MOST_SHIPPING_OPTIONS: usize = 5;

const TAX_BEHAVIOR: Shape = Shape::Choice(&["exclusive", "inclusive", "unspecified"]);
const CURRENCY: Shape = Shape::Text;
const URLS: Shape = Shape::List(&Shape::Text);

const ADDRESS: Shape = Shape::Object(&[
    optional("city", Shape::Text),
    optional("country", Shape::Text),
    required("line1", Shape::Text),
    optional("line2", Shape::Text),
    optional("postal_code", Shape::Text),
    optional("state", Shape::Text),
]);

/// `shipping` of a payment.
pub(crate) const SHIPPING: Shape = Shape::Object(&[
    required("address", ADDRESS),
    optional("carrier", Shape::Text),
    required("name", Shape::Text),
    optional("phone", Shape::Text),
    optional("tracking_number", Shape::Text),
]);

const PRODUCT_DATA: Shape = Shape::Object(&[
    required("name", Shape::Text),
    optional("description", Shape::Text),
    optional("images", URLS),
    optional("metadata", Shape::Metadata),
    optional("tax_code", Shape::Unsupported),
    optional("unit_label", Shape::Unsupported),
]);

const LINE_ITEM: Shape = Shape::Object(&[
    required(
        "price_data",
        Shape::Object(&[
            required("currency", CURRENCY),
            required("unit_amount", Shape::Integer),
            required("product_data", PRODUCT_DATA),
            optional("tax_behavior", TAX_BEHAVIOR),
            optional("product", Shape::Unsupported),
            optional("recurring", Shape::Unsupported),
            optional("unit_amount_decimal", Shape::Unsupported),
        ]),
    ),
    required("quantity", Shape::Integer),
    optional("adjustable_quantity", Shape::Unsupported),
    optional("dynamic_tax_rates", Shape::Unsupported),
    optional("metadata", Shape::Unsupported),
    optional("price", Shape::Unsupported),
    optional("tax_rates", Shape::Unsupported),
]);

const ESTIMATE: Shape = Shape::Object(&[
    required(
        "unit",
        Shape::Choice(&["business_day", "day", "hour", "month", "week"]),
    ),
    required("value", Shape::Integer),
]);

const SHIPPING_OPTION: Shape = Shape::Object(&[
    required(
        "shipping_rate_data",
        Shape::Object(&[
            required("display_name", Shape::Text),
            optional("type", Shape::Choice(&["fixed_amount"])),
            required(
                "fixed_amount",
                Shape::Object(&[
                    required("amount", Shape::Integer),
                    required("currency", CURRENCY),
                    optional("currency_options", Shape::Unsupported),
                ]),
            ),
            optional("tax_behavior", TAX_BEHAVIOR),
            optional(
                "delivery_estimate",
                Shape::Object(&[optional("maximum", ESTIMATE), optional("minimum", ESTIMATE)]),
            ),
            optional("metadata", Shape::Metadata),
            optional("tax_code", Shape::Unsupported),
        ]),
    ),
    optional("shipping_rate", Shape::Unsupported),
]);

const WORDS: Shape = Shape::Object(&[required("message", Shape::Text)]);

/// The parameters.
pub(crate) const PARAMS: &[Param] = &[
    required("mode", Shape::Choice(&["payment", "setup", "subscription"])),
    required("line_items", Shape::List(&LINE_ITEM)),
    required("success_url", Shape::Text),
    optional("cancel_url", Shape::Text),
    optional("client_reference_id", Shape::Text),
    optional("currency", CURRENCY),
    optional("customer", Shape::Text),
    optional("customer_email", Shape::Text),
    optional("expires_at", Shape::Integer),
    optional("metadata", Shape::Metadata),
    optional("locale", Shape::Text),
    optional(
        "submit_type",
        Shape::Choice(&["auto", "book", "donate", "pay"]),
    ),
    optional(
        "billing_address_collection",
        Shape::Choice(&["auto", "required"]),
    ),
    optional("customer_creation", Shape::Choice(&["if_required"])),
    optional("ui_mode", Shape::Choice(&["hosted_page"])),
    optional(
        "payment_method_types",
        Shape::List(&Shape::Choice(&["card"])),
    ),
    optional(
        "automatic_tax",
        Shape::Object(&[required("enabled", Shape::Choice(&["false"]))]),
    ),
    optional(
        "custom_text",
        Shape::Object(&[
            optional("submit", WORDS),
            optional("after_submit", WORDS),
            optional("shipping_address", Shape::Unsupported),
            optional("terms_of_service_acceptance", Shape::Unsupported),
        ]),
    ),
    optional(
        "payment_intent_data",
        Shape::Object(&[
            optional("metadata", Shape::Metadata),
            optional("description", Shape::Text),
            optional("receipt_email", Shape::Text),
            optional("shipping", SHIPPING),
            optional(
                "capture_method",
                Shape::Choice(&["automatic", "automatic_async", "manual"]),
            ),
            optional("application_fee_amount", Shape::Unsupported),
            optional("on_behalf_of", Shape::Unsupported),
            optional("setup_future_usage", Shape::Unsupported),
            optional("statement_descriptor", Shape::Unsupported),
            optional("statement_descriptor_suffix", Shape::Unsupported),
            optional("transfer_data", Shape::Unsupported),
            optional("transfer_group", Shape::Unsupported),
        ]),
    ),
    optional("shipping_options", Shape::List(&SHIPPING_OPTION)),
    optional("adaptive_pricing", Shape::Unsupported),
    optional("after_expiration", Shape::Unsupported),
    optional("allow_promotion_codes", Shape::Unsupported),
    optional("branding_settings", Shape::Unsupported),
    optional("consent_collection", Shape::Unsupported),
    optional("custom_fields", Shape::Unsupported),
    optional("customer_update", Shape::Unsupported),
    optional("discounts", Shape::Unsupported),
    optional("excluded_payment_method_types", Shape::Unsupported),
    optional("invoice_creation", Shape::Unsupported),
    optional("name_collection", Shape::Unsupported),
    optional("optional_items", Shape::Unsupported),
    optional("origin_context", Shape::Unsupported),
    optional("payment_method_collection", Shape::Unsupported),
    optional("payment_method_configuration", Shape::Unsupported),
    optional("payment_method_data", Shape::Unsupported),
    optional("payment_method_options", Shape::Unsupported),
    optional("permissions", Shape::Unsupported),
    optional("phone_number_collection", Shape::Unsupported),
    optional("redirect_on_completion", Shape::Unsupported),
    optional("return_url", Shape::Unsupported),
    optional("saved_payment_method_options", Shape::Unsupported),
    optional("setup_intent_data", Shape::Unsupported),
    optional("shipping_address_collection", Shape::Unsupported),
    optional("subscription_data", Shape::Unsupported),
    optional("tax_id_collection", Shape::Unsupported),
    optional("wallet_options", Shape::Unsupported),
];

/// A request to create a session.
#[derive(Debug, Deserialize)]
pub(crate) struct CreateSession {
    mode: String,
    line_items: Vec<NewLine>,
    success_url: String,
    cancel_url: Option<String>,
    client_reference_id: Option<String>,
    currency: Option<String>,
    customer: Option<String>,
    customer_email: Option<String>,
    expires_at: Option<i64>,
    #[serde(default)]
    metadata: Metadata,
    locale: Option<String>,
    submit_type: Option<String>,
    billing_address_collection: Option<String>,
    #[serde(default)]
    custom_text: CustomText,
    #[serde(default)]
    payment_intent_data: PaymentData,
    #[serde(default)]
    shipping_options: Vec<NewShipping>,
}

#[derive(Debug, Deserialize)]
struct NewLine {
    price_data: PriceData,
    quantity: i64,
}

#[derive(Debug, Deserialize)]
struct PriceData {
    currency: String,
    unit_amount: i64,
    product_data: ProductData,
    tax_behavior: Option<String>,
}

#[derive(Debug, Deserialize)]
struct ProductData {
    name: String,
    description: Option<String>,
    #[serde(default)]
    images: Vec<String>,
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Debug, Deserialize)]
struct NewShipping {
    shipping_rate_data: RateData,
}

#[derive(Debug, Deserialize)]
struct RateData {
    display_name: String,
    fixed_amount: FixedAmount,
    tax_behavior: Option<String>,
    delivery_estimate: Option<Value>,
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Debug, Deserialize)]
struct FixedAmount {
    amount: i64,
    currency: String,
}

impl CreateSession {
    /// The session, when every rule is kept.
    pub(crate) fn build(self, now: &Now, base_url: &str) -> Result<Session, ApiError> {
        self.check_words()?;
        let currency = self.check_currency()?;
        let expires_at = self.check_expiry(now)?;
        self.check_numbers()?;
        let id = ids::random("cs_test_a1", 56);
        let session = Session {
            url: format!("{base_url}/c/pay/{id}"),
            id,
            created: now.seconds(),
            expires_at,
            status: Status::Open,
            currency,
            line_items: self.line_items.into_iter().map(NewLine::build).collect(),
            shipping_options: self
                .shipping_options
                .into_iter()
                .map(NewShipping::build)
                .collect(),
            chosen_shipping: 0,
            intent: None,
            paid: false,
            customer_details: None,
            terms: Terms {
                success_url: self.success_url,
                cancel_url: self.cancel_url,
                client_reference_id: self.client_reference_id,
                customer: self.customer,
                customer_email: self.customer_email,
                metadata: self.metadata,
                locale: self.locale,
                submit_type: self.submit_type,
                billing_address_collection: self.billing_address_collection,
                custom_text: self.custom_text,
                payment: self.payment_intent_data,
            },
        };
        check_total(&session)?;
        Ok(session)
    }

    fn check_words(&self) -> Result<(), ApiError> {
        if self.mode != "payment" {
            return Err(ApiError::invalid(format!(
                "The sandbox does not support mode={} yet.",
                self.mode
            ))
            .with_param("mode"));
        }
        check_url(&self.success_url, "success_url")?;
        if let Some(url) = &self.cancel_url {
            check_url(url, "cancel_url")?;
        }
        if self.customer.is_some() && self.customer_email.is_some() {
            return Err(ApiError::invalid(
                "You may only specify one of these parameters: customer, customer_email.",
            )
            .with_param("customer_email"));
        }
        check_email(self.customer_email.as_deref(), "customer_email")?;
        check_email(
            self.payment_intent_data.receipt_email.as_deref(),
            "payment_intent_data[receipt_email]",
        )?;
        if self
            .client_reference_id
            .as_ref()
            .is_some_and(|id| id.chars().count() > 200)
        {
            return Err(
                ApiError::invalid("Invalid string: must be at most 200 characters")
                    .with_param("client_reference_id"),
            );
        }
        Ok(())
    }

    fn check_currency(&self) -> Result<String, ApiError> {
        let mut named = self
            .line_items
            .iter()
            .map(|line| line.price_data.currency.to_lowercase())
            .chain(self.shipping_options.iter().map(|option| {
                option
                    .shipping_rate_data
                    .fixed_amount
                    .currency
                    .to_lowercase()
            }))
            .chain(
                self.currency
                    .as_ref()
                    .map(|currency| currency.to_lowercase()),
            );
        let Some(currency) = named.next() else {
            return Err(ApiError::missing("line_items"));
        };
        if !money::is_currency(&currency) {
            return Err(ApiError::invalid(format!("Invalid currency: {currency}."))
                .with_param("line_items[0][price_data][currency]"));
        }
        if let Some(other) = named.find(|other| *other != currency) {
            return Err(ApiError::invalid(format!(
                "The Checkout Session's items, shipping options and currency must all use the same currency: {currency} and {other} were given."
            ))
            .with_param("currency"));
        }
        Ok(currency)
    }

    fn check_expiry(&self, now: &Now) -> Result<i64, ApiError> {
        let created = now.seconds();
        let Some(at) = self.expires_at else {
            return Ok(created + DAY);
        };
        let wrong = if at < created + HALF_HOUR {
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation."
        } else if at > created + DAY {
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation."
        } else {
            return Ok(at);
        };
        Err(ApiError::invalid(wrong).with_param("expires_at"))
    }

    fn check_numbers(&self) -> Result<(), ApiError> {
        check_length(self.line_items.len(), MOST_LINES, "line_items")?;
        check_length(
            self.shipping_options.len(),
            MOST_SHIPPING_OPTIONS,
            "shipping_options",
        )?;
        for (i, line) in self.line_items.iter().enumerate() {
            check_not_negative(line.price_data.unit_amount, || {
                format!("line_items[{i}][price_data][unit_amount]")
            })?;
            if line.quantity < 1 {
                return Err(ApiError::invalid("Quantity must be greater than 0.")
                    .with_param(format!("line_items[{i}][quantity]")));
            }
            check_length(
                line.price_data.product_data.images.len(),
                8,
                &format!("line_items[{i}][price_data][product_data][images]"),
            )?;
        }
        for (i, option) in self.shipping_options.iter().enumerate() {
            check_not_negative(option.shipping_rate_data.fixed_amount.amount, || {
                format!("shipping_options[{i}][shipping_rate_data][fixed_amount][amount]")
            })?;
        }
        Ok(())
    }
}

impl NewLine {
    fn build(self) -> LineItem {
        let PriceData {
            unit_amount,
            product_data,
            tax_behavior,
            ..
        } = self.price_data;
        LineItem {
            id: ids::new("li_"),
            price: ids::new("price_"),
            product: ids::random("prod_", 14),
            name: product_data.name,
            description: product_data.description,
            image: product_data.images.into_iter().next(),
            tax_behavior: tax_behavior.unwrap_or_else(|| "unspecified".to_owned()),
            unit_amount,
            quantity: self.quantity,
            metadata: product_data.metadata,
        }
    }
}

impl NewShipping {
    fn build(self) -> ShippingOption {
        let data = self.shipping_rate_data;
        ShippingOption {
            rate: ids::new("shr_"),
            display_name: data.display_name,
            amount: data.fixed_amount.amount,
            tax_behavior: data.tax_behavior.unwrap_or_else(|| "unspecified".to_owned()),
            delivery_estimate: data.delivery_estimate.map_or(Value::Null, |estimate| {
                json!({ "maximum": estimate.get("maximum"), "minimum": estimate.get("minimum") })
            }),
            metadata: data.metadata,
        }
    }
}

fn check_total(session: &Session) -> Result<(), ApiError> {
    let (total, currency) = (session.total(), session.currency.as_str());
    let least = money::minimum(currency);
    if total != 0 && total < least {
        return Err(ApiError::invalid(format!(
            "The Checkout Session's total amount due must add up to at least {} {currency}",
            money::format(least, currency)
        ))
        .with_code("amount_too_small"));
    }
    if total > money::MAXIMUM {
        return Err(ApiError::invalid(format!(
            "The Checkout Session's total amount due must be no more than {}",
            money::format(money::MAXIMUM, currency)
        ))
        .with_code("amount_too_large"));
    }
    Ok(())
}

fn check_url(text: &str, param: &str) -> Result<(), ApiError> {
    match url::Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(()),
        _ => Err(ApiError::invalid("Not a valid URL")
            .with_code("url_invalid")
            .with_param(param)),
    }
}

/// As much of a check as Stripe makes.
pub(crate) fn check_email(email: Option<&str>, param: &str) -> Result<(), ApiError> {
    let Some(email) = email else { return Ok(()) };
    let good = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !email.contains(char::is_whitespace)
    });
    if good {
        return Ok(());
    }
    Err(ApiError::invalid(format!("Invalid email address: {email}"))
        .with_code("email_invalid")
        .with_param(param))
}

fn check_length(length: usize, most: usize, param: &str) -> Result<(), ApiError> {
    if length > most {
        return Err(ApiError::invalid(format!(
            "Array {param} exceeded maximum {most} allowed elements."
        ))
        .with_param(param));
    }
    Ok(())
}

fn check_not_negative(amount: i64, param: impl Fn() -> String) -> Result<(), ApiError> {
    if amount < 0 {
        return Err(ApiError::invalid("Invalid non-negative integer")
            .with_code("parameter_invalid_integer")
            .with_param(param()));
    }
    Ok(())
}
