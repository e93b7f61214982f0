//! Shipping zones: made, changed, taken away. A country is in one of them at most.

use super::{super::db, id, shop_setting};
use crate::{Actor, Fault, Result, Shop};
use domain::{
    Currency, Money,
    content::{
        MethodRow, SettingErrors, ShippingPage, ZoneDraft, ZoneForm, ZonePage, ZoneRow,
        country_name,
    },
    staff::Permission,
};
use serde_json::{Value, json};
use uuid::Uuid;

impl Shop {
    /// Every zone with its methods.
    pub async fn shipping_settings(&self, actor: &Actor) -> Result<ShippingPage> {
        actor.require(Permission::EditSettings)?;
        let shop = shop_setting(self.db()).await?;
        let zones = db::zones(self.db(), None).await?;
        let methods = db::methods(self.db(), None).await?;
        let served = zones.iter().any(|zone| {
            zone.countries.contains(&shop.country)
                && methods
                    .iter()
                    .any(|method| method.zone_id == zone.id && method.is_active)
        });
        let of = |zone: Uuid| {
            let own = methods.iter().filter(|method| method.zone_id == zone);
            own.map(|method| method_row(method, shop.currency))
                .collect()
        };
        Ok(ShippingPage {
            zones: zones
                .into_iter()
                .map(|zone| ZoneRow {
                    id: zone.id.to_string(),
                    methods: of(zone.id),
                    name: zone.name,
                    countries: names(&zone.countries),
                })
                .collect(),
            home_unserved: (!served).then(|| country_name(&shop.country).to_owned()),
        })
    }

    /// One zone as it is changed; without an id a new one.
    pub async fn zone_settings(
        &self,
        actor: &Actor,
        zone: Option<&str>,
    ) -> Result<Option<ZonePage>> {
        actor.require(Permission::EditSettings)?;
        let zones = db::zones(self.db(), None).await?;
        let Some(zone) = zone else {
            return Ok(Some(ZonePage {
                taken: taken(&zones, None),
                ..ZonePage::default()
            }));
        };
        let Some(known) = zones.iter().find(|known| known.id.to_string() == zone) else {
            return Ok(None);
        };
        let currency = shop_setting(self.db()).await?.currency;
        let methods = db::methods(self.db(), Some(known.id)).await?;
        Ok(Some(ZonePage {
            id: known.id.to_string(),
            form: ZoneForm {
                name: known.name.clone(),
                countries: known.countries.clone(),
                version: known.version,
            },
            taken: taken(&zones, Some(known.id)),
            methods: methods
                .iter()
                .map(|method| method_row(method, currency))
                .collect(),
        }))
    }

