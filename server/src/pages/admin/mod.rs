//! `/admin`: one file for each part of it, with the addresses of that part.

mod audit;
mod catalogue;
mod cookie;
mod coupons;
mod customer;
mod directory;
mod door;
mod gate;
mod home;
mod inventory;
mod jobs;
mod me;
mod order;
mod orders;
mod products;
mod routes;
mod settings;
mod staff;
mod texts;
mod welcome;

pub(crate) use gate::Staff;
pub(crate) use routes::{Needs, Routes};

use super::respond;
use crate::state::State;
use app::admin::AdminFrame;
use axum::{Router, middleware::from_fn_with_state, response::Response};
use http::{StatusCode, Uri};

/// Every address of the admin.
pub(crate) fn routes() -> Routes {
    Routes::default()
        .and(door::routes())
        .and(me::routes())
        .and(home::routes())
        .and(orders::routes())
        .and(order::routes())
        .and(inventory::routes())
        .and(products::routes())
        .and(catalogue::routes())
        .and(directory::routes())
        .and(customer::routes())
        .and(staff::routes())
        .and(audit::routes())
        .and(jobs::routes())
        .and(coupons::routes())
        .and(texts::routes())
        .and(settings::routes())
        .and(welcome::routes())
}

/// The admin behind its gate.
pub(crate) fn router(state: &State) -> Router<State> {
    let (list, router) = routes().into_parts();
    router.route_layer(from_fn_with_state((state.clone(), list), gate::check))
}

/// What a page of the admin has around it.
async fn frame(state: &State, staff: &Staff, path: impl Into<String>) -> AdminFrame {
    AdminFrame {
        frame: state.frame(path).await,
        name: staff.actor.name.clone(),
        role: staff.actor.role.clone(),
        permissions: staff.actor.permissions.clone(),
        done: staff.done.clone(),
        // A number beside a link: pages are shown without it, too.
        to_send: state.shop.orders_to_send().await.unwrap_or_default(),
    }
}

/// A page of the admin.
fn page(html: String) -> Response {
    respond::private(StatusCode::OK, html)
}

/// A form that was refused, with everything that was typed.
fn refused(html: String) -> Response {
    respond::private(StatusCode::UNPROCESSABLE_ENTITY, html)
}

/// After a write: on to a page that tells what was done.
fn done(to: &str, words: &str) -> Response {
    respond::with_cookies(respond::see_other(to), [cookie::tell(words)])
}

/// Somebody may not go there.
pub(crate) async fn denied(state: &State) -> Response {
    let frame = state.frame("/admin").await;
    respond::private(StatusCode::FORBIDDEN, app::admin::screens::denied(&frame))
}

/// Where the password is given again, if that is due: before a form for what is dear is shown, so that nothing typed is lost.
fn confirm_first(state: &State, staff: &Staff, here: &Uri) -> Option<Response> {
    if staff.actor.is_fresh(state.shop.clock().now()) {
        return None;
    }
    Some(ask_password(here))
}

/// The password is asked for again.
fn ask_password(back: &Uri) -> Response {
    let here = back.path_and_query().map_or("/admin", |here| here.as_str());
    let to: String = url::form_urlencoded::byte_serialize(here.as_bytes()).collect();
    respond::see_other(&format!("/admin/confirm?to={to}"))
}
