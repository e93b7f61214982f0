//! The style guide: every piece of the design in every state. Shown in development.

use crate::{
    Frame,
    document::{Head, render},
    ui::{Icon, Tone, breadcrumbs, empty, icon, notice, pages, price, product_grid},
};
use domain::{
    Currency, Money,
    catalog::{Crumb, Picture, ProductCard, Swatch},
};
use leptos::prelude::*;

/// The style guide.
pub fn styleguide(frame: &Frame) -> String {
    render(frame, Head::private("Style guide"), || {
        view! {
            <div class="wrap section--tight stack stack--loose">
                <h1 class="display display--3xl">"Style guide"</h1>
                {part("Type", type_scale().into_any())}
                {part("Colour", colours().into_any())}
                {part("Buttons", buttons().into_any())}
                {part("Fields", fields().into_any())}
                {part("Choices", choices().into_any())}
                {part("Notices", notices().into_any())}
                {part("Prices, badges, chips", words().into_any())}
                {part("Products", product_grid(&cards(), true, 0).into_any())}
                {part("Ways", ways().into_any())}
                {part("Nothing", empty(Icon::Bag, "Nothing here yet", "What to do next stands here.", link()).into_any())}
                {part("Icons", icons().into_any())}
            </div>
        }
    })
}

fn part(title: &'static str, body: AnyView) -> impl IntoView {
    view! {
        <section class="stack">
            <h2 class="display display--xl">{title}</h2>
            {body}
        </section>
    }
}

fn type_scale() -> impl IntoView {
    let sizes = ["4xl", "3xl", "2xl", "xl", "lg"];
    let lines = sizes.map(|size| {
        view! { <p class=format!("display display--{size}")>"Things for the home, " <em>"made slowly"</em></p> }
    });
    view! {
        {lines.into_iter().collect_view()}
        <p class="lede">"A lede: a sentence or two, a little larger than the text that follows it."</p>
        <p>"Text. £1,250.00, 14 Stramongate, Kendal LA9 4BH. " <a href="#main">"A link in it"</a> "."</p>
        <p class="small soft">"Small and soft."</p>
        <p class="tiny">"Tiny, for notes."</p>
    }
}

fn colours() -> impl IntoView {
    let names = [
        "canvas",
        "surface",
        "sunk",
        "ink",
        "ink-soft",
        "line",
        "line-strong",
        "accent",
        "accent-deep",
        "positive",
        "caution",
        "critical",
        "deep",
    ];
    let patches = names.map(|name| {
        view! {
            <li class="patch">
                <span class=format!("patch__face patch--{name}")></span>
                <span class="tiny">{name}</span>
            </li>
        }
    });
    view! { <ul class="patches">{patches.into_iter().collect_view()}</ul> }
}

fn buttons() -> impl IntoView {
    let row = |kind: &'static str, words: &'static str| {
        let class = |state: &str| format!("btn {kind} {state}");
        view! {
            <div class="row">
                <button class=class("") r#type="button">{words}</button>
                <button class=class("is-hover") r#type="button">"Hover"</button>
                <button class=class("is-focus") r#type="button">"Focus"</button>
                <button class=class("is-active") r#type="button">"Pressed"</button>
                <button class=class("") r#type="button" disabled=true>"Disabled"</button>
                <button class=class("") r#type="button" aria-busy="true"><span class="spinner"></span>"Busy"</button>
            </div>
        }
    };
    view! {
        {row("", "Filled")}
        {row("btn--quiet", "Quiet")}
        {row("btn--plain", "Plain")}
        {row("btn--danger", "Danger")}
        <button class="btn btn--large btn--wide" r#type="button">"Large and wide"</button>
    }
}

fn fields() -> impl IntoView {
    view! {
        <div class="form-grid">
            <div class="field span-3">
                <label class="field__label" for="sg-1">"A field"</label>
                <input class="input" id="sg-1" value="With something in it" />
                <p class="field__hint">"A hint under it."</p>
            </div>
            <div class="field span-3">
                <label class="field__label" for="sg-2">"One that is wrong"</label>
                <input class="input" id="sg-2" value="LA9 4B" aria-invalid="true" aria-describedby="sg-2-error" />
                <p class="field__error" id="sg-2-error">{icon(Icon::Alert)} <span>"One character is missing."</span></p>
            </div>
            <div class="field span-3">
                <label class="field__label" for="sg-3">"Focus"</label>
                <input class="input is-focus" id="sg-3" placeholder="Empty" />
            </div>
            <div class="field span-3">
                <label class="field__label" for="sg-4">"Disabled"</label>
                <input class="input" id="sg-4" value="Cannot be changed" disabled=true />
            </div>
            <div class="field">
                <label class="field__label" for="sg-5">"A choice of one"</label>
                <select class="select" id="sg-5"><option>"United Kingdom"</option></select>
            </div>
        </div>
    }
}

