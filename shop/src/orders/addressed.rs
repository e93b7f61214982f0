//! Whom an order goes to, as the checkout's form has it.

use domain::checkout::{Address, CheckoutForm};

/// Who gets an order, who pays for it, and how it is sent.
pub(crate) struct Addressed {
    pub(super) email: String,
    pub(super) shipping: Address,
    pub(super) billing: Option<Address>,
    pub(super) method: String,
}

impl Addressed {
    /// The form as it was filled in.
    pub(crate) fn into_form(self) -> CheckoutForm {
        let to = self.shipping;
        let mut form = CheckoutForm {
            email: self.email,
            country: to.country,
            name: to.name,
            line1: to.line1,
            line2: to.line2,
            city: to.city,
            region: to.region,
            postcode: to.postcode,
            method: self.method,
            ..CheckoutForm::default()
        };
        if let Some(bill) = self.billing {
            "on".clone_into(&mut form.billing_other);
            form.billing_country = bill.country;
            form.billing_name = bill.name;
            form.billing_line1 = bill.line1;
            form.billing_line2 = bill.line2;
            form.billing_city = bill.city;
            form.billing_region = bill.region;
            form.billing_postcode = bill.postcode;
        }
        form
    }
}
