//! Pages of text.

use crate::{
    admin::{
        AdminFrame, page,
        ui::{card, nothing, page_head, refusal},
    },
    ui::{Input, Kind, TextArea, input, text_area},
};
use domain::content::{PageError, PageForm, PageRow};
use leptos::prelude::*;

/// The list of the pages.
pub fn pages(frame: &AdminFrame, pages: &[PageRow]) -> String {
    page(frame, "Pages", || {
        let list = if pages.is_empty() {
            nothing(
                "No pages yet",
                "Shoppers look for delivery, returns, privacy and terms before they buy.",
                None,
            )
        } else {
            let rows = pages.iter().map(row).collect_view();
            view! { <ul class="log">{rows}</ul> }.into_any()
        };
        let new = view! {
            <a class="btn" href="/admin/pages/new">
                "Write a page"
            </a>
        };
        view! {
            {page_head(None, "Pages", None, Some(new.into_any()))}
            <section class="card" aria-label="All pages">
                {list}
            </section>
        }
        .into_any()
    })
}

fn row(row: &PageRow) -> AnyView {
    view! {
        <li class="split">
            <div>
                <a class="strong link--plain" href=format!("/admin/pages/{}", row.handle)>
                    {row.title.clone()}
                </a>
                <p class="soft tiny">"/pages/" {row.handle.clone()} ". Saved " {row.saved.clone()} "."</p>
            </div>
            <a class="quiet-link" href=format!("/pages/{}", row.handle)>
                "See it"
                <span class="sr">": " {row.title.clone()}</span>
            </a>
        </li>
    }
    .into_any()
}

/// The editor of a page.
pub fn page_editor(
    frame: &AdminFrame,
    form: &PageForm,
    is_new: bool,
    error: Option<&PageError>,
) -> String {
    let title = if is_new {
        "A new page".to_owned()
    } else {
        form.title.clone()
    };
    page(frame, &title.clone(), || {
        let stale = match error {
            Some(PageError::Stale(theirs)) => Some(saved_meanwhile(theirs)),
            _ => None,
        };
        let words = error
            .filter(|error| matches!(error, PageError::Stale(_)))
            .map(ToString::to_string);
        let action = if is_new {
            "/admin/pages/new".to_owned()
        } else {
            format!("/admin/pages/{}", form.handle)
        };
        let see = (!is_new).then(|| {
            view! {
                <a class="btn btn--quiet" href=format!("/pages/{}", form.handle)>
                    "See it"
                </a>
            }
            .into_any()
        });
        view! {
            {page_head(Some(("/admin/pages", "Pages")), title, None, see)}
            {refusal(words.as_deref())}
            {stale}
            <form class="columns" method="post" data-guard action=action>
                <div>{text(form, error)}</div>
                <div>{around(form, is_new, error)}</div>
            </form>
        }
        .into_any()
    })
}

fn text(form: &PageForm, error: Option<&PageError>) -> AnyView {
    let wrong = error
        .filter(|error| **error == PageError::Title)
        .map(ToString::to_string);
    let fields = view! {
        {input(&Input { error: wrong.as_deref(), ..Input::new("title", "Title", Kind::Text, &form.title) })}
        {text_area(TextArea {
            name: "body",
            label: "Text",
            value: &form.body,
            rows: 22,
            max: 200_000,
            hint: Some("HTML: headings, paragraphs, lists, links, tables. Anything that could run is taken out."),
            error: None,
        })}
    };
    card("What it says", None, fields.into_any())
}

fn around(form: &PageForm, is_new: bool, error: Option<&PageError>) -> AnyView {
    let wrong = error
        .filter(|error| matches!(error, PageError::Handle | PageError::HandleTaken))
        .map(ToString::to_string);
    let handle = is_new.then(|| {
        input(&Input {
            error: wrong.as_deref(),
            hint: Some("The end of its address: size-guide."),
            ..Input::new("handle", "Name in addresses", Kind::Text, &form.handle)
        })
    });
    let fields = view! {
        {handle}
        {text_area(TextArea {
            name: "description",
            label: "In search results",
            value: &form.description,
            rows: 4,
            max: 300,
            hint: None,
            error: None,
        })}
        <input type="hidden" name="version" value=form.version.to_string() />
        <button class="btn" type="submit">
            "Save"
        </button>
    };
    card("Around it", None, fields.into_any())
}

/// What somebody else saved meanwhile.
fn saved_meanwhile(theirs: &PageForm) -> AnyView {
    let body = view! {
        <p class="strong">{theirs.title.clone()}</p>
        <p class="soft">{theirs.description.clone()}</p>
        <pre class="theirs">{theirs.body.clone()}</pre>
    };
    card("What was saved meanwhile", None, body.into_any())
}
