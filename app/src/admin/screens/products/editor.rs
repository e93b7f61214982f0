//! The editor of a product.

use super::{
    list::status,
    options::options,
    parts::{Line, choose, line},
    pictures::{PicturesShown, forms, pictures},
    variants::variants,
};
use crate::{
    admin::{
        AdminFrame, page,
        ui::{card, page_head, refusal},
    },
    ui::{TextArea, choice, text_area},
};
use domain::{
    catalog::edit::{Difference, ProductEdit},
    staff::Permission,
};
use leptos::prelude::*;

/// The editor of a product.
pub fn product_editor(frame: &AdminFrame, edit: &ProductEdit, shown: &PicturesShown) -> String {
    let edits = frame.may(Permission::EditProducts);
    let title = if edit.id.is_some() {
        edit.title.clone()
    } else {
        "A new product".to_owned()
    };
    page(frame, &title.clone(), || {
        let badge = edit.id.map(|_| status(edit.status, None));
        let wrong = (!edit.errors.is_empty())
            .then_some("Not saved yet. What is wrong stands beside the fields.");
        view! {
            {edits.then(|| save_bar(edit))}
            {page_head(Some(("/admin/products", "Products")), title, badge, actions(edit, edits))}
            {refusal(wrong)}
            {edit.stale.as_deref().map(|sides| both_sides(sides, action(edit)))}
            {forms(edit)}
            <form class="columns" id="product" method="post" data-guard=edits action=action(edit)>
                <input type="hidden" name="version" value=edit.form.version.clone() />
                <div>
                    {texts(edit)}
                    {pictures(edit, shown, edits)}
                    {options(edit)}
                    {variants(edit)}
                    {more_texts(edit)}
                </div>
                <div>{on_sale(edit)} {belongs(edit)} {search_results(frame, edit)}</div>
            </form>
        }
        .into_any()
    })
}

fn action(edit: &ProductEdit) -> String {
    match edit.id {
        Some(id) => format!("/admin/products/{id}"),
        None => "/admin/products/new".to_owned(),
    }
}

/// It stands before everything, so that Enter saves.
fn save_bar(edit: &ProductEdit) -> AnyView {
    view! {
        <div class="save-bar" role="region" aria-label="Save">
            <p role="status" data-words="product">
                "Nothing is saved until you say so."
            </p>
            <a class="btn btn--plain" href=action(edit)>
                "Discard"
            </a>
            <button class="btn" type="submit" form="product">
                "Save"
            </button>
        </div>
    }
    .into_any()
}

fn actions(edit: &ProductEdit, edits: bool) -> Option<AnyView> {
    let id = edit.id?;
    let duplicate = edits.then(|| {
        view! {
            <form method="post" action=format!("/admin/products/{id}/duplicate")>
                <button class="btn btn--quiet" type="submit">
                    "Duplicate"
                </button>
            </form>
        }
    });
    let buttons = view! {
        <a class="btn btn--quiet" href=format!("/admin/products/{id}/preview")>
            "Preview"
        </a>
        {duplicate}
    };
    Some(buttons.into_any())
}

