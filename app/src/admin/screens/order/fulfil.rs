//! The form that sends things out.

use super::{form_head, thing};
use crate::{
    admin::{
        AdminFrame, page,
        ui::{card, refusal},
    },
    ui::{Input, Kind, input},
};
use domain::{
    fulfilment::{FulfilError, FulfilField, FulfilForm},
    orders::{AdminOrder, AdminOrderLine},
};
use leptos::prelude::*;

/// The page that sends all or a part of what is left.
pub fn fulfil_order(
    frame: &AdminFrame,
    order: &AdminOrder,
    form: &FulfilForm,
    error: Option<&FulfilError>,
) -> String {
    let title = format!("Send order {}", order.number);
    page(frame, &title, || {
        let words = error.map(ToString::to_string);
        let above = words
            .as_deref()
            .filter(|_| error.is_none_or(|error| error.field().is_none()));
        let left = order.lines.iter().filter(|line| line.account.to_send() > 0);
        let rows = left.map(|line| row(line, form)).collect_view();
        let goes = order
            .shipping_address
            .lines()
            .into_iter()
            .map(|line| view! { {line} <br /> })
            .collect_view();
        let address = view! {
            <address>{goes}</address>
            <p class="soft">{order.shipping_name.clone()}</p>
        };
        view! {
            {form_head(order, &title)}
            {refusal(above)}
            <form class="columns" method="post" action=format!("{}/fulfil", order.href())>
                <input type="hidden" name="version" value=form.version.clone() />
                <section class="card" aria-label="What is in the parcel">
                    <div class="card__head card__head--rows">
                        <h2>"What is in the parcel"</h2>
                    </div>
                    <ul>{rows}</ul>
                    <div class="card__body">{tracking(form, error)}</div>
                    <div class="card__foot">
                        <p class="soft tiny">"The shopper is told by mail, with the tracking."</p>
                        <button class="btn" type="submit">
                            "Send it"
                        </button>
                    </div>
                </section>
                {card("Going to", None, address.into_any())}
            </form>
        }
    })
}

fn row(line: &AdminOrderLine, form: &FulfilForm) -> AnyView {
    let name = format!("send-{}", line.account.id);
    let left = line.account.to_send();
    let below = format!("{}. {left} of {} to send", line.sku, line.account.quantity);
    let field = view! {
        <span class="o-line__count">
            <label class="sr" for=name.clone()>
                {format!("How many of {}", line.account.name)}
            </label>
            <input
                class="input num"
                type="number"
                id=name.clone()
                name=name
                min="0"
                max=left.to_string()
                inputmode="numeric"
                value=form.typed(line.account.id).to_owned()
            />
        </span>
    };
    let words = (line.title.as_str(), line.label.as_str(), below.as_str());
    thing("o-line", line.picture.as_ref(), words, field.into_any())
}

fn tracking(form: &FulfilForm, error: Option<&FulfilError>) -> AnyView {
    let words = error.map(ToString::to_string);
    let wrong = |field: FulfilField| {
        words
            .as_deref()
            .filter(|_| error.and_then(FulfilError::field) == Some(field))
    };
    let field = |field: FulfilField, label, kind, value, span| Input {
        required: false,
        span,
        error: wrong(field),
        ..Input::new(field.as_str(), label, kind, value)
    };
    let carrier = field(
        FulfilField::Carrier,
        "Carrier",
        Kind::Text,
        form.carrier.as_str(),
        "span-3",
    );
    let number = field(
        FulfilField::Tracking,
        "Tracking number",
        Kind::Text,
        form.tracking.as_str(),
        "span-3",
    );
    let link = Input {
        hint: Some("Where the shopper can follow the parcel: https://…"),
        ..field(
            FulfilField::TrackingUrl,
            "Tracking page",
            Kind::Link,
            form.tracking_url.as_str(),
            "",
        )
    };
    view! { <div class="form-grid">{input(&carrier)} {input(&number)} {input(&link)}</div> }
        .into_any()
}
