//! `demo/shop.toml`.

use crate::content::ShopSetting;
use domain::{
    checkout::Address,
    content::{FooterColumn, Link, Promise},
};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub(super) struct Demo {
    pub(super) shop: ShopSetting,
    pub(super) home: Home,
    pub(super) swatches: BTreeMap<String, String>,
    pub(super) brand: Vec<Brand>,
    pub(super) category: Vec<Category>,
    pub(super) tax_rate: Vec<TaxRate>,
    pub(super) shipping_zone: Vec<ShippingZone>,
    pub(super) coupon: Vec<Coupon>,
    pub(super) page: Vec<Page>,
    pub(super) footer: Vec<FooterColumn>,
    pub(super) staff: Vec<Person>,
    #[serde(default)]
    pub(super) customer: Vec<Customer>,
}

/// Somebody who buys.
#[derive(Deserialize)]
pub(super) struct Customer {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) password: String,
    /// Their address book; the first is the usual one.
    pub(super) address: Vec<Address>,
}

#[derive(Deserialize)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: String,
    pub(super) password: String,
}

#[derive(Deserialize)]
pub(super) struct Home {
    pub(super) eyebrow: String,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) cta: Link,
    pub(super) link: Option<Link>,
    pub(super) hero_product: String,
    pub(super) hero_picture: String,
    pub(super) hero_alt: String,
    pub(super) aside_product: String,
    pub(super) aside_note: String,
    pub(super) new_in_title: String,
    pub(super) new_in: Vec<String>,
    pub(super) materials_title: String,
    pub(super) materials_text: String,
    pub(super) materials: Vec<Material>,
    pub(super) maker: Maker,
    pub(super) promises: Vec<Promise>,
}

#[derive(Deserialize)]
pub(super) struct Material {
    pub(super) title: String,
    pub(super) text: String,
    pub(super) href: String,
    pub(super) picture: String,
    pub(super) alt: String,
}

#[derive(Deserialize)]
pub(super) struct Maker {
    pub(super) brand: String,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) picture: String,
    pub(super) alt: String,
}

#[derive(Deserialize)]
pub(super) struct Brand {
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) place: String,
    pub(super) story: String,
}

#[derive(Deserialize)]
pub(super) struct Category {
    pub(super) handle: String,
    pub(super) path: String,
    pub(super) parent: Option<String>,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) position: i32,
}

#[derive(Deserialize)]
pub(super) struct TaxRate {
    pub(super) name: String,
    pub(super) countries: Vec<String>,
    pub(super) category: String,
    pub(super) rate: i32,
    pub(super) included: bool,
}

#[derive(Deserialize)]
pub(super) struct ShippingZone {
    pub(super) name: String,
    pub(super) countries: Vec<String>,
    pub(super) method: Vec<ShippingMethod>,
}

#[derive(Deserialize)]
pub(super) struct ShippingMethod {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) price: i64,
    pub(super) free_over: Option<i64>,
    pub(super) min_days: i32,
    pub(super) max_days: i32,
    pub(super) position: i32,
}

#[derive(Deserialize)]
pub(super) struct Coupon {
    pub(super) code: String,
    pub(super) description: String,
    pub(super) percent: i64,
}

#[derive(Deserialize)]
pub(super) struct Page {
    pub(super) handle: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) file: String,
}
