//! Tables of products in and out.

use crate::{
    admin::{
        AdminFrame, page,
        ui::{card, page_head, refusal},
    },
    ui::{Tone, notice},
};
use leptos::prelude::*;

/// What became of a table.
#[derive(Debug, Clone, Default)]
pub struct TableShown {
    /// Whether it was only looked at.
    pub dry_run: bool,
    /// What it does, or did, in words.
    pub summary: Option<String>,
    /// Each fault with its row: row, column, what is wrong.
    pub faults: Vec<(usize, String, String)>,
    /// Why it was not read at all.
    pub refused: Option<String>,
}

/// The page of import and export.
pub fn products_table(frame: &AdminFrame, shown: &TableShown) -> String {
    page(frame, "Import and export", || {
        let title = if shown.dry_run {
            "What it would do"
        } else {
            "What it did"
        };
        let summary = shown
            .summary
            .clone()
            .map(|words| notice(Tone::Calm, Some(title.to_owned()), words));
        view! {
            {page_head(Some(("/admin/products", "Products")), "Import and export", None, None)}
            {refusal(shown.refused.as_deref())}
            {summary}
            {(!shown.faults.is_empty()).then(|| faults(&shown.faults))}
            <div class="columns">
                {import()}
                {export()}
            </div>
        }
        .into_any()
    })
}

fn import() -> AnyView {
    let form = view! {
        <form class="stack" method="post" action="/admin/products/table" enctype="multipart/form-data">
            <div class="field">
                <label class="field__label" for="table">
                    "A CSV file in Shopify’s format"
                </label>
                <input class="input" id="table" name="table" type="file" accept=".csv,text/csv" required aria-describedby="table-hint" />
                <p class="field__hint" id="table-hint">
                    "Products are known by their handles, variants by their SKUs. What is here already keeps its stock. Pictures are those that the shop has, by their addresses."
                </p>
            </div>
            <div class="row">
                <button class="btn" type="submit" name="dry_run" value="yes">
                    "Look what it would do"
                </button>
                <button class="btn btn--quiet" type="submit" name="dry_run" value="">
                    "Import"
                </button>
            </div>
        </form>
    };
    card("Import", None, form.into_any())
}

fn export() -> AnyView {
    let body = view! {
        <p>"All products with their variants, as a table that comes back the same."</p>
        <a class="btn btn--quiet" href="/admin/products/export.csv" download>
            "Export"
        </a>
    };
    card("Export", None, body.into_any())
}

fn faults(faults: &[(usize, String, String)]) -> AnyView {
    let rows = faults
        .iter()
        .map(|(row, column, words)| {
            view! {
                <tr>
                    <th scope="row" class="num">
                        {*row}
                    </th>
                    <td>{column.clone()}</td>
                    <td class="wrap-cell">{words.clone()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card" role="alert" aria-label="What is wrong">
            <div class="card__head">
                <h2>"What is wrong"</h2>
            </div>
            <div class="table-wrap" tabindex="0" role="group" aria-label="Faults by row">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Row"</th>
                            <th scope="col">"Column"</th>
                            <th scope="col">"What is wrong"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
