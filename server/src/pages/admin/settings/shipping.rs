//! `/admin/settings/shipping`: zones, and the ways to have things sent there.

use super::{EDITS, Routes, Staff, ask_password, confirm_first, done, frame, page, refused};
use crate::{
    pages::{
        Page,
        input::{Fields, Form},
        lost,
    },
    state::State,
};
use app::admin::screens;
use axum::extract::{Path, State as Shared};
use domain::content::{MethodForm, MethodPage, SettingErrors, ZoneForm, ZonePage};
use http::Uri;
use serde::Deserialize;
use shop::{Error, Fault};

const HERE: &str = "/admin/settings/shipping";

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(HERE, EDITS, show)
        .get("/admin/settings/shipping/new", EDITS, new_zone)
        .post("/admin/settings/shipping/new", EDITS, add_zone)
        .get("/admin/settings/shipping/{id}", EDITS, show_zone)
        .post("/admin/settings/shipping/{id}", EDITS, save_zone)
        .post("/admin/settings/shipping/{id}/delete", EDITS, delete_zone)
        .get("/admin/settings/shipping/{id}/methods", EDITS, new_method)
        .post("/admin/settings/shipping/{id}/methods", EDITS, add_method)
        .get("/admin/settings/methods/{id}", EDITS, show_method)
        .post("/admin/settings/methods/{id}", EDITS, save_method)
        .post("/admin/settings/methods/{id}/raise", EDITS, raise_method)
        .post("/admin/settings/methods/{id}/delete", EDITS, delete_method)
}

/// What became of a write that has no page of its own to show again.
type Written<T> = Result<T, Fault<SettingErrors>>;

async fn show(Shared(state): Shared<State>, staff: Staff, here: Uri) -> Page {
    if let Some(first) = confirm_first(&state, &staff, &here) {
        return Ok(first);
    }
    let shipping = state.shop.shipping_settings(&staff.actor).await?;
    let frame = frame(&state, &staff, HERE).await;
    Ok(page(screens::shipping_settings(&frame, &shipping)))
}

async fn new_zone(Shared(state): Shared<State>, staff: Staff, here: Uri) -> Page {
    zone(&state, &staff, None, &here).await
}

async fn show_zone(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
    here: Uri,
) -> Page {
    zone(&state, &staff, Some(&id), &here).await
}

async fn zone(state: &State, staff: &Staff, id: Option<&str>, here: &Uri) -> Page {
    if let Some(first) = confirm_first(state, staff, here) {
        return Ok(first);
    }
    let Some(zone) = state.shop.zone_settings(&staff.actor, id).await? else {
        return lost::page(state).await;
    };
    let html = zone_screen(state, staff, &zone, &SettingErrors::default()).await;
    Ok(page(html))
}

async fn zone_screen(
    state: &State,
    staff: &Staff,
    zone: &ZonePage,
    errors: &SettingErrors,
) -> String {
    let frame = frame(state, staff, HERE).await;
    screens::zone_settings(&frame, zone, errors)
}

/// The zone as it was typed: boxes send one field each.
fn typed_zone(fields: &Fields) -> ZoneForm {
    let boxes = fields.0.iter().filter(|(name, _)| name == "country");
    ZoneForm {
        name: fields.of("name").to_owned(),
        countries: boxes.map(|(_, code)| code.clone()).collect(),
        version: fields.of("version").parse().unwrap_or_default(),
    }
}

async fn add_zone(Shared(state): Shared<State>, staff: Staff, fields: Fields) -> Page {
    let form = typed_zone(&fields);
    match state.shop.add_zone(&staff.actor, &form).await {
        Ok(id) => {
            let words = "The zone is made. Add a way to have things sent there.";
            Ok(done(&format!("{HERE}/{id}"), words))
        }
        Err(fault) => zone_refused(&state, &staff, None, Some(form), fault).await,
    }
}

