//! The parameters of creating a session.

use super::schema::{Param, Shape, optional, required};
use super::shapes::SHIPPING;

const TAX_BEHAVIOR: Shape = Shape::Choice(&["exclusive", "inclusive", "unspecified"]);
const CURRENCY: Shape = Shape::Text;
const URLS: Shape = Shape::List(&Shape::Text);

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

/// All of them; those that Stripe has and the sandbox does not are named as such.
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
    optional(
        "allowed_payment_method_types",
        Shape::List(&Shape::Choice(&["card"])),
    ),
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
