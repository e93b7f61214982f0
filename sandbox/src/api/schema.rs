//! What each endpoint takes: unknown names are refused, values get their types.

use serde_json::{Map, Value, json};

use super::error::ApiError;

/// The kind of value that a parameter takes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// Text that is not empty.
    Text,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// Free pairs of text.
    Metadata,
    /// An object with these fields.
    Object(&'static [Param]),
    /// A list.
    List(&'static Shape),
    /// A moment, or an object with `gt`, `gte`, `lt`, `lte`.
    Range,
    /// Stripe has it, the sandbox does not.
    Unsupported,
}

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Param {
    name: &'static str,
    shape: Shape,
    required: bool,
}

/// A parameter that may be left out.
pub(crate) const fn optional(name: &'static str, shape: Shape) -> Param {
    Param {
        name,
        shape,
        required: false,
    }
}

/// A parameter that has to be there.
pub(crate) const fn required(name: &'static str, shape: Shape) -> Param {
    Param {
        name,
        shape,
        required: true,
    }
}

const RANGE: &[Param] = &[
    optional("gt", Shape::Integer),
    optional("gte", Shape::Integer),
    optional("lt", Shape::Integer),
    optional("lte", Shape::Integer),
];

/// Checks a parsed form against the parameters of an endpoint and gives its values their types.
pub(crate) fn check(form: &Value, params: &[Param]) -> Result<Value, ApiError> {
    let mut unknown = Vec::new();
    find_unknown(form, params, "", &mut unknown);
    if !unknown.is_empty() {
        return Err(ApiError::unknown_params(&unknown));
    }
    object(form, params, "")
}

fn find_unknown(form: &Value, params: &[Param], prefix: &str, unknown: &mut Vec<String>) {
    for (name, value) in form.as_object().into_iter().flatten() {
        let path = join(prefix, name);
        match params.iter().find(|param| param.name == name) {
            Some(param) => find_unknown_in(value, param.shape, &path, unknown),
            None => unknown.push(path),
        }
    }
}

fn find_unknown_in(value: &Value, shape: Shape, path: &str, unknown: &mut Vec<String>) {
    match shape {
        Shape::Object(params) => find_unknown(value, params, path, unknown),
        Shape::Range => find_unknown(value, RANGE, path, unknown),
        Shape::List(inner) => {
            for (index, item) in value.as_object().into_iter().flatten() {
                find_unknown_in(item, *inner, &join(path, index), unknown);
            }
        }
        _ => {}
    }
}

fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        name.to_owned()
    } else {
        format!("{prefix}[{name}]")
    }
}

fn object(value: &Value, params: &[Param], path: &str) -> Result<Value, ApiError> {
    let Some(fields) = value.as_object() else {
        return Err(ApiError::invalid("Invalid object").with_param(path));
    };
    let mut typed = Map::new();
    for param in params {
        let path = join(path, param.name);
        match fields.get(param.name) {
            Some(value) => {
                typed.insert(param.name.to_owned(), convert(value, param.shape, &path)?);
            }
            None if param.required => return Err(ApiError::missing(&path)),
            None => {}
        }
    }
    Ok(Value::Object(typed))
}

fn convert(value: &Value, shape: Shape, path: &str) -> Result<Value, ApiError> {
    match shape {
        Shape::Text => text(value, path).map(|text| json!(text)),
        Shape::Integer => integer(value, path),
        Shape::Boolean => match text(value, path)? {
            "true" => Ok(json!(true)),
            "false" => Ok(json!(false)),
            other => Err(ApiError::invalid(format!("Invalid boolean: {other}")).with_param(path)),
        },
        Shape::Choice(words) => choice(text(value, path)?, words, path),
        Shape::Metadata => metadata(value, path),
        Shape::Object(params) => object(value, params, path),
        Shape::List(inner) => list(value, *inner, path),
        Shape::Range if value.is_object() => object(value, RANGE, path),
        Shape::Range => Ok(json!({ "gte": integer(value, path)?, "lte": integer(value, path)? })),
        Shape::Unsupported => Err(ApiError::invalid(format!(
            "The sandbox does not support the parameter {path} yet."
        ))
        .with_param(path)),
    }
}

fn text<'a>(value: &'a Value, path: &str) -> Result<&'a str, ApiError> {
    match value.as_str() {
        Some("") => Err(ApiError::invalid(format!(
            "You passed an empty string for '{path}'. We assume empty values are an attempt to unset a parameter; however '{path}' cannot be unset. You should remove '{path}' from your request or supply a non-empty value."
        ))
        .with_code("parameter_invalid_empty")
        .with_param(path)),
        Some(text) => Ok(text),
        None => Err(ApiError::invalid(format!("Invalid string: {value}")).with_param(path)),
    }
}

