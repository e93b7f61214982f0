//! The home page.

use crate::{
    Frame,
    document::{Head, render},
    ui::{Sizes, picture, product_grid, thumbnail, tiles},
};
use domain::{
    catalog::Format,
    content::{Hero, HomePage, MakerStory, Material, Promise},
};
use leptos::prelude::*;
use serde_json::json;

/// The home page.
pub fn home(frame: &Frame, page: &HomePage) -> String {
    let lead = page.hero.picture.as_ref();
    let head = Head {
        picture: lead.map(|picture| picture.url_near(1_200, Format::Jpeg)),
        about: about(frame),
        ..Head::public("", frame.chrome.description.clone())
    };
    render(frame, head, || {
        view! {
            {hero(&page.hero)}
            {new_in(page)}
            {categories(page)}
            {materials(page)}
            {page.maker.as_ref().map(maker)}
            {promises(&page.promises)}
        }
    })
}

fn about(frame: &Frame) -> Vec<serde_json::Value> {
    let chrome = &frame.chrome;
    vec![
        json!({
            "@context": "https://schema.org", "@type": "Organization", "name": chrome.name, "url": frame.absolute("/"),
            "logo": frame.absolute("/apple-touch-icon.png"), "email": chrome.email, "description": chrome.description,
        }),
        json!({
            "@context": "https://schema.org", "@type": "WebSite", "name": chrome.name, "url": frame.absolute("/"),
            "potentialAction": {
                "@type": "SearchAction", "target": frame.absolute("/search?q={query}"), "query-input": "required name=query",
            },
        }),
    ]
}

fn hero(hero: &Hero) -> impl IntoView + use<> {
    let aside = hero.aside.as_ref().map(|card| {
        view! {
            <a class="hero__aside link--plain" href=card.href()>
                {thumbnail(card.picture.as_ref())}
                <span class="small">
                    <span class="strong">{card.title.clone()}</span>
                    <br />
                    <span class="soft">{hero.aside_note.clone()} ", " {card.price.or_free()}</span>
                </span>
            </a>
        }
    });
    let link = hero.link.as_ref().map(|link| {
        view! {
            <a class="link" href=link.href.clone()>
                {link.label.clone()}
            </a>
        }
    });
    let eyebrow = (!hero.eyebrow.is_empty())
        .then(|| view! { <p class="small soft">{hero.eyebrow.clone()}</p> });
    let shown = hero.picture.as_ref().map(|shown| {
        view! {
            <a class="media hero__picture" data-tone=shown.tone.clone() href=hero.href.clone()>
                {picture(shown, Sizes::Half, true)}
            </a>
        }
    });
    view! {
        <section class="hero" aria-labelledby="hero-title">
            {shown}
            <div class="hero__copy">
                {aside}
                <div class="hero__lead">
                    {eyebrow}
                    <h1 class="display display--4xl" id="hero-title">
                        {hero.title.clone()}
                    </h1>
                    <p class="lede">{hero.text.clone()}</p>
                    <div class="row">
                        <a class="btn btn--large" href=hero.cta.href.clone()>
                            {hero.cta.label.clone()}
                        </a>
                        {link}
                    </div>
                </div>
            </div>
        </section>
    }
}

fn new_in(page: &HomePage) -> impl IntoView + use<> {
    (!page.new_in.is_empty()).then(|| {
        view! {
            <section class="section wrap" aria-labelledby="new-title">
                <div class="section-head">
                    <h2 class="display display--2xl" id="new-title">
                        {page.new_in_title.clone()}
                    </h2>
                </div>
                {product_grid(&page.new_in, true, 0)}
            </section>
        }
    })
}

fn categories(page: &HomePage) -> impl IntoView + use<> {
    (!page.categories.is_empty()).then(|| {
        view! {
            <section class="section section--flush wrap" aria-labelledby="rooms-title">
                <div class="section-head">
                    <h2 class="display display--2xl" id="rooms-title">
                        "Room by room"
                    </h2>
                </div>
                {tiles(&page.categories)}
            </section>
        }
    })
}

fn materials(page: &HomePage) -> impl IntoView + use<> {
    let row = |material: &Material| {
        view! {
            <li>
                <a href=material.href.clone()>
                    <span class="display display--2xl">{material.title.clone()}</span>
                    <p>{material.text.clone()}</p>
                    {thumbnail(material.picture.as_ref())}
                </a>
            </li>
        }
    };
    let lead = page
        .materials
        .first()
        .and_then(|material| material.picture.as_ref());
    let tone = lead.map(|picture| picture.tone.clone());
    (!page.materials.is_empty()).then(|| {
        view! {
            <section class="section section--flush wrap" aria-labelledby="materials-title">
                <div class="materials">
                    <div class="stack stack--wide">
                        <h2 class="display display--2xl" id="materials-title">
                            {page.materials_title.clone()}
                        </h2>
                        <p class="lede">{page.materials_text.clone()}</p>
                        <span class="media" data-tone=tone>
                            {lead.map(|shown| picture(shown, Sizes::Half, false))}
                        </span>
                    </div>
                    <ul class="materials__list">{page.materials.iter().map(row).collect_view()}</ul>
                </div>
            </section>
        }
    })
}

fn maker(story: &MakerStory) -> impl IntoView + use<> {
    let tone = story.picture.as_ref().map(|picture| picture.tone.clone());
    view! {
        <section class="maker section" aria-labelledby="maker-title">
            <div class="wrap maker__grid">
                <span class="media" data-tone=tone>
                    {story.picture.as_ref().map(|shown| picture(shown, Sizes::Half, false))}
                </span>
                <div class="stack stack--loose">
                    <h2 class="small strong" id="maker-title">
                        "The maker: "
                        {story.brand.name.clone()}
                        ", "
                        {story.brand.place.clone()}
                    </h2>
                    <blockquote>{story.title.clone()}</blockquote>
                    <p class="lede">{story.text.clone()}</p>
                    <div>
                        <a class="btn btn--quiet" href=story.href.clone()>
                            "See what "
                            {story.brand.name.clone()}
                            " makes"
                        </a>
                    </div>
                </div>
            </div>
        </section>
    }
}

fn promises(promises: &[Promise]) -> impl IntoView + use<> {
    let promise = |promise: &Promise| {
        view! {
            <div>
                <h2 class="display display--lg">{promise.title.clone()}</h2>
                <p class="soft small">{promise.text.clone()}</p>
            </div>
        }
    };
    (!promises.is_empty()).then(|| {
        view! {
            <section class="section wrap" aria-label="What we promise">
                <div class="promises">{promises.iter().map(promise).collect_view()}</div>
            </section>
        }
    })
}
