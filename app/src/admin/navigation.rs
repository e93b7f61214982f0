//! Where one can go in the admin: a sidebar, on small windows a bar above and one below.

use super::{
    AdminFrame,
    icon::{AdminIcon, admin_icon},
};
use crate::ui::{Icon, icon};
use domain::staff::Permission;
use leptos::prelude::*;

/// A part of the admin.
pub(super) struct Part {
    pub(super) href: &'static str,
    pub(super) label: &'static str,
    pub(super) icon: AdminIcon,
    /// Who may not, does not see it.
    needs: Option<Permission>,
}

const fn part(
    href: &'static str,
    label: &'static str,
    icon: AdminIcon,
    needs: Option<Permission>,
) -> Part {
    Part {
        href,
        label,
        icon,
        needs,
    }
}

const MAIN: [Part; 7] = [
    part("/admin", "Home", AdminIcon::Home, None),
    part(
        "/admin/orders",
        "Orders",
        AdminIcon::Orders,
        Some(Permission::ViewOrders),
    ),
    part(
        "/admin/products",
        "Products",
        AdminIcon::Products,
        Some(Permission::ViewProducts),
    ),
    part(
        "/admin/inventory",
        "Inventory",
        AdminIcon::Inventory,
        Some(Permission::ViewProducts),
    ),
    part(
        "/admin/customers",
        "Customers",
        AdminIcon::Customers,
        Some(Permission::ViewCustomers),
    ),
    part(
        "/admin/coupons",
        "Coupons",
        AdminIcon::Discounts,
        Some(Permission::EditDiscounts),
    ),
    part(
        "/admin/pages",
        "Pages",
        AdminIcon::Content,
        Some(Permission::EditContent),
    ),
];

const BEHIND: [Part; 4] = [
    part(
        "/admin/jobs",
        "Background work",
        AdminIcon::Jobs,
        Some(Permission::ManageJobs),
    ),
    part(
        "/admin/staff",
        "Staff",
        AdminIcon::Staff,
        Some(Permission::ManageStaff),
    ),
    part(
        "/admin/audit",
        "Audit log",
        AdminIcon::Audit,
        Some(Permission::ViewAudit),
    ),
    part(
        "/admin/settings",
        "Settings",
        AdminIcon::Settings,
        Some(Permission::EditSettings),
    ),
];

/// Every part that the person may go to.
pub(super) fn allowed(frame: &AdminFrame) -> impl Iterator<Item = &Part> {
    among(frame, &MAIN).chain(among(frame, &BEHIND))
}

/// Those of the parts that the person may go to.
fn among<'a>(frame: &'a AdminFrame, parts: &'a [Part]) -> impl Iterator<Item = &'a Part> {
    parts
        .iter()
        .filter(|part| part.needs.is_none_or(|permission| frame.may(permission)))
}

fn link(frame: &AdminFrame, part: &Part) -> AnyView {
    // Home is above everything: it is where one is only on itself.
    let current = frame
        .frame
        .current(part.href)
        .filter(|kind| part.href != "/admin" || *kind == "page");
    let count = (part.href == "/admin/orders" && frame.to_send > 0).then(|| {
        view! { <span>{frame.to_send} <span class="sr">" to send"</span></span> }
    });
    view! {
        <a href=part.href aria-current=current>
            {admin_icon(part.icon)}
            <span>{part.label}</span>
            {count}
        </a>
    }
    .into_any()
}

fn links(frame: &AdminFrame, parts: &[Part]) -> AnyView {
    among(frame, parts)
        .map(|part| view! { <li>{link(frame, part)}</li> })
        .collect_view()
        .into_any()
}

fn search() -> AnyView {
    view! {
        <form class="side__find" data-palette action="/admin/search" role="search" aria-label="The whole shop">
            {icon(Icon::Search)}
            <label class="sr" for="admin-find">
                "Search orders, products and customers"
            </label>
            <input id="admin-find" type="search" name="q" placeholder="Search" maxlength="100" />
            <kbd hidden aria-hidden="true" data-palette-key></kbd>
        </form>
    }
    .into_any()
}

fn me(frame: &AdminFrame) -> AnyView {
    view! {
        <a class="side__me" href="/admin/me">
            <span class="avatar" aria-hidden="true">
                {frame.initials()}
            </span>
            <span>
                <b class="strong">{frame.name.clone()}</b>
                <br />
                <span class="soft tiny">{frame.role.clone()}</span>
            </span>
        </a>
    }
    .into_any()
}

fn sign_out() -> AnyView {
    view! {
        <form method="post" action="/admin/sign-out">
            <button class="side__shop" type="submit">
                {admin_icon(AdminIcon::SignOut)}
                "Sign out"
            </button>
        </form>
    }
    .into_any()
}

/// The sidebar of a wide window.
pub(super) fn side(frame: &AdminFrame) -> AnyView {
    view! {
        <header class="side">
            <div class="side__brand">
                <a class="wordmark" href="/admin" aria-label="Mercer, home">
                    "Mercer"
                </a>
            </div>
            {search()}
            <nav aria-label="Admin">
                <ul>{links(frame, &MAIN)}</ul>
            </nav>
            <div class="side__foot">
                <nav aria-label="Behind the counter">
                    <ul>{links(frame, &BEHIND)}</ul>
                </nav>
                <a class="side__shop" href="/">
                    {admin_icon(AdminIcon::Shop)}
                    {frame.frame.chrome.name.clone()}
                </a>
                {sign_out()}
                {me(frame)}
            </div>
        </header>
    }
    .into_any()
}

/// The bar above, on small windows.
pub(super) fn topbar(frame: &AdminFrame) -> AnyView {
    view! {
        <header class="topbar">
            <a class="wordmark" href="/admin" aria-label="Mercer, home">
                "Mercer"
            </a>
            <a class="btn btn--plain btn--icon" href="/admin/search" aria-label="Search" data-palette>
                {icon(Icon::Search)}
            </a>
            <a class="btn btn--plain btn--icon" href="/admin/me" aria-label=format!("{}, your account", frame.name)>
                <span class="avatar" aria-hidden="true">
                    {frame.initials()}
                </span>
            </a>
        </header>
    }
    .into_any()
}

/// The bar below, on small windows: the first four, and everything else behind the fifth.
pub(super) fn tabbar(frame: &AdminFrame) -> AnyView {
    let first: Vec<&Part> = among(frame, &MAIN).take(4).collect();
    let shown = first.len();
    let tabs = first
        .iter()
        .map(|part| view! { <li>{link(frame, part)}</li> })
        .collect_view();
    let rest: Vec<&Part> = allowed(frame).skip(shown).collect();
    let rest = rest
        .iter()
        .map(|part| view! { <li>{link(frame, part)}</li> })
        .collect_view();
    view! {
        <nav class="tabbar" aria-label="Main sections">
            <ul>
                {tabs}
                <li>
                    <details class="tabbar__more">
                        <summary>{admin_icon(AdminIcon::More)} "More"</summary>
                        <ul class="tabbar__menu">
                            {rest}
                            <li>
                                <a href="/">{admin_icon(AdminIcon::Shop)} <span>{frame.frame.chrome.name.clone()}</span></a>
                            </li>
                            <li>{sign_out()}</li>
                        </ul>
                    </details>
                </li>
            </ul>
        </nav>
    }
    .into_any()
}
