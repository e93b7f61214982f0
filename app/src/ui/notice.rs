//! Something to be told, and places where nothing is.

use super::icon::{Icon, icon};
use leptos::prelude::*;

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// To know.
    Calm,
    /// It went well.
    Positive,
    /// To look at.
    Caution,
    /// It went wrong.
    Critical,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Calm => "notice",
            Self::Positive => "notice notice--positive",
            Self::Caution => "notice notice--caution",
            Self::Critical => "notice notice--critical",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Calm => Icon::Info,
            Self::Positive => Icon::Check,
            Self::Caution | Self::Critical => Icon::Alert,
        }
    }
}

/// A notice. One that matters is read out as soon as it is there.
pub(crate) fn notice(
    tone: Tone,
    title: Option<String>,
    body: impl IntoView + 'static,
) -> impl IntoView {
    let role = if tone == Tone::Critical {
        "alert"
    } else {
        "status"
    };
    view! {
        <div class=tone.class() role=role>
            {icon(tone.icon())}
            <div>{title.map(|title| view! { <p class="strong">{title}</p> })} {body.into_any()}</div>
        </div>
    }
}

/// A place where nothing is, with a way on.
pub(crate) fn empty(
    of: Icon,
    title: &'static str,
    text: &'static str,
    way_on: impl IntoView + 'static,
) -> impl IntoView {
    view! {
        <div class="empty">
            {icon(of)} <h2 class="display display--xl">{title}</h2> <p>{text}</p> {way_on.into_any()}
        </div>
    }
}
