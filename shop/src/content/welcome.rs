//! A new shop gets its name.

use super::{ShopSetting, db, put_setting, setting, settings::time_zones};
use crate::{Actor, Fault, Result, Shop, audit::Entry};
use domain::{
    content::{GeneralPage, SettingErrors, ShopForm},
    staff::Permission,
};
use jiff::tz::TimeZone;
use serde_json::json;

impl Shop {
    /// Whether nobody has said yet what the shop is called.
    pub async fn is_nameless(&self) -> Result<bool> {
        let kept: Option<ShopSetting> = setting(self.db(), "shop").await?;
        Ok(kept.is_none())
    }

    /// The form for the name, with what is most usual in it.
    pub fn naming_page(&self, actor: &Actor) -> Result<GeneralPage> {
        actor.require(Permission::EditSettings)?;
        Ok(GeneralPage {
            form: ShopForm {
                email: actor.email.clone(),
                country: "GB".to_owned(),
                time_zone: "Europe/London".to_owned(),
                currency: "GBP".to_owned(),
                ..ShopForm::default()
            },
            currency_is_open: true,
            time_zones: time_zones(),
        })
    }

    /// Says what a shop is called that has no name yet, and gives it a place for its stock. Whoever comes second changes nothing.
    pub async fn name_shop(
        &self,
        actor: &Actor,
        form: &ShopForm,
    ) -> Result<(), Fault<SettingErrors>> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        let mut errors = form.check();
        if TimeZone::get(form.time_zone.trim()).is_err() {
            errors.add("time_zone", "Please choose the time zone of the shop.");
        }
        let currency = match form.currency() {
            Some(currency) if errors.is_empty() => currency,
            _ => return Err(Fault::Refused(errors)),
        };
        let shop = ShopSetting {
            name: form.name(),
            tagline: String::new(),
            description: String::new(),
            announcement: String::new(),
            email: form.email.trim().to_owned(),
            phone: String::new(),
            address: Vec::new(),
            currency,
            country: form.country.clone(),
            time_zone: form.time_zone.trim().to_owned(),
            legal: Vec::new(),
            footer: Vec::new(),
            assurances: Vec::new(),
        };
        let mut tx = self.db().begin().await?;
        db::lock_settings(&mut tx).await?;
        let named: Option<ShopSetting> = setting(&mut *tx, "shop").await?;
        if named.is_some() {
            return Ok(());
        }
        put_setting(&mut *tx, "shop", &shop).await?;
        db::first_location(&mut tx, self.clock().id()).await?;
        let entry = Entry {
            action: "setting.changed",
            kind: "setting",
            id: "shop".to_owned(),
            name: "settings",
            did: format!("called the shop “{}”", shop.name),
            before: None,
            after: Some(json!({
                "name": shop.name, "email": shop.email, "currency": shop.currency, "country": shop.country,
                "time_zone": shop.time_zone,
            })),
        };
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        self.chrome_cache().forget();
        Ok(())
    }
}
