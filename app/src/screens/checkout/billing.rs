//! Where the bill goes.

use super::{
    delivery::second_line,
    field::{Text, country, postcode, region, text},
};
use domain::checkout::{CheckoutView, Field};
use leptos::prelude::*;

/// To the same address, unless the box is ticked: then the style sheet unfolds the fields, without script.
pub(super) fn billing(view: &CheckoutView) -> impl IntoView + use<> {
    let name = Text::new(Field::BillingName, "Full name", "billing name");
    let line1 = Text::new(Field::BillingLine1, "Address", "billing address-line1");
    let city = Text {
        span: "town",
        ..Text::new(Field::BillingCity, "Town or city", "billing address-level2")
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
                    checked=view.form.bills_elsewhere()
                />
                <span>"The bill goes to another address"</span>
            </label>
            <div class="form-grid billing__fields">
                {country(Field::BillingCountry, "billing country", view)} {text(name, view)}
                {text(line1, view)}
                {second_line(Field::BillingLine2, "billing address-line2", view)}
                {text(city, view)} <div class="span-3 region" data-part="billing-region">
                    {region(
                        Field::BillingRegion,
                        Field::BillingCountry,
                        "billing address-level1",
                        view,
                    )}
                </div>
                {postcode(
                    Field::BillingPostcode,
                    Field::BillingCountry,
                    "billing postal-code",
                    view,
                )}
            </div>
        </fieldset>
    }
}
