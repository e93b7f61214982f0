//! Delivery: the zones, one zone, one method.

use super::{field, save, settings_page, settings_part, tick};
use crate::{
    admin::{
        AdminFrame,
        ui::{Dot, Mood, badge, card, nothing},
    },
    ui::{Icon, Kind, field_error, icon},
};
use domain::{
    checkout::{Country, countries},
    content::{MethodPage, MethodRow, SettingErrors, ShippingPage, ZonePage, ZoneRow},
};
use leptos::prelude::*;

const HERE: &str = "/admin/settings/shipping";

/// The page of all zones.
pub fn shipping_settings(frame: &AdminFrame, shipping: &ShippingPage) -> String {
    settings_page(frame, HERE, &SettingErrors::default(), || {
        let unserved = shipping.home_unserved.as_ref().map(|home| {
            view! {
                <p class="notice notice--caution">
                    {icon(Icon::Alert)}
                    <span>
                        "Nothing can be sent to " {home.clone()}
                        ", where the shop is. Put it into a zone with a way to have things sent."
                    </span>
                </p>
            }
        });
        let zones = if shipping.zones.is_empty() {
            let words = "A zone is a group of countries with the ways to have things sent there.";
            nothing("No zones yet", words, None)
        } else {
            shipping
                .zones
                .iter()
                .map(zone_card)
                .collect_view()
                .into_any()
        };
        view! {
            {unserved}
            <div>
                <a class="btn" href="/admin/settings/shipping/new">
                    "Make a zone"
                </a>
            </div>
            {zones}
        }
        .into_any()
    })
}

fn zone_card(zone: &ZoneRow) -> AnyView {
    let countries = if zone.countries.is_empty() {
        "No country yet".to_owned()
    } else {
        zone.countries.join(", ")
    };
    let href = format!("{HERE}/{}", zone.id);
    let change = view! {
        <a href=href>"Change" <span class="sr">" " {zone.name.clone()}</span></a>
    };
    let body = view! {
        <p class="soft">{countries}</p>
        {methods(&zone.methods)}
    };
    card(&zone.name, Some(change.into_any()), body.into_any())
}

/// The methods of a zone, each but the first with a button that puts it higher.
fn methods(methods: &[MethodRow]) -> AnyView {
    if methods.is_empty() {
        let words = "Without one nothing can be sent to its countries.";
        return nothing("No way to have it sent yet", words, None);
    }
    let rows = methods
        .iter()
        .enumerate()
        .map(|(place, method)| method_row(method, place > 0))
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_any()
}

fn method_row(method: &MethodRow, can_rise: bool) -> AnyView {
    let href = format!("/admin/settings/methods/{}", method.id);
    let free = method
        .free_over
        .as_ref()
        .map(|from| format!(", free from {from}"));
    let rests = (!method.is_active).then(|| badge(Mood::Plain, Dot::Open, "Resting"));
    let up = can_rise.then(|| {
        view! {
            <form method="post" action=format!("{href}/raise")>
                <button class="quiet-link" type="submit">
                    "Up"
                    <span class="sr">" " {method.name.clone()}</span>
                </button>
            </form>
        }
    });
    view! {
        <li class="split rows__method">
            <div>
                <a class="strong" href=href.clone()>
                    {method.name.clone()}
                </a>
                {rests}
                <p class="soft tiny">{method.price.clone()} {free} ". " {method.days.clone()} "."</p>
            </div>
            {up}
        </li>
    }
    .into_any()
}

/// The page of one zone, or of a new one.
pub fn zone_settings(frame: &AdminFrame, zone: &ZonePage, errors: &SettingErrors) -> String {
    let is_new = zone.id.is_empty();
    let (title, action) = if is_new {
        ("A new zone".to_owned(), format!("{HERE}/new"))
    } else {
        (zone.form.name.clone(), format!("{HERE}/{}", zone.id))
    };
    settings_part(frame, (HERE, "Delivery"), &title, errors, || {
        let boxes = countries()
            .iter()
            .map(|country| country_box(country, zone))
            .collect_view();
        let wrong = errors.of("countries");
        let form = view! {
            <form class="stack" method="post" data-guard action=action.clone()>
                {field(("name", "Name", Kind::Text), &zone.form.name, true, Some("Shoppers do not see it."), errors)}
                <fieldset class="stack" aria-describedby=wrong.map(|_| "countries-error")>
                    <legend class="field__label">"Countries"</legend>
                    {field_error("countries", wrong)}
                    <div class="checks">{boxes}</div>
                </fieldset>
                {save(zone.form.version, if is_new { "Make it" } else { "Save" })}
            </form>
        };
        let rest = (!is_new).then(|| {
            view! {
                {zone_methods(zone)}
                {delete(&format!("{action}/delete"), zone.form.version, "Delete this zone",
                    "Nothing is sent to its countries any more. Orders that were placed stay as they are.")}
            }
        });
        view! {
            {card("The zone", None, form.into_any())}
            {rest}
        }
        .into_any()
    })
}

