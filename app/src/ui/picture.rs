//! Pictures of products.

use domain::catalog::{Format, Picture};
use leptos::prelude::*;

/// How wide a picture stands on a page, so that a browser takes no larger file than it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sizes {
    /// Two to four beside each other.
    Grid,
    /// Half of a wide page, the whole of a narrow one.
    Half,
    /// The picture of a product that is in front.
    Product,
    /// The pictures of a product below that one.
    Detail,
}

impl Sizes {
    /// For the attribute `sizes`.
    pub(crate) const fn value(self) -> &'static str {
        match self {
            Self::Grid => "(min-width: 75rem) 22vw, (min-width: 48rem) 30vw, 45vw",
            Self::Half => "(min-width: 58rem) 54vw, 100vw",
            Self::Product => "(min-width: 60rem) 54vw, (min-width: 40rem) 52vw, 88vw",
            Self::Detail => "(min-width: 60rem) 27vw, (min-width: 40rem) 52vw, 88vw",
        }
    }

    /// The widest file that can be of use, in pixels.
    pub(crate) const fn limit(self) -> u16 {
        match self {
            Self::Grid => 800,
            Self::Half | Self::Product | Self::Detail => 1_600,
        }
    }

    /// The width of the file for browsers that know neither WebP nor `srcset`, in pixels.
    const fn plain(self) -> u16 {
        match self {
            Self::Grid => 480,
            Self::Half | Self::Product | Self::Detail => 800,
        }
    }
}

/// A picture in the widths that can be of use. `first` is for the one that a visitor sees first: it is loaded before
/// others, those further down only when they come near.
pub(crate) fn picture(picture: &Picture, sizes: Sizes, first: bool) -> impl IntoView + use<> {
    let (loading, decoding, priority) = if first {
        (None, None, Some("high"))
    } else {
        (Some("lazy"), Some("async"), None)
    };
    view! {
        <picture>
            <source r#type="image/webp" srcset=picture.srcset(sizes.limit(), Format::Webp) sizes=sizes.value() />
            <img
                src=picture.url_near(sizes.plain(), Format::Jpeg)
                alt=picture.alt.clone()
                width=picture.width.to_string()
                height=picture.height.to_string()
                loading=loading
                decoding=decoding
                fetchpriority=priority
            />
        </picture>
    }
}

/// A small picture beside words that say what it shows.
pub(crate) fn thumbnail(picture: Option<&Picture>) -> impl IntoView + use<> {
    let tone = picture.map(|picture| picture.tone.clone());
    let image = picture.map(|picture| {
        view! {
            <img
                src=picture.url_near(160, Format::Webp)
                alt=""
                width=picture.width.to_string()
                height=picture.height.to_string()
                loading="lazy"
                decoding="async"
            />
        }
    });
    view! { <span class="media media--thumb" data-tone=tone>{image}</span> }
}