fn integer(value: &Value, path: &str) -> Result<Value, ApiError> {
    let text = text(value, path)?;
    let number: i64 = text.parse().map_err(|_| {
        ApiError::invalid(format!("Invalid integer: {text}"))
            .with_code("parameter_invalid_integer")
            .with_param(path)
    })?;
    Ok(json!(number))
}

fn choice(word: &str, words: &[&str], path: &str) -> Result<Value, ApiError> {
    if words.contains(&word) {
        return Ok(json!(word));
    }
    let list = match words {
        [only] => (*only).to_owned(),
        [first, second] => format!("{first} or {second}"),
        [most @ .., last] => format!("{}, or {last}", most.join(", ")),
        [] => String::new(),
    };
    Err(ApiError::invalid(format!("Invalid {path}: must be one of {list}")).with_param(path))
}

fn metadata(value: &Value, path: &str) -> Result<Value, ApiError> {
    let Some(pairs) = value.as_object() else {
        return Err(ApiError::invalid("Invalid object").with_param(path));
    };
    if pairs.len() > 50 {
        return Err(ApiError::invalid("Metadata can have up to 50 keys.").with_param(path));
    }
    for (key, value) in pairs {
        let Some(value) = value.as_str() else {
            return Err(
                ApiError::invalid("Metadata values must be strings.").with_param(join(path, key))
            );
        };
        if key.chars().count() > 40 || value.chars().count() > 500 {
            return Err(ApiError::invalid(
                "Metadata keys can have up to 40 characters, values up to 500.",
            )
            .with_param(join(path, key)));
        }
    }
    Ok(value.clone())
}

fn list(value: &Value, inner: Shape, path: &str) -> Result<Value, ApiError> {
    let invalid = || ApiError::invalid("Invalid array").with_param(path);
    let mut items: Vec<(usize, &Value)> = Vec::new();
    for (index, item) in value.as_object().ok_or_else(invalid)? {
        items.push((index.parse().map_err(|_| invalid())?, item));
    }
    items.sort_by_key(|(index, _)| *index);
    items
        .into_iter()
        .map(|(index, item)| convert(item, inner, &join(path, &index.to_string())))
        .collect::<Result<Vec<_>, _>>()
        .map(Value::Array)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::form;
    use super::{Param, Shape, check, optional, required};

    const ITEM: Shape = Shape::Object(&[
        required("amount", Shape::Integer),
        optional("name", Shape::Text),
    ]);
    const PARAMS: &[Param] = &[
        required("mode", Shape::Choice(&["payment", "setup", "subscription"])),
        optional("items", Shape::List(&ITEM)),
        optional("metadata", Shape::Metadata),
    ];

    fn message(text: &str) -> serde_json::Value {
        check(&form::parse(text).expect("it is read"), PARAMS)
            .expect_err("it is refused")
            .body()["error"]
            .clone()
    }

    #[test]
    fn values_get_their_types() {
        let typed = check(
            &form::parse("mode=payment&items[1][amount]=2&items[0][amount]=1&metadata[a]=")
                .expect("it is read"),
            PARAMS,
        );
        assert_eq!(
            typed.expect("it is read"),
            json!({ "mode": "payment", "items": [{ "amount": 1 }, { "amount": 2 }], "metadata": { "a": "" } })
        );
    }

    #[test]
    fn what_is_wrong_is_said_in_stripes_words() {
        let error = message("mode=payment&items[0][amount]=1&items[0][colour]=red");
        assert_eq!(error["code"], "parameter_unknown");
        assert_eq!(
            error["message"],
            "Received unknown parameter: items[0][colour]"
        );
        assert_eq!(error["param"], "items[0][colour]");
        assert_eq!(
            message("a=1&b=2")["message"],
            "Received unknown parameters: a, b"
        );
        assert_eq!(
            message("items[0][name]=x&mode=payment")["param"],
            "items[0][amount]"
        );
        assert_eq!(message("")["message"], "Missing required param: mode.");
        assert_eq!(
            message("mode=x")["message"],
            "Invalid mode: must be one of payment, setup, or subscription"
        );
        assert_eq!(
            message("mode=payment&items[0][amount]=1.5")["code"],
            "parameter_invalid_integer"
        );
        assert_eq!(
            message("mode=payment&items[0][amount]=1&items[0][name]=")["code"],
            "parameter_invalid_empty"
        );
    }
}
