//! The form that puts addresses right.

use super::form_head;
use crate::{
    admin::{
        AdminFrame, page,
        ui::{card, refusal},
    },
    ui::{Input, Kind, Select, choice, input, select},
};
use domain::{
    checkout::{CheckoutForm, Country, Field, FieldErrors, countries},
    orders::{AdminOrder, CorrectionError, CorrectionForm},
};
use leptos::prelude::*;

/// The page that puts the addresses of an order right.
pub fn correct_address(
    frame: &AdminFrame,
    order: &AdminOrder,
    form: &CorrectionForm,
    error: Option<&CorrectionError>,
) -> String {
    let title = format!("Address of order {}", order.number);
    page(frame, &title, || {
        let none = FieldErrors::default();
        let errors = match error {
            Some(CorrectionError::Fields(errors)) => errors,
            _ => &none,
        };
        // What is saved next is saved over what the page shows now.
        let (version, meanwhile) = match error {
            Some(CorrectionError::Stale(now)) => (&now.version, Some(theirs(&now.address))),
            _ => (&form.version, None),
        };
        let words = error.map(ToString::to_string);
        let country = Country::find(&order.shipping_address.country);
        let fields = Fields {
            form: &form.address,
            errors,
        };
        let body = view! {
            <form class="stack" method="post" action=format!("{}/address", order.href())>
                <input type="hidden" name="version" value=version.clone() />
                {fields.group(SHIPPING, country)}
                <p class="soft tiny">
                    {format!(
                        "It goes to {}. The country stays: taxes and delivery hang on it.",
                        country.map_or("", |country| country.name),
                    )}
                </p>
                {fields.bill()}
                <div>
                    <button class="btn" type="submit">
                        "Save"
                    </button>
                </div>
            </form>
        };
        view! {
            {form_head(order, &title)}
            {refusal(words.as_deref())}
            <div class="columns">
                {card("Going to", None, body.into_any())} {meanwhile}
            </div>
        }
    })
}

/// What somebody else saved meanwhile.
fn theirs(now: &CheckoutForm) -> AnyView {
    let lines = |fields: &[Field]| {
        fields
            .iter()
            .map(|field| now.typed(*field).to_owned())
            .filter(|line| !line.is_empty())
            .map(|line| view! { {line} <br /> })
            .collect_view()
    };
    let bill = now.bills_elsewhere().then(|| {
        view! {
            <h3 class="strong">"The bill goes to"</h3>
            <address>{lines(&BILLING)}</address>
        }
    });
    let body = view! {
        <address>{lines(&SHIPPING)}</address>
        {bill}
    };
    card("What it has now", None, body.into_any())
}

/// Name, first and second line, town, state, postcode.
const SHIPPING: [Field; 6] = [
    Field::Name,
    Field::Line1,
    Field::Line2,
    Field::City,
    Field::Region,
    Field::Postcode,
];
const BILLING: [Field; 6] = [
    Field::BillingName,
    Field::BillingLine1,
    Field::BillingLine2,
    Field::BillingCity,
    Field::BillingRegion,
    Field::BillingPostcode,
];

struct Fields<'a> {
    form: &'a CheckoutForm,
    errors: &'a FieldErrors,
}

impl Fields<'_> {
    fn input(&self, field: Field, label: &str, kind: Kind, span: &str, required: bool) -> AnyView {
        input(&Input {
            span,
            required,
            error: self.errors.of(field),
            ..Input::new(field.as_str(), label, kind, self.form.typed(field))
        })
    }

    /// The fields of one of the two.
    fn group(&self, fields: [Field; 6], country: Option<&'static Country>) -> AnyView {
        let [name, line1, line2, city, region, postcode] = fields;
        // The bill's own fields are there whether it goes elsewhere or not.
        let required = fields == SHIPPING;
        let label = country.map_or("Postcode", |country| country.postcode_label);
        view! {
            <div class="form-grid">
                {self.input(name, "Full name", Kind::Text, "", required)}
                {self.input(line1, "Address", Kind::Text, "", required)}
                {self.input(line2, "Flat, company", Kind::Text, "", false)}
                {self.input(city, "Town or city", Kind::Text, "span-3", required)}
                {self.region(region, country)}
                {self.input(postcode, label, Kind::Postcode, "span-3", required)}
            </div>
        }
        .into_any()
    }

    /// The state, where the country has states. A bill's country may be any, so it is typed there.
    fn region(&self, field: Field, country: Option<&'static Country>) -> Option<AnyView> {
        let typed = self.form.typed(field);
        if field == Field::BillingRegion {
            return Some(self.input(field, "State", Kind::Text, "span-3", false));
        }
        let country = country?;
        let label = country.region_label?;
        let codes = country.regions().iter();
        let options = codes
            .map(|code| choice(code, code, *code == typed))
            .collect_view();
        let of = Select {
            name: field.as_str(),
            label,
            autocomplete: "off",
            error: self.errors.of(field),
        };
        let chosen = select(of, options.into_any());
        Some(view! { <div class="span-3">{chosen}</div> }.into_any())
    }

    fn bill(&self) -> AnyView {
        let chosen = self.form.typed(Field::BillingCountry);
        let options = countries()
            .iter()
            .map(|country| choice(country.code, country.name, country.code == chosen))
            .collect_view();
        let of = Select {
            name: Field::BillingCountry.as_str(),
            label: "Country of the bill",
            autocomplete: "off",
            error: self.errors.of(Field::BillingCountry),
        };
        view! {
            <fieldset class="billing">
                <legend class="sr">"The bill"</legend>
                <label class="check">
                    <input
                        type="checkbox"
                        id="billing_other"
                        name="billing_other"
                        value="on"
                        checked=self.form.bills_elsewhere()
                    />
                    <span>"The bill goes to another address"</span>
                </label>
                <div class="billing__fields stack">
                    {select(of, options.into_any())} {self.group(BILLING, Country::find(chosen))}
                </div>
            </fieldset>
        }
        .into_any()
    }
}
