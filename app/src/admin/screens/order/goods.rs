//! What is to be sent, what was, and what is not sent any more.

use super::{thing, things};
use crate::admin::{
    AdminFrame,
    ui::{Dot, Mood, badge},
};
use domain::{
    fulfilment::Parcel,
    orders::{AdminOrder, AdminOrderLine, OrderStatus},
    staff::Permission,
};
use leptos::prelude::*;

fn group(state: AnyView, title: String, beside: Option<AnyView>, rows: Vec<AnyView>) -> AnyView {
    let label = title.clone();
    view! {
        <section class="card" aria-label=label>
            <div class="card__head card__head--rows">
                <div class="row">{state} <h2>{title}</h2></div>
                {beside}
            </div>
            <ul>{rows}</ul>
        </section>
    }
    .into_any()
}

fn sum(line: &AdminOrderLine, quantity: i32) -> AnyView {
    let all = domain::Money::new(line.unit.minor * i64::from(quantity), line.unit.currency);
    view! {
        <p class="o-line__sum">
            <span class="soft">{format!("{} × {quantity}", line.unit)}</span>
            <br />
            <b class="strong">{all.to_string()}</b>
        </p>
    }
    .into_any()
}

fn row(line: &AdminOrderLine, quantity: i32) -> AnyView {
    let words = (line.title.as_str(), line.label.as_str(), line.sku.as_str());
    thing("o-line", line.picture.as_ref(), words, sum(line, quantity))
}

/// What is to be sent.
pub(super) fn to_send(frame: &AdminFrame, order: &AdminOrder) -> Option<AnyView> {
    if order.now.to_send == 0 || order.now.status == OrderStatus::Cancelled {
        return None;
    }
    let rows = order.lines.iter().filter(|line| line.account.to_send() > 0);
    let rows = rows.map(|line| row(line, line.account.to_send())).collect();
    let state = if order.now.can_fulfil() {
        badge(Mood::Accent, Dot::Open, "To send")
    } else {
        badge(Mood::Caution, Dot::Open, "Waits for the money")
    };
    let slip = frame.may(Permission::ViewOrders).then(|| {
        view! { <a href=format!("{}/packing-slip", order.href())>"Packing slip"</a> }.into_any()
    });
    Some(group(state, things(order.now.to_send), slip, rows))
}

/// What was sent, parcel by parcel.
pub(super) fn parcels(order: &AdminOrder) -> Vec<AnyView> {
    order
        .parcels
        .iter()
        .map(|parcel| {
            let rows = parcel.lines.iter().map(|sent| {
                let line = order.lines.iter().find(|line| line.sku == sent.sku);
                let picture = line.and_then(|line| line.picture.as_ref());
                let count = view! { <p class="o-line__sum num">{sent.quantity}</p> };
                let words = (sent.title.as_str(), sent.label.as_str(), sent.sku.as_str());
                thing("o-line", picture, words, count.into_any())
            });
            let title = match parcel.carrier.as_str() {
                "" => things(parcel.count()),
                by => format!("{}, by {by}", things(parcel.count())),
            };
            let state = badge(Mood::Accent, Dot::Whole, "Sent");
            group(state, title, Some(ways(order, parcel)), rows.collect())
        })
        .collect()
}

/// Where a parcel can be followed, its slip, and when it was sent.
fn ways(order: &AdminOrder, parcel: &Parcel) -> AnyView {
    let number = match parcel.tracking.as_str() {
        "" => "Track it".to_owned(),
        number => format!("Track {number}"),
    };
    let track = parcel.tracking_url.clone().map(|href| {
        view! {
            <a href=href rel="noopener noreferrer">
                {number.clone()}
            </a>
        }
        .into_any()
    });
    let track = track.or_else(|| {
        (!parcel.tracking.is_empty())
            .then(|| view! { <span class="soft num">{parcel.tracking.clone()}</span> }.into_any())
    });
    let slip = format!("{}/packing-slip?parcel={}", order.href(), parcel.position);
    view! {
        <div class="row">
            <span class="soft tiny">{parcel.sent_at.clone()}</span>
            {track}
            <a href=slip>"Packing slip"</a>
        </div>
    }
    .into_any()
}

/// What is not sent any more, since its money went back.
pub(super) fn gone(order: &AdminOrder) -> Option<AnyView> {
    let count: i32 = order.lines.iter().map(|line| line.account.withdrawn).sum();
    if count == 0 {
        return None;
    }
    let rows = order.lines.iter().filter(|line| line.account.withdrawn > 0);
    let rows = rows.map(|line| row(line, line.account.withdrawn)).collect();
    let state = badge(Mood::Plain, Dot::Open, "Not sent any more");
    Some(group(state, things(count), None, rows))
}
