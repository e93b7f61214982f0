//! The palette: every part of the admin and what can be found in the shop, one key away. It is rendered with the page and stays
//! closed until the admin's script opens it; without a script the field beside it leads to the page of the search.

use super::{
    AdminFrame,
    icon::{AdminIcon, admin_icon},
    navigation,
};
use crate::ui::{Icon, icon};
use domain::staff::Permission;
use leptos::prelude::*;

/// A line of the palette that is always there: where it leads, what it is called, its icon, and who may go.
struct Way(&'static str, &'static str, AdminIcon, Option<Permission>);

/// Places that are not in the navigation.
const PLACES: [Way; 3] = [
    Way(
        "/admin/categories",
        "Categories",
        AdminIcon::Products,
        Some(Permission::ViewProducts),
    ),
    Way(
        "/admin/brands",
        "Makers",
        AdminIcon::Products,
        Some(Permission::ViewProducts),
    ),
    Way("/admin/me", "Your account", AdminIcon::Staff, None),
];

/// What is done most.
const DEEDS: [Way; 3] = [
    Way(
        "/admin/products/new",
        "Add a product",
        AdminIcon::Products,
        Some(Permission::EditProducts),
    ),
    Way(
        "/admin/products/table",
        "Import and export products",
        AdminIcon::Products,
        Some(Permission::EditProducts),
    ),
    Way(
        "/admin/pages/new",
        "Write a page",
        AdminIcon::Content,
        Some(Permission::EditContent),
    ),
];

/// The dialog.
pub(super) fn palette(frame: &AdminFrame) -> AnyView {
    let may = |way: &&Way| way.3.is_none_or(|permission| frame.may(permission));
    let parts = navigation::allowed(frame)
        .map(|part| option(part.href, part.label, part.icon))
        .collect_view();
    let places = PLACES.iter().filter(may).map(way).collect_view();
    let deeds = DEEDS.iter().filter(may).map(way).collect_view();
    view! {
        <dialog class="palette" id="palette" aria-label="Search or jump to">
            <div class="palette__input">
                {icon(Icon::Search)}
                <div>
                    <label class="sr" for="palette-field">
                        "Search or jump to"
                    </label>
                    <input
                        id="palette-field"
                        type="text"
                        role="combobox"
                        aria-expanded="true"
                        aria-controls="palette-list"
                        aria-autocomplete="list"
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        enterkeyhint="go"
                        maxlength="100"
                        placeholder="Search or jump to"
                    />
                </div>
                <button class="palette__close" type="button" aria-label="Close" data-close>
                    <kbd aria-hidden="true">"esc"</kbd>
                    {icon(Icon::Close)}
                </button>
            </div>
            <div class="palette__list" id="palette-list" role="listbox" aria-label="Results">
                {group("places", "Go to", view! { {parts} {places} }.into_any())}
                {found("orders", "Orders", AdminIcon::Orders)}
                {found("products", "Products", AdminIcon::Products)}
                {found("customers", "Customers", AdminIcon::Customers)}
                {group("deeds", "Do", view! { {deeds} {everything()} }.into_any())}
            </div>
            <p class="palette__foot" aria-hidden="true">
                <span><kbd>"↑"</kbd> <kbd>"↓"</kbd> " move"</span>
                <span><kbd>"↵"</kbd> " open"</span>
                <span><kbd data-mod>"Ctrl"</kbd> <kbd>"↵"</kbd> " in a new tab"</span>
            </p>
            <p class="sr" role="status" data-told></p>
        </dialog>
    }
    .into_any()
}

/// Lines of one kind under their name.
fn group(kind: &'static str, name: &'static str, lines: AnyView) -> AnyView {
    let id = format!("palette-{kind}");
    view! {
        <div role="group" aria-labelledby=id.clone() data-kind=kind>
            <p class="palette__group" id=id.clone()>
                {name}
            </p>
            {lines}
        </div>
    }
    .into_any()
}

/// Where the script puts what was found, and the icon that it gives to each line.
fn found(kind: &'static str, name: &'static str, icon: AdminIcon) -> AnyView {
    let icon = view! { <template>{admin_icon(icon)}</template> };
    group(kind, name, icon.into_any())
}

fn way(way: &Way) -> AnyView {
    option(way.0, way.1, way.2)
}

/// The focus stays in the field, which names the line that is chosen.
fn option(href: &'static str, label: &'static str, icon: AdminIcon) -> AnyView {
    view! {
        <a role="option" tabindex="-1" aria-selected="false" href=href>
            {admin_icon(icon)}
            <span>{label}</span>
        </a>
    }
    .into_any()
}

/// The way to the page of the search; the script puts what was typed into it.
fn everything() -> AnyView {
    view! {
        <a role="option" tabindex="-1" aria-selected="false" href="/admin/search" data-all>
            {icon(Icon::Search)}
            <span>"Search the whole shop"</span>
        </a>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screens::{fixtures, reading::Read};
    use domain::staff::Permissions;

    fn read(permissions: Permissions) -> Vec<String> {
        let frame = AdminFrame {
            frame: fixtures::frame("/admin"),
            name: "Wren Calder".into(),
            role: "Manager".into(),
            permissions,
            done: None,
            to_send: 0,
        };
        let html = crate::admin::page(&frame, "Home", || view! { <h1>"Home"</h1> });
        Read::admin(&html)
            .all("#palette [role=option]")
            .iter()
            .filter_map(|line| line.attr("href").map(str::to_owned))
            .collect()
    }

    #[test]
    fn the_palette_leads_only_where_somebody_may_go() {
        let all = read(Permissions::all());
        for href in ["/admin/settings", "/admin/brands", "/admin/products/new"] {
            assert!(all.iter().any(|known| known == href), "{href} in {all:?}");
        }
        let few = read(Permissions::from_words(["orders.view"]));
        assert_eq!(
            few,
            ["/admin", "/admin/orders", "/admin/me", "/admin/search"]
        );
    }
}
