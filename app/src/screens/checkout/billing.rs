//! Where the bill goes.

use super::{
    delivery::second_line,
    field::{country, postcode, region, typed},
};
use crate::ui::{Input, input};
use domain::checkout::{CheckoutView, Field};
use leptos::prelude::*;

/// To the same address, unless the box is ticked: then the style sheet unfolds the fields, without script.
pub(super) fn billing(view: &CheckoutView) -> impl IntoView + use<> {
    let name = typed(Field::BillingName, "Full name", "billing name", view);
    let line1 = typed(
        Field::BillingLine1,
        "Address",
        "billing address-line1",
        view,
    );
    let city = Input {
        span: "town",
        ..typed(
            Field::BillingCity,
            "Town or city",
            "billing address-level2",
            view,
        )
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
                {country(Field::BillingCountry, "billing country", view)} {input(&name)}
                {input(&line1)}
                {second_line(Field::BillingLine2, "billing address-line2", view)}
                {input(&city)} <div class="span-3 region" data-part="billing-region">
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
