//! The form that gives money back.

use super::{form_head, thing};
use crate::{
    admin::{
        AdminFrame, page,
        ui::{card, refusal},
    },
    ui::{Input, Kind, input},
};
use domain::{
    Money,
    orders::{AdminOrder, AdminOrderLine, RefundError, RefundField, RefundForm, RefundUnits},
    payments::card_name,
};
use leptos::prelude::*;

/// What most people say.
const REASONS: [&str; 5] = [
    "Changed their mind",
    "Damaged",
    "Not as described",
    "Lost on the way",
    "Goodwill",
];

/// The page that gives money back for things, for delivery, or as an amount.
pub fn refund_order(
    frame: &AdminFrame,
    order: &AdminOrder,
    form: &RefundForm,
    error: Option<&RefundError>,
) -> String {
    let title = format!("Refund order {}", order.number);
    page(frame, &title, || {
        let words = error.map(ToString::to_string);
        let above = words
            .as_deref()
            .filter(|_| error.is_none_or(|error| error.field().is_none()));
        let rows = order
            .lines
            .iter()
            .filter(|line| {
                let account = &line.account;
                account.refundable_unsent() + account.refundable_sent() > 0
            })
            .map(|line| row(line, form))
            .collect_view();
        let amount = card("How much, and why", None, amounts(order, form, error));
        view! {
            {form_head(order, &title)}
            {refusal(above)}
            <form class="columns" method="post" action=format!("{}/refund", order.href())>
                <input type="hidden" name="version" value=form.version.clone() />
                <section class="card" aria-label="What goes back">
                    <div class="card__head card__head--rows">
                        <h2>"For which things"</h2>
                    </div>
                    <ul>{rows}</ul>
                </section>
                {amount}
            </form>
        }
    })
}

fn row(line: &AdminOrderLine, form: &RefundForm) -> AnyView {
    let account = &line.account;
    let none = RefundUnits::default();
    let units = form.units(account.id).unwrap_or(&none);
    let each = Money::new(account.worth(1), line.unit.currency);
    let below = format!(
        "{}. {each} each as paid, {} bought, {} sent",
        line.sku, account.quantity, account.fulfilled
    );
    let unsent = count(
        line,
        "unsent",
        "Not sent",
        account.refundable_unsent(),
        &units.unsent,
    );
    let sent = count(line, "sent", "Sent", account.refundable_sent(), &units.sent);
    let restock = format!("restock-{}", account.id);
    let fields = view! {
        <div class="o-line__fields">
            {unsent} {sent} <label class="check">
                <input type="checkbox" name=restock value="on" checked=units.restock />
                <span>
                    "Back in stock"
                    <span class="sr">{format!(": {}", account.name)}</span>
                </span>
            </label>
        </div>
    };
    let words = (line.title.as_str(), line.label.as_str(), below.as_str());
    thing(
        "o-line o-line--form",
        line.picture.as_ref(),
        words,
        fields.into_any(),
    )
}

/// How many of one kind; no field where there are none.
fn count(
    line: &AdminOrderLine,
    kind: &'static str,
    label: &'static str,
    left: i32,
    typed: &str,
) -> Option<AnyView> {
    if left == 0 {
        return None;
    }
    let name = format!("{kind}-{}", line.account.id);
    Some(
        view! {
            <span class="o-line__count">
                <label class="soft tiny" for=name.clone()>
                    {label}
                    {format!(", of {left}")}
                    <span class="sr">{format!(": {}", line.account.name)}</span>
                </label>
                <input
                    class="input num"
                    type="number"
                    id=name.clone()
                    name=name
                    min="0"
                    max=left.to_string()
                    inputmode="numeric"
                    placeholder="0"
                    value=typed.to_owned()
                />
            </span>
        }
        .into_any(),
    )
}

fn amounts(order: &AdminOrder, form: &RefundForm, error: Option<&RefundError>) -> AnyView {
    let words = error.map(ToString::to_string);
    let wrong = |field: RefundField| {
        words
            .as_deref()
            .filter(|_| error.and_then(RefundError::field) == Some(field))
    };
    let shipping_hint = if order.shipping_left.is_zero() {
        "Nothing of it can go back.".to_owned()
    } else {
        format!("{} of it can go back.", order.shipping_left)
    };
    let shipping = Input {
        required: false,
        hint: Some(&shipping_hint),
        error: wrong(RefundField::Shipping),
        ..Input::new("shipping", "Delivery", Kind::Amount, &form.shipping)
    };
    let amount_hint = format!(
        "Left empty, it is what things and delivery come to. At most {}.",
        order.refundable()
    );
    let amount = Input {
        required: false,
        hint: Some(&amount_hint),
        error: wrong(RefundField::Amount),
        ..Input::new("amount", "Another amount", Kind::Amount, &form.amount)
    };
    let to = order.card().map_or_else(
        || "It goes back the way it came.".to_owned(),
        |(brand, last)| {
            let card = card_name(brand);
            format!("It goes back to the {card} ending {last}. Banks take up to ten days.")
        },
    );
    view! {
        {input(&shipping)}
        {input(&amount)}
        {reason(&form.reason, wrong(RefundField::Reason))}
        <label class="check">
            <input type="checkbox" name="tell" value="on" checked=form.tell />
            <span>"Tell the shopper by mail"</span>
        </label>
        <p class="soft tiny">{to}</p>
        <div>
            <button class="btn" type="submit">
                "Refund"
            </button>
        </div>
    }
    .into_any()
}

/// Why, with what most people say to choose from.
pub(super) fn reason(typed: &str, wrong: Option<&str>) -> AnyView {
    let field = input(&Input {
        error: wrong,
        hint: Some("Only the staff see it."),
        ..Input::new("reason", "Reason", Kind::Line, typed)
    });
    let often = REASONS.join(", ");
    view! {
        {field}
        <p class="soft tiny">{format!("Often: {often}.")}</p>
    }
    .into_any()
}
