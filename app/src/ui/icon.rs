//! Icons: lines on a grid of 24, in the colour of the text beside them.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Opens the navigation.
    Menu,
    /// Looks for something.
    Search,
    /// The basket.
    Bag,
    /// One fewer.
    Minus,
    /// One more.
    Plus,
    /// Closes.
    Close,
    /// Done.
    Check,
    /// Something is wrong.
    Alert,
    /// Something to know.
    Info,
    /// Unfolds.
    Down,
    /// Leads on.
    Forward,
    /// Leads back.
    Back,
    /// Delivery.
    Van,
    /// Sending back.
    Return,
    /// Mending.
    Mend,
    /// Kept safe.
    Lock,
    /// Who somebody is.
    Person,
}

impl Icon {
    const fn drawing(self) -> &'static str {
        match self {
            Self::Menu => r#"<path d="M3.5 8h17M3.5 16h17"/>"#,
            Self::Search => r#"<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>"#,
            Self::Bag => {
                r#"<path d="M5 8h14l1 12.5H4z"/><path d="M8.5 10.5V7a3.5 3.5 0 0 1 7 0v3.5"/>"#
            }
            Self::Minus => r#"<path d="M6 12h12"/>"#,
            Self::Plus => r#"<path d="M12 6v12M6 12h12"/>"#,
            Self::Close => r#"<path d="m6 6 12 12M18 6 6 18"/>"#,
            Self::Check => r#"<path d="m5 12.5 4.5 4.5L19 7.5"/>"#,
            Self::Alert => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5v5.5M12 16.3v.1"/>"#,
            Self::Info => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.7v.1"/>"#,
            Self::Down => r#"<path d="m6 9 6 6 6-6"/>"#,
            Self::Forward => r#"<path d="M4 12h16m-6-6 6 6-6 6"/>"#,
            Self::Back => r#"<path d="M20 12H4m6-6-6 6 6 6"/>"#,
            Self::Van => {
                r#"<path d="M2.5 6.5h11.5v10H2.5zM14 10h4l3.5 3.5v3H14"/><circle cx="7" cy="17.5" r="2"/><circle cx="17.5" cy="17.5" r="2"/>"#
            }
            Self::Return => {
                r#"<path d="M8 5 3.5 9.5 8 14"/><path d="M4 9.5h10.5a5.5 5.5 0 0 1 0 11H9"/>"#
            }
            Self::Mend => r#"<path d="m14 7 3-3 3 3-3 3zM15.5 8.5 5 19"/><path d="m4 18 2 2"/>"#,
            Self::Lock => {
                r#"<path d="M6 10.5h12v9H6z"/><path d="M8.5 10.5V7.5a3.5 3.5 0 0 1 7 0v3"/>"#
            }
            Self::Person => {
                r#"<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6"/>"#
            }
        }
    }
}

/// An icon. It says nothing by itself: words stand beside it, or on what it stands in.
pub fn icon(icon: Icon) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" inner_html=icon.drawing() /> }
}
