//! `expand[]`: objects in place of their ids.

use serde_json::{Value, json};

use super::error::ApiError;
use super::sessions;
use crate::world::World;

/// Replaces the id at `path` (`payment_intent.latest_charge`, `data.customer`) with its object.
pub(crate) fn expand(world: &World, value: &mut Value, path: &str) -> Result<(), ApiError> {
    if path.split('.').count() > 4 {
        return Err(
            ApiError::invalid("You cannot expand more than 4 levels of a property.")
                .with_param("expand"),
        );
    }
    walk(world, value, path, path)
}

fn walk(world: &World, value: &mut Value, path: &str, whole: &str) -> Result<(), ApiError> {
    if let Value::Array(items) = value {
        return items
            .iter_mut()
            .try_for_each(|item| walk(world, item, path, whole));
    }
    let refused = || {
        ApiError::invalid(format!("This property cannot be expanded ({whole})."))
            .with_param("expand")
    };
    let (name, rest) = path
        .split_once('.')
        .map_or((path, None), |(name, rest)| (name, Some(rest)));
    let lines = lines_of_session(world, value, name);
    let fields = value.as_object_mut().ok_or_else(refused)?;
    if let Some(lines) = lines {
        fields.insert(name.to_owned(), lines);
    }
    let field = fields.get_mut(name).ok_or_else(refused)?;
    if let Value::String(id) = field {
        *field = world.render_any(id).ok_or_else(refused)?;
    }
    match (rest, &field) {
        (_, Value::Null) | (None, Value::Object(_)) => Ok(()),
        (Some(rest), _) => walk(world, field, rest, whole),
        (None, _) => Err(refused()),
    }
}

/// The line items of a session, which it shows only when asked.
fn lines_of_session(world: &World, value: &Value, name: &str) -> Option<Value> {
    if name != "line_items" || value.get("object") != Some(&json!("checkout.session")) {
        return None;
    }
    let session = world.sessions.get(value.get("id")?.as_str()?)?;
    Some(sessions::first_lines(session))
}
