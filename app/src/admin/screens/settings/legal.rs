//! The links to the legal texts.

use super::{pick, save, settings_page};
use crate::{
    admin::{AdminFrame, ui::card},
    ui::{Input, Kind, input},
};
use domain::{
    content::{LegalLink, LegalPage, PageRow, SettingErrors},
    staff::Permission,
};
use leptos::prelude::*;

/// The texts that most countries ask a shop for: names in addresses, and what they are.
const WANTED: [(&str, &str); 4] = [
    ("privacy", "What you keep of shoppers, and why"),
    ("terms", "The terms of a sale"),
    ("returns", "How something is sent back"),
    ("shipping", "Where to, how long and for how much"),
];

/// The page of the legal texts.
pub fn legal_settings(frame: &AdminFrame, legal: &LegalPage, errors: &SettingErrors) -> String {
    settings_page(frame, "/admin/settings/legal", errors, || {
        let links = (1..)
            .zip(&legal.form.links)
            .map(|(place, link)| row(place, link, &legal.pages, errors))
            .collect_view();
        let body = view! {
            <form class="stack" method="post" data-guard action="/admin/settings/legal">
                <p class="soft">"These links stand at the bottom of every page, and in the checkout."</p>
                {links}
                {save(legal.form.version, "Save")}
            </form>
        };
        view! {
            {card("Links at the bottom", None, body.into_any())}
            {texts(frame, &legal.pages)}
        }
        .into_any()
    })
}

fn row(place: usize, link: &LegalLink, pages: &[PageRow], errors: &SettingErrors) -> AnyView {
    let page = format!("page-{place}");
    let label = format!("label-{place}");
    let gone = (!link.page.is_empty() && pages.iter().all(|known| known.handle != link.page))
        .then_some((link.page.as_str(), link.page.as_str()));
    let options = std::iter::once(("", "None")).chain(gone).chain(
        pages
            .iter()
            .map(|page| (page.handle.as_str(), page.title.as_str())),
    );
    let words = input(&Input {
        required: false,
        ..Input::new(
            &label,
            "Other words than its title",
            Kind::Text,
            &link.label,
        )
    });
    view! {
        <fieldset class="form-grid">
            <legend class="sr">{format!("Link {place}")}</legend>
            <div class="span-3">{pick(&page, "Page", options, &link.page, errors.of(&page))}</div>
            <div class="span-3">{words}</div>
        </fieldset>
    }
    .into_any()
}

/// Which of the texts there are, with the way to write those that are missing.
fn texts(frame: &AdminFrame, pages: &[PageRow]) -> AnyView {
    let may = frame.may(Permission::EditContent);
    let rows = WANTED
        .iter()
        .map(|(handle, about)| {
            let known = pages.iter().find(|page| page.handle == *handle);
            let (title, href, words) = match known {
                Some(page) => (
                    page.title.clone(),
                    format!("/admin/pages/{handle}"),
                    "Change it",
                ),
                None => (
                    format!("/pages/{handle}"),
                    "/admin/pages/new".to_owned(),
                    "Write it",
                ),
            };
            let saved = known.map(|page| format!(" Saved {}.", page.saved));
            let way = may.then(|| {
                view! {
                    <a class="quiet-link" href=href>
                        {words}
                        <span class="sr">": " {title.clone()}</span>
                    </a>
                }
            });
            view! {
                <li class="split rows__method">
                    <div>
                        <p class="strong">{title.clone()}</p>
                        <p class="soft tiny">{*about} "." {saved}</p>
                    </div>
                    {way}
                </li>
            }
        })
        .collect_view();
    card(
        "The texts",
        None,
        view! { <ul class="rows">{rows}</ul> }.into_any(),
    )
}
