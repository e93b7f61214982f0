//! The icons of the admin: drawn like those of the shop, and in no shopper's bundle.

use leptos::prelude::*;

/// What an icon of the admin shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AdminIcon {
    Home,
    Orders,
    Products,
    Inventory,
    Customers,
    Discounts,
    Content,
    Jobs,
    Staff,
    Audit,
    Shop,
    Settings,
    More,
    SignOut,
    Print,
    Sort,
    Back,
    Next,
    Grip,
}

impl AdminIcon {
    const fn drawing(self) -> &'static str {
        match self {
            Self::Home => r#"<path d="M4 11 12 4l8 7v9h-5.5v-6h-5v6H4z"/>"#,
            Self::Orders => {
                r#"<path d="M4 13.5 6.5 4.5h11l2.5 9v6H4z"/><path d="M4 13.5h4.5l1.5 3h4l1.5-3H20"/>"#
            }
            Self::Products => {
                r#"<path d="M4 4h8l8.5 8.5-8 8L4 12z"/><circle cx="8.3" cy="8.3" r="1.2"/>"#
            }
            Self::Inventory => {
                r#"<path d="m12 3.5 8.5 4.5-8.5 4.5L3.5 8z"/><path d="m3.5 12 8.5 4.5 8.5-4.5M3.5 16 12 20.5l8.5-4.5"/>"#
            }
            Self::Customers => {
                r#"<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.6-3.5 3-5.2 6.5-5.2s5.9 1.7 6.5 5.2M15.5 5.3a3.5 3.5 0 0 1 0 6.4M18 14.8c2 .7 3.2 2.3 3.5 4.7"/>"#
            }
            Self::Discounts => {
                r#"<path d="M18.5 5.5 5.5 18.5"/><circle cx="7.5" cy="7.5" r="2.5"/><circle cx="16.5" cy="16.5" r="2.5"/>"#
            }
            Self::Content => r#"<path d="M6 3.5h8l4.5 4.5v12.5H6z"/><path d="M14 3.5V8h4.5"/>"#,
            Self::Jobs => {
                r#"<path d="M4 7h16M4 12h10M4 17h7"/><circle cx="18" cy="16" r="3"/><path d="M18 14.5V16l1 .8"/>"#
            }
            Self::Staff => {
                r#"<path d="M5 4.5h14v15H5z"/><circle cx="12" cy="10" r="2.3"/><path d="M8 16.5c.5-2 2-3 4-3s3.5 1 4 3"/>"#
            }
            Self::Audit => r#"<path d="M6 3.5h12v17H6z"/><path d="M9 8h6M9 12h6M9 16h3.5"/>"#,
            Self::Shop => {
                r#"<path d="M4 9.5V20h16V9.5M3 9l2-5h14l2 5a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0zM10 20v-5.5h4V20"/>"#
            }
            Self::Settings => {
                r#"<circle cx="12" cy="12" r="3"/><path d="M12 3.5v3M12 17.5v3M3.5 12h3M17.5 12h3M6 6l2.1 2.1M15.9 15.9 18 18M18 6l-2.1 2.1M8.1 15.9 6 18"/>"#
            }
            Self::More => r#"<path d="M5 12h.1M12 12h.1M19 12h.1" stroke-width="2.5"/>"#,
            Self::SignOut => r#"<path d="M13.5 5H5v14h8.5M10 12h10.5m-4-4 4 4-4 4"/>"#,
            Self::Print => r#"<path d="M7 9V4h10v5M7 16H4V9h16v7h-3M7 13.5h10V20H7z"/>"#,
            Self::Sort => r#"<path d="m6 9 6 6 6-6"/>"#,
            Self::Back => r#"<path d="m15 6-6 6 6 6"/>"#,
            Self::Next => r#"<path d="m9 6 6 6-6 6"/>"#,
            Self::Grip => {
                r#"<path d="M9 6h.1M15 6h.1M9 12h.1M15 12h.1M9 18h.1M15 18h.1" stroke-width="2.5"/>"#
            }
        }
    }
}

/// An icon. Words stand beside it, or on what it stands in.
pub(crate) fn admin_icon(icon: AdminIcon) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" inner_html=icon.drawing() /> }
}
