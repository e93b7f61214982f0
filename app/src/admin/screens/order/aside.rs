//! Who bought it, where it goes, and the mails.

use crate::admin::{AdminFrame, ui::card};
use domain::{
    checkout::Address,
    orders::{AdminOrder, MailKind, MailSeen},
    staff::Permission,
};
use leptos::prelude::*;

/// What stands beside an order.
pub(super) fn aside(frame: &AdminFrame, order: &AdminOrder) -> AnyView {
    view! {
        <aside aria-label="About this order">
            {customer(frame, order)} {addresses(frame, order)} {mails(frame, order)}
        </aside>
    }
    .into_any()
}

fn customer(frame: &AdminFrame, order: &AdminOrder) -> AnyView {
    let who = &order.customer;
    let open = who
        .id
        .filter(|_| frame.may(Permission::ViewCustomers))
        .map(|id| view! { <a href=format!("/admin/customers/{id}")>"Open"</a> }.into_any());
    let orders = match who.orders {
        1 => format!("One order, {}", who.spent),
        count => format!("{count} orders, {} in all", who.spent),
    };
    let own = format!("/orders/{}", order.token);
    let body = view! {
        <div>
            <p class="strong">{who.name.clone()}</p>
            <p class="soft">{orders}</p>
        </div>
        <p>
            <a href=format!("mailto:{}", who.email)>{who.email.clone()}</a>
        </p>
        <p>
            <a class="quiet-link" href=own>
                "The page that they see"
            </a>
        </p>
    };
    card("Customer", open, body.into_any())
}

fn place(address: &Address) -> AnyView {
    let lines = address
        .lines()
        .into_iter()
        .map(|line| view! { {line} <br /> })
        .collect_view();
    view! { <address>{lines}</address> }.into_any()
}

fn addresses(frame: &AdminFrame, order: &AdminOrder) -> AnyView {
    let edit = (order.now.can_correct() && frame.may(Permission::EditOrders))
        .then(|| view! { <a href=format!("{}/address", order.href())>"Correct it"</a> }.into_any());
    let billing = match &order.billing_address {
        Some(address) => view! {
            <h3 class="strong">"The bill goes to"</h3>
            {place(address)}
        }
        .into_any(),
        None => view! { <p class="soft">"The bill goes there, too."</p> }.into_any(),
    };
    let body = view! {
        {place(&order.shipping_address)}
        {billing}
    };
    card("Going to", edit, body.into_any())
}

fn mails(frame: &AdminFrame, order: &AdminOrder) -> Option<AnyView> {
    let mut told: Vec<(MailKind, Option<String>, String)> = Vec::new();
    for mail in &order.mails {
        let about = mail.about.map(|about| about.to_string());
        told.retain(|(kind, known, _)| *kind != mail.kind || *known != about);
        told.push((mail.kind, about, when(mail)));
    }
    let has_receipt = told
        .iter()
        .any(|(kind, _, _)| *kind == MailKind::Confirmation);
    if order.paid_at.is_some() && !has_receipt {
        let waits = "Not sent yet".to_owned();
        told.insert(0, (MailKind::Confirmation, None, waits));
    }
    if told.is_empty() {
        return None;
    }
    let may = frame.may(Permission::EditOrders);
    let action = format!("{}/mails", order.href());
    let rows = told
        .into_iter()
        .map(|(kind, about, when)| {
            let form = may.then(|| again(&action, kind, about));
            view! {
                <li class="split">
                    <div>
                        <p>{kind.label()}</p>
                        <p class="soft tiny">{when}</p>
                    </div>
                    {form}
                </li>
            }
        })
        .collect_view();
    let list = view! { <ul class="stack">{rows}</ul> };
    Some(card("Mails", None, list.into_any()))
}

fn when(mail: &MailSeen) -> String {
    match &mail.sent_at {
        Some(at) => at.clone(),
        None => "Waits to be sent".to_owned(),
    }
}

fn again(action: &str, kind: MailKind, about: Option<String>) -> AnyView {
    let about = about.map(|about| view! { <input type="hidden" name="about" value=about /> });
    view! {
        <form method="post" action=action.to_owned()>
            <input type="hidden" name="kind" value=kind.as_str() />
            {about}
            <button class="quiet-link" type="submit">
                "Send again"
                <span class="sr">{format!(": {}", kind.label())}</span>
            </button>
        </form>
    }
    .into_any()
}
