//! What everything stands on: type, colour, space, motion, icons.

use crate::ui::{Icon, icon};
use leptos::prelude::*;

pub(super) fn type_scale() -> impl IntoView {
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

/// Patches with their names: `kind` is the class of a face, with the name behind it.
fn patches(kind: &'static str, names: &'static [&'static str]) -> impl IntoView {
    let patches = names.iter().map(|name| {
        view! {
            <li class="patch">
                <span class=format!("patch__face {kind}--{name}")></span>
                <span class="tiny">{*name}</span>
            </li>
        }
    });
    view! { <ul class="patches">{patches.collect_view()}</ul> }
}

pub(super) fn colours() -> impl IntoView {
    patches(
        "patch",
        &[
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
        ],
    )
}

pub(super) fn spaces() -> impl IntoView {
    patches(
        "space",
        &["1", "2", "3", "4", "5", "6", "8", "10", "12", "16", "20"],
    )
}

pub(super) fn motion() -> impl IntoView {
    view! {
        <p class="soft">"Point at them. With reduced motion they stand still."</p>
        {patches("motion", &["quick", "base", "slow"])}
    }
}

pub(super) fn icons() -> impl IntoView {
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
