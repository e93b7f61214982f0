//! Pages of lists.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Call;
use super::error::ApiError;
use super::schema::{Param, Shape, optional};
use crate::world::Row;

/// What every list takes.
pub(crate) const PARAMS: &[Param] = &[
    optional("limit", Shape::Integer),
    optional("starting_after", Shape::Text),
    optional("ending_before", Shape::Text),
];

#[derive(Debug, Default, Deserialize)]
struct Paging {
    limit: Option<usize>,
    starting_after: Option<String>,
    ending_before: Option<String>,
}

/// Bounds of a time.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(crate) struct Range {
    gt: Option<i64>,
    gte: Option<i64>,
    lt: Option<i64>,
    lte: Option<i64>,
}

impl Range {
    pub(crate) fn holds(&self, time: i64) -> bool {
        self.gt.is_none_or(|bound| time > bound)
            && self.gte.is_none_or(|bound| time >= bound)
            && self.lt.is_none_or(|bound| time < bound)
            && self.lte.is_none_or(|bound| time <= bound)
    }
}

/// The page that a call asks for, out of rows in the order of the list.
pub(crate) fn page<'a, T: Row + 'a>(
    call: &Call<'_>,
    url: &str,
    rows: impl Iterator<Item = &'a T>,
    render: impl Fn(&T) -> Value,
) -> Result<Value, ApiError> {
    let paging: Paging = call.read().map_err(|_| limit_error())?;
    let limit = paging.limit.unwrap_or(10);
    if !(1..=100).contains(&limit) {
        return Err(limit_error());
    }
    let rows: Vec<&T> = rows.collect();
    let find = |id: &Option<String>, param: &str| match id {
        None => Ok(None),
        Some(id) => rows
            .iter()
            .position(|row| row.id() == id)
            .map(Some)
            .ok_or_else(|| ApiError::no_such_param("object", id, param)),
    };
    let after = find(&paging.starting_after, "starting_after")?.map_or(0, |index| index + 1);
    let before = find(&paging.ending_before, "ending_before")?;
    let (from, to) = match before {
        None => (after, rows.len().min(after + limit)),
        Some(before) => (before.saturating_sub(limit).max(after), before),
    };
    let has_more = if before.is_some() {
        from > after
    } else {
        to < rows.len()
    };
    let data: Vec<Value> = rows
        .get(from..to)
        .unwrap_or_default()
        .iter()
        .map(|row| render(row))
        .collect();
    Ok(json!({ "object": "list", "data": data, "has_more": has_more, "url": url }))
}

fn limit_error() -> ApiError {
    ApiError::invalid("This value must be between 1 and 100.")
        .with_code("parameter_invalid_integer")
        .with_param("limit")
}
