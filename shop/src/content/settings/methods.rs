//! Delivery methods of a zone: made, changed, sorted, taken away. Orders keep the name and the price that they were placed with.

use super::{super::db, id, shop_setting};
use crate::{Actor, Fault, Result, Shop};
use domain::{
    Currency, Money,
    catalog::Handle,
    content::{MethodDraft, MethodForm, MethodPage, SettingErrors},
    staff::Permission,
};
use serde_json::{Value, json};
use uuid::Uuid;

impl Shop {
    /// A form for a new method of a zone.
    pub async fn new_method_settings(
        &self,
        actor: &Actor,
        zone: &str,
    ) -> Result<Option<MethodPage>> {
        actor.require(Permission::EditSettings)?;
        let Some(zone) = id(zone) else {
            return Ok(None);
        };
        let form = MethodForm {
            active: "yes".to_owned(),
            ..MethodForm::default()
        };
        self.method_page(zone, String::new(), form).await
    }

    /// A method as it is changed.
    pub async fn method_settings(&self, actor: &Actor, method: &str) -> Result<Option<MethodPage>> {
        actor.require(Permission::EditSettings)?;
        let Some(id) = id(method) else {
            return Ok(None);
        };
        let Some(method) = db::method(self.db(), id).await? else {
            return Ok(None);
        };
        let form = form(&method, shop_setting(self.db()).await?.currency);
        self.method_page(method.zone_id, id.to_string(), form).await
    }

    async fn method_page(
        &self,
        zone: Uuid,
        id: String,
        form: MethodForm,
    ) -> Result<Option<MethodPage>> {
        let zone = db::zones(self.db(), Some(zone)).await?.pop();
        let Some(zone) = zone else { return Ok(None) };
        Ok(Some(MethodPage {
            id,
            zone_id: zone.id.to_string(),
            zone: zone.name,
            currency: shop_setting(self.db()).await?.currency.to_string(),
            form,
        }))
    }

