//! Coupons.

use crate::{
    admin::{
        AdminFrame, page,
        ui::{Dot, Mood, badge, card, nothing, page_head},
    },
    ui::{Input, Kind, choice, input},
};
use domain::promotions::{CouponErrors, CouponForm, CouponRow};
use leptos::prelude::*;

/// The page of the coupons, with the form for a new one.
pub fn coupons(
    frame: &AdminFrame,
    coupons: &[CouponRow],
    form: &CouponForm,
    errors: &CouponErrors,
) -> String {
    page(frame, "Coupons", || {
        let list = if coupons.is_empty() {
            nothing(
                "No coupons yet",
                "A coupon is a code that takes something off what the things cost.",
                None,
            )
        } else {
            table(coupons)
        };
        view! {
            {page_head(None, "Coupons", None, None)}
            <div class="columns">
                <section class="card list-box" aria-label="All coupons">
                    {list}
                </section>
                {new(form, errors)}
            </div>
        }
        .into_any()
    })
}

fn table(coupons: &[CouponRow]) -> AnyView {
    let rows = coupons.iter().map(row).collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="group" aria-label="Coupons">
            <table class="table table--list">
                <thead>
                    <tr>
                        <th scope="col">"Code"</th>
                        <th scope="col">"Takes off"</th>
                        <th scope="col">"When"</th>
                        <th scope="col" class="end">
                            "Used"
                        </th>
                        <th scope="col">"State"</th>
                        <th scope="col">
                            <span class="sr">"Change"</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(coupon: &CouponRow) -> AnyView {
    let state = if coupon.is_archived {
        badge(Mood::Plain, Dot::Open, "Put away")
    } else if coupon.is_usable {
        badge(Mood::Positive, Dot::Whole, "Usable")
    } else {
        badge(Mood::Caution, Dot::Half, "Not now")
    };
    let (action, words) = if coupon.is_archived {
        ("restore", "Bring back")
    } else {
        ("archive", "Put away")
    };
    let about = (!coupon.description.is_empty()).then(|| {
        view! {
            <br />
            <span class="soft tiny">{coupon.description.clone()}</span>
        }
    });
    view! {
        <tr>
            <td class="c-main">
                <b class="strong">{coupon.code.clone()}</b>
                {about}
            </td>
            <td class="c-end">{coupon.takes.clone()}</td>
            <td class="c-sub soft">{coupon.when.clone()}</td>
            <td class="end c-side num">{coupon.used.clone()}</td>
            <td class="c-badge c-badge--1">{state}</td>
            <td class="c-badge c-badge--2">
                <form method="post" action=format!("/admin/coupons/{}", coupon.code)>
                    <button class="btn btn--plain" type="submit" name="action" value=action>
                        {words}
                        <span class="sr">" " {coupon.code.clone()}</span>
                    </button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}

fn new(form: &CouponForm, errors: &CouponErrors) -> AnyView {
    let field = |name: &'static str, label, value, required, hint| {
        input(&Input {
            required,
            hint,
            error: errors.of(name),
            ..Input::new(name, label, Kind::Text, value)
        })
    };
    let is_amount = form.kind == "amount";
    let form = view! {
        <form class="stack" method="post" data-guard action="/admin/coupons">
            {field("code", "Code", &form.code, true, Some("What shoppers type, such as WELCOME10."))}
            {field("value", "Takes off", &form.value, true, None)}
            <div class="field">
                <label class="field__label" for="kind">
                    "Of what the things cost"
                </label>
                <select class="select" id="kind" name="kind">
                    {choice("percent", "Percent", !is_amount)}
                    {choice("amount", "Amount", is_amount)}
                </select>
            </div>
            {field("description", "What it is for", &form.description, false, None)}
            {day("from", "First day", &form.from, errors.of("from"))}
            {day("to", "Last day", &form.to, errors.of("to"))}
            {field("limit", "How many orders", &form.limit, false, Some("Nothing for any number."))}
            <button class="btn" type="submit">
                "Make it"
            </button>
        </form>
    };
    card("A new coupon", None, form.into_any())
}

fn day(name: &'static str, label: &'static str, value: &str, error: Option<&str>) -> AnyView {
    view! {
        <div class="field">
            <label class="field__label" for=name>
                {label}
            </label>
            <input class="input" type="date" id=name name=name value=value.to_owned() aria-invalid=error.map(|_| "true") aria-describedby=error.map(|_| format!("{name}-error")) />
            {crate::ui::field_error(name, error)}
        </div>
    }
    .into_any()
}