    /// Makes a zone. Returns its id.
    pub async fn add_zone(
        &self,
        actor: &Actor,
        form: &ZoneForm,
    ) -> Result<String, Fault<SettingErrors>> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        let mut tx = self.db().begin().await?;
        db::lock_zones(&mut tx).await?;
        let zones = db::zones(&mut *tx, None).await?;
        let draft = form.check(&taken(&zones, None)).map_err(Fault::Refused)?;
        let id = self.clock().id();
        if !db::insert_zone(&mut tx, id, &draft).await? {
            return Err(Fault::Refused(name_taken()));
        }
        let did = format!("made the shipping zone “{}”", draft.name);
        self.record_setting(&mut tx, actor, id, did, (None, Some(fields(&draft))))
            .await?;
        tx.commit().await?;
        Ok(id.to_string())
    }

    /// Saves what a zone is called and where it is.
    pub async fn save_zone(
        &self,
        actor: &Actor,
        zone: &str,
        form: &ZoneForm,
    ) -> Result<(), Fault<SettingErrors>> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        let Some(id) = id(zone) else {
            return Err(Fault::Refused(SettingErrors::gone()));
        };
        let mut tx = self.db().begin().await?;
        db::lock_zones(&mut tx).await?;
        let zones = db::zones(&mut *tx, None).await?;
        let Some(before) = zones.iter().find(|known| known.id == id) else {
            return Err(Fault::Refused(SettingErrors::gone()));
        };
        if before.version != form.version {
            return Err(Fault::Refused(SettingErrors::stale(
                before.version,
                shown(before),
            )));
        }
        let draft = form
            .check(&taken(&zones, Some(id)))
            .map_err(Fault::Refused)?;
        if !db::set_zone(&mut tx, id, &draft).await? {
            return Err(Fault::Refused(name_taken()));
        }
        let did = format!("changed the shipping zone “{}”", draft.name);
        let sides = (Some(fields(&kept(before))), Some(fields(&draft)));
        self.record_setting(&mut tx, actor, id, did, sides).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Takes a zone away with its methods: nothing is sent to its countries any more. Orders keep what they were promised.
    pub async fn delete_zone(
        &self,
        actor: &Actor,
        zone: &str,
        version: i32,
    ) -> Result<(), Fault<SettingErrors>> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        let Some(id) = id(zone) else {
            return Err(Fault::Refused(SettingErrors::gone()));
        };
        let mut tx = self.db().begin().await?;
        db::lock_zones(&mut tx).await?;
        let Some(before) = db::zones(&mut *tx, Some(id)).await?.pop() else {
            return Err(Fault::Refused(SettingErrors::gone()));
        };
        if before.version != version {
            return Err(Fault::Refused(SettingErrors::stale(
                before.version,
                shown(&before),
            )));
        }
        let methods = db::methods(&mut *tx, Some(id)).await?;
        let methods: Vec<_> = methods.iter().map(|method| &method.name).collect();
        db::delete_zone(&mut tx, id).await?;
        let did = format!("deleted the shipping zone “{}”", before.name);
        let mut was = fields(&kept(&before));
        was["methods"] = json!(methods);
        self.record_setting(&mut tx, actor, id, did, (Some(was), None))
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The countries of the other zones, each with the name of its zone.
fn taken(zones: &[db::Zone], but: Option<Uuid>) -> Vec<(String, String)> {
    let others = zones.iter().filter(|zone| Some(zone.id) != but);
    others
        .flat_map(|zone| {
            let of = |country: &String| (country.clone(), zone.name.clone());
            zone.countries.iter().map(of)
        })
        .collect()
}

fn name_taken() -> SettingErrors {
    SettingErrors::at("name", "Another zone is called that.")
}

/// The names of countries, in their order.
fn names(codes: &[String]) -> Vec<String> {
    let mut names: Vec<_> = codes
        .iter()
        .map(|code| country_name(code).to_owned())
        .collect();
    names.sort_unstable();
    names
}

fn kept(zone: &db::Zone) -> ZoneDraft {
    ZoneDraft {
        name: zone.name.clone(),
        countries: zone.countries.clone(),
    }
}

fn shown(zone: &db::Zone) -> Vec<(&'static str, String)> {
    vec![
        ("Name", zone.name.clone()),
        ("Countries", names(&zone.countries).join(", ")),
    ]
}

fn fields(draft: &ZoneDraft) -> Value {
    json!({ "name": draft.name, "countries": draft.countries.join(", ") })
}

fn method_row(method: &db::Method, currency: Currency) -> MethodRow {
    let money = |minor| Money::new(minor, currency);
    let days = match (method.min_days, method.max_days) {
        (0, 0) => "The same day".to_owned(),
        (1, 1) => "1 working day".to_owned(),
        (min, max) if min == max => format!("{min} working days"),
        (min, max) => format!("{min} to {max} working days"),
    };
    MethodRow {
        id: method.id.to_string(),
        name: method.name.clone(),
        price: money(method.price).or_free(),
        free_over: method.free_over.map(|from| money(from).to_string()),
        days,
        is_active: method.is_active,
    }
}