    /// Makes a method, behind the others of its zone.
    pub async fn add_method(
        &self,
        actor: &Actor,
        zone: &str,
        form: &MethodForm,
    ) -> Result<(), Fault<SettingErrors>> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        let currency = shop_setting(self.db()).await?.currency;
        let draft = form.check(currency).map_err(Fault::Refused)?;
        let mut tx = self.db().begin().await?;
        db::lock_zones(&mut tx).await?;
        let zone = match id(zone) {
            Some(zone) => db::zones(&mut *tx, Some(zone)).await?.pop(),
            None => None,
        };
        let Some(zone) = zone else {
            return Err(Fault::Refused(SettingErrors::gone()));
        };
        let id = self.clock().id();
        let code = code(&zone.name, &draft.name);
        if !db::insert_method(&mut tx, id, zone.id, &code, &draft).await? {
            let code = format!("{code}-{}", id.simple());
            db::insert_method(&mut tx, id, zone.id, &code, &draft).await?;
        }
        let did = format!("made the delivery “{}” to {}", draft.name, zone.name);
        self.record_setting(&mut tx, actor, id, did, (None, Some(fields(&draft))))
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Saves a method.
    pub async fn save_method(
        &self,
        actor: &Actor,
        method: &str,
        form: &MethodForm,
    ) -> Result<(), Fault<SettingErrors>> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        let currency = shop_setting(self.db()).await?.currency;
        let draft = form.check(currency).map_err(Fault::Refused)?;
        let mut tx = self.db().begin().await?;
        let before = self.method_to_change(&mut tx, method, form.version).await?;
        db::set_method(&mut tx, before.id, &draft).await?;
        let did = format!("changed the delivery “{}”", draft.name);
        let sides = (Some(fields(&kept(&before))), Some(fields(&draft)));
        self.record_setting(&mut tx, actor, before.id, did, sides)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Takes a method away.
    pub async fn delete_method(
        &self,
        actor: &Actor,
        method: &str,
        version: i32,
    ) -> Result<(), Fault<SettingErrors>> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        let mut tx = self.db().begin().await?;
        let before = self.method_to_change(&mut tx, method, version).await?;
        db::delete_method(&mut tx, before.id).await?;
        let did = format!("deleted the delivery “{}”", before.name);
        let sides = (Some(fields(&kept(&before))), None);
        self.record_setting(&mut tx, actor, before.id, did, sides)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Puts a method one place higher in its zone. Returns the id of that.
    pub async fn raise_method(
        &self,
        actor: &Actor,
        method: &str,
    ) -> Result<Option<String>, Fault<SettingErrors>> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        let mut tx = self.db().begin().await?;
        db::lock_zones(&mut tx).await?;
        let raised = match id(method) {
            Some(id) => db::method(&mut *tx, id).await?,
            None => None,
        };
        let Some(raised) = raised else {
            return Ok(None);
        };
        let methods = db::methods(&mut *tx, Some(raised.zone_id)).await?;
        let mut order: Vec<_> = methods.iter().map(|method| method.id).collect();
        let place = order.iter().position(|id| *id == raised.id);
        if let Some(place) = place.filter(|place| *place > 0) {
            order.swap(place - 1, place);
            db::order_methods(&mut tx, &order).await?;
            let did = format!("put the delivery “{}” one place higher", raised.name);
            self.record_setting(&mut tx, actor, raised.id, did, (None, None))
                .await?;
            tx.commit().await?;
        }
        Ok(Some(raised.zone_id.to_string()))
    }

    /// A method that is still as the form showed it; nobody else changes it until the transaction ends.
    async fn method_to_change(
        &self,
        tx: &mut sqlx::PgConnection,
        method: &str,
        version: i32,
    ) -> Result<db::Method, Fault<SettingErrors>> {
        db::lock_zones(tx).await?;
        let before = match id(method) {
            Some(id) => db::method(&mut *tx, id).await?,
            None => None,
        };
        let Some(before) = before else {
            return Err(Fault::Refused(SettingErrors::gone()));
        };
        if before.version != version {
            let currency = shop_setting(&mut *tx).await?.currency;
            let theirs = shown(&form(&before, currency));
            return Err(Fault::Refused(SettingErrors::stale(before.version, theirs)));
        }
        Ok(before)
    }
}

/// The word that the checkout's form names a method by.
fn code(zone: &str, name: &str) -> String {
    Handle::suggest(&format!("{zone} {name}")).map_or_else(
        || "delivery".to_owned(),
        |handle| handle.as_str().to_owned(),
    )
}

fn form(method: &db::Method, currency: Currency) -> MethodForm {
    let typed = |minor| Money::new(minor, currency).decimal();
    MethodForm {
        name: method.name.clone(),
        description: method.description.clone(),
        price: typed(method.price),
        free_over: method.free_over.map(typed).unwrap_or_default(),
        min_days: method.min_days.to_string(),
        max_days: method.max_days.to_string(),
        active: if method.is_active { "yes" } else { "" }.to_owned(),
        version: method.version,
    }
}

fn kept(method: &db::Method) -> MethodDraft {
    MethodDraft {
        name: method.name.clone(),
        description: method.description.clone(),
        price: method.price,
        free_over: method.free_over,
        min_days: method.min_days,
        max_days: method.max_days,
        is_active: method.is_active,
    }
}

fn shown(form: &MethodForm) -> Vec<(&'static str, String)> {
    let active = if form.active == "yes" { "Yes" } else { "No" };
    vec![
        ("Name", form.name.clone()),
        ("A line on it", form.description.clone()),
        ("Price", form.price.clone()),
        ("Free from", form.free_over.clone()),
        (
            "Working days",
            format!("{} to {}", form.min_days, form.max_days),
        ),
        ("Shoppers can choose it", active.to_owned()),
    ]
}

fn fields(draft: &MethodDraft) -> Value {
    json!({
        "name": draft.name, "description": draft.description, "price": draft.price, "free_over": draft.free_over,
        "min_days": draft.min_days, "max_days": draft.max_days, "is_active": draft.is_active,
    })
}
