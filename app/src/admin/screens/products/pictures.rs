//! The pictures of a product. Their fields stand within the product's form and belong to forms of their own.

use crate::{
    admin::icon::{AdminIcon, admin_icon},
    ui::{Icon, Sizes, field_error, icon, picture},
};
use domain::catalog::edit::{EditPicture, ProductEdit};
use leptos::prelude::*;

/// What is told about the pictures.
#[derive(Debug, Clone, Default)]
pub struct PicturesShown {
    /// Why uploads were refused: the file's name with the reason.
    pub errors: Vec<String>,
}

/// The forms that the fields of the pictures belong to.
pub(super) fn forms(edit: &ProductEdit) -> Option<AnyView> {
    let id = edit.id?;
    let forms = view! {
        <form id="pictures-form" method="post" data-guard action=format!("/admin/products/{id}/pictures")></form>
        <form
            id="upload-form"
            method="post"
            enctype="multipart/form-data"
            action=format!("/admin/products/{id}/upload")
        ></form>
    };
    Some(forms.into_any())
}

/// The card of the pictures.
pub(super) fn pictures(edit: &ProductEdit, shown: &PicturesShown, edits: bool) -> AnyView {
    let body = if edit.id.is_none() {
        view! { <p class="soft">"Save the product first. Pictures are added then."</p> }.into_any()
    } else {
        let shots = edit
            .pictures
            .iter()
            .enumerate()
            .map(|(at, shot)| shot_of(at, shot, edits))
            .collect_view();
        view! {
            <ul class="shots shots--edit" data-shots>
                {shots}
            </ul>
            <p class="sr" role="status" data-told></p>
            <p id="grip-hint" hidden>
                "The arrow keys move it."
            </p>
            {edits.then(|| save(edit))}
            {edits.then(|| upload(shown))}
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="pictures-title" data-pictures>
            <div class="card__head">
                <h2 id="pictures-title">"Pictures"</h2>
                <span class="soft tiny">"4:5, at least 1,600 px tall"</span>
            </div>
            <div class="card__body">{body}</div>
        </section>
    }
    .into_any()
}

fn shot_of(at: usize, shot: &EditPicture, edits: bool) -> AnyView {
    let id = shot.id.to_string();
    let main = (at == 0).then(|| view! { <figcaption class="flag">"Main picture"</figcaption> });
    let named = |part: &str| format!("{id}-{part}");
    let number = at + 1;
    let up = (at > 0).then(|| {
        view! {
            <button class="quiet-link" type="submit" form="pictures-form" name="up" value=id.clone()>
                "Forward"
                <span class="sr">" picture " {number}</span>
            </button>
        }
    });
    let fields = edits.then(|| {
        view! {
            <input type="hidden" form="pictures-form" name=named("place") value=number.to_string() />
            <label class="sr" for=named("alt")>
                "What picture " {number} " shows"
            </label>
            <input
                class="input"
                id=named("alt")
                form="pictures-form"
                name=named("alt")
                value=shot.picture.alt.clone()
                maxlength="500"
                autocomplete="off"
                placeholder="What it shows"
            />
            <div class="shots__row">
                {up}
                <button class="quiet-link" type="submit" form="pictures-form" name="remove" value=id.clone()>
                    "Take away"
                    <span class="sr">" picture " {number}</span>
                </button>
            </div>
        }
    });
    view! {
        <li>
            <figure>
                <span class="media" data-tone=shot.picture.tone.clone()>
                    {picture(&shot.picture, Sizes::Grid, false)}
                </span>
                {main}
                {edits.then(|| grip(number))}
            </figure>
            {fields}
        </li>
    }
    .into_any()
}

/// What a picture is dragged by, or moved with the arrow keys; it shows itself where a script does that.
fn grip(number: usize) -> AnyView {
    view! {
        <button
            class="grip"
            type="button"
            hidden
            aria-label=format!("Move picture {number}")
            aria-describedby="grip-hint"
            data-grip
        >
            {admin_icon(AdminIcon::Grip)}
        </button>
    }
    .into_any()
}

fn save(edit: &ProductEdit) -> Option<AnyView> {
    (!edit.pictures.is_empty()).then(|| {
        view! {
            <button class="btn btn--quiet" type="submit" form="pictures-form">
                "Save the words of the pictures"
            </button>
        }
        .into_any()
    })
}

fn upload(shown: &PicturesShown) -> AnyView {
    let wrong = (!shown.errors.is_empty()).then(|| shown.errors.join(" "));
    view! {
        <div class="field upload" data-upload>
            <span class="upload__icon" hidden data-live>
                {icon(Icon::Plus)}
            </span>
            <label class="field__label" for="picture">
                "Add pictures"
            </label>
            <div class="shots__row upload__field">
                <input
                    class="input"
                    id="picture"
                    form="upload-form"
                    type="file"
                    name="picture"
                    accept="image/jpeg,image/png,image/webp"
                    multiple
                    required
                    aria-invalid=wrong.as_ref().map(|_| "true")
                    aria-describedby=if wrong.is_some() { "picture-error" } else { "picture-hint" }
                />
                <button class="btn btn--quiet" type="submit" form="upload-form">
                    "Upload"
                </button>
            </div>
            {field_error("picture", wrong.as_deref())}
            <p class="field__hint" id="picture-hint">
                "JPEG, PNG or WebP, up to 25 MB"
                <span data-plain>" at once. Save first what you have typed elsewhere on this page."</span>
                <span hidden data-live>
                    " each. Drag pictures here, or choose them."
                </span>
            </p>
            <ul class="upload__files" data-files></ul>
        </div>
    }
    .into_any()
}
