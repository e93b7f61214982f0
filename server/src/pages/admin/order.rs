//! `/admin/orders/{number}`: an order, and everything that is done with it.

use super::{Needs, Routes, Staff, ask_password, confirm_first, done, frame, page, refused};
use crate::{
    failure::Failure,
    pages::{
        Page,
        input::{Form, Query},
        lost, respond,
    },
    state::State,
};
use app::admin::screens::{self, OrderShown};
use axum::extract::{Path, State as Shared};
use domain::{
    fulfilment::{FulfilError, FulfilForm},
    orders::{
        AdminOrder, CancelError, CancelForm, CorrectionError, CorrectionForm, InvoiceError,
        MailAgainError, MailAgainForm, NoteError, RefundError, RefundForm,
    },
    staff::Permission,
};
use http::{StatusCode, Uri};
use serde::Deserialize;
use shop::{Error, Fault};
use std::collections::BTreeMap;

const SEES: Needs = Needs::May(Permission::ViewOrders);
const EDITS: Needs = Needs::May(Permission::EditOrders);
const SENDS: Needs = Needs::May(Permission::FulfilOrders);
const REFUNDS: Needs = Needs::May(Permission::RefundOrders);

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/admin/orders/{number}", SEES, show)
        .post("/admin/orders/{number}/notes", EDITS, note)
        .post("/admin/orders/{number}/mails", EDITS, mail_again)
        .get("/admin/orders/{number}/address", EDITS, show_address)
        .post("/admin/orders/{number}/address", EDITS, correct_address)
        .get("/admin/orders/{number}/fulfil", SENDS, show_fulfil)
        .post("/admin/orders/{number}/fulfil", SENDS, fulfil)
        .get("/admin/orders/{number}/refund", REFUNDS, show_refund)
        .post("/admin/orders/{number}/refund", REFUNDS, refund)
        .get("/admin/orders/{number}/cancel", REFUNDS, show_cancel)
        .post("/admin/orders/{number}/cancel", REFUNDS, cancel)
        .get("/admin/orders/{number}/invoice", SEES, invoice)
        .post("/admin/orders/{number}/invoice", EDITS, issue_invoice)
        .get("/admin/orders/{number}/packing-slip", SEES, packing_slip)
}

/// The number in an address.
type Number = Path<String>;

fn href(number: i64) -> String {
    format!("/admin/orders/{number}")
}

/// The order that an address names.
async fn find(
    state: &State,
    staff: &Staff,
    Path(number): &Number,
) -> Result<Option<AdminOrder>, Failure> {
    let Ok(number) = number.parse::<i64>() else {
        return Ok(None);
    };
    Ok(state.shop.admin_order(&staff.actor, number).await?)
}

async fn show(Shared(state): Shared<State>, staff: Staff, number: Number) -> Page {
    let Some(order) = find(&state, &staff, &number).await? else {
        return lost::page(&state).await;
    };
    let frame = frame(&state, &staff, order.href()).await;
    Ok(page(screens::order(&frame, &order, &OrderShown::default())))
}

