//! Who the shop is.

use super::{
    super::{ShopSetting, db, put_setting, setting},
    shop_setting,
};
use crate::{Actor, Fault, Result, Shop};
use domain::{
    content::{GeneralPage, SettingErrors, ShopForm, country_name},
    staff::Permission,
};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The setting `security`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct SecuritySetting {
    totp_required: bool,
}

impl Shop {
    /// Who the shop is now.
    pub async fn general_settings(&self, actor: &Actor) -> Result<GeneralPage> {
        actor.require(Permission::EditSettings)?;
        let shop = shop_setting(self.db()).await?;
        let security: SecuritySetting = setting(self.db(), "security").await?.unwrap_or_default();
        Ok(GeneralPage {
            form: ShopForm {
                name: shop.name,
                tagline: shop.tagline,
                description: shop.description,
                announcement: shop.announcement,
                email: shop.email,
                phone: shop.phone,
                address: shop.address.join("\n"),
                country: shop.country,
                time_zone: shop.time_zone,
                currency: shop.currency.to_string(),
                totp_required: if security.totp_required { "yes" } else { "" }.to_owned(),
                version: db::setting_version(self.db(), "shop").await?,
            },
            currency_is_open: !db::has_orders(self.db()).await?,
            time_zones: time_zones(),
        })
    }

    /// Saves who the shop is.
    pub async fn save_general(
        &self,
        actor: &Actor,
        form: &ShopForm,
    ) -> Result<(), Fault<SettingErrors>> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        let mut errors = form.check();
        if TimeZone::get(form.time_zone.trim()).is_err() {
            errors.add("time_zone", "Please choose the time zone of the shop.");
        }
        let mut tx = self.db().begin().await?;
        let version = db::lock_setting(&mut tx, "shop").await?;
        let before = shop_setting(&mut *tx).await?;
        let currency = form.currency().unwrap_or(before.currency);
        if currency != before.currency && db::has_orders(&mut *tx).await? {
            errors.add(
                "currency",
                "There are orders in the currency of before: it stays.",
            );
        }
        if version != form.version {
            return Err(Fault::Refused(SettingErrors::stale(
                version,
                shown(&before),
            )));
        }
        if !errors.is_empty() {
            return Err(Fault::Refused(errors));
        }
        let after = ShopSetting {
            name: form.name(),
            tagline: form.tagline.trim().to_owned(),
            description: form.description.trim().to_owned(),
            announcement: form.announcement.trim().to_owned(),
            email: form.email.trim().to_owned(),
            phone: form.phone.trim().to_owned(),
            address: form.lines(),
            country: form.country.clone(),
            time_zone: form.time_zone.trim().to_owned(),
            currency,
            ..before.clone()
        };
        let security = SecuritySetting {
            totp_required: form.totp_required == "yes",
        };
        put_setting(&mut *tx, "shop", &after).await?;
        put_setting(&mut *tx, "security", &security).await?;
        let sides = (Some(fields(&before)), Some(fields(&after)));
        let did = "changed who the shop is".to_owned();
        self.record_setting(&mut tx, actor, "shop", did, sides)
            .await?;
        tx.commit().await?;
        self.chrome_cache().forget();
        if currency != before.currency {
            self.refresh_products().await?;
        }
        Ok(())
    }
}

/// The names of the time zones that places have; those of other kinds are left out.
pub(in crate::content) fn time_zones() -> Vec<String> {
    let mut names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned())
        .filter(|name| name.contains('/') && !name.starts_with("Etc/"))
        .collect();
    names.push("UTC".to_owned());
    names.sort_unstable();
    names.dedup();
    names
}

fn shown(shop: &ShopSetting) -> Vec<(&'static str, String)> {
    vec![
        ("Name", shop.name.clone()),
        ("Line below it", shop.tagline.clone()),
        ("E-mail for shoppers", shop.email.clone()),
        ("Telephone", shop.phone.clone()),
        ("Address", shop.address.join(", ")),
        ("Country", country_name(&shop.country).to_owned()),
        ("Time zone", shop.time_zone.clone()),
        ("Currency", shop.currency.to_string()),
        ("Line above every page", shop.announcement.clone()),
        ("In search results", shop.description.clone()),
    ]
}

fn fields(shop: &ShopSetting) -> Value {
    json!({
        "name": shop.name, "tagline": shop.tagline, "description": shop.description, "announcement": shop.announcement,
        "email": shop.email, "phone": shop.phone, "address": shop.address.join(", "), "country": shop.country,
        "time_zone": shop.time_zone, "currency": shop.currency,
    })
}
