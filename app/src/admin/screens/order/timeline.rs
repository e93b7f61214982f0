//! What happened to an order, the latest first, and a note on it.

use super::OrderShown;
use crate::{
    admin::{AdminFrame, ui::card},
    ui::{TextArea, text_area},
};
use domain::{
    orders::{AdminOrder, EventKind, OrderHappening},
    staff::Permission,
};
use leptos::prelude::*;

/// The timeline, with the form for a note where one may write it.
pub(super) fn timeline(frame: &AdminFrame, order: &AdminOrder, shown: &OrderShown) -> AnyView {
    let form = frame
        .may(Permission::EditOrders)
        .then(|| note_form(order, shown));
    let rows = order.timeline.iter().map(happening).collect_view();
    let body = view! {
        {form}
        <ol class="timeline">{rows}</ol>
    };
    card("Timeline", None, body.into_any())
}

fn note_form(order: &AdminOrder, shown: &OrderShown) -> AnyView {
    let error = shown.note.as_ref().map(|(_, error)| error.to_string());
    let typed = shown.note.as_ref().map_or("", |(typed, _)| typed.as_str());
    let field = text_area(TextArea {
        name: "note",
        label: "A note that only the staff see",
        value: typed,
        rows: 2,
        max: 2_000,
        hint: None,
        error: error.as_deref(),
    });
    view! {
        <form class="stack" method="post" action=format!("{}/notes", order.href())>
            {field}
            <div>
                <button class="btn btn--quiet" type="submit">
                    "Add the note"
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn happening(event: &OrderHappening) -> AnyView {
    let words = match (event.staff.as_str(), event.detail.as_str()) {
        ("", "") => event.kind.label().to_owned(),
        ("", detail) => detail.to_owned(),
        (staff, detail) => format!("{staff} {detail}."),
    };
    let class = match event.kind {
        EventKind::NeedsAttention | EventKind::Disputed => Some("is-key is-alarming"),
        EventKind::Paid | EventKind::Fulfilled | EventKind::RefundAsked | EventKind::Cancelled => {
            Some("is-key")
        }
        _ => None,
    };
    let said = (!event.note.is_empty()).then(|| {
        let note = event.note.clone();
        view! { <p class="said">{note}</p> }
    });
    view! {
        <li class=class>
            <div>
                <p>{words}</p>
                <p class="soft tiny">{event.at.clone()}</p>
                {said}
            </div>
        </li>
    }
    .into_any()
}
