//! Objects as the API shows them, with every field that a strict client expects.

mod checkout;
mod dispute;
mod payment;

use serde_json::{Value, json};

pub(crate) use checkout::{line_item, product, session, shipping_rate};
pub(crate) use dispute::dispute;
pub(crate) use payment::{charge, intent, payment_error, payment_method, refund};

use crate::world::customer::Customer;
use crate::world::event::{Delivery, Event};

/// An event, as the API lists it and as a webhook carries it.
pub(crate) fn event(event: &Event) -> Value {
    let mut data = json!({ "object": event.object });
    if let (Some(previous), Some(data)) = (&event.previous, data.as_object_mut()) {
        data.insert("previous_attributes".to_owned(), previous.clone());
    }
    json!({
        "id": event.id,
        "object": "event",
        "api_version": event.api_version,
        "created": event.created,
        "data": data,
        "livemode": false,
        "pending_webhooks": u8::from(event.delivery == Delivery::Pending),
        "request": {
            "id": event.request.as_ref().map(|request| &request.id),
            "idempotency_key": event.request.as_ref().and_then(|request| request.idempotency_key.as_ref()),
        },
        "type": event.kind,
    })
}

pub(crate) fn customer(customer: &Customer) -> Value {
    let details = &customer.details;
    json!({
        "id": customer.id,
        "object": "customer",
        "address": details.address.as_ref().map(payment::address),
        "balance": 0,
        "created": customer.created,
        "currency": null,
        "default_source": null,
        "delinquent": false,
        "description": details.description,
        "discount": null,
        "email": details.email,
        "invoice_prefix": customer.id.chars().rev().take(8).collect::<String>().to_uppercase(),
        "invoice_settings": {
            "custom_fields": null, "default_payment_method": null, "footer": null, "rendering_options": null,
        },
        "livemode": false,
        "metadata": details.metadata,
        "name": details.name,
        "next_invoice_sequence": 1,
        "phone": details.phone,
        "preferred_locales": [],
        "shipping": details.shipping.as_ref().map(payment::shipping),
        "tax_exempt": "none",
        "test_clock": null,
    })
}
