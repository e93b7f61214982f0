//! How the shop is doing, and what there is to do.

use crate::{
    admin::{
        AdminFrame,
        chart::{Lines, chart},
        icon::{AdminIcon, admin_icon},
        page,
        ui::{card, nothing},
    },
    ui::{choice, thumbnail},
};
use domain::{
    Money,
    inventory::stock_href,
    reports::{AdminHome, Change, Figures, FirstSteps, LowRow, Period, Steps, Todo, TopProduct},
    staff::Permission,
};
use leptos::prelude::*;

/// The home page of the admin.
pub fn home(frame: &AdminFrame, home: &AdminHome) -> String {
    page(frame, "Home", || {
        let first = home.first.map(|first| first_steps(frame, first));
        let figures = home.figures.as_ref().map(|figures| {
            view! {
                {numbers(figures)}
                {sales(figures)}
            }
            .into_any()
        });
        let top = home.figures.as_ref().map(|figures| top(frame, figures));
        let low = home
            .figures
            .as_ref()
            .map(|figures| low(frame, &figures.low));
        view! {
            {head(frame, home)}
            {first}
            {figures}
            <div class="columns columns--even">
                <div>{todo(&home.todo)} {top}</div>
                {low}
            </div>
        }
    })
}

fn head(frame: &AdminFrame, home: &AdminHome) -> AnyView {
    let first = frame.name.split_whitespace().next().unwrap_or_default();
    let so_far = home
        .figures
        .as_ref()
        .map(|figures| match figures.orders_today {
            0 => " No orders so far today.".to_owned(),
            1 => " One order so far today.".to_owned(),
            count => format!(" {count} orders so far today."),
        });
    let periods = home.figures.as_ref().map(|figures| {
        let choices = Period::ALL
            .iter()
            .map(|period| choice(period.as_str(), period.label(), *period == figures.period))
            .collect_view();
        view! {
            <form class="row" action="/admin">
                <label class="sr" for="period">
                    "Period"
                </label>
                <select class="select" id="period" name="period">
                    {choices}
                </select>
                <button class="btn btn--quiet" type="submit">
                    "Show"
                </button>
            </form>
        }
        .into_any()
    });
    view! {
        <header class="page-head">
            <div class="page-head__title">
                <h1>{format!("{}, {first}", home.greeting)}</h1>
                <p class="soft">{home.today.clone()} "." {so_far}</p>
            </div>
            {periods}
        </header>
    }
    .into_any()
}

/// A figure, how it changed, and what it was.
fn figure(name: &'static str, value: String, change: Option<(Change, String)>) -> AnyView {
    let change = change.map(|(change, before)| {
        let words = change.words();
        let class = match change {
            Change::Down(_) => "delta delta--down",
            Change::Up(_) | Change::New => "delta",
            Change::Same => "",
        };
        let from = if change == Change::Same {
            " "
        } else {
            " from "
        };
        view! {
            <dd>
                <span class=class>{words}</span>
                {from}
                {before}
            </dd>
        }
    });
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
            {change}
        </div>
    }
    .into_any()
}

fn numbers(figures: &Figures) -> AnyView {
    let (now, before) = (&figures.now, &figures.before);
    let money = |minor| Money::new(minor, figures.currency).to_string();
    let optional = |now: Option<i64>, before: Option<i64>, words: &dyn Fn(i64) -> String| {
        let change = now
            .zip(before)
            .map(|(now, before)| (Change::between(before, now), words(before)));
        (now.map_or_else(|| "–".to_owned(), words), change)
    };
    let (average, average_change) = optional(now.average(), before.average(), &money);
    let (conversion, conversion_change) =
        optional(now.conversion(), before.conversion(), &per_cent);
    view! {
        <section class="card" aria-label="Figures">
            <dl class="figures">
                {figure(
                    "Sales",
                    money(now.sales()),
                    Some((Change::between(before.sales(), now.sales()), money(before.sales()))),
                )}
                {figure(
                    "Orders",
                    now.orders.to_string(),
                    Some((Change::between(before.orders, now.orders), before.orders.to_string())),
                )} {figure("Average order", average, average_change)}
                {figure("Carts that were bought", conversion, conversion_change)}
            </dl>
        </section>
    }
    .into_any()
}

/// Tenths of a per cent: `2.4%`.
fn per_cent(tenths: i64) -> String {
    format!("{}.{}%", tenths / 10, tenths % 10)
}

fn sales(figures: &Figures) -> AnyView {
    let (title, step) = match figures.period.steps() {
        Steps::Hours => ("Sales by hour", "Hour"),
        Steps::Days => ("Sales by day", "Day"),
        Steps::Months => ("Sales by month", "Month"),
    };
    let lines = Lines {
        title,
        step,
        currency: figures.currency,
        now: &figures.sales,
        before: &figures.sales_before,
    };
    let legend = view! {
        <p class="legend" aria-hidden="true">
            <span>{figures.sales.label.clone()}</span>
            <span>{figures.period.label_before()}</span>
        </p>
    };
    card(title, Some(legend.into_any()), chart(&lines))
}

