//! Who mail comes from.

use super::{field, save, settings_page};
use crate::{
    admin::{AdminFrame, ui::card},
    ui::Kind,
};
use domain::content::{MailPage, SettingErrors};
use leptos::prelude::*;

/// The page of the mail.
pub fn mail_settings(frame: &AdminFrame, mail: &MailPage, errors: &SettingErrors) -> String {
    settings_page(frame, "/admin/settings/mail", errors, || {
        let form = &mail.form;
        let usual = format!(
            "Nothing for {}, which the server was set up with.",
            mail.usual
        );
        let body = view! {
            <form class="stack" method="post" data-guard action="/admin/settings/mail">
                <p class="soft">
                    "Receipts, news of parcels and links come from this address. Your mail server has to be allowed to send for it, or mail ends among the unwanted."
                </p>
                {field(("name", "Name", Kind::Text), &form.name, false, None, errors)}
                {field(("email", "Address", Kind::Email), &form.email, false, Some(&usual), errors)}
                {save(form.version, "Save")}
            </form>
        };
        card("Who mail comes from", None, body.into_any())
    })
}
