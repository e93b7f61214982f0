//! The wasm entry: hydrates the islands. Nothing else.

#![cfg(target_arch = "wasm32")]

// The islands export themselves.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Makes the browser ready for islands; the script in the page then calls each by its name.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
