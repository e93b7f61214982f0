//! A customer.

use crate::{
    admin::{
        AdminFrame, page,
        ui::{Dot, Mood, badge, card, facts, nothing, page_head, refusal},
    },
    ui::{Input, Kind, TextArea, input, text_area},
};
use domain::{
    accounts::{AccountError, CustomerCard, CustomerForm, CustomerOrder, SavedAddress},
    staff::Permission,
};
use leptos::prelude::*;

/// The page of a customer; where something was refused, with what was typed.
pub fn customer(
    frame: &AdminFrame,
    of: &CustomerCard,
    typed: Option<&CustomerForm>,
    error: Option<&AccountError>,
) -> String {
    let title = called(of);
    page(frame, &title.clone(), || {
        let words = error.map(ToString::to_string);
        let may = frame.may(Permission::EditCustomers) && !of.is_deleted;
        let edit = may.then(|| (edit(of, typed), doors(of)));
        view! {
            {page_head(Some(("/admin/customers", "Customers")), title, Some(state(of)), None)}
            {refusal(words.as_deref())}
            <div class="columns">
                <div>{orders(of)} {edit}</div>
                <div>{about(of)} {addresses(of)}</div>
            </div>
        }
        .into_any()
    })
}

fn called(of: &CustomerCard) -> String {
    if of.is_deleted {
        "A deleted customer".to_owned()
    } else if of.name.is_empty() {
        of.email.clone()
    } else {
        of.name.clone()
    }
}

fn state(of: &CustomerCard) -> AnyView {
    if of.is_deleted {
        badge(Mood::Plain, Dot::Open, "Deleted")
    } else if of.is_confirmed {
        badge(Mood::Positive, Dot::Whole, "E-mail confirmed")
    } else {
        badge(Mood::Caution, Dot::Open, "E-mail not confirmed")
    }
}

fn about(of: &CustomerCard) -> AnyView {
    let mut rows = vec![
        ("Orders", of.order_count.into_any()),
        ("Spent", of.spent.to_string().into_any()),
        ("Since", of.since.clone().into_any()),
    ];
    if !of.email.is_empty() {
        let href = format!("mailto:{}", of.email);
        rows.push((
            "E-mail",
            view! { <a href=href>{of.email.clone()}</a> }.into_any(),
        ));
    }
    card("About them", None, facts(rows))
}

fn orders(of: &CustomerCard) -> AnyView {
    let list = if of.orders.is_empty() {
        nothing(
            "No orders yet",
            "What they buy while they are signed in stands here.",
            None,
        )
    } else {
        let rows = of.orders.iter().map(order).collect_view();
        view! { <ul class="log">{rows}</ul> }.into_any()
    };
    let all = view! { <a href=format!("/admin/orders?customer={}", of.id)>"All of them"</a> };
    view! {
        <section class="card" aria-label="Orders">
            <div class="card__head">
                <h2>"Latest orders"</h2>
                {all}
            </div>
            {list}
        </section>
    }
    .into_any()
}

fn order(order: &CustomerOrder) -> AnyView {
    view! {
        <li class="split">
            <span>
                <a class="strong link--plain" href=format!("/admin/orders/{}", order.number)>
                    {order.number}
                </a>
                " "
                <span class="soft">{order.placed_on.clone()}</span>
            </span>
            <span class="num">{order.total.to_string()}</span>
        </li>
    }
    .into_any()
}

fn addresses(of: &CustomerCard) -> AnyView {
    if of.addresses.is_empty() {
        return ().into_any();
    }
    let rows = of.addresses.iter().map(address).collect_view();
    card(
        "Address book",
        None,
        view! { <ul class="stack">{rows}</ul> }.into_any(),
    )
}

fn address(saved: &SavedAddress) -> AnyView {
    let lines = saved
        .address
        .lines()
        .into_iter()
        .map(|line| view! { <p>{line.clone()}</p> })
        .collect_view();
    view! { <li>{lines}</li> }.into_any()
}

fn edit(of: &CustomerCard, typed: Option<&CustomerForm>) -> AnyView {
    let (name, note) = typed.map_or((&of.name, &of.note), |form| (&form.name, &form.note));
    let form = view! {
        <form class="stack" method="post" data-guard action=format!("/admin/customers/{}", of.id)>
            {input(&Input::new("name", "Name", Kind::Text, name))}
            {text_area(TextArea {
                name: "note",
                label: "Note",
                value: note,
                rows: 4,
                max: 2_000,
                hint: Some("For the staff. They see it in the data that they may ask for."),
                error: None,
            })}
            <input type="hidden" name="version" value=of.version.to_string() />
            <div>
                <button class="btn" type="submit">
                    "Save"
                </button>
            </div>
        </form>
    };
    card("Name and note", None, form.into_any())
}

/// What closes doors: sessions, and the account.
fn doors(of: &CustomerCard) -> AnyView {
    let body = view! {
        <form method="post" action=format!("/admin/customers/{}/sign-out", of.id)>
            <button class="btn btn--quiet" type="submit">
                "Sign them out everywhere"
            </button>
        </form>
        <details>
            <summary class="quiet-link">"Delete this customer"</summary>
            <form class="stack" method="post" action=format!("/admin/customers/{}/delete", of.id)>
                <p>
                    "Name, address book, sessions and note are taken away for good. Orders that were paid keep their invoices, as the law asks."
                </p>
                <div>
                    <button class="btn btn--danger" type="submit">
                        "Delete for good"
                    </button>
                </div>
            </form>
        </details>
    };
    card("Their account", None, body.into_any())
}
