//! Why there are so many of one variant, and the form that changes it.

use super::{INVENTORY, movements::movements};
use crate::{
    admin::{
        AdminFrame,
        icon::{AdminIcon, admin_icon},
        page,
        ui::{card, refusal},
    },
    ui::{Input, Kind, choice, input, thumbnail},
};
use domain::{
    inventory::{StockFilter, StockForm, StockPage, stock_href},
    staff::Permission,
};
use leptos::prelude::*;

/// What was typed into the form of an adjustment, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct StockShown {
    /// What was typed.
    pub form: StockForm,
    /// Why it was refused.
    pub error: Option<String>,
}

/// Why there are so many of one variant.
pub fn stock(
    frame: &AdminFrame,
    filter: &StockFilter,
    stock: &StockPage,
    shown: &StockShown,
) -> String {
    let row = &stock.row;
    let name = if row.label.is_empty() {
        row.title.clone()
    } else {
        format!("{}, {}", row.title, row.label)
    };
    page(frame, &name, || {
        let adjust = frame
            .may(Permission::EditStock)
            .then(|| adjust(&row.sku, shown));
        view! {
            <header class="page-head">
                <div class="page-head__title">
                    <a class="back" href=INVENTORY>
                        {admin_icon(AdminIcon::Back)}
                        "Inventory"
                    </a>
                    <div class="who">
                        {thumbnail(row.picture.as_ref())}
                        <div>
                            <h1>{name.clone()}</h1>
                            <p class="soft num">{row.sku.clone()}</p>
                        </div>
                    </div>
                </div>
            </header>
            {equation(stock)}
            {adjust}
            {movements(filter, stock)}
        }
    })
}

fn equation(stock: &StockPage) -> AnyView {
    let level = stock.row.level;
    let title = format!("Why is this {}?", level.available());
    let allocated = match stock.orders {
        1 => "allocated to 1 order".to_owned(),
        count => format!("allocated to {count} orders"),
    };
    view! {
        <section class="card" aria-label=title.clone()>
            <div class="card__head">
                <h2>{title.clone()}</h2>
                <span class="soft tiny">"At all locations together"</span>
            </div>
            <dl class="equation">
                <div>
                    <dt>"on hand"</dt>
                    <dd>{level.on_hand}</dd>
                </div>
                <span aria-hidden="true">"−"</span>
                <div>
                    <dt>{allocated}</dt>
                    <dd>{level.allocated}</dd>
                </div>
                <span aria-hidden="true">"−"</span>
                <div>
                    <dt>"held at checkout"</dt>
                    <dd>{level.reserved}</dd>
                </div>
                <span aria-hidden="true">"="</span>
                <div class="is-answer">
                    <dt>"available to sell"</dt>
                    <dd>{level.available()}</dd>
                </div>
            </dl>
        </section>
    }
    .into_any()
}

fn adjust(sku: &str, shown: &StockShown) -> AnyView {
    let form = &shown.form;
    let counted = form.how == "count";
    let body = view! {
        <form class="stack" method="post" action=stock_href(sku)>
            {refusal(shown.error.as_deref())}
            <div class="form-grid">
                <div class="field span-2">
                    <label class="field__label" for="how">
                        "What you write down"
                    </label>
                    <select class="select" id="how" name="how">
                        {choice("difference", "How many more or fewer", !counted)}
                        {choice("count", "How many are on the shelf", counted)}
                    </select>
                </div>
                {input(
                    &Input {
                        hint: Some("40 for forty more, -2 for two fewer, or what you counted."),
                        span: "span-2",
                        ..Input::new("number", "How many", Kind::Text, &form.number)
                    },
                )}
                {input(
                    &Input {
                        hint: Some("It stands in the ledger for good."),
                        span: "span-2",
                        ..Input::new("reason", "Why", Kind::Text, &form.reason)
                    },
                )}
            </div>
            <div>
                <button class="btn" type="submit">
                    "Adjust stock"
                </button>
            </div>
        </form>
    };
    card("Adjust stock", None, body.into_any())
}
