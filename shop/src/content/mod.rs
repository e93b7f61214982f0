//! What surrounds the products: the frame of pages, the home page, pages of text.

mod db;
mod pages;
mod plain;
mod settings;
mod stored;
mod welcome;

pub(crate) use db::{put_page, put_setting, setting};
pub(crate) use settings::mailbox;
pub(crate) use stored::{HomeSetting, MakerSetting, MaterialSetting, ShopSetting};

use crate::checkout::zone;
use crate::{Result, Shop};
use domain::content::{Chrome, ContentPage, Hero, HomePage, MakerStory, Material};
use jiff::tz::TimeZone;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::time::timeout;

/// How long the frame of pages is kept before it is read again.
const KEPT: Duration = Duration::from_secs(5);

/// How long a page waits for that where it has the last one.
const PATIENCE: Duration = Duration::from_millis(250);

/// The frame of pages as it was last read.
#[derive(Default)]
pub(crate) struct ChromeCache(Mutex<Option<(Instant, Arc<Chrome>)>>);

impl ChromeCache {
    fn last(&self) -> Option<(Instant, Arc<Chrome>)> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn keep(&self, chrome: &Arc<Chrome>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((Instant::now(), Arc::clone(chrome)));
    }

    /// It is read anew by whoever needs it next: something of it was changed.
    fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// One reads anew, the others go on with what there is.
    fn take_turn(&self, chrome: &Arc<Chrome>) {
        self.keep(chrome);
    }
}

impl Shop {
    /// The frame of every page, at most some seconds old; the last one that was read while the database is away.
    pub async fn chrome(&self) -> Result<Arc<Chrome>> {
        let last = self.chrome_cache().last();
        if let Some((read, chrome)) = &last {
            if read.elapsed() < KEPT {
                return Ok(Arc::clone(chrome));
            }
            self.chrome_cache().take_turn(chrome);
        }
        let read = db::chrome(self.db());
        let read = match &last {
            // Whoever waits for a page has waited for a database that is away already.
            Some(_) => {
                let read = timeout(PATIENCE, read).await;
                read.unwrap_or_else(|_| Err(sqlx::Error::PoolTimedOut.into()))
            }
            None => read.await,
        };
        match (read, last) {
            (Ok(chrome), _) => {
                let chrome = Arc::new(chrome);
                self.chrome_cache().keep(&chrome);
                Ok(chrome)
            }
            (Err(error), Some((_, chrome))) => {
                tracing::warn!(%error, "the frame of pages could not be read anew");
                Ok(chrome)
            }
            (Err(error), None) => Err(error),
        }
    }

    /// The time zone that the shop lives in.
    pub(crate) async fn time_zone(&self) -> Result<TimeZone> {
        let name = db::time_zone(self.db()).await?;
        Ok(zone(&name))
    }

    /// The home page.
    pub async fn home(&self) -> Result<HomePage> {
        let Some((home, brand)) = db::home(self.db()).await? else {
            return self.plain_home().await;
        };
        let mut handles = home.new_in.clone();
        handles.push(home.aside_product.clone());
        let mut cards = self.cards(&handles).await?;
        let aside = cards
            .iter()
            .position(|card| card.handle == home.aside_product)
            .filter(|_| !home.new_in.contains(&home.aside_product))
            .map(|at| cards.remove(at));
        Ok(HomePage {
            hero: Hero {
                eyebrow: home.eyebrow,
                title: home.title,
                text: home.text,
                cta: home.cta,
                link: home.link,
                picture: home.hero_picture,
                href: format!("/products/{}", home.hero_product),
                aside,
                aside_note: home.aside_note,
            },
            new_in_title: home.new_in_title,
            new_in: cards,
            categories: self.top_categories().await?,
            materials_title: home.materials_title,
            materials_text: home.materials_text,
            materials: home
                .materials
                .into_iter()
                .map(
                    |MaterialSetting {
                         title,
                         text,
                         href,
                         picture,
                     }| Material {
                        title,
                        text,
                        href,
                        picture,
                    },
                )
                .collect(),
            maker: home.maker.zip(brand).map(
                |(
                    MakerSetting {
                        title,
                        text,
                        picture,
                        ..
                    },
                    brand,
                )| MakerStory {
                    href: format!(
                        "/search?q={}",
                        brand.name.replace('&', "%26").replace(' ', "+")
                    ),
                    brand,
                    title,
                    text,
                    picture,
                },
            ),
            promises: home.promises,
        })
    }

    /// A page of text.
    pub async fn content_page(&self, handle: &str) -> Result<Option<ContentPage>> {
        db::page(self.db(), handle).await
    }
}
