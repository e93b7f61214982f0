//! What creating a session takes, and the rules it has to keep.

use serde::Deserialize;
use serde_json::{Value, json};

use super::error::ApiError;
use super::shapes::check_email;
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
