//! What is pressed, filled in and chosen.

use crate::ui::{Input, Kind, Select, choice, input, select};
use leptos::prelude::*;

pub(super) fn buttons() -> impl IntoView {
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

pub(super) fn fields() -> impl IntoView {
    let half = |name, label, value| Input {
        span: "span-3",
        ..Input::new(name, label, Kind::Text, value)
    };
    let filled = Input {
        hint: Some("A hint under it."),
        ..half("sg-filled", "A field", "With something in it")
    };
    let wrong = Input {
        error: Some("One character is missing."),
        ..half("sg-wrong", "One that is wrong", "LA9 4B")
    };
    let optional = Input {
        required: false,
        ..half("sg-optional", "One that may stay empty", "")
    };
    let digits = Input {
        span: "span-3",
        ..Input::new("sg-digits", "Digits", Kind::Digits, "1002")
    };
    let list = Select {
        name: "sg-list",
        label: "A list",
        autocomplete: "off",
        error: None,
    };
    let wrong_list = Select {
        name: "sg-wrong-list",
        label: "A list that is wrong",
        autocomplete: "off",
        error: Some("Please choose a state."),
    };
    let countries = || choice("GB", "United Kingdom", true).into_any();
    view! {
        <div class="form-grid">
            {input(&filled)} {input(&wrong)} {input(&optional)} {input(&digits)}
            {select(list, countries())} {select(wrong_list, countries())}
            <div class="field span-3">
                <label class="field__label" for="sg-focus">"Focus"</label>
                <input class="input is-focus" id="sg-focus" placeholder="Empty" />
            </div>
            <div class="field span-3">
                <label class="field__label" for="sg-disabled">"Disabled"</label>
                <input class="input" id="sg-disabled" value="Cannot be changed" disabled=true />
            </div>
        </div>
    }
}

pub(super) fn choices() -> impl IntoView {
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
    }
}
