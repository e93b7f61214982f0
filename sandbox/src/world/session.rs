//! A Checkout Session.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::Row;

/// Free key-value pairs.
pub(crate) type Metadata = BTreeMap<String, String>;

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Open,
    Complete,
    Expired,
}

impl Status {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Complete => "complete",
            Self::Expired => "expired",
        }
    }
}

/// A Checkout Session in payment mode.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) expires_at: i64,
    pub(crate) status: Status,
    pub(crate) currency: String,
    pub(crate) line_items: Vec<LineItem>,
    pub(crate) shipping_options: Vec<ShippingOption>,
    /// Index of the shipping option that counts; the first one until the payer chooses.
    pub(crate) chosen_shipping: usize,
    pub(crate) url: String,
    pub(crate) intent: Option<String>,
    /// The money was taken, not only set aside.
    pub(crate) paid: bool,
    pub(crate) customer_details: Option<CustomerDetails>,
    pub(crate) terms: Terms,
}

/// What the creator said and the sandbox hands back, or puts on the payment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terms {
    pub(crate) success_url: String,
    pub(crate) cancel_url: Option<String>,
    pub(crate) client_reference_id: Option<String>,
    pub(crate) customer: Option<String>,
    pub(crate) customer_email: Option<String>,
    pub(crate) metadata: Metadata,
    pub(crate) locale: Option<String>,
    pub(crate) submit_type: Option<String>,
    pub(crate) billing_address_collection: Option<String>,
    pub(crate) custom_text: CustomText,
    pub(crate) payment: PaymentData,
}

/// Words of the shop on the pay page.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct CustomText {
    pub(crate) submit: Option<Words>,
    pub(crate) after_submit: Option<Words>,
}

/// One of those.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Words {
    pub(crate) message: String,
}

/// `payment_intent_data`.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct PaymentData {
    #[serde(default)]
    pub(crate) metadata: Metadata,
    pub(crate) description: Option<String>,
    pub(crate) receipt_email: Option<String>,
    pub(crate) shipping: Option<Value>,
    pub(crate) capture_method: Option<String>,
}

/// One line of the bill.
#[derive(Clone, Debug)]
pub(crate) struct LineItem {
    pub(crate) id: String,
    pub(crate) price: String,
    pub(crate) product: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) image: Option<String>,
    pub(crate) tax_behavior: String,
    pub(crate) unit_amount: i64,
    pub(crate) quantity: i64,
    pub(crate) metadata: Metadata,
}

impl LineItem {
    pub(crate) fn total(&self) -> i64 {
        self.unit_amount.saturating_mul(self.quantity)
    }
}

/// A way of delivery.
#[derive(Clone, Debug)]
pub(crate) struct ShippingOption {
    pub(crate) rate: String,
    pub(crate) display_name: String,
    pub(crate) amount: i64,
    pub(crate) tax_behavior: String,
    pub(crate) delivery_estimate: Value,
    pub(crate) metadata: Metadata,
}

/// Who paid, as the pay page learnt it.
#[derive(Clone, Debug)]
pub(crate) struct CustomerDetails {
    pub(crate) email: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) postal_code: Option<String>,
}

impl CustomerDetails {
    pub(crate) fn address(&self) -> Value {
        json!({
            "city": null, "country": self.country, "line1": null, "line2": null,
            "postal_code": self.postal_code, "state": null,
        })
    }
}

impl Session {
    /// Sum of the lines.
    pub(crate) fn subtotal(&self) -> i64 {
        self.line_items
            .iter()
            .fold(0, |sum, item| sum.saturating_add(item.total()))
    }

    /// What delivery costs, where there is any.
    pub(crate) fn shipping(&self) -> Option<&ShippingOption> {
        self.shipping_options.get(self.chosen_shipping)
    }

    /// What there is to pay.
    pub(crate) fn total(&self) -> i64 {
        self.subtotal()
            .saturating_add(self.shipping().map_or(0, |option| option.amount))
    }

    pub(crate) fn payment_status(&self) -> &'static str {
        match (self.total(), self.paid) {
            (0, _) => "no_payment_required",
            (_, true) => "paid",
            (_, false) => "unpaid",
        }
    }

    /// Where the payer goes after paying.
    pub(crate) fn success_url(&self) -> String {
        self.terms
            .success_url
            .replace("{CHECKOUT_SESSION_ID}", &self.id)
    }
}

impl Row for Session {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }
}
