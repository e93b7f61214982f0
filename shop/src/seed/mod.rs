//! The demo shop: products from a CSV file through the import, everything around them from a TOML file.

mod asked;
mod db;
mod demo;
mod fingerprint;
mod history;
mod people;

pub use history::History;

use crate::{
    Error, Fault, Result, Shop,
    content::{
        HomeSetting, MakerSetting, MaterialSetting, ShopSetting, put_page, put_setting, setting,
    },
    import::ImportReport,
};
use demo::Demo;
use domain::catalog::Picture;
use std::path::Path;

/// What the demo data was when it was last written: where it is the same, nothing is done.
const FINGERPRINT: &str = "demo";

impl Shop {
    /// Writes the demo shop into the database, or brings it up to date. Returns `None` where it is so already.
    pub async fn seed_demo(&self) -> Result<Option<ImportReport>> {
        // Much is read at once: it is kept on the heap.
        Box::pin(self.write_demo()).await
    }

    async fn write_demo(&self) -> Result<Option<ImportReport>> {
        let folder = self.settings().demo_dir.clone();
        let text = read(&folder.join("shop.toml")).await?;
        let products = read(&folder.join("products.csv")).await?;
        let fingerprint = fingerprint::of(folder.clone()).await?;
        if setting::<String>(self.db(), FINGERPRINT).await?.as_ref() == Some(&fingerprint) {
            return Ok(None);
        }
        let demo: Demo = toml::from_str(&text)
            .map_err(|error| Error::Stored(format!("demo/shop.toml: {error}")))?;
        self.write_around(&demo, &folder).await?;
        let report = self
            .import_products(products.as_bytes(), &folder, false)
            .await?;
        if let Some(error) = report.errors.first() {
            return Err(Error::Stored(format!("demo/products.csv, {error}")));
        }
        self.write_home(&demo, &folder).await?;
        self.write_staff(&demo.staff).await?;
        self.write_customers(&demo.customer).await?;
        self.refresh_products().await?;
        put_setting(self.db(), FINGERPRINT, &fingerprint).await?;
        Ok(Some(report))
    }

    async fn write_around(&self, demo: &Demo, folder: &Path) -> Result<()> {
        let mut tx = self.db().begin().await?;
        let shop = ShopSetting {
            footer: demo.footer.clone(),
            ..demo.shop.clone()
        };
        put_setting(&mut *tx, "shop", &shop).await?;
        put_setting(&mut *tx, "swatches", &demo.swatches).await?;
        for page in &demo.page {
            let html = ammonia::clean(&read(&folder.join(&page.file)).await?);
            put_page(
                &mut *tx,
                self.clock().id(),
                &page.handle,
                &page.title,
                &page.description,
                &html,
            )
            .await?;
        }
        db::write_brands(&mut tx, self.clock(), &demo.brand).await?;
        db::write_categories(&mut tx, self.clock(), &demo.category).await?;
        db::write_selling(&mut tx, self.clock(), demo).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn write_home(&self, demo: &Demo, folder: &Path) -> Result<()> {
        let home = &demo.home;
        let mut materials = Vec::with_capacity(home.materials.len());
        for material in &home.materials {
            materials.push(MaterialSetting {
                title: material.title.clone(),
                text: material.text.clone(),
                href: material.href.clone(),
                picture: Some(
                    self.picture(folder, &material.picture, &material.alt)
                        .await?,
                ),
            });
        }
        let maker = MakerSetting {
            brand: home.maker.brand.clone(),
            title: home.maker.title.clone(),
            text: home.maker.text.clone(),
            picture: Some(
                self.picture(folder, &home.maker.picture, &home.maker.alt)
                    .await?,
            ),
        };
        let setting = HomeSetting {
            eyebrow: home.eyebrow.clone(),
            title: home.title.clone(),
            text: home.text.clone(),
            cta: home.cta.clone(),
            link: home.link.clone(),
            hero_product: home.hero_product.clone(),
            hero_picture: Some(
                self.picture(folder, &home.hero_picture, &home.hero_alt)
                    .await?,
            ),
            aside_product: home.aside_product.clone(),
            aside_note: home.aside_note.clone(),
            new_in_title: home.new_in_title.clone(),
            new_in: home.new_in.clone(),
            materials_title: home.materials_title.clone(),
            materials_text: home.materials_text.clone(),
            materials,
            maker: Some(maker),
            promises: home.promises.clone(),
        };
        put_setting(self.db(), "home", &setting).await
    }

    async fn picture(&self, folder: &Path, file: &str, alt: &str) -> Result<Picture> {
        let file = folder.join(file);
        let asset = self
            .take_in_file(&file)
            .await
            .map_err(|fault| match fault {
                Fault::Refused(reason) => Error::Stored(format!("{}: {reason}", file.display())),
                Fault::Failed(error) => error,
            })?;
        Ok(Picture {
            alt: alt.to_owned(),
            ..asset.picture
        })
    }
}

async fn read(file: &Path) -> Result<String> {
    tokio::fs::read_to_string(file)
        .await
        .map_err(|error| Error::Stored(format!("{} cannot be read: {error}", file.display())))
}
