//! A picture in the widths and formats that it is kept in.

use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// An encoding of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For every browser of today.
    Webp,
    /// For the others, and for mail and link previews.
    Jpeg,
}

impl Format {
    /// The end of the file's name, without a dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Webp => "webp",
            Self::Jpeg => "jpg",
        }
    }

    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Webp => "image/webp",
            Self::Jpeg => "image/jpeg",
        }
    }
}

/// A picture as a page shows it. Its files are named by their content, so they never change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The first 20 hexadecimal digits of the SHA-256 of what was uploaded.
    pub hash: String,
    /// The widths it is kept in, in pixels, rising; never empty.
    pub widths: Vec<u16>,
    /// Width of the largest, in pixels.
    pub width: u16,
    /// Height of the largest, in pixels.
    pub height: u16,
    /// The colour that stands in its place until it is there: `#rrggbb`.
    pub tone: String,
    /// What it shows, for those who do not see it. Empty where it says nothing that the text beside it does not.
    pub alt: String,
}

impl Picture {
    /// The address of the file of one width.
    pub fn url(&self, width: u16, format: Format) -> String {
        format!("/media/{}/{width}.{}", self.hash, format.extension())
    }

    /// The address of the smallest file that is at least `width` wide, else of the largest.
    pub fn url_near(&self, width: u16, format: Format) -> String {
        self.url(
            self.widths
                .iter()
                .copied()
                .find(|kept| *kept >= width)
                .unwrap_or(self.width),
            format,
        )
    }

    /// Every width up to `limit` pixels, for a `srcset` attribute.
    pub fn srcset(&self, limit: u16, format: Format) -> String {
        let mut set = String::with_capacity(self.widths.len() * 48);
        for (index, width) in self.widths.iter().enumerate() {
            if index > 0 && *width > limit {
                break;
            }
            let comma = if index > 0 { ", " } else { "" };
            // Writing to a String cannot fail.
            let _ = write!(
                set,
                "{comma}/media/{}/{width}.{} {width}w",
                self.hash,
                format.extension()
            );
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture() -> Picture {
        Picture {
            hash: "ab12".into(),
            widths: vec![160, 400, 800],
            width: 800,
            height: 1000,
            tone: "#ccbbaa".into(),
            alt: String::new(),
        }
    }

    #[test]
    fn a_browser_is_offered_every_width_that_can_be_of_use() {
        assert_eq!(
            picture().srcset(400, Format::Webp),
            "/media/ab12/160.webp 160w, /media/ab12/400.webp 400w"
        );
        assert_eq!(
            picture().srcset(10, Format::Jpeg),
            "/media/ab12/160.jpg 160w"
        );
    }

    #[test]
    fn the_nearest_file_is_not_smaller_than_wanted_where_there_is_one() {
        assert_eq!(picture().url_near(200, Format::Jpeg), "/media/ab12/400.jpg");
        assert_eq!(
            picture().url_near(2000, Format::Jpeg),
            "/media/ab12/800.jpg"
        );
    }
}
