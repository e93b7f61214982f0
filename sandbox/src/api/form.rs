//! Forms with brackets in their names: `line_items[0][price_data][currency]=gbp`.

use serde_json::{Map, Value};

use super::error::ApiError;

/// Deeper than any parameter of the API.
const DEEPEST: usize = 8;

/// Reads a form or query into nested objects; lists are objects whose names are numbers, and every
/// value is text. Two forms that say the same in another order are equal.
pub(crate) fn parse(text: &str) -> Result<Value, ApiError> {
    let mut root = Map::new();
    for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
        let path = split(&name)
            .ok_or_else(|| ApiError::invalid(format!("Invalid parameter name: {name}")))?;
        insert(&mut root, &path, &name, value.into_owned())?;
    }
    Ok(Value::Object(root))
}

/// `a[b][]` → `a`, `b`, ``.
fn split(name: &str) -> Option<Vec<&str>> {
    let Some((head, tail)) = name.split_once('[') else {
        return (!name.is_empty() && !name.contains(']')).then(|| vec![name]);
    };
    let tail = tail.strip_suffix(']')?;
    let mut path = vec![head];
    path.extend(tail.split("]["));
    let clean = !head.is_empty() && path.iter().all(|part| !part.contains(['[', ']']));
    (clean && path.len() <= DEEPEST).then_some(path)
}

fn insert(
    into: &mut Map<String, Value>,
    path: &[&str],
    name: &str,
    value: String,
) -> Result<(), ApiError> {
    let Some((first, rest)) = path.split_first() else {
        return Ok(());
    };
    let key = if first.is_empty() {
        into.len().to_string()
    } else {
        (*first).to_owned()
    };
    if rest.is_empty() {
        into.insert(key, Value::String(value));
        return Ok(());
    }
    match into.entry(key).or_insert_with(|| Value::Object(Map::new())) {
        Value::Object(inner) => insert(inner, rest, name, value),
        _ => Err(ApiError::invalid(format!("Invalid parameter name: {name}"))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::parse;

    #[test]
    fn brackets_nest() {
        let form = parse("a=1&b%5Bc%5D=x+y&items[0][n]=2&items[1][n]=3&expand[]=p&expand[]=q")
            .expect("it is read");
        assert_eq!(
            form,
            json!({
                "a": "1", "b": { "c": "x y" }, "items": { "0": { "n": "2" }, "1": { "n": "3" } },
                "expand": { "0": "p", "1": "q" },
            })
        );
    }

    #[test]
    fn order_does_not_matter() {
        assert_eq!(
            parse("m[a]=1&m[b]=2").expect("it is read"),
            parse("m[b]=2&m[a]=1").expect("it is read")
        );
    }

    #[test]
    fn nonsense_is_refused() {
        for form in [
            "a[=1",
            "[a]=1",
            "a]=1&a[b]=2",
            "a[b]x=1",
            "a=1&a[b]=2",
            "a[[b]]=1",
        ] {
            let _ = parse(form).map(|value| panic!("{form} read as {value}"));
        }
    }
}
