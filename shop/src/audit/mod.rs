//! The audit log: who did what, when, from where, to what. An entry is written in the transaction of what it tells of.

mod db;

pub(crate) use db::forget_customer;

use crate::{
    Actor, Result, Shop,
    core::{request, words},
};
use db::{Asked, Row};
use domain::staff::{AuditFilter, AuditPage, AuditRow, Permission};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use serde_json::{Map, Value};
use sqlx::PgConnection;

/// How many entries a page shows.
const PAGE: usize = 50;

/// What was done.
pub(crate) struct Entry<'a> {
    /// In a word, by kind: `order.refunded`.
    pub(crate) action: &'static str,
    /// The kind of thing: `order`.
    pub(crate) kind: &'static str,
    /// Which.
    pub(crate) id: String,
    /// How people call it: `order 1047`.
    pub(crate) name: &'a str,
    /// What was done, to follow the name of who did it: `refunded £12.00 of order 1047: arrived broken`.
    pub(crate) did: String,
    /// What it was like before, field by field.
    pub(crate) before: Option<Value>,
    /// What it is like now. Only what differs.
    pub(crate) after: Option<Value>,
}

impl Shop {
    /// Writes down what somebody does, in the same transaction.
    pub(crate) async fn record(
        &self,
        tx: &mut PgConnection,
        actor: &Actor,
        entry: Entry<'_>,
    ) -> Result<()> {
        let request = request::current().unwrap_or_default();
        db::insert(tx, actor, &entry, &request, self.clock().now()).await
    }

    /// What was done, the latest first.
    pub async fn audit_log(&self, actor: &Actor, filter: &AuditFilter) -> Result<AuditPage> {
        actor.require(Permission::ViewAudit)?;
        let zone = self.time_zone().await?;
        let asked = Asked {
            staff: filter.staff.parse().ok(),
            kind: Some(filter.subject.as_str()).filter(|kind| !kind.is_empty()),
            id: Some(filter.id.as_str()).filter(|id| !id.is_empty()),
            from: day(&filter.from).and_then(|day| words::start_of(day, &zone)),
            to: day(&filter.to)
                .and_then(|day| day.checked_add(1.day()).ok())
                .and_then(|day| words::start_of(day, &zone)),
            below: filter.after.parse().ok(),
            limit: i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
        };
        let mut rows = db::rows(self.db(), &asked).await?;
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
        Ok(AuditPage {
            rows: rows.into_iter().map(|row| shown(row, &zone)).collect(),
            next,
            staff: db::who(self.db()).await?,
        })
    }
}

fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn shown(row: Row, zone: &TimeZone) -> AuditRow {
    AuditRow {
        id: row.id,
        at: words::moment(row.at, zone),
        staff: row.staff_name,
        client: row.client,
        href: href(&row.kind, &row.subject, &row.subject_name),
        changes: changes(row.before.as_ref(), row.after.as_ref()),
        sentence: row.sentence,
    }
}

/// The page of what something was done to.
fn href(kind: &str, id: &str, name: &str) -> Option<String> {
    match kind {
        // Orders are called by their number.
        "order" => name
            .rsplit(' ')
            .next()
            .filter(|number| number.parse::<i64>().is_ok())
            .map(|number| format!("/admin/orders/{number}")),
        "product" => Some(format!("/admin/products/{id}")),
        "category" => Some(format!("/admin/categories/{id}")),
        "brand" => Some(format!("/admin/brands/{id}")),
        "customer" => Some(format!("/admin/customers/{id}")),
        "stock" => Some(domain::inventory::stock_href(id)),
        "staff" => Some("/admin/staff".to_owned()),
        "coupon" => Some("/admin/coupons".to_owned()),
        "page" => Some("/admin/pages".to_owned()),
        "setting" => Some("/admin/settings".to_owned()),
        _ => None,
    }
}

/// What differs, field by field.
fn changes(before: Option<&Value>, after: Option<&Value>) -> Vec<(String, String, String)> {
    let none = Map::new();
    let fields = |value: Option<&Value>| value.and_then(Value::as_object).cloned();
    let (before, after) = (fields(before), fields(after));
    let (before, after) = (
        before.as_ref().unwrap_or(&none),
        after.as_ref().unwrap_or(&none),
    );
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    let text = |value: Option<&Value>| match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    names
        .into_iter()
        .map(|name| (name.clone(), text(before.get(name)), text(after.get(name))))
        .filter(|(_, before, after)| before != after)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_differs_is_shown() {
        let before = json!({ "name": "Ridge Mug", "price": 2800, "gone": true });
        let after = json!({ "name": "Ridge Mug", "price": 3200, "new": null });
        assert_eq!(
            changes(Some(&before), Some(&after)),
            [
                ("gone".to_owned(), "true".to_owned(), String::new()),
                ("price".to_owned(), "2800".to_owned(), "3200".to_owned()),
            ]
        );
        assert!(changes(None, None).is_empty());
    }
}
