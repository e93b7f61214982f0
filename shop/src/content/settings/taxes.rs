//! Tax rates: added, changed, removed. Orders keep the rate that they were placed with.

use super::{super::db, id, shop_setting};
use crate::{Actor, Fault, Result, Shop};
use domain::{
    content::{SettingErrors, TaxDraft, TaxHold, TaxRow, TaxesPage, country_name},
    staff::Permission,
};
use serde_json::{Value, json};

impl Shop {
    /// What is due where.
    pub async fn tax_settings(&self, actor: &Actor) -> Result<TaxesPage> {
        actor.require(Permission::EditSettings)?;
        let home = shop_setting(self.db()).await?.country;
        let kept = db::taxes(self.db()).await?;
        let mut rows: Vec<_> = kept.into_iter().map(|tax| row(tax, &home)).collect();
        rows.sort_by(|a, b| a.country_name().cmp(b.country_name()));
        Ok(TaxesPage {
            rows,
            // Most shops show shoppers what they pay.
            new: TaxRow {
                included: "yes".to_owned(),
                ..TaxRow::default()
            },
        })
    }

    /// Adds the rate of a country that has none.
    pub async fn add_tax(&self, actor: &Actor, new: &TaxRow) -> Result<(), Fault<SettingErrors>> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        let draft = new.check().map_err(Fault::Refused)?;
        let id = self.clock().id();
        let mut tx = self.db().begin().await?;
        if !db::insert_tax(&mut tx, id, &draft).await? {
            let words = format!("{} has a rate already.", new.country_name());
            return Err(Fault::Refused(SettingErrors::at("country", words)));
        }
        let did = format!("added the tax of {}", new.country_name());
        self.record_setting(&mut tx, actor, id, did, (None, Some(fields(&draft))))
            .await?;
        tx.commit().await?;
        self.chrome_cache().forget();
        Ok(())
    }

    /// Saves one rate.
    pub async fn save_tax(&self, actor: &Actor, row: &TaxRow) -> Result<(), Fault<SettingErrors>> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        let draft = row.check().map_err(Fault::Refused)?;
        let Some(id) = id(&row.id) else {
            return Err(Fault::Refused(SettingErrors::gone()));
        };
        let mut tx = self.db().begin().await?;
        let Some(before) = db::lock_tax(&mut tx, id).await? else {
            return Err(Fault::Refused(SettingErrors::gone()));
        };
        if before.version != row.version {
            return Err(Fault::Refused(SettingErrors::stale(
                before.version,
                shown(&before),
            )));
        }
        db::set_tax(&mut tx, id, &draft).await?;
        let did = format!("changed the tax of {}", country_name(&before.country));
        let sides = (Some(fields(&kept(&before))), Some(fields(&draft)));
        self.record_setting(&mut tx, actor, id, did, sides).await?;
        tx.commit().await?;
        self.chrome_cache().forget();
        Ok(())
    }

    /// Removes a rate that nothing needs.
    pub async fn remove_tax(
        &self,
        actor: &Actor,
        row: &TaxRow,
    ) -> Result<(), Fault<SettingErrors>> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        let Some(id) = id(&row.id) else {
            return Err(Fault::Refused(SettingErrors::gone()));
        };
        let mut tx = self.db().begin().await?;
        // No zone takes the country in while its rate goes.
        db::lock_zones(&mut tx).await?;
        let Some(before) = db::lock_tax(&mut tx, id).await? else {
            return Err(Fault::Refused(SettingErrors::gone()));
        };
        let home = shop_setting(&mut *tx).await?.country;
        if let Some(hold) = TaxHold::of(&before.country, &home, before.zone.as_deref()) {
            let words = format!("It cannot be removed. {hold}");
            return Err(Fault::Refused(SettingErrors::at(row.field("rate"), words)));
        }
        db::delete_tax(&mut tx, id).await?;
        let did = format!("removed the tax of {}", country_name(&before.country));
        let sides = (Some(fields(&kept(&before))), None);
        self.record_setting(&mut tx, actor, id, did, sides).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Basis points as they are typed.
fn percent(rate: i32) -> String {
    let (whole, part) = (rate / 100, rate % 100);
    if part == 0 {
        whole.to_string()
    } else {
        format!("{whole}.{part:02}")
    }
}

fn row(tax: db::Tax, home: &str) -> TaxRow {
    TaxRow {
        id: tax.id.to_string(),
        hold: TaxHold::of(&tax.country, home, tax.zone.as_deref()),
        country: tax.country,
        name: tax.name,
        rate: percent(tax.rate),
        included: if tax.included { "yes" } else { "" }.to_owned(),
        version: tax.version,
    }
}

fn kept(tax: &db::Tax) -> TaxDraft {
    TaxDraft {
        country: tax.country.clone(),
        name: tax.name.clone(),
        rate: tax.rate,
        included: tax.included,
    }
}

fn shown(tax: &db::Tax) -> Vec<(&'static str, String)> {
    let included = if tax.included { "Yes" } else { "No" };
    vec![
        ("Country", country_name(&tax.country).to_owned()),
        ("Name", tax.name.clone()),
        ("Percent", percent(tax.rate)),
        ("In the prices", included.to_owned()),
    ]
}

fn fields(draft: &TaxDraft) -> Value {
    json!({ "country": draft.country, "name": draft.name, "rate": draft.rate, "included": draft.included })
}
