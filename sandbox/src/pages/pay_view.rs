//! The hosted pay page: what it looks like.

use maud::{Markup, html};

use super::layout;
use super::pay_form::{Asks, COUNTRIES, FieldErrors, PayForm};
use crate::cards::TEST_CARDS;
use crate::money;
use crate::world::session::{LineItem, Session};

/// Everything that the page shows.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) session: &'a Session,
    pub(super) business: &'a str,
    pub(super) asks: Asks,
    pub(super) form: &'a PayForm,
    pub(super) errors: &'a FieldErrors,
    /// Why the last try did not work.
    pub(super) alert: Option<&'a str>,
    pub(super) now: i64,
}

pub(super) fn page(view: &View<'_>) -> Markup {
    layout::checkout(
        &format!("Pay {}", view.business),
        &html! {
            div.pay {
                header.pay__shop {
                    @if let Some(back) = &view.session.terms.cancel_url {
                        a.back href=(back) { (layout::arrow()) "Back to " (view.business) }
                    } @else {
                        span.back { (view.business) }
                    }
                }
                main.pay__main {
                    (summary(view))
                    (form(view))
                }
            }
        },
    )
}

fn summary(view: &View<'_>) -> Markup {
    let session = view.session;
    let amount = |amount: i64| money::format(amount, &session.currency);
    html! {
        section.summary aria-labelledby="summary-title" {
            h1 #summary-title { span.summary__to { "Pay " (view.business) } span.summary__total { (amount(session.total())) } }
            details.summary__more open {
                summary { "Order summary" }
                ul.lines {
                    @for item in &session.line_items { (line(item, &session.currency)) }
                }
                dl.sums {
                    div { dt { "Subtotal" } dd { (amount(session.subtotal())) } }
                    @if let Some(option) = session.shipping() {
                        div {
                            dt { "Delivery" span.sums__note { (option.display_name) } }
                            dd { @if option.amount == 0 { "Free" } @else { (amount(option.amount)) } }
                        }
                    }
                    div.sums__total { dt { "Total to pay" } dd { (amount(session.total())) } }
                }
            }
        }
    }
}

fn line(item: &LineItem, currency: &str) -> Markup {
    html! {
        li.line {
            @if let Some(image) = &item.image {
                img.line__image src=(image) alt="" width="48" height="60" loading="lazy";
            }
            div.line__text {
                span.line__name { (item.name) }
                @if let Some(description) = &item.description { span.line__note { (description) } }
                @if item.quantity > 1 {
                    span.line__note { (item.quantity) " × " (money::format(item.unit_amount, currency)) }
                }
            }
            span.line__amount { (money::format(item.total(), currency)) }
        }
    }
}

fn form(view: &View<'_>) -> Markup {
    let session = view.session;
    let action = format!("/c/pay/{}#payment", session.id);
    html! {
        section.payment #payment aria-labelledby="payment-title" {
            h2 #payment-title { @if view.asks.card { "Payment" } @else { "Your order" } }
            @if let Some(alert) = view.alert {
                div.alert role="alert" { strong { (alert) } " Nothing was charged. You can try another card." }
            } @else if view.errors.any() {
                div.alert role="alert" { "Please look at the fields marked below. Nothing was charged." }
            }
            form.fields method="post" action=(action) novalidate data-pay {
                (contact(view))
                (deliveries(view))
                @if view.asks.card { (card_fields(view)) }
                button.button.button--pay type="submit" { (button_label(session)) }
                @if let Some(words) = &session.terms.custom_text.submit { p.small { (words.message) } }
                @if let Some(words) = &session.terms.custom_text.after_submit { p.small { (words.message) } }
                p.small { (open_for(session.expires_at - view.now)) " Card numbers are not kept." }
                @if view.asks.card { (test_cards()) }
            }
        }
    }
}

/// How long the page can be used.
fn open_for(seconds: i64) -> String {
    match seconds / 60 {
        ..=0 => "This page is open for less than a minute.".to_owned(),
        1 => "This page is open for one more minute.".to_owned(),
        minutes @ ..120 => format!("This page is open for {minutes} more minutes."),
        minutes => format!("This page is open for {} more hours.", minutes / 60),
    }
}

fn button_label(session: &Session) -> String {
    let amount = money::format(session.total(), &session.currency);
    match (session.total(), session.terms.submit_type.as_deref()) {
        (0, _) => "Complete order".to_owned(),
        (_, Some("book")) => format!("Book for {amount}"),
        (_, Some("donate")) => format!("Donate {amount}"),
        _ => format!("Pay {amount}"),
    }
}

