//! The home page of a shop whose owner has written none yet.

use crate::{Result, Shop};
use domain::content::{Hero, HomePage, Link};

/// How many products it shows.
const NEWEST: i64 = 8;

impl Shop {
    /// The shop's name, what it says of itself, and what came last; words of patience where there is nothing yet.
    pub(super) async fn plain_home(&self) -> Result<HomePage> {
        let chrome = self.chrome().await?;
        let categories = self.top_categories().await?;
        let new_in = self.newest_cards(NEWEST).await?;
        let is_open = !new_in.is_empty();
        let text = match (is_open, chrome.description.as_str()) {
            (true, text) => text.to_owned(),
            (false, _) => {
                "The shelves are still being filled. Please look in again soon.".to_owned()
            }
        };
        let first = new_in.first().map(|card| Link {
            label: "Look at what is new".to_owned(),
            href: card.href(),
        });
        let write = Some(&chrome.email)
            .filter(|email| !email.is_empty())
            .map(|email| Link {
                label: "Write to us".to_owned(),
                href: format!("mailto:{email}"),
            });
        let search = Link {
            label: "Search".to_owned(),
            href: "/search".to_owned(),
        };
        Ok(HomePage {
            hero: Hero {
                eyebrow: chrome.tagline.clone(),
                title: chrome.name.clone(),
                text,
                cta: first.or(write).unwrap_or(search),
                link: None,
                picture: None,
                href: "/".to_owned(),
                aside: None,
                aside_note: String::new(),
            },
            new_in_title: "New in".to_owned(),
            new_in,
            categories,
            materials_title: String::new(),
            materials_text: String::new(),
            materials: Vec::new(),
            maker: None,
            promises: Vec::new(),
        })
    }
}
