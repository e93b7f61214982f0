//! Makers: listed, added, renamed, and deleted where nothing is of them.

use crate::{Actor, Fault, Result, Shop, audit::Entry, catalog::db};
use domain::{
    BrandId,
    catalog::edit::{BrandEdit, BrandForm, BrandRow, FormErrors},
    staff::Permission,
};
use serde_json::json;

impl Shop {
    /// Every maker, by name.
    pub async fn admin_brands(&self, actor: &Actor) -> Result<Vec<BrandRow>> {
        actor.require(Permission::ViewProducts)?;
        db::brands(self.db()).await
    }

    /// The page of a maker, or of one that is new; `None` where there is none of this id.
    pub async fn admin_brand(
        &self,
        actor: &Actor,
        id: Option<BrandId>,
    ) -> Result<Option<BrandEdit>> {
        actor.require(Permission::ViewProducts)?;
        let Some(known) = id else {
            return Ok(Some(edit(None, BrandForm::default(), 0)));
        };
        let found = db::brand(self.db(), known).await?;
        Ok(found.map(|(form, products)| edit(id, form, products)))
    }

    /// Saves a maker, or a new one; the pages of its products show it at once. Returns which it is, or `None` where it is
    /// not there any more.
    pub async fn save_brand(
        &self,
        actor: &Actor,
        id: Option<BrandId>,
        form: &BrandForm,
    ) -> Result<Option<BrandId>, Fault<FormErrors>> {
        actor.require(Permission::EditProducts)?;
        let brand = form.check().map_err(Fault::Refused)?;
        let mut tx = self.db().begin().await?;
        let before = match id {
            None => None,
            Some(id) => match db::brand(&mut *tx, id).await? {
                Some((before, _)) => Some(before),
                None => return Ok(None),
            },
        };
        if let Some(before) = before
            .as_ref()
            .filter(|before| before.version != form.version)
        {
            return Err(Fault::Refused(stale(before)));
        }
        let key = id.unwrap_or_else(|| BrandId(self.clock().id()));
        let story = ammonia::clean(&brand.story_html);
        let taken = db::put_brand(&mut tx, key, &brand, &story, self.clock().now()).await?;
        if let Some(field) = taken {
            // An address that was not typed came from the name.
            let is_name = field == "name" || form.handle.trim().is_empty();
            let (field, message) = if is_name {
                ("name", "Another maker is called so.")
            } else {
                ("handle", "Another maker has this address.")
            };
            return Err(Fault::Refused(FormErrors::one(field, message)));
        }
        let products = db::of_brand(&mut tx, key).await?;
        db::refresh(&mut tx, &products).await?;
        let told = |form: &BrandForm| json!({ "name": form.name, "handle": form.handle, "place": form.place, "story": form.story_html });
        let (action, verb) = match before {
            Some(_) => ("brand.changed", "changed"),
            None => ("brand.made", "added"),
        };
        let mut entry = entry(action, key, &brand.name);
        entry.did = format!("{verb} the maker {}", brand.name);
        entry.before = before.as_ref().map(told);
        entry.after = db::brand(&mut *tx, key).await?.map(|(form, _)| told(&form));
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        Ok(Some(key))
    }

    /// Deletes a maker that no product is of.
    pub async fn delete_brand(&self, actor: &Actor, id: BrandId) -> Result<(), Fault<FormErrors>> {
        actor.require(Permission::EditProducts)?;
        let mut tx = self.db().begin().await?;
        let Some((form, products)) = db::brand(&mut *tx, id).await? else {
            return Ok(());
        };
        if products > 0 {
            let message = "There are products of this maker. Give them another one first.";
            return Err(Fault::Refused(FormErrors::one("delete", message)));
        }
        db::delete_brand(&mut tx, id).await?;
        let mut entry = entry("brand.deleted", id, &form.name);
        entry.did = format!("deleted the maker {}", form.name);
        entry.before = Some(json!({ "name": form.name, "handle": form.handle }));
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        Ok(())
    }
}

fn edit(id: Option<BrandId>, form: BrandForm, products: i64) -> BrandEdit {
    BrandEdit {
        id,
        name: form.name.clone(),
        form,
        errors: FormErrors::default(),
        products,
    }
}

/// Somebody else saved meanwhile: what it is now.
fn stale(now: &BrandForm) -> FormErrors {
    let message = format!(
        "Somebody else saved this maker meanwhile: it is called {} now, in {}. Open it again to see the whole.",
        now.name, now.place
    );
    FormErrors::one("version", message)
}

fn entry<'a>(action: &'static str, id: BrandId, name: &'a str) -> Entry<'a> {
    Entry {
        action,
        kind: "brand",
        id: id.to_string(),
        name,
        did: String::new(),
        before: None,
        after: None,
    }
}
