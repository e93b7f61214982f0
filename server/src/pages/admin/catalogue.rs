//! `/admin/categories` and `/admin/brands`: what stands around products.

use super::{Needs, Routes, Staff, done, frame, page, refused};
use crate::{
    pages::{Page, input::Form, lost},
    state::State,
};
use app::admin::screens;
use axum::extract::{Path, State as Shared};
use domain::{
    BrandId, CategoryId,
    catalog::edit::{BrandForm, CategoryForm, FormErrors},
    staff::Permission,
};
use shop::{Error, Fault};

const SEES: Needs = Needs::May(Permission::ViewProducts);
const EDITS: Needs = Needs::May(Permission::EditProducts);
const CATEGORIES: &str = "/admin/categories";
const BRANDS: &str = "/admin/brands";

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(CATEGORIES, SEES, categories)
        .get("/admin/categories/{id}", SEES, category)
        .post("/admin/categories/{id}", EDITS, save_category)
        .post("/admin/categories/{id}/raise", EDITS, raise_category)
        .post("/admin/categories/{id}/delete", EDITS, delete_category)
        .get(BRANDS, SEES, brands)
        .get("/admin/brands/{id}", SEES, brand)
        .post("/admin/brands/{id}", EDITS, save_brand)
        .post("/admin/brands/{id}/delete", EDITS, delete_brand)
}

/// What an address names.
#[derive(Clone, Copy)]
enum Named<T> {
    New,
    Known(T),
    Nothing,
}

fn named<T: std::str::FromStr>(id: &str) -> Named<T> {
    match id {
        "new" => Named::New,
        id => id.parse().map_or(Named::Nothing, Named::Known),
    }
}

impl<T> Named<T> {
    /// The id, `None` for one that is new; nothing where the address names nothing.
    fn id(self) -> Result<Option<T>, Lost> {
        match self {
            Self::New => Ok(None),
            Self::Known(id) => Ok(Some(id)),
            Self::Nothing => Err(Lost),
        }
    }
}

/// The address names nothing.
struct Lost;

/// What is wrong with a form; what is not the user's doing goes on as it is.
fn faults<T>(came: Result<T, Fault<FormErrors>>) -> Result<Result<T, FormErrors>, Error> {
    match came {
        Ok(done) => Ok(Ok(done)),
        Err(Fault::Refused(errors)) => Ok(Err(errors)),
        Err(Fault::Failed(error)) => Err(error),
    }
}

async fn categories(Shared(state): Shared<State>, staff: Staff) -> Page {
    let rows = state.shop.admin_categories(&staff.actor).await?;
    let frame = frame(&state, &staff, "/admin/products").await;
    Ok(page(screens::categories(&frame, &rows)))
}

async fn category(Shared(state): Shared<State>, staff: Staff, Path(id): Path<String>) -> Page {
    show_category(&state, &staff, named(&id), None).await
}

/// The page of a category, with what was typed where that was refused.
async fn show_category(
    state: &State,
    staff: &Staff,
    named: Named<CategoryId>,
    wrong: Option<(Option<CategoryForm>, FormErrors)>,
) -> Page {
    let Ok(id) = named.id() else {
        return lost::page(state).await;
    };
    let Some(mut edit) = state.shop.admin_category(&staff.actor, id).await? else {
        return lost::page(state).await;
    };
    let frame = frame(state, staff, "/admin/products").await;
    let Some((form, errors)) = wrong else {
        return Ok(page(screens::category_editor(&frame, &edit)));
    };
    edit.errors = errors;
    edit.form = form.unwrap_or(edit.form);
    Ok(refused(screens::category_editor(&frame, &edit)))
}

async fn save_category(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
    Form(form): Form<CategoryForm>,
) -> Page {
    let named = named(&id);
    let Ok(id) = named.id() else {
        return lost::page(&state).await;
    };
    match faults(state.shop.save_category(&staff.actor, id, &form).await)? {
        Ok(Some(_)) => Ok(done(CATEGORIES, "Saved.")),
        Ok(None) => lost::page(&state).await,
        Err(errors) => show_category(&state, &staff, named, Some((Some(form), errors))).await,
    }
}

async fn raise_category(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
) -> Page {
    let Ok(id) = id.parse() else {
        return lost::page(&state).await;
    };
    state.shop.raise_category(&staff.actor, id).await?;
    Ok(done(CATEGORIES, "It stands one further up."))
}

async fn delete_category(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
) -> Page {
    let Ok(id) = id.parse::<CategoryId>() else {
        return lost::page(&state).await;
    };
    match faults(state.shop.delete_category(&staff.actor, id).await)? {
        Ok(()) => Ok(done(CATEGORIES, "The category is deleted.")),
        Err(errors) => show_category(&state, &staff, Named::Known(id), Some((None, errors))).await,
    }
}

async fn brands(Shared(state): Shared<State>, staff: Staff) -> Page {
    let rows = state.shop.admin_brands(&staff.actor).await?;
    let frame = frame(&state, &staff, "/admin/products").await;
    Ok(page(screens::brands(&frame, &rows)))
}

async fn brand(Shared(state): Shared<State>, staff: Staff, Path(id): Path<String>) -> Page {
    show_brand(&state, &staff, named(&id), None).await
}

/// The page of a maker, with what was typed where that was refused.
async fn show_brand(
    state: &State,
    staff: &Staff,
    named: Named<BrandId>,
    wrong: Option<(Option<BrandForm>, FormErrors)>,
) -> Page {
    let Ok(id) = named.id() else {
        return lost::page(state).await;
    };
    let Some(mut edit) = state.shop.admin_brand(&staff.actor, id).await? else {
        return lost::page(state).await;
    };
    let frame = frame(state, staff, "/admin/products").await;
    let Some((form, errors)) = wrong else {
        return Ok(page(screens::brand_editor(&frame, &edit)));
    };
    edit.errors = errors;
    edit.form = form.unwrap_or(edit.form);
    Ok(refused(screens::brand_editor(&frame, &edit)))
}

async fn save_brand(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
    Form(form): Form<BrandForm>,
) -> Page {
    let named = named(&id);
    let Ok(id) = named.id() else {
        return lost::page(&state).await;
    };
    match faults(state.shop.save_brand(&staff.actor, id, &form).await)? {
        Ok(Some(_)) => Ok(done(BRANDS, "Saved.")),
        Ok(None) => lost::page(&state).await,
        Err(errors) => show_brand(&state, &staff, named, Some((Some(form), errors))).await,
    }
}

async fn delete_brand(Shared(state): Shared<State>, staff: Staff, Path(id): Path<String>) -> Page {
    let Ok(id) = id.parse::<BrandId>() else {
        return lost::page(&state).await;
    };
    match faults(state.shop.delete_brand(&staff.actor, id).await)? {
        Ok(()) => Ok(done(BRANDS, "The maker is deleted.")),
        Err(errors) => show_brand(&state, &staff, Named::Known(id), Some((None, errors))).await,
    }
}
