//! A row of the basket: the same on its page and in the drawer.

use crate::ui::{Icon, icon, thumbnail};
use domain::cart::{Adjustment, CartLine, Quantity};
use leptos::prelude::*;

/// Where the row stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// On the basket's page.
    Page,
    /// In the drawer, whose island sends its forms.
    Drawer,
}

/// What was refused at a row.
#[derive(Clone, Copy)]
pub(crate) struct Refusal<'a> {
    /// Why.
    pub reason: &'a str,
    /// What was typed as a quantity.
    pub typed: Option<&'a str>,
}

/// The row. Each of its buttons is a form of its own, so that it works without script.
pub(crate) fn cart_line(
    line: &CartLine,
    place: Place,
    refusal: Option<Refusal<'_>>,
) -> impl IntoView + use<> {
    let id = line.id.to_string();
    let href = line.href();
    let title = line.title.clone();
    let heading = match place {
        Place::Page => view! { <h2><a href=href>{title}</a></h2> }.into_any(),
        Place::Drawer => view! { <h3><a href=href>{title}</a></h3> }.into_any(),
    };
    let error = refusal.map(|refusal| {
        let reason = refusal.reason.to_owned();
        view! {
            <p class="field__error" role="alert" id=format!("basket-{id}-error")>
                {icon(Icon::Alert)} <span>{reason}</span>
            </p>
        }
    });
    // Where the drawer's island says what is wrong.
    let problem = (place == Place::Drawer)
        .then(|| view! { <p class="field__error" role="alert" data-problem></p> });
    view! {
        <li class="line" data-line=id>
            {thumbnail(line.picture.as_ref())}
            <div class="line__body">
                <div class="line__top">{heading} <p class="num strong">{line.total.to_string()}</p></div>
                <p class="small soft num">{details(line)}</p>
                {error}
                {problem}
                {line.adjustment.map(|told| adjustment(line, told))}
                <div class="line__foot">
                    {stepper(line, refusal)}
                    {(place == Place::Page).then(|| update(line))}
                    {remove(line)}
                </div>
            </div>
        </li>
    }
}

/// `Sage, medium. £28.00 each`
fn details(line: &CartLine) -> String {
    let each = (line.quantity > 1).then(|| format!("{} each", line.unit));
    let label = Some(line.label.clone()).filter(|label| !label.is_empty());
    let parts: Vec<String> = label.into_iter().chain(each).collect();
    parts.join(". ")
}

/// What has changed since the thing was chosen, and the button that puts it right.
fn adjustment(line: &CartLine, told: Adjustment) -> impl IntoView + use<> {
    let fix = match told {
        Adjustment::Only(left) => Some(line_form(
            line,
            view! {
                <input type="hidden" name="quantity" value=left.to_string() />
                <button class="text-btn" type="submit">
                    {format!("Change to {left}")}
                    <span class="sr">" " {line.title.clone()}</span>
                </button>
            },
        )),
        _ => None,
    };
    let class = if told.blocks() {
        "field__error"
    } else {
        "small soft"
    };
    view! {
        <p class=class>{told.blocks().then(|| icon(Icon::Alert))} <span>{told.to_string()}</span></p>
        {fix}
    }
}

/// A form that changes the row.
fn line_form(line: &CartLine, inside: impl IntoView + 'static) -> AnyView {
    let id = line.id.to_string();
    let action = format!("/cart/lines/{id}");
    view! {
        <form method="post" action=action data-line=id>
            {inside.into_any()}
        </form>
    }
    .into_any()
}

fn stepper(line: &CartLine, refusal: Option<Refusal<'_>>) -> impl IntoView + use<> {
    let id = line.id.to_string();
    let typed = refusal
        .and_then(|refusal| refusal.typed)
        .map_or_else(|| line.quantity.to_string(), str::to_owned);
    let described = refusal.map(|_| format!("basket-{id}-error"));
    let field = format!("basket-{id}");
    let form = format!("basket-{id}-form");
    view! {
        <div class="stepper">
            {step(line, -1)}
            <form method="post" action=format!("/cart/lines/{id}") data-line=id id=form>
                <input
                    class="num"
                    id=field
                    name="quantity"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-label=format!("Quantity of {}", line.title)
                    aria-invalid=refusal.map(|_| "true")
                    aria-describedby=described
                    value=typed
                />
            </form>
            {step(line, 1)}
        </div>
    }
}

fn step(line: &CartLine, by: i32) -> impl IntoView + use<> {
    let next = line.quantity + by;
    let most = Quantity::MAX.min(line.available);
    let out_of_reach = next < 1 || (by > 0 && next > most);
    let (word, mark, name) = if by < 0 {
        ("fewer", Icon::Minus, "One fewer")
    } else {
        ("more", Icon::Plus, "One more")
    };
    let button = view! {
        <input type="hidden" name="quantity" value=next.to_string() />
        <button
            type="submit"
            id=format!("basket-{}-{word}", line.id)
            aria-label=format!("{name} {}", line.title)
            disabled=out_of_reach
        >
            {icon(mark)}
        </button>
    };
    line_form(line, button)
}

/// Sends what was typed as a quantity, for those who have no Enter key.
fn update(line: &CartLine) -> impl IntoView + use<> {
    view! {
        <button
            class="text-btn line__update"
            type="submit"
            form=format!("basket-{}-form", line.id)
        >
            "Update"
            <span class="sr">{format!(" the quantity of {}", line.title)}</span>
        </button>
    }
}

fn remove(line: &CartLine) -> impl IntoView + use<> {
    let button = view! {
        <button class="text-btn" type="submit" name="remove" value="1">
            "Remove"
            <span class="sr">" " {line.title.clone()}</span>
        </button>
    };
    line_form(line, button)
}