/// What was typed and what somebody else saved meanwhile.
fn both_sides(differences: &[Difference], here: String) -> AnyView {
    let rows = differences
        .iter()
        .map(|side| {
            view! {
                <tr>
                    <th scope="row">{side.what.clone()}</th>
                    <td class="wrap-cell">{side.yours.clone()}</td>
                    <td class="wrap-cell">{side.theirs.clone()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card" role="alert" aria-label="Saved by somebody else">
            <div class="card__head">
                <h2>"Somebody else saved this product meanwhile"</h2>
                <a href=here>"Take theirs"</a>
            </div>
            <div class="card__body">
                <p>"Nothing of yours is lost: it stands in the form. Save again, and yours counts."</p>
            </div>
            <div class="table-wrap" tabindex="0" role="group" aria-label="Both sides">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"What"</th>
                            <th scope="col">"Yours"</th>
                            <th scope="col">"Theirs"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn area(
    edit: &ProductEdit,
    name: &str,
    label: &str,
    value: &str,
    rows: u32,
    hint: Option<&str>,
) -> AnyView {
    text_area(TextArea {
        name,
        label,
        value,
        rows,
        max: 50_000,
        hint,
        error: edit.errors.of(name),
    })
}

fn texts(edit: &ProductEdit) -> AnyView {
    let form = &edit.form;
    let fields = view! {
        {line(Line::new("title", "Title", &form.title, 250), &edit.errors)}
        {line(
            Line { hint: "The line under the title.", ..Line::new("subtitle", "Subtitle", &form.subtitle, 300) },
            &edit.errors,
        )}
        {area(
            edit,
            "description_html",
            "Description",
            &form.description_html,
            8,
            Some("HTML: paragraphs, lists, links. Anything that could run is taken out."),
        )}
    };
    card("What it is", None, fields.into_any())
}

fn more_texts(edit: &ProductEdit) -> AnyView {
    let form = &edit.form;
    let fields = view! {
        {area(edit, "materials", "Materials", &form.materials, 3, None)}
        {area(edit, "care", "Care", &form.care, 3, None)}
        {area(edit, "dimensions", "Dimensions", &form.dimensions, 2, None)}
    };
    card("Details", None, fields.into_any())
}

fn on_sale(edit: &ProductEdit) -> AnyView {
    let form = &edit.form;
    let chosen = |status: &str| form.status == status;
    let error = edit.errors.of("status");
    let since = edit.published.as_ref().map(|moment| {
        let words = match edit.status.as_str() {
            "active" => format!("On sale since {moment}."),
            "scheduled" => format!("On sale from {moment}."),
            _ => format!("Its time is {moment}."),
        };
        view! { <p class="field__hint">{words}</p> }
    });
    let fields = view! {
        <div class="field">
            <label class="sr" for="status">
                "Status"
            </label>
            <select class="select" id="status" name="status" aria-invalid=error.map(|_| "true")>
                {choice("active", "Active", chosen("active"))}
                {choice("draft", "Draft", chosen("draft"))}
                {choice("archived", "Archived", chosen("archived"))}
            </select>
            {crate::ui::field_error("status", error)}
            {since}
        </div>
        {line(
            Line {
                kind: "datetime-local",
                hint: "With a time to come, an active product goes on sale then.",
                ..Line::new("published_at", "On sale from", &form.published_at, 20)
            },
            &edit.errors,
        )}
    };
    card("Status", None, fields.into_any())
}

fn belongs(edit: &ProductEdit) -> AnyView {
    let form = &edit.form;
    let fields = view! {
        {choose("category", "Category", &form.category, Some("None"), &edit.categories, &edit.errors)}
        {choose("brand", "Maker", &form.brand, Some("None"), &edit.brands, &edit.errors)}
        {line(Line::new("product_type", "Type", &form.product_type, 100), &edit.errors)}
        {line(
            Line { hint: "With commas between them.", ..Line::new("tags", "Tags", &form.tags, 5_000) },
            &edit.errors,
        )}
    };
    card("Where it belongs", None, fields.into_any())
}

/// How search engines show it, and the fields that say so.
fn search_results(frame: &AdminFrame, edit: &ProductEdit) -> AnyView {
    let form = &edit.form;
    let or = |text: &str, other: &str| {
        let text = if text.trim().is_empty() { other } else { text };
        text.to_owned()
    };
    let hint = if edit.id.is_some() {
        "The former address leads on to the new one."
    } else {
        "Left empty, it follows the title."
    };
    let fields = view! {
        <div class="seo">
            <span class="soft tiny">{format!("/products/{}", form.handle)}</span>
            <b>{format!("{} — {}", or(&form.seo_title, &form.title), frame.frame.chrome.name)}</b>
            <span class="soft tiny">{or(&form.seo_description, &form.subtitle)}</span>
        </div>
        {line(Line { hint, ..Line::new("handle", "Name in addresses", &form.handle, 100) }, &edit.errors)}
        {line(
            Line { hint: "Left empty, it is the title.", ..Line::new("seo_title", "Title", &form.seo_title, 250) },
            &edit.errors,
        )}
        {area(edit, "seo_description", "Description", &form.seo_description, 3, Some("Left empty, it is the subtitle."))}
    };
    card("In search results", None, fields.into_any())
}
