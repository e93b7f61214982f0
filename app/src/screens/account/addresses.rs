//! The address book.

use super::parts::{behind, button, refusal};
use crate::{
    Frame,
    ui::{Icon, Input, Kind, Select, choice, empty, input, select},
};
use domain::{
    AddressId,
    accounts::{AddressError, AddressForm, SavedAddress},
    checkout::{Field, countries},
};
use leptos::prelude::*;

/// The address book.
pub fn addresses(frame: &Frame, book: &[SavedAddress]) -> String {
    behind(frame, "Addresses", || {
        let add = view! {
            <a class="btn" href="/account/addresses/new">
                "Add an address"
            </a>
        };
        if book.is_empty() {
            let words = "Keep an address, and the checkout begins with it.";
            return empty(Icon::Van, "No address yet", words, add).into_any();
        }
        let cards: Vec<_> = book.iter().map(card).collect();
        view! {
            <ul class="address-cards">{cards}</ul>
            <p>{add}</p>
        }
        .into_any()
    })
}

fn card(saved: &SavedAddress) -> impl IntoView + use<> {
    let lines: Vec<_> = saved
        .address
        .lines()
        .into_iter()
        .map(|line| view! { {line} <br /> })
        .collect();
    let href = format!("/account/addresses/{}", saved.id);
    let whose = format!(": {}", saved.address.line1);
    let badge = saved
        .is_default
        .then(|| view! { <span class="badge badge--accent">"The checkout begins with it"</span> });
    let prefer = (!saved.is_default).then(|| {
        view! {
            <form method="post" action=format!("{href}/default")>
                <button class="text-btn" type="submit">
                    "Begin the checkout with it"
                    <span class="sr">{whose.clone()}</span>
                </button>
            </form>
        }
    });
    view! {
        <li class="address-card">
            <address>{lines}</address>
            {badge}
            <div class="row">
                <a class="link" href=href.clone()>
                    "Change"
                    <span class="sr">{whose.clone()}</span>
                </a>
                {prefer}
                <form method="post" action=format!("{href}/delete")>
                    <button class="text-btn" type="submit">
                        "Delete"
                        <span class="sr">{whose.clone()}</span>
                    </button>
                </form>
            </div>
        </li>
    }
}

/// The form of one address: a new one, or (`id`) one that is kept.
pub fn address(
    frame: &Frame,
    id: Option<AddressId>,
    form: &AddressForm,
    error: &AddressError,
) -> String {
    let (title, action) = match id {
        Some(id) => ("Change an address", format!("/account/addresses/{id}")),
        None => ("Add an address", "/account/addresses".to_owned()),
    };
    let told = refusal(error.form.map(|error| error.to_string())).into_any();
    behind(frame, title, || {
        view! {
            {told}
            <form class="form-grid account__form" method="post" action=action novalidate>
                {fields(form, error)} <label class="check">
                    <input
                        type="checkbox"
                        name="is_default"
                        value="on"
                        checked=form.is_default()
                    />
                    <span>"Begin the checkout with this address"</span>
                </label> {button("Keep it")}
            </form>
            <p>
                <a class="link" href="/account/addresses">
                    "Back to your addresses"
                </a>
            </p>
        }
        .into_any()
    })
}

fn fields(form: &AddressForm, error: &AddressError) -> AnyView {
    let typed = |field: Field, label: &'static str, autocomplete: &'static str| Input {
        autocomplete,
        error: error.fields.of(field),
        ..Input::new(field.as_str(), label, Kind::Text, form.typed(field))
    };
    let optional = |field, label, autocomplete| Input {
        required: false,
        ..typed(field, label, autocomplete)
    };
    let country = Select {
        name: Field::Country.as_str(),
        label: "Country",
        autocomplete: "country",
        error: error.fields.of(Field::Country),
    };
    let options = countries()
        .iter()
        .map(|country| choice(country.code, country.name, country.code == form.country));
    let region = Input {
        hint: Some("In the United States: two letters, such as CA"),
        ..optional(Field::Region, "State", "address-level1")
    };
    let postcode = Input {
        kind: Kind::Postcode,
        span: "span-3",
        ..typed(Field::Postcode, "Postcode", "postal-code")
    };
    let region = Input {
        span: "span-3",
        ..region
    };
    view! {
        {select(country, options.collect_view().into_any())}
        {input(&typed(Field::Name, "Full name", "name"))}
        {input(&typed(Field::Line1, "Address", "address-line1"))}
        {input(&optional(Field::Line2, "Flat, floor or company", "address-line2"))}
        {input(&typed(Field::City, "Town or city", "address-level2"))}
        {input(&postcode)}
        {input(&region)}
    }
    .into_any()
}
