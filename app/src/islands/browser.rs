//! What islands ask of the browser.

use crate::api::Parts;
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, EventTarget, HtmlElement, MouseEvent};

/// Says that the basket changed: the script in the page reads the badge's cookie anew.
pub(super) fn basket_changed() {
    if let Ok(event) = Event::new("cart") {
        // Fails only where the event is already on its way.
        let _ = window().dispatch_event(&event);
    }
}

/// Goes to another page of the shop.
pub(super) fn go_to(path: &str) {
    // Refused only while the page is being left already.
    let _ = window().location().set_href(path);
}

/// The path of this page.
pub(super) fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Puts another query into this page's address without leaving it.
pub(super) fn set_query(name: &str, value: &str) {
    let value = String::from(js_sys::encode_uri_component(value));
    let address = "?".to_owned() + name + "=" + &value;
    if let Ok(history) = window().history() {
        // Refused after a hundred changes in half a minute; then the address stays behind.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// The element around the event's target that fits the selector.
pub(super) fn closest(event: &Event, selector: &str) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(selector).ok().flatten()
}

/// Whether a click means "here": not in a new tab, not with another button.
pub(super) fn is_plain(event: &MouseEvent) -> bool {
    event.button() == 0
        && !event.ctrl_key()
        && !event.meta_key()
        && !event.shift_key()
        && !event.alt_key()
}

/// Hears an event for as long as the page is open.
pub(super) fn hear<E: JsCast + 'static>(
    target: &EventTarget,
    name: &str,
    answer: impl Fn(E) + 'static,
) {
    let closure = Closure::<dyn Fn(Event)>::new(move |event: Event| answer(event.unchecked_into()));
    // Fails for no name of an event.
    let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Replaces the parts that the server rendered anew, except the one that was `changed` by the shopper: it is as they want
/// it. A field that had the focus has it again, or else the part that it was in.
pub(super) fn put_in_place(root: &Element, parts: &Parts, changed: Option<&Element>) {
    let focused = document().active_element();
    for (name, html) in &parts.parts {
        let selector = "[data-part=".to_owned() + name + "]";
        let Ok(Some(part)) = root.query_selector(&selector) else {
            continue;
        };
        if changed.is_some_and(|changed| part.contains(Some(changed))) {
            continue;
        }
        let held = focused
            .as_ref()
            .filter(|focused| part.contains(Some(focused)));
        part.set_inner_html(html);
        if let Some(held) = held {
            let again = document().get_element_by_id(&held.id());
            focus(&again.unwrap_or(part));
        }
    }
    tell(root, &parts.told);
}

/// Says it to those who do not see it.
pub(super) fn tell(root: &Element, words: &str) {
    if let Ok(Some(place)) = root.query_selector("[data-told]") {
        place.set_text_content(Some(words));
    }
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Fails for no element that is in the page.
        let _ = element.focus();
    }
}
