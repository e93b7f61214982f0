//! The list of products.

use crate::{
    admin::{
        AdminFrame, page,
        ui::{Dot, Mood, address, badge, nothing, page_head, pages, refusal, sort_head},
    },
    ui::{Icon, choice, icon, thumbnail},
};
use domain::{
    catalog::{
        ProductStatus,
        edit::{BulkForm, FormErrors, ProductFilter, ProductList, ProductRow, ProductSort},
    },
    staff::Permission,
};
use leptos::prelude::*;

/// What the list shows besides the products.
#[derive(Debug, Clone, Default)]
pub struct BulkShown {
    /// What was to be done to those that were chosen.
    pub form: BulkForm,
    /// Why it was not.
    pub errors: FormErrors,
}

/// The list of products.
pub fn products(
    frame: &AdminFrame,
    filter: &ProductFilter,
    list: &ProductList,
    shown: &BulkShown,
) -> String {
    let edits = frame.may(Permission::EditProducts);
    page(frame, "Products", || {
        let errors: Vec<String> = shown
            .errors
            .iter()
            .map(|(_, words)| words.to_owned())
            .collect();
        let wrong = (!errors.is_empty()).then(|| errors.join(" "));
        view! {
            {page_head(None, "Products", Some(count(list.total)), edits.then(actions))}
            {refusal(wrong.as_deref())}
            <section class="card list-box" aria-label="All products">
                {filters(filter, list)}
                {table(filter, list, shown, edits)}
                <div class="card__foot">
                    {pages(
                        list.previous.as_ref().map(|after| href(filter, filter.sort(), after)),
                        list.next.as_ref().map(|after| href(filter, filter.sort(), after)),
                    )}
                </div>
            </section>
        }
        .into_any()
    })
}

fn count(total: i64) -> AnyView {
    view! { <span class="soft num">{total}</span> }.into_any()
}

fn actions() -> AnyView {
    view! {
        <a class="btn btn--quiet" href="/admin/categories">
            "Categories"
        </a>
        <a class="btn btn--quiet" href="/admin/brands">
            "Makers"
        </a>
        <a class="btn btn--quiet" href="/admin/products/table">
            "Import and export"
        </a>
        <a class="btn" href="/admin/products/new">
            "Add a product"
        </a>
    }
    .into_any()
}

/// The same products in an order, from a place on.
fn href(filter: &ProductFilter, sort: ProductSort, after: &str) -> String {
    let pairs = [
        ("q", filter.q.as_str()),
        ("status", &filter.status),
        ("category", &filter.category),
        ("stock", &filter.stock),
        (
            "sort",
            if sort == ProductSort::Newest {
                ""
            } else {
                sort.as_str()
            },
        ),
        ("after", after),
    ];
    address("/admin/products", &pairs)
}

