//! `/admin/customers/{id}`: a customer.

use super::{Needs, Routes, Staff, done, frame, page, refused};
use crate::{
    pages::{Page, input::Form, lost},
    state::State,
};
use app::admin::screens;
use axum::extract::{Path, State as Shared};
use domain::{
    CustomerId,
    accounts::{AccountError, CustomerForm},
    staff::Permission,
};
use shop::Fault;

const EDITS: Needs = Needs::May(Permission::EditCustomers);

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(
            "/admin/customers/{id}",
            Needs::May(Permission::ViewCustomers),
            show,
        )
        .post("/admin/customers/{id}", EDITS, save)
        .post("/admin/customers/{id}/sign-out", EDITS, sign_out)
        .post("/admin/customers/{id}/delete", EDITS, delete)
}

fn href(id: CustomerId) -> String {
    format!("/admin/customers/{id}")
}

async fn show(Shared(state): Shared<State>, staff: Staff, Path(id): Path<String>) -> Page {
    let Ok(id) = id.parse::<CustomerId>() else {
        return lost::page(&state).await;
    };
    let Some(card) = state.shop.admin_customer(&staff.actor, id).await? else {
        return lost::page(&state).await;
    };
    let frame = frame(&state, &staff, href(id)).await;
    Ok(page(screens::customer(&frame, &card, None, None)))
}

async fn save(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
    Form(form): Form<CustomerForm>,
) -> Page {
    let Ok(id) = id.parse::<CustomerId>() else {
        return lost::page(&state).await;
    };
    match state.shop.edit_customer(&staff.actor, id, &form).await {
        Ok(()) => Ok(done(&href(id), "Saved.")),
        Err(Fault::Refused(AccountError::Gone)) => lost::page(&state).await,
        Err(Fault::Refused(error)) => {
            let Some(card) = state.shop.admin_customer(&staff.actor, id).await? else {
                return lost::page(&state).await;
            };
            let frame = frame(&state, &staff, href(id)).await;
            let html = screens::customer(&frame, &card, Some(&form), Some(&error));
            Ok(refused(html))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn sign_out(Shared(state): Shared<State>, staff: Staff, Path(id): Path<String>) -> Page {
    let Ok(id) = id.parse::<CustomerId>() else {
        return lost::page(&state).await;
    };
    state
        .shop
        .end_sessions_of_customer(&staff.actor, id)
        .await?;
    Ok(done(&href(id), "They are signed out everywhere."))
}

async fn delete(Shared(state): Shared<State>, staff: Staff, Path(id): Path<String>) -> Page {
    let Ok(id) = id.parse::<CustomerId>() else {
        return lost::page(&state).await;
    };
    match state.shop.delete_customer(&staff.actor, id).await {
        Ok(()) => Ok(done(
            "/admin/customers",
            "They are deleted. Their orders stay in the books.",
        )),
        Err(Fault::Refused(_)) => lost::page(&state).await,
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}
