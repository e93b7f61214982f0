//! The pictures of a product.

use crate::{
    islands::Gallery,
    ui::{Icon, Sizes, icon, picture},
};
use domain::catalog::{Format, Picture, ProductPage};
use leptos::prelude::*;

/// The gallery, with the picture of the chosen variant in front.
pub(super) fn gallery(page: &ProductPage, lead: usize) -> AnyView {
    if page.pictures.is_empty() {
        return view! { <section class="gallery" aria-label="Pictures"><span class="media"></span></section> }.into_any();
    }
    let place = format!("p-{}", page.handle);
    let large: Vec<_> = page
        .pictures
        .iter()
        .enumerate()
        .map(|(at, shown)| strip_link(shown, at, at == lead, &place))
        .collect();
    let small: Vec<_> = page
        .pictures
        .iter()
        .enumerate()
        .map(|(at, shown)| small_link(shown, at, at == lead))
        .collect();
    let several = page.pictures.len() > 1;
    view! {
        <Gallery>
            <div class="gallery__strip" tabindex="0" role="group" aria-label="Pictures, scroll for more">
                {large}
            </div>
            {several
                .then(|| {
                    view! {
                        <ul class="gallery__thumbs" aria-label="Choose a picture">
                            {small}
                        </ul>
                    }
                })}
            {dialog(several)}
        </Gallery>
    }
    .into_any()
}

fn strip_link(shown: &Picture, at: usize, is_lead: bool, place: &str) -> impl IntoView + use<> {
    let place = (at == 0).then(|| place.to_owned());
    view! {
        <a
            class=is_lead.then_some("is-lead")
            id=format!("picture-{}", at + 1)
            href=shown.url(shown.width, Format::Webp)
        >
            <span class="media" data-tone=shown.tone.clone() data-vt=place>
                {picture(shown, if is_lead { Sizes::Product } else { Sizes::Detail }, is_lead)}
            </span>
        </a>
    }
}

fn small_link(shown: &Picture, at: usize, is_lead: bool) -> impl IntoView + use<> {
    view! {
        <li>
            <a
                href=format!("#picture-{}", at + 1)
                aria-current=is_lead.then_some("true")
                aria-label=format!("Picture {}", at + 1)
            >
                <span class="media" data-tone=shown.tone.clone()>
                    <img
                        src=shown.url_near(160, Format::Webp)
                        alt=""
                        width=shown.width.to_string()
                        height=shown.height.to_string()
                        loading="lazy"
                        decoding="async"
                    />
                </span>
            </a>
        </li>
    }
}

/// Where a picture opens larger. Empty until then, and only with script.
fn dialog(several: bool) -> impl IntoView {
    view! {
        <dialog class="zoom" aria-label="Picture">
            <button class="btn btn--quiet btn--icon zoom__close" r#type="button" data-close="" aria-label="Close">
                {icon(Icon::Close)}
            </button>
            <img alt="" />
            {several
                .then(|| {
                    view! {
                        <div class="zoom__steps">
                            <button class="btn btn--quiet btn--icon" r#type="button" data-step="-1" aria-label="Previous picture">
                                {icon(Icon::Back)}
                            </button>
                            <button class="btn btn--quiet btn--icon" r#type="button" data-step="1" aria-label="Next picture">
                                {icon(Icon::Forward)}
                            </button>
                        </div>
                    }
                })}
        </dialog>
    }
}