fn filters(filter: &ProductFilter, list: &ProductList) -> AnyView {
    let set = |is: bool| if is { "select is-set" } else { "select" };
    let statuses = ProductStatus::ALL
        .iter()
        .map(|status| {
            choice(
                status.as_str(),
                status.label(),
                filter.status() == Some(*status),
            )
        })
        .collect_view();
    let categories = list
        .categories
        .iter()
        .map(|(path, names)| choice(path, names, *path == filter.category))
        .collect_view();
    let sorts = ProductSort::ALL
        .iter()
        .map(|sort| choice(sort.as_str(), sort.label(), filter.sort() == *sort))
        .collect_view();
    let clear = (!filter.is_empty()).then(|| {
        view! {
            <a class="btn btn--plain" href="/admin/products">
                "Clear"
            </a>
        }
    });
    view! {
        <form class="filters" action="/admin/products" role="search" aria-label="This list">
            <div class="input-group">
                {icon(Icon::Search)}
                <label class="sr" for="q">
                    "Title, SKU or maker"
                </label>
                <input class="input" id="q" type="search" name="q" maxlength="100" placeholder="Title, SKU or maker" value=filter.q.clone() />
            </div>
            <label class="sr" for="status">
                "Status"
            </label>
            <select class=set(filter.status().is_some()) id="status" name="status">
                {choice("", "Any status", filter.status().is_none())}
                {statuses}
            </select>
            <label class="sr" for="category">
                "Category"
            </label>
            <select class=set(!filter.category.is_empty()) id="category" name="category">
                {choice("", "Any category", filter.category.is_empty())}
                {categories}
            </select>
            <label class="sr" for="stock">
                "Stock"
            </label>
            <select class=set(filter.stock().is_some()) id="stock" name="stock">
                {choice("", "Any stock", filter.stock().is_none())}
                {choice("low", "Running low", filter.stock == "low")}
                {choice("out", "Sold out", filter.stock == "out")}
            </select>
            <label class="sr" for="sort">
                "Order"
            </label>
            <select class="select" id="sort" name="sort">
                {sorts}
            </select>
            <button class="btn btn--quiet" type="submit">
                "Show"
            </button>
            {clear}
        </form>
    }
    .into_any()
}

fn table(filter: &ProductFilter, list: &ProductList, shown: &BulkShown, edits: bool) -> AnyView {
    if list.rows.is_empty() {
        return if filter.is_empty() {
            let action = edits.then_some(("/admin/products/new", "Add a product"));
            nothing(
                "No products yet",
                "Add the first one, or import a table of them.",
                action,
            )
        } else {
            let action = Some(("/admin/products", "See all products"));
            nothing("Nothing fits", "No product is as you ask for.", action)
        };
    }
    let rows = list
        .rows
        .iter()
        .map(|product| row(product, shown, edits))
        .collect_view();
    let head = |label: &str, up: ProductSort, down: ProductSort, end: bool| {
        let sort = filter.sort();
        let towards = if sort == up {
            Some("ascending")
        } else {
            (sort == down).then_some("descending")
        };
        let to = if sort == up { down } else { up };
        sort_head(label, href(filter, to, ""), towards, end)
    };
    let check = edits.then(choose_all);
    let back = href(filter, filter.sort(), &filter.after);
    let table = view! {
        <div class="table-wrap" tabindex="0" role="group" aria-label="Products">
            <table class="table table--list">
                <thead>
                    <tr>
                        {check}
                        {head("Product", ProductSort::Title, ProductSort::TitleFalling, false)}
                        <th scope="col">"Status"</th>
                        {head("Stock", ProductSort::Stock, ProductSort::StockFalling, true)}
                        <th scope="col" class="c-hide">
                            "Category"
                        </th>
                        <th scope="col" class="c-hide">
                            "Maker"
                        </th>
                        {head("Price", ProductSort::Price, ProductSort::PriceFalling, true)}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    };
    if !edits {
        return table.into_any();
    }
    view! {
        <form method="post" action="/admin/products/bulk" data-bulk>
            <input type="hidden" name="back" value=back />
            <div class="bulk-told" role="status" data-told></div>
            {table}
            {bulk(shown)}
        </form>
    }
    .into_any()
}

/// The head of the column: with a script, one tick for all that the page shows.
fn choose_all() -> AnyView {
    view! {
        <th scope="col">
            <span class="sr" data-plain>
                "Choose"
            </span>
            <label class="check" hidden data-all>
                <input type="checkbox" />
                <span class="sr">"Choose all on this page"</span>
            </label>
        </th>
    }
    .into_any()
}

