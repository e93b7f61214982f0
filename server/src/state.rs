//! What handlers work with.

use crate::{assets, config::Config};
use app::{Assets, Frame};
use domain::content::Chrome;
use shop::Shop;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// What handlers work with; cheap to clone.
#[derive(Clone)]
pub(crate) struct State {
    pub(crate) shop: Shop,
    pub(crate) config: Arc<Config>,
    /// When the process began, in seconds since 1970.
    pub(crate) begun: i64,
    assets: Arc<Assets>,
    draining: Arc<AtomicBool>,
}

impl State {
    pub(crate) fn new(shop: Shop, config: Config) -> anyhow::Result<Self> {
        let assets = Arc::new(assets::find(&config)?);
        Ok(Self {
            begun: shop.clock().now().as_second(),
            shop,
            config: Arc::new(config),
            assets,
            draining: Arc::default(),
        })
    }

    /// What a page has around it. While the shop's own frame cannot be read, a bare one.
    pub(crate) async fn frame(&self, path: impl Into<String>) -> Frame {
        let chrome = match self.shop.chrome().await {
            Ok(chrome) => chrome,
            Err(_) => Arc::new(Chrome::bare()),
        };
        Frame {
            chrome,
            assets: Arc::clone(&self.assets),
            origin: self.config.shop.public_url.clone(),
            path: path.into(),
            development: self.config.development,
        }
    }

    /// From now on the process tells that it takes no more work.
    pub(crate) fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }
}
