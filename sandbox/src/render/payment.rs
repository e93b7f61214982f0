//! Payments, charges, cards and refunds.

use serde_json::{Value, json};

use crate::cards::Card;
use crate::world::charge::Charge;
use crate::world::intent::{PaymentError, PaymentIntent, Status};
use crate::world::method::PaymentMethod;
use crate::world::refund::{self, Refund};
use crate::world::session::CustomerDetails;

pub(crate) fn intent(intent: &PaymentIntent, error: Option<&Value>, base_url: &str) -> Value {
    let terms = &intent.terms;
    json!({
        "id": intent.id,
        "object": "payment_intent",
        "allowed_payment_method_types": null,
        "amount": intent.amount,
        "amount_capturable": intent.capturable(),
        "amount_details": { "tip": {} },
        "amount_received": intent.amount_received,
        "application": null,
        "application_fee_amount": null,
        "automatic_payment_methods":
            terms.automatic_methods.then(|| json!({ "allow_redirects": "always", "enabled": true })),
        "canceled_at": intent.canceled.as_ref().map(|(at, _)| at),
        "cancellation_reason": intent.canceled.as_ref().and_then(|(_, reason)| reason.as_ref()),
        "capture_method": if terms.manual_capture { "manual" } else { "automatic_async" },
        "client_secret": intent.client_secret,
        "confirmation_method": "automatic",
        "created": intent.created,
        "currency": intent.currency,
        "customer": terms.customer,
        "customer_account": null,
        "description": terms.description,
        "excluded_payment_method_types": null,
        "last_payment_error": error,
        "latest_charge": intent.latest_charge,
        "livemode": false,
        "metadata": terms.metadata,
        "managed_payments": null,
        "next_action": next_action(intent, base_url),
        "on_behalf_of": null,
        "payment_method": intent.method,
        "payment_method_configuration_details": null,
        "payment_method_options": { "card": {
            "installments": null, "mandate_options": null, "network": null, "request_three_d_secure": "automatic",
        } },
        "payment_method_types": ["card"],
        "payment_record": null,
        "processing": null,
        "receipt_email": terms.receipt_email,
        "review": null,
        "setup_future_usage": null,
        "shipping": terms.shipping.as_ref().map(shipping),
        "source": null,
        "statement_descriptor": null,
        "statement_descriptor_suffix": null,
        "status": intent.status.as_str(),
        "transfer_data": null,
        "transfer_group": null,
    })
}

/// Where the payer answers the bank.
fn next_action(intent: &PaymentIntent, base_url: &str) -> Option<Value> {
    (intent.status == Status::RequiresAction).then(|| {
        json!({
            "type": "redirect_to_url",
            "redirect_to_url": {
                "return_url": intent.terms.return_url,
                "url": format!("{base_url}/c/authenticate/{}", intent.id),
            },
        })
    })
}

/// `last_payment_error`, and the body of a 402.
pub(crate) fn payment_error(error: &PaymentError, method: Option<Value>) -> Value {
    let decline = error.decline;
    let kind = if error.charge.is_some() {
        "card_error"
    } else {
        "invalid_request_error"
    };
    let mut view = json!({
        "code": decline.code,
        "doc_url": format!("https://stripe.com/docs/error-codes/{}", decline.code.replace('_', "-")),
        "message": decline.message,
        "type": kind,
    });
    if let Some(fields) = view.as_object_mut() {
        let mut put = |name: &str, value: Value| {
            fields.insert(name.to_owned(), value);
        };
        if let Some(charge) = &error.charge {
            put("charge", json!(charge));
        }
        if let Some(code) = decline.decline_code {
            put("decline_code", json!(code));
        }
        if let Some(method) = method {
            put("payment_method", method);
        }
    }
    view
}

pub(crate) fn charge(charge: &Charge, intent: &PaymentIntent) -> Value {
    let failure = charge.failure;
    let paid = failure.is_none();
    let terms = &intent.terms;
    json!({
        "id": charge.id,
        "object": "charge",
        "amount": charge.amount,
        "amount_captured": charge.captured,
        "amount_refunded": charge.refunded,
        "application": null,
        "application_fee": null,
        "application_fee_amount": null,
        "balance_transaction": null,
        "billing_details": billing(&charge.payer),
        "calculated_statement_descriptor": "SANDBOX",
        "captured": charge.captured > 0,
        "created": charge.created,
        "currency": charge.currency,
        "customer": terms.customer,
        "description": terms.description,
        "disputed": charge.disputed,
        "failure_balance_transaction": null,
        "failure_code": failure.map(|decline| decline.code),
        "failure_message": failure.map(|decline| decline.message),
        "fraud_details": {},
        "livemode": false,
        "metadata": terms.metadata,
        "on_behalf_of": null,
        "outcome": outcome(charge),
        "paid": paid,
        "payment_intent": charge.intent,
        "payment_method": charge.method,
        "payment_method_details": { "card": charged_card(charge), "type": "card" },
        "receipt_email": terms.receipt_email,
        "receipt_number": null,
        "receipt_url": null,
        "refunded": charge.captured > 0 && charge.refunded == charge.captured,
        "review": null,
        "shipping": terms.shipping.as_ref().map(shipping),
        "source": null,
        "source_transfer": null,
        "statement_descriptor": null,
        "statement_descriptor_suffix": null,
        "status": if paid { "succeeded" } else { "failed" },
        "transfer_data": null,
        "transfer_group": null,
    })
}

