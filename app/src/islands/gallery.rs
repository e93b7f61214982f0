//! The pictures of a product: small ones lead to large ones, a large one opens larger, and the chosen variant's comes first.

use super::{browser, wires};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};

/// The gallery around pictures that the server rendered: nothing of them is sent twice. Without script the small ones are
/// links to the large ones on the page, and those are links to the largest file.
///
/// Within it are `.gallery__strip` with a link for each picture, `.gallery__thumbs` with one for each small one, and a
/// `dialog` with an empty `img`, and buttons with `data-step` and `data-close`.
#[island]
pub fn Gallery(
    /// The pictures.
    children: Children,
) -> impl IntoView {
    let root = NodeRef::<html::Section>::new();
    Effect::new(move |_| {
        wires::listen(&wires::GALLERY, move |index| {
            if let Some(root) = root.get_untracked() {
                lead_with(&root, index);
            }
        });
    });

    let click = move |event: ev::MouseEvent| {
        let Some(root) = root.get_untracked() else {
            return;
        };
        if !browser::is_plain(&event) {
            return;
        }
        if let Some(link) = browser::closest(&event, ".gallery__thumbs a") {
            event.prevent_default();
            if let Some(index) = place(&root, ".gallery__thumbs a", &link) {
                show(&root, index);
            }
        } else if let Some(link) = browser::closest(&event, ".gallery__strip a") {
            event.prevent_default();
            if let Some(index) = place(&root, ".gallery__strip a", &link) {
                open(&root, index);
            }
        } else if let Some(button) = browser::closest(&event, "[data-step]") {
            let by = button.get_attribute("data-step");
            step(&root, by.and_then(|by| by.parse().ok()).unwrap_or(1));
        } else if browser::closest(&event, "dialog [data-close], dialog picture, dialog img")
            .is_some()
            && let Some(dialog) = dialog(&root)
        {
            dialog.close();
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        let Some(root) = root.get_untracked() else {
            return;
        };
        if dialog(&root).is_none_or(|dialog| !dialog.open()) {
            return;
        }
        match event.key().as_str() {
            "ArrowRight" => step(&root, 1),
            "ArrowLeft" => step(&root, -1),
            _ => {}
        }
    };
    view! {
        <section
            class="gallery"
            aria-label="Pictures"
            node_ref=root
            on:click=click
            on:keydown=key
        >
            {children()}
        </section>
    }
}

fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(list) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|index| list.item(index)?.dyn_into().ok())
        .collect()
}

fn place(root: &Element, selector: &str, wanted: &Element) -> Option<usize> {
    all(root, selector).iter().position(|link| link == wanted)
}

fn dialog(root: &Element) -> Option<HtmlDialogElement> {
    root.query_selector("dialog").ok()??.dyn_into().ok()
}

/// Puts the picture first. It stands as large there as the one that it takes the place of.
fn lead_with(root: &Element, index: usize) {
    let lead = || {
        root.query_selector(".gallery__strip .is-lead source")
            .ok()?
    };
    let large = lead().and_then(|lead| lead.get_attribute("sizes"));
    for (at, link) in all(root, ".gallery__strip a").iter().enumerate() {
        // Fails for no name of a class.
        let _ = link.class_list().toggle_with_force("is-lead", at == index);
    }
    if let (Some(large), Some(lead)) = (large, lead()) {
        // Fails for no name of an attribute.
        let _ = lead.set_attribute("sizes", &large);
    }
    show(root, index);
}

/// Scrolls the strip to the picture and marks its small one.
fn show(root: &Element, index: usize) {
    for (at, link) in all(root, ".gallery__thumbs a").iter().enumerate() {
        // Fails for no name of an attribute.
        let _ = if at == index {
            link.set_attribute("aria-current", "true")
        } else {
            link.remove_attribute("aria-current")
        };
    }
    let strip = root.query_selector(".gallery__strip").ok().flatten();
    let pictures = all(root, ".gallery__strip a");
    if let (Some(strip), Some(picture)) = (strip, pictures.get(index)) {
        let left =
            picture.get_bounding_client_rect().left() - strip.get_bounding_client_rect().left();
        strip.scroll_by_with_x_and_y(left, 0.0);
    }
}

/// Opens the picture larger.
fn open(root: &Element, index: usize) {
    let pictures = all(root, ".gallery__strip a");
    let (Some(dialog), Some(link)) = (dialog(root), pictures.get(index)) else {
        return;
    };
    let Some(large) = dialog.query_selector("img").ok().flatten() else {
        return;
    };
    let small = link.query_selector("img").ok().flatten();
    let alt = small.and_then(|small| small.get_attribute("alt"));
    // None of these fails for a name of an attribute.
    let _ = large.set_attribute("src", &link.get_attribute("href").unwrap_or_default());
    let _ = large.set_attribute("alt", &alt.unwrap_or_default());
    let _ = dialog.set_attribute("data-at", &index.to_string());
    if !dialog.open() {
        // Refused only for a dialog that is not in the page.
        let _ = dialog.show_modal();
    }
}

/// Goes on to the next picture, or back; behind the last comes the first.
fn step(root: &Element, by: i32) {
    let at = dialog(root).and_then(|dialog| dialog.get_attribute("data-at"));
    let at: i32 = at.and_then(|at| at.parse().ok()).unwrap_or(0);
    let count = i32::try_from(all(root, ".gallery__strip a").len()).unwrap_or(1);
    open(
        root,
        usize::try_from((at + by).rem_euclid(count.max(1))).unwrap_or(0),
    );
}
