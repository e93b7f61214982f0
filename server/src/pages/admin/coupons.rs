//! `/admin/coupons`

use super::{Needs, Routes, Staff, done, frame, page, refused};
use crate::{
    failure::Failure,
    pages::{Page, input::Form, lost},
    state::State,
};
use axum::extract::{Path, State as Shared};
use domain::{
    promotions::{CouponErrors, CouponForm},
    staff::Permission,
};
use serde::Deserialize;
use shop::Fault;

const EDITS: Needs = Needs::May(Permission::EditDiscounts);

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/admin/coupons", EDITS, show)
        .post("/admin/coupons", EDITS, create)
        .post("/admin/coupons/{code}", EDITS, change)
}

async fn show(Shared(state): Shared<State>, staff: Staff) -> Page {
    let html = screen(
        &state,
        &staff,
        &CouponForm::default(),
        &CouponErrors::default(),
    )
    .await?;
    Ok(page(html))
}

async fn screen(
    state: &State,
    staff: &Staff,
    form: &CouponForm,
    errors: &CouponErrors,
) -> Result<String, Failure> {
    let coupons = state.shop.coupons(&staff.actor).await?;
    let frame = frame(state, staff, "/admin/coupons").await;
    Ok(app::admin::screens::coupons(&frame, &coupons, form, errors))
}

async fn create(Shared(state): Shared<State>, staff: Staff, Form(form): Form<CouponForm>) -> Page {
    match state.shop.create_coupon(&staff.actor, &form).await {
        Ok(code) => Ok(done("/admin/coupons", &format!("{code} can be used."))),
        Err(Fault::Refused(errors)) => Ok(refused(screen(&state, &staff, &form, &errors).await?)),
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Change {
    /// `archive` or `restore`.
    action: String,
}

async fn change(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(code): Path<String>,
    Form(form): Form<Change>,
) -> Page {
    let archive = form.action != "restore";
    if !state
        .shop
        .archive_coupon(&staff.actor, &code, archive)
        .await?
    {
        return lost::page(&state).await;
    }
    let words = if archive {
        "is put away"
    } else {
        "can be used again"
    };
    Ok(done("/admin/coupons", &format!("{code} {words}.")))
}