fn todo(list: &[Todo]) -> AnyView {
    let list = if list.is_empty() {
        nothing("Nothing to do", "Nothing waits for you.", None)
    } else {
        let rows = list
            .iter()
            .map(|todo| {
                view! {
                    <li>
                        <a href=todo.kind.href()>
                            <span class="n num">{todo.count}</span>
                            <span>{todo.kind.words(todo.count)}</span>
                            {admin_icon(AdminIcon::Next)}
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="todo">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-label="To do">
            <div class="card__head">
                <h2>"To do"</h2>
            </div>
            {list}
        </section>
    }
    .into_any()
}

fn low(frame: &AdminFrame, rows: &[LowRow]) -> AnyView {
    let sees = frame.may(Permission::ViewProducts);
    let all = sees.then(|| view! { <a href="/admin/inventory?tab=low">"All that is low"</a> });
    let list = if rows.is_empty() {
        nothing(
            "Nothing runs low",
            "There are more than five of everything on sale.",
            None,
        )
    } else {
        let rows = rows.iter().map(|row| low_row(row, sees)).collect_view();
        view! {
            <table class="table table--low">
                <caption class="sr">"Variants that are running low"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Variant"</th>
                        <th scope="col" class="end">
                            "Available"
                        </th>
                        <th scope="col">"Will last"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <section class="card list-box" aria-label="Running low">
            <div class="card__head">
                <h2>"Running low"</h2>
                {all}
            </div>
            {list}
        </section>
    }
    .into_any()
}

fn low_row(row: &LowRow, sees: bool) -> AnyView {
    let lasts = match (row.available, row.days_left) {
        (..=0, _) => "Sold out".to_owned(),
        (_, None) => "None sold lately".to_owned(),
        (_, Some(0)) => "Less than a day".to_owned(),
        (_, Some(1)) => "1 day".to_owned(),
        (_, Some(days)) => format!("{days} days"),
    };
    let title = row.title.clone();
    let title = if sees {
        let href = stock_href(&row.sku);
        view! { <a href=href>{title}</a> }.into_any()
    } else {
        view! { <span class="strong">{title}</span> }.into_any()
    };
    let label = if row.label.is_empty() {
        row.sku.clone()
    } else {
        row.label.clone()
    };
    view! {
        <tr>
            <td class="c-main">
                <div class="who">
                    {thumbnail(row.picture.as_ref())}
                    <div>{title} <br /> <span class="soft tiny">{label}</span></div>
                </div>
            </td>
            <td class="end num c-end">
                <b class="strong">{row.available}</b>
                " left"
            </td>
            <td class="c-side">{lasts}</td>
        </tr>
    }
    .into_any()
}

fn top(frame: &AdminFrame, figures: &Figures) -> AnyView {
    let sees = frame.may(Permission::ViewProducts);
    let row = |product: &TopProduct| {
        let title = product.title.clone();
        let title = if sees {
            let href = format!("/admin/products/{}", product.id);
            view! { <a href=href>{title}</a> }.into_any()
        } else {
            view! { <span class="strong">{title}</span> }.into_any()
        };
        view! {
            <tr>
                <td class="c-main">
                    <div class="who">{thumbnail(product.picture.as_ref())} <div>{title}</div></div>
                </td>
                <td class="end num">{product.quantity}</td>
                <td class="end num c-end">{Money::new(product.sales, figures.currency).to_string()}</td>
            </tr>
        }
    };
    let list = if figures.top.is_empty() {
        nothing("Nothing was sold", "Choose a longer period.", None)
    } else {
        let rows = figures.top.iter().map(row).collect_view();
        view! {
            <table class="table table--low">
                <caption class="sr">"What sold best in this period"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Product"</th>
                        <th scope="col" class="end">
                            "Sold"
                        </th>
                        <th scope="col" class="end">
                            "For"
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <section class="card list-box" aria-label="Sold best">
            <div class="card__head">
                <h2>"Sold best"</h2>
            </div>
            {list}
        </section>
    }
    .into_any()
}

/// What to do first with a shop that has nothing to show yet.
fn first_steps(frame: &AdminFrame, first: FirstSteps) -> AnyView {
    let step =
        |permission: Permission, href: &'static str, title: &'static str, words: &'static str| {
            frame.may(permission).then(|| {
                view! {
                    <li>
                        <a class="strong" href=href>
                            {title}
                        </a>
                        <p class="soft">{words}</p>
                    </li>
                }
            })
        };
    let products = (!first.has_products).then(|| {
        view! {
            {step(
                Permission::EditProducts,
                "/admin/products/new",
                "Add a product",
                "Its title, its price and a picture are enough to begin with.",
            )}
            {step(
                Permission::EditProducts,
                "/admin/products/table",
                "Import a CSV",
                "Many products at once, with their options, prices and stock.",
            )}
        }
        .into_any()
    });
    let demo = (!first.has_products && frame.may(Permission::EditSettings)).then(|| {
        view! {
            <li>
                <form method="post" action="/admin/welcome/demo">
                    <button class="link strong" type="submit">
                        "Look at the demo shop"
                    </button>
                </form>
                <p class="soft">
                    "It fills the shop with things to try, and a year of orders that were made up. Its name and settings become the demo’s."
                </p>
            </li>
        }
    });
    let sold = first.has_products.then(|| {
        view! {
            <li>
                <a class="strong" href="/">
                    "Look at the shop"
                </a>
                <p class="soft">"Figures stand here as soon as somebody orders."</p>
            </li>
        }
    });
    let body = view! {
        <p>"This is what to do first:"</p>
        <ol class="stack">
            {products} {sold}
            {step(
                Permission::EditSettings,
                "/admin/settings",
                "See to the settings",
                "What the shop is called, its taxes, and where it sends to.",
            )} {demo}
        </ol>
    };
    card("Welcome to your shop", None, body.into_any())
}