fn country_box(country: &'static Country, zone: &ZonePage) -> AnyView {
    let ticked = zone.form.countries.iter().any(|code| code == country.code);
    let elsewhere = zone.taken_by(country.code).map(str::to_owned);
    // What is refused stays ticked, so that it can be taken back.
    let closed = elsewhere.is_some() && !ticked;
    let words = elsewhere.map(|other| view! { <span class="soft tiny">" in " {other}</span> });
    view! {
        <label class="check">
            <input type="checkbox" name="country" value=country.code checked=ticked disabled=closed />
            <span>{country.name} {words}</span>
        </label>
    }
    .into_any()
}

fn zone_methods(zone: &ZonePage) -> AnyView {
    let add = view! {
        <a href=format!("{HERE}/{}/methods", zone.id)>"Add a way"</a>
    };
    card(
        "Ways to have things sent",
        Some(add.into_any()),
        methods(&zone.methods),
    )
}

/// A form that takes something away.
fn delete(action: &str, version: i32, title: &'static str, words: &'static str) -> AnyView {
    let form = view! {
        <form class="stack" method="post" data-guard action=action.to_owned()>
            <p class="soft">{words}</p>
            <input type="hidden" name="version" value=version.to_string() />
            <div>
                <button class="btn btn--quiet" type="submit">
                    {title}
                </button>
            </div>
        </form>
    };
    card(title, None, form.into_any())
}

/// The page of one delivery method, or of a new one.
pub fn method_settings(frame: &AdminFrame, method: &MethodPage, errors: &SettingErrors) -> String {
    let is_new = method.id.is_empty();
    let back = format!("{HERE}/{}", method.zone_id);
    let (title, action) = if is_new {
        (
            format!("A new way to {}", method.zone),
            format!("{back}/methods"),
        )
    } else {
        let action = format!("/admin/settings/methods/{}", method.id);
        (method.form.name.clone(), action)
    };
    settings_part(frame, (&back, &method.zone), &title, errors, || {
        let form = view! {
            <form class="stack" method="post" data-guard action=action.clone()>
                {method_fields(method, errors)}
                {save(method.form.version, if is_new { "Make it" } else { "Save" })}
            </form>
        };
        let rest = (!is_new).then(|| {
            delete(
                &format!("{action}/delete"),
                method.form.version,
                "Delete this way",
                "Shoppers cannot choose it any more. Orders that were placed keep it.",
            )
        });
        view! {
            {card("How it is sent", None, form.into_any())}
            {rest}
        }
        .into_any()
    })
}

fn method_fields(method: &MethodPage, errors: &SettingErrors) -> AnyView {
    let form = &method.form;
    let price = format!("In {}. 0 for nothing.", method.currency);
    let free = "What the things must cost after discounts. Nothing for never.";
    view! {
        {field(("name", "Name", Kind::Text), &form.name, true, Some("Shoppers choose by it, such as Tracked."), errors)}
        {field(("description", "A line on it", Kind::Text), &form.description, false, None, errors)}
        <div class="form-grid">
            <div class="span-3">{field(("price", "Price", Kind::Amount), &form.price, true, Some(&price), errors)}</div>
            <div class="span-3">{field(("free_over", "Free from", Kind::Amount), &form.free_over, false, Some(free), errors)}</div>
            <div class="span-3">
                {field(("min_days", "Working days, at least", Kind::Digits), &form.min_days, true, None, errors)}
            </div>
            <div class="span-3">{field(("max_days", "At most", Kind::Digits), &form.max_days, true, None, errors)}</div>
        </div>
        {tick("active", "yes", form.active == "yes", "Shoppers can choose it")}
    }
    .into_any()
}
