//! `/account/data.json` and `/account/delete`: taking everything along, and leaving.

use super::{cookie, gate::Member, page, refused_for};
use crate::{
    pages::{Page, input::Form, respond},
    state::State,
};
use app::{context::forget_cart, screens::account as screens};
use axum::{Router, extract::State as Shared, response::IntoResponse, routing::get};
use domain::accounts::DeleteForm;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use shop::Fault;

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/account/data.json", get(data))
        .route("/account/delete", get(ask).post(delete))
}

async fn data(Shared(state): Shared<State>, member: Member) -> Page {
    let data = state.shop.customer_data(&member.customer).await?;
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CONTENT_DISPOSITION, "attachment; filename=\"account.json\""),
        (CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, serde_json::to_string_pretty(&data)?).into_response())
}

async fn ask(Shared(state): Shared<State>, _member: Member) -> Page {
    let frame = state.frame("/account/details").await;
    Ok(page(screens::delete(&frame, None)))
}

async fn delete(
    Shared(state): Shared<State>,
    member: Member,
    Form(form): Form<DeleteForm>,
) -> Page {
    match state.shop.delete_account(&member.customer, &form).await {
        Ok(()) => {
            let secure = member.visitor.secure;
            let cookies = [cookie::forget(secure)]
                .into_iter()
                .chain(forget_cart(secure));
            let response = respond::see_other("/account/sign-in?done=deleted");
            Ok(respond::with_cookies(response, cookies))
        }
        Err(Fault::Refused(error)) => {
            let frame = state.frame("/account/details").await;
            Ok(refused_for(error, screens::delete(&frame, Some(error))))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}
