//! `/account/addresses`: the address book.

use super::{gate::Member, page, refused};
use crate::{
    pages::{Page, input::Form, lost, respond},
    state::State,
};
use app::screens::account as screens;
use axum::{
    Router,
    extract::{Path, State as Shared},
    routing::{get, post},
};
use domain::{
    AddressId,
    accounts::{AddressError, AddressForm},
};
use shop::Fault;

const BOOK: &str = "/account/addresses";

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route(BOOK, get(list).post(add))
        .route("/account/addresses/new", get(ask))
        .route("/account/addresses/{id}", get(show).post(change))
        .route("/account/addresses/{id}/delete", post(delete))
        .route("/account/addresses/{id}/default", post(prefer))
}

async fn list(Shared(state): Shared<State>, member: Member) -> Page {
    let book = state.shop.customer_addresses(&member.customer).await?;
    let frame = state.frame(BOOK).await;
    Ok(page(screens::addresses(&frame, &book)))
}

async fn ask(Shared(state): Shared<State>, member: Member) -> Page {
    let frame = state.frame(BOOK).await;
    let form = AddressForm {
        country: frame.chrome.country.clone(),
        name: member.customer.name,
        ..AddressForm::default()
    };
    let error = AddressError::default();
    Ok(page(screens::address(&frame, None, &form, &error)))
}

async fn add(Shared(state): Shared<State>, member: Member, Form(form): Form<AddressForm>) -> Page {
    save(&state, &member, None, &form).await
}

async fn show(Shared(state): Shared<State>, member: Member, Path(id): Path<String>) -> Page {
    let book = state.shop.customer_addresses(&member.customer).await?;
    let Some(saved) = id
        .parse()
        .ok()
        .and_then(|id: AddressId| book.into_iter().find(|saved| saved.id == id))
    else {
        return lost::page(&state).await;
    };
    let frame = state.frame(BOOK).await;
    let form = AddressForm::of(&saved.address, saved.is_default);
    let error = AddressError::default();
    Ok(page(screens::address(
        &frame,
        Some(saved.id),
        &form,
        &error,
    )))
}

async fn change(
    Shared(state): Shared<State>,
    member: Member,
    Path(id): Path<String>,
    Form(form): Form<AddressForm>,
) -> Page {
    match id.parse() {
        Ok(id) => save(&state, &member, Some(id), &form).await,
        Err(_) => lost::page(&state).await,
    }
}

async fn save(state: &State, member: &Member, id: Option<AddressId>, form: &AddressForm) -> Page {
    match state.shop.save_address(&member.customer, id, form).await {
        Ok(()) => Ok(respond::see_other(BOOK)),
        Err(Fault::Refused(error)) => {
            let frame = state.frame(BOOK).await;
            Ok(refused(screens::address(&frame, id, form, &error)))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn delete(Shared(state): Shared<State>, member: Member, Path(id): Path<String>) -> Page {
    let Ok(id) = id.parse() else {
        return lost::page(&state).await;
    };
    state.shop.delete_address(&member.customer, id).await?;
    Ok(respond::see_other(BOOK))
}

async fn prefer(Shared(state): Shared<State>, member: Member, Path(id): Path<String>) -> Page {
    let Ok(id) = id.parse() else {
        return lost::page(&state).await;
    };
    state
        .shop
        .make_default_address(&member.customer, id)
        .await?;
    Ok(respond::see_other(BOOK))
}
