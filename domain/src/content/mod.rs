//! What surrounds the products: the frame of every page, the home page and the pages of text.

mod edit;
mod settings;

pub use edit::{PageError, PageForm, PageRow};
pub use settings::{
    GeneralPage, LEGAL_LINKS, LegalForm, LegalLink, LegalPage, MailFrom, MailPage, MethodDraft,
    MethodForm, MethodPage, MethodRow, SettingErrors, ShippingPage, ShopForm, TaxDraft, TaxHold,
    TaxRow, TaxesPage, ZoneDraft, ZoneForm, ZonePage, ZoneRow, country_name,
};

use crate::{
    Currency,
    catalog::{Brand, CategoryLink, Picture, ProductCard, Seo},
    text_enum::text_enum,
};
use serde::{Deserialize, Serialize};

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The words.
    pub label: String,
    /// The address.
    pub href: String,
}

/// A link of the main navigation with those under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NavItem {
    /// The words.
    pub label: String,
    /// The address.
    pub href: String,
    /// One level below.
    pub children: Vec<Link>,
}

/// A column of the footer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FooterColumn {
    /// Its heading.
    pub title: String,
    /// Its links.
    pub links: Vec<Link>,
}

text_enum! {
    /// What an assurance is about.
    AssuranceKind {
        /// When it comes and what that costs.
        Delivery = "delivery",
        /// Sending it back.
        Return = "return",
        /// What happens when it breaks.
        Mending = "mending",
    }
}

/// What a shopper can rely on with every product; it stands beside each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assurance {
    /// What it is about.
    pub about: AssuranceKind,
    /// In a few words.
    pub title: String,
    /// In a sentence.
    pub text: String,
    /// Where there is more to read.
    pub link: Option<Link>,
}

/// The frame of every page: who the shop is and where one can go in it. It changes rarely and is kept in memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chrome {
    /// The shop's name.
    pub name: String,
    /// A few words under the name.
    pub tagline: String,
    /// What the shop is, in a sentence, for search engines.
    pub description: String,
    /// The line above the header; may be empty.
    pub announcement: String,
    /// The address that shoppers write to.
    pub email: String,
    /// The telephone number; may be empty.
    pub phone: String,
    /// The postal address, by lines.
    pub address: Vec<String>,
    /// The currency that everything is sold in.
    pub currency: Currency,
    /// The country whose tax the prices on the shelf include (ISO 3166-1 alpha-2).
    pub country: String,
    /// What that tax is called; `None` where none is included.
    pub tax_name: Option<String>,
    /// The main navigation.
    pub nav: Vec<NavItem>,
    /// The columns of the footer.
    pub footer: Vec<FooterColumn>,
    /// The links beside the copyright line.
    pub legal: Vec<Link>,
    /// What stands beside every product; may be empty.
    pub assurances: Vec<Assurance>,
}

/// The top of the home page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hero {
    /// A few words above the title.
    pub eyebrow: String,
    /// The title.
    pub title: String,
    /// A sentence or two.
    pub text: String,
    /// The filled button.
    pub cta: Link,
    /// The quieter link beside it.
    pub link: Option<Link>,
    /// The large picture.
    pub picture: Option<Picture>,
    /// Where the picture leads.
    pub href: String,
    /// A product to point at.
    pub aside: Option<ProductCard>,
    /// The words beside it.
    pub aside_note: String,
}

/// A material that things are made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// Its name.
    pub title: String,
    /// A line on it.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// What it looks like.
    pub picture: Option<Picture>,
}

/// A maker, told about at length.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakerStory {
    /// The maker.
    pub brand: Brand,
    /// What they say.
    pub title: String,
    /// Who they are.
    pub text: String,
    /// Something of theirs.
    pub picture: Option<Picture>,
    /// Their things.
    pub href: String,
}

/// A promise of the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// In a few words.
    pub title: String,
    /// In a sentence.
    pub text: String,
}

/// The home page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomePage {
    /// Its top.
    pub hero: Hero,
    /// The heading over the new things.
    pub new_in_title: String,
    /// New things.
    pub new_in: Vec<ProductCard>,
    /// The categories at the top of the tree.
    pub categories: Vec<CategoryLink>,
    /// The heading over the materials.
    pub materials_title: String,
    /// A line under it.
    pub materials_text: String,
    /// Materials.
    pub materials: Vec<Material>,
    /// A maker.
    pub maker: Option<MakerStory>,
    /// What a shopper can rely on.
    pub promises: Vec<Promise>,
}

/// A page of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentPage {
    /// The name that stands in addresses.
    pub handle: String,
    /// The heading.
    pub title: String,
    /// The text as sanitised HTML.
    pub body_html: String,
    /// For search engines.
    pub seo: Seo,
}

impl Chrome {
    /// A frame for pages that are shown while the shop's own cannot be read.
    pub fn bare() -> Self {
        Self {
            name: "Shop".into(),
            tagline: String::new(),
            description: String::new(),
            announcement: String::new(),
            email: String::new(),
            phone: String::new(),
            address: Vec::new(),
            currency: Currency::GBP,
            country: "GB".into(),
            tax_name: None,
            nav: Vec::new(),
            footer: Vec::new(),
            legal: Vec::new(),
            assurances: Vec::new(),
        }
    }
}