fn contact(view: &View<'_>) -> Markup {
    if let Some(email) = &view.session.terms.customer_email {
        return html! {
            dl.known { div { dt { "E-mail" } dd { (email) } } }
        };
    }
    field(&Field {
        id: "email",
        label: "E-mail",
        kind: "email",
        value: &view.form.email,
        error: view.errors.email,
        autocomplete: "email",
        ..Field::default()
    })
}

/// A choice only where there is one.
fn deliveries(view: &View<'_>) -> Markup {
    let session = view.session;
    if session.shipping_options.len() < 2 {
        return html! {};
    }
    html! {
        fieldset.choices {
            legend { "Delivery" }
            @for (i, option) in session.shipping_options.iter().enumerate() {
                label.choice {
                    input type="radio" name="shipping_rate" value=(option.rate) checked[i == session.chosen_shipping];
                    span { (option.display_name) }
                    span.choice__amount {
                        @if option.amount == 0 { "Free" } @else { (money::format(option.amount, &session.currency)) }
                    }
                }
            }
        }
    }
}

fn card_fields(view: &View<'_>) -> Markup {
    let (form, errors) = (view.form, view.errors);
    html! {
        (field(&Field {
            id: "number", label: "Card number", value: &form.number, error: errors.number, autocomplete: "cc-number",
            inputmode: "numeric", placeholder: "1234 1234 1234 1234", ..Field::default()
        }))
        div.pair {
            (field(&Field {
                id: "expiry", label: "Expiry date", value: &form.expiry, error: errors.expiry, autocomplete: "cc-exp",
                inputmode: "numeric", placeholder: "MM / YY", ..Field::default()
            }))
            // The code is never sent back, except one that the sandbox filled in itself.
            (field(&Field {
                id: "cvc", label: "Security code", value: if form.fill.is_empty() { "" } else { &form.cvc },
                error: errors.cvc, autocomplete: "cc-csc", inputmode: "numeric", placeholder: "CVC", ..Field::default()
            }))
        }
        (field(&Field {
            id: "name", label: "Name on card", value: &form.name, error: errors.name, autocomplete: "cc-name",
            ..Field::default()
        }))
        div.pair.pair--uneven {
            div.field {
                label for="country" { "Country" }
                select #country name="country" autocomplete="billing country" {
                    @for (code, name, _) in COUNTRIES {
                        option value=(code) selected[code == form.country] { (name) }
                    }
                }
            }
            (field(&Field {
                id: "postcode", label: "Postcode", value: &form.postcode, error: errors.postcode,
                autocomplete: "billing postal-code", ..Field::default()
            }))
        }
    }
}

/// A labelled input with its error.
struct Field<'a> {
    id: &'a str,
    label: &'a str,
    kind: &'a str,
    value: &'a str,
    error: Option<&'a str>,
    autocomplete: &'a str,
    inputmode: &'a str,
    placeholder: &'a str,
}

impl Default for Field<'_> {
    fn default() -> Self {
        Self {
            id: "",
            label: "",
            kind: "text",
            value: "",
            error: None,
            autocomplete: "off",
            inputmode: "text",
            placeholder: "",
        }
    }
}

fn field(field: &Field<'_>) -> Markup {
    let error_id = format!("{}-error", field.id);
    let inputmode = if field.kind == "email" {
        "email"
    } else {
        field.inputmode
    };
    html! {
        div.field {
            label for=(field.id) { (field.label) }
            input #(field.id) name=(field.id) type=(field.kind) value=(field.value) autocomplete=(field.autocomplete)
                inputmode=(inputmode) placeholder=[Some(field.placeholder).filter(|text| !text.is_empty())]
                required
                aria-invalid=[field.error.map(|_| "true")] aria-describedby=[field.error.map(|_| error_id.as_str())];
            @if let Some(error) = field.error { p.field__error id=(error_id) { (error) } }
        }
    }
}

/// Test cards to fill in with one press: in place by script, over the server without.
fn test_cards() -> Markup {
    html! {
        section.tests aria-labelledby="tests-title" {
            h3 #tests-title { "Test cards" }
            ul {
                @for card in TEST_CARDS.iter().filter(|card| card.offered) {
                    li {
                        button.test type="submit" name="fill" value=(card.name) formnovalidate data-number=(card.grouped()) {
                            span.test__number { (card.grouped()) }
                            span.test__title { (card.title) }
                        }
                    }
                }
            }
            p.small { "Press one to fill in the form. Any date ahead and any code will do." }
        }
    }
}
