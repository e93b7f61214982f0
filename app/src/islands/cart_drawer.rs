//! The basket as a drawer over the page.

use super::{browser, wires};
use crate::{
    api::{Parts, set_quantity, view_cart},
    error::ApiError,
    ui::{Icon, icon},
};
use domain::{CartLineId, cart::Quantity};
use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement, HtmlInputElement};

/// The drawer, and the number of its newest call: answers to older ones are let go.
#[derive(Clone, Copy)]
struct Drawer {
    dialog: NodeRef<html::Dialog>,
    newest: StoredValue<u32>,
}

/// The drawer: opened by what links to the basket, and by something that came in. Its rows are those of the basket's page,
/// with the same forms; here they are sent without a reload.
#[island]
pub fn CartDrawer() -> impl IntoView {
    let drawer = Drawer {
        dialog: NodeRef::new(),
        newest: StoredValue::new(0),
    };
    Effect::new(move |_| {
        wires::listen(&wires::DRAWER, move |parts| {
            drawer.newest.update_value(|newest| *newest += 1);
            drawer.show(&parts);
            drawer.open();
        });
        browser::hear(&document(), "click", move |event: ev::MouseEvent| {
            let wanted = browser::closest(&event, "a[data-cart-link]").is_some()
                && browser::is_plain(&event)
                && !event.default_prevented();
            if wanted && browser::path() != "/cart" {
                event.prevent_default();
                drawer.open();
                drawer.call(None, view_cart());
            }
        });
    });
    let close = move || {
        if let Some(dialog) = drawer.dialog.get_untracked() {
            dialog.close();
        }
    };
    // A click on the dialog itself is one beside what is in it.
    let click = move |event: ev::MouseEvent| {
        if event.target() == event.current_target() {
            close();
        }
    };
    // A number that was typed counts when the field is left, too.
    let change = move |event: ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        if let Some(form) = input.form() {
            // Refused only for a button that is not the form's.
            let _ = form.request_submit();
        }
    };
    view! {
        <dialog
            class="drawer"
            aria-labelledby="basket-title"
            node_ref=drawer.dialog
            on:click=click
            on:submit=move |event| drawer.submit(&event)
            on:change=change
        >
            <div class="drawer__head">
                <h2 class="display display--lg" id="basket-title">
                    "Your basket "
                    <span class="soft num" data-part="basket-count"></span>
                </h2>
                <button
                    class="btn btn--plain btn--icon"
                    type="button"
                    aria-label="Close basket"
                    on:click=move |_| close()
                >
                    {icon(Icon::Close)}
                </button>
            </div>
            <div class="drawer__body" data-part="basket-body" tabindex="-1">
                <p class="field__error" role="alert" data-problem></p>
            </div>
            <div class="drawer__foot" data-part="basket-foot"></div>
            <p class="sr" role="status" data-told></p>
        </dialog>
    }
}

impl Drawer {
    fn open(self) {
        if let Some(dialog) = self.dialog.get_untracked()
            && !dialog.open()
        {
            // Refused only for a dialog that is not in the page.
            let _ = dialog.show_modal();
        }
    }

    fn show(self, parts: &Parts) {
        if let Some(dialog) = self.dialog.get_untracked() {
            browser::put_in_place(&dialog, parts, None);
        }
    }

    /// A row's form, which says how many there should be of it.
    fn submit(self, event: &ev::SubmitEvent) {
        let Some((line, quantity)) = read(event) else {
            return;
        };
        event.prevent_default();
        match quantity {
            Ok(quantity) => self.call(Some(line), set_quantity(line, quantity)),
            Err(reason) => self.tell(Some(line), &reason),
        }
    }

    fn call(
        self,
        line: Option<CartLineId>,
        answer: impl Future<Output = Result<Parts, ApiError>> + 'static,
    ) {
        self.newest.update_value(|newest| *newest += 1);
        let number = self.newest.get_value();
        spawn_local(async move {
            let mut answer = answer.await;
            let refused = answer.as_ref().err().cloned();
            if refused.is_some() && line.is_some() {
                // The rows as they are, now that the change is known not to have happened.
                answer = view_cart().await;
            }
            if self.newest.get_value() != number {
                return;
            }
            if let Ok(parts) = answer {
                self.show(&parts);
                browser::basket_changed();
            }
            if let Some(error) = refused {
                self.tell(line, &error.message);
            }
        });
    }

    /// Says what is wrong, at the row where it has one; the next basket that is shown has the row without it.
    fn tell(self, line: Option<CartLineId>, words: &str) {
        let Some(dialog) = self.dialog.get_untracked() else {
            return;
        };
        let row = line.map_or_else(String::new, |line| {
            "li[data-line=\"".to_owned() + &line.to_string() + "\"] "
        });
        if let Ok(Some(place)) = dialog.query_selector(&(row + "[data-problem]")) {
            place.set_text_content(Some(words));
        }
    }
}

/// The row and the quantity that a form asks for; 0 takes it out.
fn read(event: &ev::SubmitEvent) -> Option<(CartLineId, Result<i32, String>)> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    let line = form.get_attribute("data-line")?.parse().ok()?;
    let data = FormData::new_with_form(&form).ok()?;
    let quantity = match data.get("quantity").as_string() {
        None => Ok(0),
        Some(typed) => typed
            .parse()
            .map(Quantity::get)
            .map_err(|error| error.to_string()),
    };
    Some((line, quantity))
}