async fn save_zone(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
    fields: Fields,
) -> Page {
    let form = typed_zone(&fields);
    match state.shop.save_zone(&staff.actor, &id, &form).await {
        Ok(()) => Ok(done(&format!("{HERE}/{id}"), "Saved.")),
        Err(fault) => zone_refused(&state, &staff, Some(&id), Some(form), fault).await,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    /// The version that the page showed.
    version: i32,
}

async fn delete_zone(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
    Form(seen): Form<Seen>,
) -> Page {
    let deleted = state
        .shop
        .delete_zone(&staff.actor, &id, seen.version)
        .await;
    match deleted {
        Ok(()) => Ok(done(HERE, "The zone is deleted.")),
        Err(fault) => zone_refused(&state, &staff, Some(&id), None, fault).await,
    }
}

/// The zone's page again, with what was typed where something was.
async fn zone_refused(
    state: &State,
    staff: &Staff,
    id: Option<&str>,
    typed: Option<ZoneForm>,
    fault: Fault<SettingErrors>,
) -> Page {
    match fault {
        Fault::Refused(errors) => {
            let Some(mut zone) = state.shop.zone_settings(&staff.actor, id).await? else {
                return lost::page(state).await;
            };
            if let Some(typed) = typed {
                zone.form = typed;
                zone.form.version = errors.now.unwrap_or(zone.form.version);
            }
            Ok(refused(zone_screen(state, staff, &zone, &errors).await))
        }
        Fault::Failed(Error::Unconfirmed) => Ok(ask_password(&Uri::from_static(HERE))),
        Fault::Failed(error) => Err(error.into()),
    }
}

async fn new_method(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(zone): Path<String>,
    here: Uri,
) -> Page {
    if let Some(first) = confirm_first(&state, &staff, &here) {
        return Ok(first);
    }
    let method = state.shop.new_method_settings(&staff.actor, &zone).await?;
    method_page(&state, &staff, method).await
}

async fn show_method(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
    here: Uri,
) -> Page {
    if let Some(first) = confirm_first(&state, &staff, &here) {
        return Ok(first);
    }
    let method = state.shop.method_settings(&staff.actor, &id).await?;
    method_page(&state, &staff, method).await
}

async fn method_page(state: &State, staff: &Staff, method: Option<MethodPage>) -> Page {
    let Some(method) = method else {
        return lost::page(state).await;
    };
    let frame = frame(state, staff, HERE).await;
    let html = screens::method_settings(&frame, &method, &SettingErrors::default());
    Ok(page(html))
}

async fn add_method(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(zone): Path<String>,
    Form(form): Form<MethodForm>,
) -> Page {
    let added = state.shop.add_method(&staff.actor, &zone, &form).await;
    match added {
        Ok(()) => Ok(done(
            &format!("{HERE}/{zone}"),
            "Shoppers can have it sent so.",
        )),
        Err(fault) => {
            let method = state.shop.new_method_settings(&staff.actor, &zone).await?;
            method_refused(&state, &staff, method, Some(form), fault).await
        }
    }
}

async fn save_method(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
    Form(form): Form<MethodForm>,
) -> Page {
    let saved = state.shop.save_method(&staff.actor, &id, &form).await;
    let method = state.shop.method_settings(&staff.actor, &id).await?;
    method_answer(&state, &staff, method, Some(form), (saved, "Saved.")).await
}

async fn delete_method(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
    Form(seen): Form<Seen>,
) -> Page {
    let method = state.shop.method_settings(&staff.actor, &id).await?;
    let deleted = state
        .shop
        .delete_method(&staff.actor, &id, seen.version)
        .await;
    method_answer(&state, &staff, method, None, (deleted, "Deleted.")).await
}

/// To the zone of a method, or the method's page again.
async fn method_answer(
    state: &State,
    staff: &Staff,
    method: Option<MethodPage>,
    typed: Option<MethodForm>,
    (written, words): (Written<()>, &str),
) -> Page {
    match (written, method) {
        (Ok(()), Some(method)) => Ok(done(&format!("{HERE}/{}", method.zone_id), words)),
        (Ok(()), None) => Ok(done(HERE, words)),
        (Err(fault), method) => method_refused(state, staff, method, typed, fault).await,
    }
}

async fn method_refused(
    state: &State,
    staff: &Staff,
    method: Option<MethodPage>,
    typed: Option<MethodForm>,
    fault: Fault<SettingErrors>,
) -> Page {
    match (fault, method) {
        (Fault::Refused(errors), Some(mut method)) => {
            if let Some(typed) = typed {
                method.form = typed;
                method.form.version = errors.now.unwrap_or(method.form.version);
            }
            let frame = frame(state, staff, HERE).await;
            Ok(refused(screens::method_settings(&frame, &method, &errors)))
        }
        (Fault::Refused(_), None) => lost::page(state).await,
        (Fault::Failed(Error::Unconfirmed), _) => Ok(ask_password(&Uri::from_static(HERE))),
        (Fault::Failed(error), _) => Err(error.into()),
    }
}

async fn raise_method(Shared(state): Shared<State>, staff: Staff, Path(id): Path<String>) -> Page {
    match state.shop.raise_method(&staff.actor, &id).await {
        Ok(Some(zone)) => Ok(done(&format!("{HERE}/{zone}"), "Moved up.")),
        Ok(None) => lost::page(&state).await,
        Err(fault) => method_refused(&state, &staff, None, None, fault).await,
    }
}