fn outcome(charge: &Charge) -> Value {
    match charge.failure {
        None => json!({
            "advice_code": null, "network_advice_code": null, "network_decline_code": null,
            "network_status": "approved_by_network", "reason": null, "risk_level": "normal", "risk_score": 8,
            "seller_message": "Payment complete.", "type": "authorized",
        }),
        Some(decline) => json!({
            "advice_code": "try_again_later", "network_advice_code": null, "network_decline_code": "05",
            "network_status": "declined_by_network", "reason": decline.decline_code, "risk_level": "normal",
            "risk_score": 8, "seller_message": "The bank declined the payment.", "type": "issuer_declined",
        }),
    }
}

fn charged_card(charge: &Charge) -> Value {
    let card = &charge.card;
    let failed = charge.failure.is_some();
    json!({
        "amount_authorized": (!failed).then_some(charge.amount),
        "authorization_code": null,
        "brand": card.brand.as_str(),
        "checks": checks(&charge.payer),
        "country": "GB",
        "electronic_commerce_indicator": charge.authenticated.then_some("05"),
        "exp_month": card.exp_month,
        "exp_year": card.exp_year,
        "extended_authorization": { "status": "disabled" },
        "fingerprint": null,
        "funding": "credit",
        "incremental_authorization": { "status": "unavailable" },
        "installments": null,
        "last4": card.last4,
        "mandate": null,
        "multicapture": { "status": "unavailable" },
        "network": card.brand.as_str(),
        "network_token": { "used": false },
        "network_transaction_id": null,
        "overcapture": { "maximum_amount_capturable": charge.amount, "status": "unavailable" },
        "regulated_status": "unregulated",
        "three_d_secure": charge.authenticated.then(|| json!({
            "authentication_flow": "challenge", "electronic_commerce_indicator": "05", "exemption_indicator": null,
            "result": "authenticated", "result_reason": null, "transaction_id": null, "version": "2.2.0",
        })),
        "transaction_link_id": null,
        "wallet": null,
    })
}

fn checks(payer: &CustomerDetails) -> Value {
    json!({
        "address_line1_check": null,
        "address_postal_code_check": payer.postal_code.as_ref().map(|_| "pass"),
        "cvc_check": "pass",
    })
}

fn billing(payer: &CustomerDetails) -> Value {
    json!({ "address": payer.address(), "email": payer.email, "name": payer.name, "phone": null, "tax_id": null })
}

pub(crate) fn payment_method(method: &PaymentMethod) -> Value {
    let Card {
        brand,
        last4,
        exp_month,
        exp_year,
        ..
    } = &method.card;
    json!({
        "id": method.id,
        "object": "payment_method",
        "allow_redisplay": "limited",
        "billing_details": billing(&method.payer),
        "card": {
            "brand": brand.as_str(),
            "checks": checks(&method.payer),
            "country": "GB",
            "display_brand": brand.as_str(),
            "exp_month": exp_month,
            "exp_year": exp_year,
            "fingerprint": null,
            "funding": "credit",
            "generated_from": null,
            "last4": last4,
            "networks": { "available": [brand.as_str()], "preferred": null },
            "regulated_status": "unregulated",
            "three_d_secure_usage": { "supported": true },
            "wallet": null,
        },
        "created": method.created,
        "customer": null,
        "customer_account": null,
        "livemode": false,
        "metadata": {},
        "type": "card",
    })
}

pub(crate) fn refund(refund: &Refund) -> Value {
    let mut view = json!({
        "id": refund.id,
        "object": "refund",
        "amount": refund.amount,
        "balance_transaction": null,
        "charge": refund.charge,
        "created": refund.created,
        "currency": refund.currency,
        "customer": null,
        "customer_account": null,
        "destination_details": {
            "card": { "reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund" },
            "type": "card",
        },
        "metadata": refund.metadata,
        "payment_intent": refund.intent,
        "payment_method": refund.method,
        "reason": refund.reason,
        "receipt_number": null,
        "source_transfer_reversal": null,
        "status": refund.status.as_str(),
        "transfer_reversal": null,
    });
    if let Some(fields) = view.as_object_mut() {
        let mut put = |name: &str, value: Value| {
            fields.insert(name.to_owned(), value);
        };
        match refund.status {
            refund::Status::Pending => put("pending_reason", json!("processing")),
            refund::Status::Failed => {
                put("failure_reason", json!("expired_or_canceled_card"));
                put("failure_balance_transaction", Value::Null);
            }
            refund::Status::Succeeded => {}
        }
    }
    view
}

/// Where something is sent, with every field that an address has.
pub(super) fn shipping(shipping: &Value) -> Value {
    let mut view = json!({ "carrier": null, "name": null, "phone": null, "tracking_number": null });
    merge(&mut view, shipping);
    if let Some(place) = view.get_mut("address") {
        *place = address(place);
    }
    view
}

/// An address with all of its fields.
pub(super) fn address(given: &Value) -> Value {
    let mut view = json!({
        "city": null, "country": null, "line1": null, "line2": null, "postal_code": null, "state": null,
    });
    merge(&mut view, given);
    view
}

fn merge(view: &mut Value, given: &Value) {
    if let (Value::Object(view), Value::Object(given)) = (view, given) {
        view.extend(given.clone());
    }
}
