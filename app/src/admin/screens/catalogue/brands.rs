//! Makers.

use super::deletion;
use crate::{
    admin::{
        AdminFrame, page,
        screens::products::parts::{Line, line},
        ui::{card, nothing, page_head, refusal},
    },
    ui::{TextArea, text_area},
};
use domain::{
    catalog::edit::{BrandEdit, BrandRow},
    staff::Permission,
};
use leptos::prelude::*;

/// The list of makers.
pub fn brands(frame: &AdminFrame, brands: &[BrandRow]) -> String {
    let edits = frame.may(Permission::EditProducts);
    page(frame, "Makers", || {
        let add = edits.then(|| {
            view! {
                <a class="btn" href="/admin/brands/new">
                    "Add a maker"
                </a>
            }
            .into_any()
        });
        let rows = brands
            .iter()
            .map(|brand| {
                view! {
                    <tr>
                        <td class="c-main">
                            <a href=format!("/admin/brands/{}", brand.id)>{brand.name.clone()}</a>
                        </td>
                        <td class="c-sub soft">{brand.place.clone()}</td>
                        <td class="end c-end num">{brand.products}</td>
                    </tr>
                }
            })
            .collect_view();
        let list = if brands.is_empty() {
            nothing(
                "No makers yet",
                "A maker has a name, a place and a story.",
                None,
            )
        } else {
            view! {
                <div class="table-wrap" tabindex="0" role="group" aria-label="Makers">
                    <table class="table table--list">
                        <thead>
                            <tr>
                                <th scope="col">"Maker"</th>
                                <th scope="col">"Place"</th>
                                <th scope="col" class="end">
                                    "Products"
                                </th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        };
        view! {
            {page_head(Some(("/admin/products", "Products")), "Makers", None, add)}
            <section class="card list-box" aria-label="All makers">
                {list}
            </section>
        }
        .into_any()
    })
}

/// The page of a maker.
pub fn brand_editor(frame: &AdminFrame, edit: &BrandEdit) -> String {
    let edits = frame.may(Permission::EditProducts);
    let title = if edit.id.is_some() {
        edit.name.clone()
    } else {
        "A new maker".to_owned()
    };
    let action = match edit.id {
        Some(id) => format!("/admin/brands/{id}"),
        None => "/admin/brands/new".to_owned(),
    };
    page(frame, &title.clone(), || {
        let form = &edit.form;
        let save = edits.then(|| {
            view! {
                <button class="btn" type="submit">
                    "Save"
                </button>
            }
        });
        let fields = view! {
            <form class="stack" method="post" data-guard=edits action=action.clone()>
                <input type="hidden" name="version" value=form.version.clone() />
                {line(Line::new("name", "Name", &form.name, 100), &edit.errors)}
                {line(Line::new("place", "Place", &form.place, 200), &edit.errors)}
                {line(
                    Line { hint: "Left empty, it follows the name.", ..Line::new("handle", "Name in addresses", &form.handle, 100) },
                    &edit.errors,
                )}
                {text_area(TextArea {
                    name: "story_html",
                    label: "Story",
                    value: &form.story_html,
                    rows: 8,
                    max: 20_000,
                    hint: Some("HTML. Anything that could run is taken out."),
                    error: edit.errors.of("story_html"),
                })}
                {save}
            </form>
        };
        let otherwise = "There are products of this maker. Give them another one first.";
        let delete = edit.id.filter(|_| edits).map(|id| {
            deletion(
                format!("/admin/brands/{id}/delete"),
                edit.products == 0,
                otherwise,
                &edit.errors,
            )
        });
        view! {
            {page_head(Some(("/admin/brands", "Makers")), title, None, None)}
            {refusal(edit.errors.of("version"))}
            <div class="columns">
                {card("Who they are", None, fields.into_any())}
                <div>{delete}</div>
            </div>
        }
        .into_any()
    })
}
