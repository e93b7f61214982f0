//! The settings that a merchant writes, in the shape in which they are kept.

use domain::{
    Currency,
    catalog::Picture,
    content::{Assurance, FooterColumn, Link, Promise},
};
use serde::{Deserialize, Serialize};

/// The setting `shop`: who it is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ShopSetting {
    pub(crate) name: String,
    pub(crate) tagline: String,
    pub(crate) description: String,
    pub(crate) announcement: String,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) address: Vec<String>,
    pub(crate) currency: Currency,
    pub(crate) country: String,
    pub(crate) time_zone: String,
    pub(crate) legal: Vec<Link>,
    #[serde(default)]
    pub(crate) footer: Vec<FooterColumn>,
    #[serde(default)]
    pub(crate) assurances: Vec<Assurance>,
}

/// The setting `home`: what the home page says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct HomeSetting {
    pub(crate) eyebrow: String,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) cta: Link,
    pub(crate) link: Option<Link>,
    pub(crate) hero_product: String,
    pub(crate) hero_picture: Option<Picture>,
    pub(crate) aside_product: String,
    pub(crate) aside_note: String,
    pub(crate) new_in_title: String,
    pub(crate) new_in: Vec<String>,
    pub(crate) materials_title: String,
    pub(crate) materials_text: String,
    pub(crate) materials: Vec<MaterialSetting>,
    pub(crate) maker: Option<MakerSetting>,
    pub(crate) promises: Vec<Promise>,
}

/// A material on the home page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct MaterialSetting {
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) href: String,
    pub(crate) picture: Option<Picture>,
}

/// The maker on the home page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct MakerSetting {
    /// The maker's handle.
    pub(crate) brand: String,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) picture: Option<Picture>,
}