/// The page of the order again, with what was not done.
async fn shown_again(state: &State, staff: &Staff, order: &AdminOrder, shown: OrderShown) -> Page {
    let frame = frame(state, staff, order.href()).await;
    Ok(refused(screens::order(&frame, order, &shown)))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NoteForm {
    note: String,
}

async fn note(
    Shared(state): Shared<State>,
    staff: Staff,
    number: Number,
    Form(form): Form<NoteForm>,
) -> Page {
    let Some(order) = find(&state, &staff, &number).await? else {
        return lost::page(&state).await;
    };
    let added = state
        .shop
        .add_order_note(&staff.actor, order.number, &form.note);
    match added.await {
        Ok(()) => Ok(done(&order.href(), "The note is there.")),
        Err(Fault::Refused(NoteError::Unknown)) => lost::page(&state).await,
        Err(Fault::Refused(error)) => {
            let shown = OrderShown {
                note: Some((form.note, error)),
                refusal: None,
            };
            shown_again(&state, &staff, &order, shown).await
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn mail_again(
    Shared(state): Shared<State>,
    staff: Staff,
    number: Number,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Page {
    let Some(order) = find(&state, &staff, &number).await? else {
        return lost::page(&state).await;
    };
    let about = fields.get("about").map(|about| about.parse());
    let kind = fields.get("kind").and_then(|kind| kind.parse().ok());
    let (Some(kind), Ok(about)) = (kind, about.transpose()) else {
        return lost::page(&state).await;
    };
    let form = MailAgainForm { kind, about };
    let again = state
        .shop
        .send_mail_again(&staff.actor, order.number, &form);
    match again.await {
        Ok(()) => Ok(done(&order.href(), "The mail is sent again.")),
        Err(Fault::Refused(MailAgainError::Unknown)) => lost::page(&state).await,
        Err(Fault::Refused(error)) => {
            let shown = OrderShown {
                note: None,
                refusal: Some(error.to_string()),
            };
            shown_again(&state, &staff, &order, shown).await
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn show_address(Shared(state): Shared<State>, staff: Staff, number: Number) -> Page {
    let Some(order) = find(&state, &staff, &number).await? else {
        return lost::page(&state).await;
    };
    let form = state
        .shop
        .correction_form(&staff.actor, order.number)
        .await?
        .unwrap_or_default();
    let error = (!order.now.can_correct()).then_some(CorrectionError::TooLate);
    let frame = frame(&state, &staff, order.href()).await;
    Ok(page(screens::correct_address(
        &frame,
        &order,
        &form,
        error.as_ref(),
    )))
}

async fn correct_address(
    Shared(state): Shared<State>,
    staff: Staff,
    number: Number,
    Form(form): Form<CorrectionForm>,
) -> Page {
    let Some(order) = find(&state, &staff, &number).await? else {
        return lost::page(&state).await;
    };
    let corrected = state
        .shop
        .correct_address(&staff.actor, order.number, &form);
    match corrected.await {
        Ok(()) => Ok(done(&order.href(), "The address is corrected.")),
        Err(Fault::Refused(CorrectionError::Unknown)) => lost::page(&state).await,
        Err(Fault::Refused(error)) => {
            let frame = frame(&state, &staff, order.href()).await;
            let html = screens::correct_address(&frame, &order, &form, Some(&error));
            Ok(refused(html))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn show_fulfil(Shared(state): Shared<State>, staff: Staff, number: Number) -> Page {
    let Some(order) = find(&state, &staff, &number).await? else {
        return lost::page(&state).await;
    };
    if !order.now.can_fulfil() {
        return Ok(respond::see_other(&order.href()));
    }
    let form = FulfilForm::all(order.version, &order.accounts());
    let frame = frame(&state, &staff, order.href()).await;
    Ok(page(screens::fulfil_order(&frame, &order, &form, None)))
}

async fn fulfil(
    Shared(state): Shared<State>,
    staff: Staff,
    number: Number,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Page {
    let Some(order) = find(&state, &staff, &number).await? else {
        return lost::page(&state).await;
    };
    let mut form = FulfilForm::from_pairs(pairs(&fields));
    let sent = state.shop.fulfil_order(&staff.actor, order.number, &form);
    match sent.await {
        Ok(_) => Ok(done(&order.href(), "It is sent, and the shopper is told.")),
        Err(Fault::Refused(FulfilError::Unknown)) => lost::page(&state).await,
        Err(Fault::Refused(error)) => {
            // What was typed is looked at again beside what the order has now.
            if error == FulfilError::Stale {
                form.version = order.version.to_string();
            }
            let frame = frame(&state, &staff, order.href()).await;
            let html = screens::fulfil_order(&frame, &order, &form, Some(&error));
            Ok(refused(html))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

fn pairs(fields: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
}

async fn show_refund(
    Shared(state): Shared<State>,
    staff: Staff,
    number: Number,
    here: Uri,
) -> Page {
    if let Some(first) = confirm_first(&state, &staff, &here) {
        return Ok(first);
    }
    let Some(order) = find(&state, &staff, &number).await? else {
        return lost::page(&state).await;
    };
    if !order.now.can_refund() {
        return Ok(respond::see_other(&order.href()));
    }
    let form = RefundForm::empty(order.version, &order.refund_basis());
    let frame = frame(&state, &staff, order.href()).await;
    Ok(page(screens::refund_order(&frame, &order, &form, None)))
}

async fn refund(
    Shared(state): Shared<State>,
    staff: Staff,
    number: Number,
    here: Uri,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Page {
    let Some(order) = find(&state, &staff, &number).await? else {
        return lost::page(&state).await;
    };
    let mut form = RefundForm::from_pairs(pairs(&fields));
    let asked = state.shop.refund_order(&staff.actor, order.number, &form);
    match asked.await {
        Ok(_) => Ok(done(&order.href(), "The money is on its way back.")),
        Err(Fault::Refused(RefundError::Unknown)) => lost::page(&state).await,
        Err(Fault::Refused(error)) => {
            if error == RefundError::Stale {
                form.version = order.version.to_string();
            }
            let frame = frame(&state, &staff, order.href()).await;
            let html = screens::refund_order(&frame, &order, &form, Some(&error));
            Ok(refused(html))
        }
        Err(Fault::Failed(Error::Unconfirmed)) => Ok(ask_password(&here)),
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn show_cancel(
    Shared(state): Shared<State>,
    staff: Staff,
    number: Number,
    here: Uri,
) -> Page {
    if let Some(first) = confirm_first(&state, &staff, &here) {
        return Ok(first);
    }
    let Some(order) = find(&state, &staff, &number).await? else {
        return lost::page(&state).await;
    };
    if !order.now.can_cancel() {
        return Ok(respond::see_other(&order.href()));
    }
    let form = CancelForm {
        version: order.version.to_string(),
        reason: String::new(),
        tell: "on".to_owned(),
    };
    let frame = frame(&state, &staff, order.href()).await;
    Ok(page(screens::cancel_order(&frame, &order, &form, None)))
}

async fn cancel(
    Shared(state): Shared<State>,
    staff: Staff,
    number: Number,
    here: Uri,
    Form(mut form): Form<CancelForm>,
) -> Page {
    let Some(order) = find(&state, &staff, &number).await? else {
        return lost::page(&state).await;
    };
    let cancelled = state.shop.cancel_order(&staff.actor, order.number, &form);
    match cancelled.await {
        Ok(()) => Ok(done(&order.href(), "The order is cancelled.")),
        Err(Fault::Refused(CancelError::Unknown)) => lost::page(&state).await,
        Err(Fault::Refused(error)) => {
            // It may have been paid while it was being cancelled.
            let order = find(&state, &staff, &number).await?.unwrap_or(order);
            if matches!(error, CancelError::Stale | CancelError::PaidMeanwhile) {
                form.version = order.version.to_string();
            }
            let frame = frame(&state, &staff, order.href()).await;
            let html = screens::cancel_order(&frame, &order, &form, Some(&error));
            Ok(refused(html))
        }
        Err(Fault::Failed(Error::Unconfirmed)) => Ok(ask_password(&here)),
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn invoice(Shared(state): Shared<State>, staff: Staff, Path(number): Path<String>) -> Page {
    let issued = match number.parse::<i64>() {
        Ok(number) => state.shop.invoice(&staff.actor, number).await?,
        Err(_) => None,
    };
    let Some(invoice) = issued else {
        return lost::page(&state).await;
    };
    let frame = state.frame(href(invoice.order_number)).await;
    Ok(respond::private(
        StatusCode::OK,
        screens::invoice(&frame, &invoice),
    ))
}

async fn issue_invoice(Shared(state): Shared<State>, staff: Staff, number: Number) -> Page {
    let Some(order) = find(&state, &staff, &number).await? else {
        return lost::page(&state).await;
    };
    match state.shop.issue_invoice(&staff.actor, order.number).await {
        Ok(_) => Ok(respond::see_other(&format!("{}/invoice", order.href()))),
        Err(Fault::Refused(InvoiceError::Unknown)) => lost::page(&state).await,
        Err(Fault::Refused(error)) => {
            let shown = OrderShown {
                note: None,
                refusal: Some(error.to_string()),
            };
            shown_again(&state, &staff, &order, shown).await
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

/// Which parcel a slip is for; what is still to be packed, where none is named.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Slip {
    parcel: String,
}

async fn packing_slip(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(number): Path<String>,
    Query(asked): Query<Slip>,
) -> Page {
    let slip = match number.parse::<i64>() {
        Ok(number) => {
            let parcel = asked.parcel.parse().ok();
            state
                .shop
                .packing_slip(&staff.actor, number, parcel)
                .await?
        }
        Err(_) => None,
    };
    let Some(slip) = slip else {
        return lost::page(&state).await;
    };
    let frame = state.frame(href(slip.order_number)).await;
    Ok(respond::private(
        StatusCode::OK,
        screens::packing_slip(&frame, &slip),
    ))
}
