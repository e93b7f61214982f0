//! The settings in the hands of the owner.

use super::{ShopSetting, db, put_setting, setting};
use crate::{Actor, Error, Fault, Result, Shop, audit::Entry};
use domain::{
    Currency, Money,
    content::{MethodRow, SettingErrors, SettingsPage, ShopForm, TaxRow},
    staff::Permission,
};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgConnection;

/// The setting `security`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct SecuritySetting {
    totp_required: bool,
}

impl Shop {
    /// What is set now.
    pub async fn settings_page(&self, actor: &Actor) -> Result<SettingsPage> {
        actor.require(Permission::EditSettings)?;
        let shop = self.shop_setting().await?;
        let security: SecuritySetting = setting(self.db(), "security").await?.unwrap_or_default();
        let currency = shop.currency;
        let methods = db::methods(self.db()).await?;
        Ok(SettingsPage {
            shop: ShopForm {
                name: shop.name,
                tagline: shop.tagline,
                description: shop.description,
                announcement: shop.announcement,
                email: shop.email,
                phone: shop.phone,
                address: shop.address.join("\n"),
                time_zone: shop.time_zone,
                currency: currency.to_string(),
                totp_required: if security.totp_required { "yes" } else { "" }.to_owned(),
                version: db::setting_version(self.db(), "shop").await?,
            },
            currency_is_open: !db::has_orders(self.db()).await?,
            taxes: db::taxes(self.db())
                .await?
                .into_iter()
                .map(tax_row)
                .collect(),
            methods: methods
                .into_iter()
                .map(|row| method_row(row, currency))
                .collect(),
        })
    }

    async fn shop_setting(&self) -> Result<ShopSetting> {
        let kept = setting(self.db(), "shop").await?;
        kept.ok_or_else(|| Error::Stored("the shop has no settings yet".into()))
    }

    /// Saves who the shop is.
    pub async fn save_shop(
        &self,
        actor: &Actor,
        form: &ShopForm,
    ) -> Result<(), Fault<SettingErrors>> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        let before = self.shop_setting().await?;
        let mut errors = form.check();
        if TimeZone::get(form.time_zone.trim()).is_err() {
            errors.add(
                "time_zone",
                "Please give the name of a time zone, such as Europe/London.",
            );
        }
        let currency = form
            .currency
            .trim()
            .parse::<Currency>()
            .unwrap_or(before.currency);
        let mut tx = self.db().begin().await?;
        if db::lock_setting(&mut tx, "shop").await? != form.version {
            errors.add(
                "version",
                "Somebody saved the settings meanwhile. Please load the page again and look.",
            );
        }
        if currency != before.currency && db::has_orders(&mut *tx).await? {
            errors.add(
                "currency",
                "There are orders in the currency of before: it stays.",
            );
        }
        if !errors.0.is_empty() {
            return Err(Fault::Refused(errors));
        }
        let after = ShopSetting {
            name: form.name.trim().to_owned(),
            tagline: form.tagline.trim().to_owned(),
            description: form.description.trim().to_owned(),
            announcement: form.announcement.trim().to_owned(),
            email: form.email.trim().to_owned(),
            phone: form.phone.trim().to_owned(),
            address: form.lines(),
            time_zone: form.time_zone.trim().to_owned(),
            currency,
            ..before.clone()
        };
        let security = SecuritySetting {
            totp_required: form.totp_required == "yes",
        };
        put_setting(&mut *tx, "shop", &after).await?;
        put_setting(&mut *tx, "security", &security).await?;
        let sides = (fields(&before), fields(&after));
        self.record_setting(&mut tx, actor, "changed who the shop is", sides)
            .await?;
        tx.commit().await?;
        if currency != before.currency {
            self.refresh_products().await?;
        }
        Ok(())
    }

    /// Saves one tax rate.
    pub async fn save_tax(&self, actor: &Actor, row: &TaxRow) -> Result<(), Fault<SettingErrors>> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        let rate = row.check().map_err(Fault::Refused)?;
        let mut tx = self.db().begin().await?;
        let Some(before) = db::set_tax(&mut tx, &row.id, &row.name, rate, row.included).await?
        else {
            return Err(Fault::Refused(gone()));
        };
        let sides = (
            json!({ "name": before.name, "rate": before.rate, "included": before.included }),
            json!({ "name": row.name, "rate": rate, "included": row.included }),
        );
        let did = format!("changed the tax of {}", before.country);
        self.record_setting(&mut tx, actor, &did, sides).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Saves one delivery method. Orders that were placed keep what they were promised.
    pub async fn save_method(
        &self,
        actor: &Actor,
        row: &MethodRow,
    ) -> Result<(), Fault<SettingErrors>> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        let currency = self.shop_setting().await?.currency;
        let draft = row.check(currency).map_err(Fault::Refused)?;
        let mut tx = self.db().begin().await?;
        let Some(before) = db::set_method(&mut tx, &row.id, &draft).await? else {
            return Err(Fault::Refused(gone()));
        };
        let sides = (
            json!({ "name": before.name, "price": before.price, "free_over": before.free_over,
                    "min_days": before.min_days, "max_days": before.max_days }),
            json!({ "name": draft.name, "price": draft.price, "free_over": draft.free_over,
                    "min_days": draft.min_days, "max_days": draft.max_days }),
        );
        let did = format!("changed the delivery “{}” to {}", draft.name, before.zone);
        self.record_setting(&mut tx, actor, &did, sides).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn record_setting(
        &self,
        tx: &mut PgConnection,
        actor: &Actor,
        did: &str,
        (before, after): (Value, Value),
    ) -> Result<()> {
        let entry = Entry {
            action: "setting.changed",
            kind: "setting",
            id: "shop".to_owned(),
            name: "settings",
            did: did.to_owned(),
            before: Some(before),
            after: Some(after),
        };
        self.record(tx, actor, entry).await
    }
}

fn gone() -> SettingErrors {
    let mut errors = SettingErrors::default();
    errors.add("version", "It is not there any more.");
    errors
}

fn fields(shop: &ShopSetting) -> Value {
    json!({
        "name": shop.name, "tagline": shop.tagline, "description": shop.description, "announcement": shop.announcement,
        "email": shop.email, "phone": shop.phone, "address": shop.address.join(", "), "time_zone": shop.time_zone,
        "currency": shop.currency,
    })
}

fn tax_row(row: db::Tax) -> TaxRow {
    let (whole, part) = (row.rate / 100, row.rate % 100);
    TaxRow {
        id: row.id.to_string(),
        country: row.country,
        name: row.name,
        rate: if part == 0 {
            whole.to_string()
        } else {
            format!("{whole}.{part:02}")
        },
        included: row.included,
    }
}

fn method_row(row: db::Method, currency: Currency) -> MethodRow {
    let typed = |minor| Money::new(minor, currency).decimal();
    MethodRow {
        id: row.id.to_string(),
        zone: row.zone,
        name: row.name,
        price: typed(row.price),
        free_over: row.free_over.map(typed).unwrap_or_default(),
        min_days: row.min_days.to_string(),
        max_days: row.max_days.to_string(),
    }
}