fn row(product: &ProductRow, shown: &BulkShown, edits: bool) -> AnyView {
    let id = product.id.to_string();
    let title = product.title.clone();
    let check = edits.then(|| {
        let chosen = shown.form.ids.contains(&id);
        view! {
            <td class="c-check">
                <label class="check">
                    <input type="checkbox" name="id" value=id.clone() checked=chosen />
                    <span class="sr">"Choose " {title.clone()}</span>
                </label>
            </td>
        }
    });
    let price = if product.price_from == product.price_to {
        product.price_from.to_string()
    } else {
        format!("{} – {}", product.price_from, product.price_to)
    };
    view! {
        <tr>
            {check}
            <td class="c-main">
                <span class="who">
                    {thumbnail(product.picture.as_ref())}
                    <span>
                        <a href=format!("/admin/products/{}", product.id)>{title.clone()}</a>
                        <br />
                        <span class="soft tiny">{variants(product.variants)}</span>
                    </span>
                </span>
            </td>
            <td class="c-badge c-badge--1">{status(product.status, product.scheduled.as_deref())}</td>
            <td class="end c-side num">{stock(product)}</td>
            <td class="c-hide soft">{product.category.clone()}</td>
            <td class="c-hide soft">{product.brand.clone()}</td>
            <td class="end c-end num">{price}</td>
        </tr>
    }
    .into_any()
}

fn variants(count: i64) -> String {
    match count {
        1 => "1 variant".to_owned(),
        count => format!("{count} variants"),
    }
}

/// How many can be bought, with a word where that is little.
fn stock(product: &ProductRow) -> AnyView {
    let word = if product.available <= 0 {
        Some(badge(Mood::Plain, Dot::Open, "Sold out"))
    } else {
        (product.low > 0).then(|| badge(Mood::Caution, Dot::Half, "Low"))
    };
    view! { {product.available} " " {word} }.into_any()
}

/// Whether a product can be seen, as a badge.
pub(super) fn status(status: ProductStatus, scheduled: Option<&str>) -> AnyView {
    let words = match scheduled {
        Some(moment) => format!("{}, {moment}", status.label()),
        None => status.label().to_owned(),
    };
    let (mood, dot) = match status {
        ProductStatus::Active => (Mood::Positive, Dot::Whole),
        ProductStatus::Scheduled => (Mood::Accent, Dot::Half),
        ProductStatus::Draft => (Mood::Plain, Dot::Half),
        ProductStatus::Archived => (Mood::Plain, Dot::Open),
    };
    badge(mood, dot, &words)
}

/// What is done with those that were chosen. A script makes a bar of it that comes when something is chosen; what only that
/// needs is hidden until then.
fn bulk(shown: &BulkShown) -> AnyView {
    let form = &shown.form;
    let chosen = |action: &str| form.action == action;
    let wrong = !shown.errors.is_empty();
    view! {
        <fieldset class="filters" aria-label="With those that are chosen" data-bar>
            <p class="bulk__count" role="status" hidden data-count></p>
            <label class="soft" for="action" data-plain>
                "With those that are chosen"
            </label>
            <select class="select" id="action" name="action" aria-invalid=wrong.then_some("true")>
                {choice("", "Choose what to do", chosen(""))}
                {choice("active", "Put on sale", chosen("active"))}
                {choice("draft", "Make drafts", chosen("draft"))}
                {choice("archived", "Archive", chosen("archived"))}
                {choice("percent", "Change prices by percent", chosen("percent"))}
                {choice("amount", "Change prices by an amount", chosen("amount"))}
            </select>
            <label class="sr" for="by">
                "By how much"
            </label>
            <input class="input num filters__by" id="by" name="by" inputmode="text" autocomplete="off" maxlength="20" placeholder="By, such as -10" value=form.by.clone() />
            <button class="btn btn--quiet" type="submit">
                "Do it"
            </button>
            <button class="btn btn--plain" type="button" hidden data-every>
                "All on this page"
            </button>
            <button class="btn btn--plain btn--icon" type="button" aria-label="Choose none" hidden data-none>
                {icon(Icon::Close)}
            </button>
            <progress max="1" value="0" aria-label="Done so far" hidden></progress>
        </fieldset>
    }
    .into_any()
}
