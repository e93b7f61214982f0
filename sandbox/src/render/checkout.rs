//! Sessions and what hangs on them.

use serde_json::{Map, Value, json};

use crate::world::session::{LineItem, Session, ShippingOption, Status, Words};

/// A session without its line items, which are shown only when asked for.
pub(crate) fn session(session: &Session) -> Value {
    let terms = &session.terms;
    let own = json!({
        "id": session.id,
        "object": "checkout.session",
        "cancel_url": terms.cancel_url,
        "client_reference_id": terms.client_reference_id,
        "created": session.created,
        "expires_at": session.expires_at,
        "livemode": false,
        "metadata": terms.metadata,
        "mode": "payment",
        "payment_intent": session.intent,
        "payment_status": session.payment_status(),
        "status": session.status.as_str(),
        "success_url": terms.success_url,
        "url": (session.status == Status::Open).then_some(&session.url),
    });
    let mut fields = Map::new();
    for part in [own, page(session), payer(session), money(session), unused()] {
        if let Value::Object(part) = part {
            fields.extend(part);
        }
    }
    Value::Object(fields)
}

/// How the page looks and asks.
fn page(session: &Session) -> Value {
    let terms = &session.terms;
    json!({
        "billing_address_collection": terms.billing_address_collection,
        "custom_fields": [],
        "custom_text": {
            "after_submit": words(terms.custom_text.after_submit.as_ref()),
            "shipping_address": null,
            "submit": words(terms.custom_text.submit.as_ref()),
            "terms_of_service_acceptance": null,
        },
        "locale": terms.locale,
        "payment_method_collection": "if_required",
        "payment_method_options": { "card": { "request_three_d_secure": "automatic" } },
        "payment_method_types": ["card"],
        "phone_number_collection": { "enabled": false },
        "submit_type": terms.submit_type,
        "ui_mode": "hosted_page",
    })
}

/// Who pays.
fn payer(session: &Session) -> Value {
    let terms = &session.terms;
    json!({
        "collected_information": { "business_name": null, "individual_name": null, "shipping_details": null },
        "customer": terms.customer,
        "customer_account": null,
        "customer_creation": if terms.customer.is_some() { None } else { Some("if_required") },
        "customer_details": customer_details(session),
        "customer_email": terms.customer_email,
    })
}

/// What a session has at Stripe and never here.
fn unused() -> Value {
    json!({
        "after_expiration": null,
        "allow_promotion_codes": null,
        "allowed_payment_method_types": null,
        "client_secret": null,
        "consent": null,
        "consent_collection": null,
        "integration_identifier": null,
        "managed_payments": null,
        "origin_context": null,
        "payment_link": null,
        "payment_method_configuration_details": null,
        "permissions": null,
        "recovered_from": null,
        "saved_payment_method_options": null,
        "setup_intent": null,
        "shipping_address_collection": null,
        "subscription": null,
        "wallet_options": null,
    })
}

/// The parts of a session that say how much.
fn money(session: &Session) -> Value {
    let shipping = session.shipping();
    let options: Vec<Value> = session
        .shipping_options
        .iter()
        .map(|option| json!({ "shipping_amount": option.amount, "shipping_rate": option.rate }))
        .collect();
    json!({
        "adaptive_pricing": { "enabled": false },
        "amount_subtotal": session.subtotal(),
        "amount_total": session.total(),
        "automatic_tax": { "enabled": false, "liability": null, "provider": null, "status": null },
        "currency": session.currency,
        "currency_conversion": null,
        "discounts": [],
        "invoice": null,
        "invoice_creation": {
            "enabled": false,
            "invoice_data": {
                "account_tax_ids": null, "custom_fields": null, "description": null, "footer": null,
                "issuer": null, "metadata": {}, "rendering_options": null,
            },
        },
        "shipping_cost": shipping.map(|option| json!({
            "amount_subtotal": option.amount,
            "amount_tax": 0,
            "amount_total": option.amount,
            "shipping_rate": option.rate,
        })),
        "shipping_options": options,
        "total_details": {
            "amount_discount": 0,
            "amount_shipping": shipping.map_or(0, |option| option.amount),
            "amount_tax": 0,
        },
    })
}

fn words(words: Option<&Words>) -> Value {
    words.map_or(Value::Null, |words| json!({ "message": words.message }))
}

fn customer_details(session: &Session) -> Value {
    match (&session.customer_details, &session.terms.customer_email) {
        (Some(details), _) => json!({
            "address": details.address(), "business_name": null, "email": details.email, "individual_name": null,
            "name": details.name, "phone": null, "tax_exempt": "none", "tax_ids": [],
        }),
        (None, Some(email)) => json!({
            "address": null, "business_name": null, "email": email, "individual_name": null,
            "name": null, "phone": null, "tax_exempt": "none", "tax_ids": null,
        }),
        (None, None) => Value::Null,
    }
}

/// One line of a session.
pub(crate) fn line_item(item: &LineItem, session: &Session) -> Value {
    json!({
        "id": item.id,
        "object": "item",
        "adjustable_quantity": null,
        "amount_discount": 0,
        "amount_subtotal": item.total(),
        "amount_tax": 0,
        "amount_total": item.total(),
        "currency": session.currency,
        "description": item.name,
        "metadata": {},
        "price": {
            "id": item.price,
            "object": "price",
            "active": false,
            "billing_scheme": "per_unit",
            "created": session.created,
            "currency": session.currency,
            "custom_unit_amount": null,
            "livemode": false,
            "lookup_key": null,
            "metadata": {},
            "nickname": null,
            "product": item.product,
            "recurring": null,
            "tax_behavior": item.tax_behavior,
            "tiers_mode": null,
            "transform_quantity": null,
            "type": "one_time",
            "unit_amount": item.unit_amount,
            "unit_amount_decimal": item.unit_amount.to_string(),
        },
        "quantity": item.quantity,
    })
}

/// The product that a line's `price_data` stands for.
pub(crate) fn product(item: &LineItem, session: &Session) -> Value {
    json!({
        "id": item.product,
        "object": "product",
        "active": false,
        "created": session.created,
        "default_price": null,
        "description": item.description,
        "images": item.image.iter().collect::<Vec<_>>(),
        "livemode": false,
        "marketing_features": [],
        "metadata": item.metadata,
        "name": item.name,
        "package_dimensions": null,
        "shippable": null,
        "statement_descriptor": null,
        "tax_code": null,
        "tax_details": null,
        "type": "service",
        "unit_label": null,
        "updated": session.created,
        "url": null,
    })
}

/// The shipping rate that `shipping_rate_data` stands for.
pub(crate) fn shipping_rate(option: &ShippingOption, session: &Session) -> Value {
    json!({
        "id": option.rate,
        "object": "shipping_rate",
        "active": false,
        "created": session.created,
        "delivery_estimate": option.delivery_estimate,
        "display_name": option.display_name,
        "fixed_amount": { "amount": option.amount, "currency": session.currency },
        "livemode": false,
        "metadata": option.metadata,
        "tax_behavior": option.tax_behavior,
        "tax_code": null,
        "type": "fixed_amount",
    })
}
