//! The tree of categories.

use super::deletion;
use crate::{
    admin::{
        AdminFrame, page,
        screens::products::parts::{Line, choose, line},
        ui::{card, nothing, page_head, refusal},
    },
    ui::{TextArea, text_area},
};
use domain::{
    catalog::edit::{CategoryEdit, CategoryRow},
    staff::Permission,
};
use leptos::prelude::*;

/// The tree.
pub fn categories(frame: &AdminFrame, rows: &[CategoryRow]) -> String {
    let edits = frame.may(Permission::EditProducts);
    page(frame, "Categories", || {
        let add = edits.then(|| {
            view! {
                <a class="btn" href="/admin/categories/new">
                    "Add a category"
                </a>
            }
            .into_any()
        });
        let list = if rows.is_empty() {
            nothing(
                "No categories yet",
                "Shoppers find their way by them.",
                None,
            )
        } else {
            let rows = rows
                .iter()
                .map(|category| row(category, edits))
                .collect_view();
            view! { <ul class="rows tree">{rows}</ul> }.into_any()
        };
        view! {
            {page_head(Some(("/admin/products", "Products")), "Categories", None, add)}
            <section class="card" aria-label="The tree of categories">
                {list}
            </section>
        }
        .into_any()
    })
}

fn row(category: &CategoryRow, edits: bool) -> AnyView {
    let up = (edits && !category.is_first).then(|| {
        view! {
            <form method="post" action=format!("/admin/categories/{}/raise", category.id)>
                <button class="quiet-link" type="submit">
                    "Up"
                    <span class="sr">" " {category.name.clone()}</span>
                </button>
            </form>
        }
    });
    let products = match category.products {
        1 => "1 product".to_owned(),
        count => format!("{count} products"),
    };
    view! {
        <li class="tree__row" data-depth=category.depth.min(4).to_string()>
            <span>
                <a href=format!("/admin/categories/{}", category.id)>{category.name.clone()}</a>
                <br />
                <span class="soft tiny">{format!("/categories/{}", category.path)}</span>
            </span>
            <span class="soft num">{products}</span>
            <span>{up}</span>
        </li>
    }
    .into_any()
}

/// The page of a category.
pub fn category_editor(frame: &AdminFrame, edit: &CategoryEdit) -> String {
    let edits = frame.may(Permission::EditProducts);
    let title = if edit.id.is_some() {
        edit.name.clone()
    } else {
        "A new category".to_owned()
    };
    page(frame, &title.clone(), || {
        let see = edit.id.map(|_| {
            view! {
                <a class="btn btn--quiet" href=format!("/categories/{}", edit.path)>
                    "See it"
                </a>
            }
            .into_any()
        });
        let otherwise = "There are products or categories in this one. Move them first.";
        let delete = edit.id.filter(|_| edits).map(|id| {
            deletion(
                format!("/admin/categories/{id}/delete"),
                edit.is_empty,
                otherwise,
                &edit.errors,
            )
        });
        view! {
            {page_head(Some(("/admin/categories", "Categories")), title, None, see)}
            {refusal(edit.errors.of("version"))}
            <div class="columns">
                {card("What it is", None, fields(edit, edits))}
                <div>{delete}</div>
            </div>
        }
        .into_any()
    })
}

fn fields(edit: &CategoryEdit, edits: bool) -> AnyView {
    let form = &edit.form;
    let action = match edit.id {
        Some(id) => format!("/admin/categories/{id}"),
        None => "/admin/categories/new".to_owned(),
    };
    let save = edits.then(|| {
        view! {
            <button class="btn" type="submit">
                "Save"
            </button>
        }
    });
    view! {
        <form class="stack" method="post" data-guard=edits action=action>
            <input type="hidden" name="version" value=form.version.clone() />
            {line(Line::new("name", "Name", &form.name, 100), &edit.errors)}
            {choose("parent", "Within", &form.parent, Some("At the top"), &edit.parents, &edit.errors)}
            {line(
                Line {
                    hint: "Left empty, it follows the name. Former addresses lead on.",
                    ..Line::new("handle", "Name in addresses", &form.handle, 100)
                },
                &edit.errors,
            )}
            {line(
                Line { hint: "The heading of its page.", ..Line::new("title", "Title", &form.title, 200) },
                &edit.errors,
            )}
            {text_area(TextArea {
                name: "description",
                label: "Description",
                value: &form.description,
                rows: 4,
                max: 2_000,
                hint: None,
                error: edit.errors.of("description"),
            })}
            {save}
        </form>
    }
    .into_any()
}
