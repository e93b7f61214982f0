//! Who did what.

use crate::{
    admin::{
        AdminFrame, page,
        ui::{nothing, page_head, pages},
    },
    ui::choice,
};
use domain::staff::{AuditFilter, AuditPage, AuditRow};
use leptos::prelude::*;

/// What entries can be about, with what that is called.
const KINDS: [(&str, &str); 11] = [
    ("order", "Orders"),
    ("product", "Products"),
    ("category", "Categories"),
    ("brand", "Makers"),
    ("stock", "Stock"),
    ("customer", "Customers"),
    ("coupon", "Coupons"),
    ("page", "Pages"),
    ("staff", "Staff"),
    ("job", "Background work"),
    ("setting", "Settings"),
];

/// The audit log.
pub fn audit(frame: &AdminFrame, filter: &AuditFilter, log: &AuditPage) -> String {
    page(frame, "Audit log", || {
        let list = if log.rows.is_empty() {
            nothing(
                "Nothing was done",
                "No entry fits what you ask for.",
                Some(("/admin/audit", "See everything")),
            )
        } else {
            let rows = log.rows.iter().map(row).collect_view();
            view! { <ol class="log">{rows}</ol> }.into_any()
        };
        let next = log.next.as_ref().map(|after| href(filter, after));
        let first = (!filter.after.is_empty()).then(|| href(filter, ""));
        view! {
            {page_head(None, "Audit log", None, None)}
            <section class="card list-box" aria-label="Entries">
                {filters(filter, log)}
                {list}
                <div class="card__foot">{pages(first, next)}</div>
            </section>
        }
    })
}

/// The same entries from another place on.
fn href(filter: &AuditFilter, after: &str) -> String {
    let pairs = [
        ("staff", filter.staff.as_str()),
        ("subject", &filter.subject),
        ("id", &filter.id),
        ("from", &filter.from),
        ("to", &filter.to),
        ("after", after),
    ];
    crate::admin::ui::address("/admin/audit", &pairs)
}

fn filters(filter: &AuditFilter, log: &AuditPage) -> AnyView {
    let people = log
        .staff
        .iter()
        .map(|(id, name)| choice(id, name, *id == filter.staff))
        .collect_view();
    let kinds = KINDS
        .iter()
        .map(|(kind, name)| choice(kind, name, *kind == filter.subject))
        .collect_view();
    let set = |is: bool| if is { "select is-set" } else { "select" };
    let id = (!filter.id.is_empty())
        .then(|| view! { <input type="hidden" name="id" value=filter.id.clone() /> });
    view! {
        <form class="filters" action="/admin/audit" role="search" aria-label="This list">
            <label class="sr" for="staff">
                "Who"
            </label>
            <select class=set(!filter.staff.is_empty()) id="staff" name="staff">
                {choice("", "Everybody", filter.staff.is_empty())}
                {people}
            </select>
            <label class="sr" for="subject">
                "What"
            </label>
            <select class=set(!filter.subject.is_empty()) id="subject" name="subject">
                {choice("", "Everything", filter.subject.is_empty())}
                {kinds}
            </select>
            {id}
            <label class="filters__date">
                <span>"From"</span>
                <input class="input" type="date" name="from" value=filter.from.clone() />
            </label>
            <label class="filters__date">
                <span>"To"</span>
                <input class="input" type="date" name="to" value=filter.to.clone() />
            </label>
            <button class="btn btn--quiet" type="submit">
                "Show"
            </button>
        </form>
    }
    .into_any()
}

fn row(row: &AuditRow) -> AnyView {
    let about = row
        .href
        .clone()
        .map(|href| view! { <a class="quiet-link" href=href>"Open"</a> });
    let changes = (!row.changes.is_empty()).then(|| {
        let changes = row
            .changes
            .iter()
            .map(|(name, before, after)| {
                view! {
                    <tr>
                        <th scope="row">{name.replace('_', " ")}</th>
                        <td>{before.clone()}</td>
                        <td>{after.clone()}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <details>
                <summary class="quiet-link">"What changed"</summary>
                <div class="table-wrap" tabindex="0" role="group" aria-label="What changed">
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">"Field"</th>
                                <th scope="col">"Before"</th>
                                <th scope="col">"After"</th>
                            </tr>
                        </thead>
                        <tbody>{changes}</tbody>
                    </table>
                </div>
            </details>
        }
        .into_any()
    });
    let from = if row.client.is_empty() {
        "at the command line".to_owned()
    } else {
        format!("from {}", row.client)
    };
    view! {
        <li>
            <p class="log__what">{row.sentence.clone()}</p>
            <p class="soft tiny">{row.at.clone()} ", " {from}</p>
            <div class="log__more">{changes} {about}</div>
        </li>
    }
    .into_any()
}
