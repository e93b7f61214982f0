//! Errors in Stripe's shape and words.

use http::StatusCode;
use serde_json::{Map, Value, json};

/// An error answer.
#[derive(Clone, Debug)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    kind: &'static str,
    code: Option<String>,
    message: String,
    param: Option<String>,
    /// More fields of the error object (`decline_code`, `payment_intent`, …).
    more: Map<String, Value>,
    /// Whether a retry with the same idempotency key gets this answer again.
    pub(crate) saved: bool,
}

impl ApiError {
    /// The request itself is wrong; nothing was begun.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            kind: "invalid_request_error",
            code: None,
            message: message.into(),
            param: None,
            more: Map::new(),
            saved: false,
        }
    }

    /// The request is well formed, but things stand so that it cannot be done.
    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self {
            saved: true,
            ..Self::invalid(message)
        }
    }

    pub(crate) fn with_code(mut self, code: &str) -> Self {
        self.code = Some(code.to_owned());
        self
    }

    pub(crate) fn with_param(mut self, param: impl Into<String>) -> Self {
        self.param = Some(param.into());
        self
    }

    pub(crate) fn with(mut self, field: &str, value: Value) -> Self {
        self.more.insert(field.to_owned(), value);
        self
    }

    pub(crate) fn unknown_params(names: &[String]) -> Self {
        let (word, list) = (
            if names.len() == 1 {
                "parameter"
            } else {
                "parameters"
            },
            names.join(", "),
        );
        Self::invalid(format!("Received unknown {word}: {list}"))
            .with_code("parameter_unknown")
            .with_param(names.first().cloned().unwrap_or_default())
    }

    pub(crate) fn missing(param: &str) -> Self {
        Self::invalid(format!("Missing required param: {param}."))
            .with_code("parameter_missing")
            .with_param(param)
    }

    pub(crate) fn no_such(what: &str, id: &str, param: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            ..Self::invalid(format!("No such {what}: '{id}'"))
        }
        .with_code("resource_missing")
        .with_param(param)
    }

    /// The same for an id that came as a parameter: 400 rather than 404.
    pub(crate) fn no_such_param(what: &str, id: &str, param: &str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            ..Self::no_such(what, id, param)
        }
    }

    pub(crate) fn unknown_url(method: &str, path: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            ..Self::invalid(format!(
                "Unrecognized request URL ({method}: {path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/."
            ))
        }
    }

    pub(crate) fn unauthorized(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            ..Self::invalid(message)
        }
    }

    pub(crate) fn idempotency(message: String) -> Self {
        Self {
            kind: "idempotency_error",
            ..Self::invalid(message)
        }
    }

    pub(crate) fn in_use(key: &str) -> Self {
        Self {
            status: StatusCode::CONFLICT,
            ..Self::idempotency(format!(
                "There is currently another in-progress request using this Idempotency Key (that probably means you submitted twice, and the other request is still going through): {key}. Try again later."
            ))
        }
        .with_code("idempotency_key_in_use")
    }

    pub(crate) fn rate_limit() -> Self {
        Self {
            status: StatusCode::TOO_MANY_REQUESTS,
            ..Self::invalid("Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.")
        }
        .with_code("rate_limit")
    }

    pub(crate) fn server() -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            kind: "api_error",
            saved: true,
            ..Self::invalid("An unknown error occurred.")
        }
    }

    /// The bank said no: the fields are those of `last_payment_error`.
    pub(crate) fn card(error: &Value) -> Self {
        let text = |name: &str| {
            error
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let mut card = Self {
            status: StatusCode::PAYMENT_REQUIRED,
            kind: "card_error",
            code: Some(text("code")),
            ..Self::refused(text("message"))
        };
        for name in ["charge", "decline_code", "payment_method"] {
            if let Some(value) = error.get(name) {
                card = card.with(name, value.clone());
            }
        }
        card
    }

    pub(crate) fn body(&self) -> Value {
        let mut error = self.more.clone();
        let mut put = |name: &str, value: Value| {
            error.insert(name.to_owned(), value);
        };
        put("type", json!(self.kind));
        put("message", json!(self.message));
        if let Some(code) = &self.code {
            put("code", json!(code));
            put(
                "doc_url",
                json!(format!(
                    "https://stripe.com/docs/error-codes/{}",
                    code.replace('_', "-")
                )),
            );
        }
        if let Some(param) = &self.param {
            put("param", json!(param));
        }
        json!({ "error": error })
    }
}