fn choices() -> impl IntoView {
    view! {
        <div class="row">
            <label class="check"><input r#type="checkbox" checked=true /><span>"Chosen"</span></label>
            <label class="check"><input r#type="checkbox" /><span>"Not chosen"</span></label>
            <label class="check"><input r#type="checkbox" disabled=true /><span>"Disabled"</span></label>
        </div>
        <div class="choice-list">
            <label class="check">
                <input r#type="radio" name="sg-way" checked=true />
                <span><b class="strong">"Tracked"</b><br /><span class="small soft">"By Wednesday"</span></span>
                <span class="num">"Free"</span>
            </label>
            <label class="check">
                <input r#type="radio" name="sg-way" />
                <span><b class="strong">"Next day"</b><br /><span class="small soft">"Before one"</span></span>
                <span class="num">"£8.00"</span>
            </label>
        </div>
        <fieldset class="option">
            <legend class="option__name">"Size " <span>"M"</span></legend>
            <div class="option__set">
                {pill("S", "£22.00", "", false, false)} {pill("M", "£28.00", "", true, false)}
                {pill("L", "Sold out", "pill--sold", false, false)} {pill("XL", "Not made in Sage", "pill--never", false, true)}
            </div>
        </fieldset>
        <fieldset class="option">
            <legend class="option__name">"Glaze " <span>"Sage"</span></legend>
            <div class="option__set">
                {swatch("Sage", "#8b9080", "", true)} {swatch("Bone", "#ddd2be", "", false)}
                {swatch("Ochre", "#b0935c", "swatch--sold", false)} {swatch("Plum", "#5a3440", "swatch--never", false)}
            </div>
        </fieldset>
    }
}

fn pill(
    name: &'static str,
    note: &'static str,
    kind: &'static str,
    checked: bool,
    disabled: bool,
) -> impl IntoView {
    view! {
        <label class=format!("pill {kind}")>
            <input r#type="radio" name="sg-size" checked=checked disabled=disabled />
            <span class="pill__face"><span>{name}</span><small>{note}</small></span>
        </label>
    }
}

fn swatch(
    name: &'static str,
    colour: &'static str,
    kind: &'static str,
    checked: bool,
) -> impl IntoView {
    view! {
        <label class=format!("swatch {kind}") title=name>
            <input r#type="radio" name="sg-glaze" checked=checked />
            <svg class="swatch__face" viewBox="0 0 44 44" aria-hidden="true">
                <circle cx="22" cy="22" r="17" fill=colour />
                <path class="swatch__strike" d="m10 34 24-24" />
            </svg>
            <span class="sr">{name}</span>
        </label>
    }
}

fn notices() -> impl IntoView {
    let titled = |tone, title: &str| {
        notice(
            tone,
            Some(title.to_owned()),
            view! { <p>"What to do next."</p> },
        )
    };
    view! {
        {titled(Tone::Calm, "To know")}
        {titled(Tone::Positive, "It went well")}
        {titled(Tone::Caution, "To look at")}
        {titled(Tone::Critical, "It went wrong")}
    }
}

fn words() -> impl IntoView {
    let pounds = |minor| Money::new(minor, Currency::GBP);
    view! {
        <div class="row">
            {price(pounds(2_800), false, None)} {price(pounds(2_200), true, None)}
            {price(pounds(2_200), false, Some(pounds(2_800)))} {price(pounds(0), false, None)}
        </div>
        <div class="row">
            <span class="badge badge--positive">"Paid"</span>
            <span class="badge badge--caution badge--half">"Part sent"</span>
            <span class="badge badge--critical">"Disputed"</span>
            <span class="badge badge--open">"Not sent"</span>
            <a class="chip" href="#main">"A chip " <span class="soft num">"12"</span></a>
        </div>
        <p class="stock stock--plenty">"In stock"</p>
        <p class="stock">"Only 3 left"</p>
        <p class="stock stock--none">"Sold out at the moment"</p>
    }
}

fn cards() -> Vec<ProductCard> {
    let card = |title: &str, price: i64, compare_at: Option<i64>, sold_out: bool| ProductCard {
        handle: "styleguide".into(),
        title: title.into(),
        subtitle: "Stoneware, 350 ml".into(),
        picture: None::<Picture>,
        price: Money::new(price, Currency::GBP),
        is_from: false,
        compare_at: compare_at.map(|before| Money::new(before, Currency::GBP)),
        swatches: ["#8b9080", "#ddd2be"]
            .map(|colour| Swatch {
                name: "Sage".into(),
                colour: colour.into(),
            })
            .to_vec(),
        sold_out,
    };
    vec![
        card("Ridge Mug", 2_800, None, false),
        card("On sale", 2_200, Some(2_800), false),
        card("Sold out", 4_400, None, true),
        card(
            "Something with a name so long that it needs three lines of a narrow card to be told",
            0,
            None,
            false,
        ),
    ]
}

fn ways() -> impl IntoView {
    let crumbs = [Crumb {
        name: "Kitchen".into(),
        href: "#main".into(),
    }];
    view! { {breadcrumbs(&crumbs, "Mugs and cups")} {pages(Some("#main".into()), Some("#main".into()))} }
}

fn link() -> impl IntoView {
    view! { <a class="btn btn--quiet" href="/">"Go on"</a> }
}

fn icons() -> impl IntoView {
    use Icon::{
        Alert, Back, Bag, Check, Close, Down, Forward, Info, Lock, Mend, Menu, Minus, Plus, Return,
        Search, Van,
    };
    let all = [
        Alert, Back, Bag, Check, Close, Down, Forward, Info, Lock, Mend, Menu, Minus, Plus, Return,
        Search, Van,
    ];
    view! { <div class="row">{all.map(icon).into_iter().collect_view()}</div> }
}
