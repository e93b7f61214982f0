//! The tree of categories: listed, added, renamed, moved, put in order, and deleted where nothing is in them.

use crate::{
    Actor, Fault, Result, Shop,
    audit::Entry,
    catalog::db::{self, KeptCategory},
};
use domain::{
    CategoryId,
    catalog::edit::{CategoryEdit, CategoryForm, CategoryRow, CheckedCategory, FormErrors},
    staff::Permission,
};
use serde_json::{Value, json};
use sqlx::PgConnection;

impl Shop {
    /// The tree, from top to bottom.
    pub async fn admin_categories(&self, actor: &Actor) -> Result<Vec<CategoryRow>> {
        actor.require(Permission::ViewProducts)?;
        db::category_rows(self.db()).await
    }

    /// The page of a category, or of one that is new; `None` where there is none of this id.
    pub async fn admin_category(
        &self,
        actor: &Actor,
        id: Option<CategoryId>,
    ) -> Result<Option<CategoryEdit>> {
        actor.require(Permission::ViewProducts)?;
        let kept = match id {
            None => None,
            Some(id) => match db::kept_category(self.db(), id).await? {
                Some(kept) => Some(kept),
                None => return Ok(None),
            },
        };
        let own = kept.as_ref().map(|kept| kept.path.clone());
        let mut parents = db::category_choices(self.db()).await?;
        parents.retain(|choice| own.as_ref().is_none_or(|own| !is_within(&choice.path, own)));
        let is_empty = kept.as_ref().is_some_and(|kept| kept.is_empty);
        let form = kept.map(|kept| kept.form).unwrap_or_default();
        Ok(Some(CategoryEdit {
            id,
            name: form.name.clone(),
            path: own.unwrap_or_default(),
            form,
            errors: FormErrors::default(),
            parents: parents
                .into_iter()
                .map(|choice| (choice.id.to_string(), choice.names))
                .collect(),
            is_empty,
        }))
    }

    /// Saves a category, or a new one. Where it gets another address, so does everything below it, and the old addresses
    /// lead on. Returns which it is, or `None` where it is not there any more.
    pub async fn save_category(
        &self,
        actor: &Actor,
        id: Option<CategoryId>,
        form: &CategoryForm,
    ) -> Result<Option<CategoryId>, Fault<FormErrors>> {
        actor.require(Permission::EditProducts)?;
        let category = form.check().map_err(Fault::Refused)?;
        let mut tx = self.db().begin().await?;
        db::lock_tree(&mut tx).await?;
        let before = match id {
            None => None,
            Some(id) => match db::kept_category(&mut *tx, id).await? {
                Some(before) => Some(before),
                None => return Ok(None),
            },
        };
        if let Some(now) = before
            .as_ref()
            .filter(|now| now.form.version != form.version)
        {
            return Err(Fault::Refused(stale(now)));
        }
        let key = id.unwrap_or_else(|| CategoryId(self.clock().id()));
        let path = path_of(&mut tx, key, &category, before.as_ref()).await?;
        let now = self.clock().now();
        let moved = before.as_ref().filter(|before| before.path != path);
        if let Some(before) = moved {
            db::move_paths(&mut tx, key, &before.path, &path, now).await?;
        }
        db::put_category(&mut tx, key, &category, &path, now).await?;
        db::clear_redirects(&mut tx).await?;
        let products = db::of_category(&mut tx, &path).await?;
        db::refresh(&mut tx, &products).await?;
        self.record_category(&mut tx, actor, key, before.as_ref(), &category.name)
            .await?;
        tx.commit().await?;
        Ok(Some(key))
    }

    async fn record_category(
        &self,
        tx: &mut PgConnection,
        actor: &Actor,
        id: CategoryId,
        before: Option<&KeptCategory>,
        name: &str,
    ) -> Result<()> {
        let (action, verb) = match before {
            Some(_) => ("category.changed", "changed"),
            None => ("category.made", "added"),
        };
        let mut entry = entry(action, id, name);
        entry.did = format!("{verb} the category {name}");
        entry.before = before.map(told);
        entry.after = db::kept_category(&mut *tx, id).await?.as_ref().map(told);
        self.record(tx, actor, entry).await
    }

    /// Moves a category before the one that stands before it.
    pub async fn raise_category(&self, actor: &Actor, id: CategoryId) -> Result<()> {
        actor.require(Permission::EditProducts)?;
        let mut tx = self.db().begin().await?;
        db::lock_tree(&mut tx).await?;
        let Some(kept) = db::kept_category(&mut *tx, id).await? else {
            return Ok(());
        };
        let mut order = db::beside(&mut tx, id).await?;
        let place = order.iter().position(|other| *other == id.0);
        let Some(place) = place.filter(|place| *place > 0) else {
            return Ok(());
        };
        order.swap(place - 1, place);
        db::order_categories(&mut tx, &order).await?;
        let mut entry = entry("category.moved", id, &kept.form.name);
        entry.did = format!("moved the category {} up", kept.form.name);
        entry.before = Some(json!({ "place": place + 1 }));
        entry.after = Some(json!({ "place": place }));
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Deletes a category that nothing is in or below.
    pub async fn delete_category(
        &self,
        actor: &Actor,
        id: CategoryId,
    ) -> Result<(), Fault<FormErrors>> {
        actor.require(Permission::EditProducts)?;
        let mut tx = self.db().begin().await?;
        db::lock_tree(&mut tx).await?;
        let Some(kept) = db::kept_category(&mut *tx, id).await? else {
            return Ok(());
        };
        if !kept.is_empty {
            let message = "There are products or categories in this one. Move them first.";
            return Err(Fault::Refused(FormErrors::one("delete", message)));
        }
        db::delete_category(&mut tx, id).await?;
        let mut entry = entry("category.deleted", id, &kept.form.name);
        entry.did = format!("deleted the category {}", kept.form.name);
        entry.before = Some(told(&kept));
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The path that a category gets, where it can be there: nothing lies in itself, and no two are called alike beside each
/// other.
async fn path_of(
    tx: &mut PgConnection,
    id: CategoryId,
    category: &CheckedCategory,
    before: Option<&KeptCategory>,
) -> Result<String, Fault<FormErrors>> {
    let refused = |field: &str, message: &str| Err(Fault::Refused(FormErrors::one(field, message)));
    let path = match category.parent {
        None => category.handle.to_string(),
        Some(parent) => {
            let Some(parent) = db::kept_category(&mut *tx, parent).await? else {
                return refused("parent", "This category is not there any more.");
            };
            if before.is_some_and(|before| is_within(&parent.path, &before.path)) {
                return refused(
                    "parent",
                    "A category cannot lie in itself or in what is below it.",
                );
            }
            format!("{}/{}", parent.path, category.handle)
        }
    };
    match db::taken_category(tx, id, category, &path).await? {
        (true, _) => refused("name", "Another category beside this one is called so."),
        (_, true) => refused("handle", "Another category has this address."),
        _ => Ok(path),
    }
}

/// Whether a path is another one or lies below it.
fn is_within(path: &str, other: &str) -> bool {
    path.strip_prefix(other)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn told(kept: &KeptCategory) -> Value {
    json!({
        "name": kept.form.name,
        "address": kept.path,
        "title": kept.form.title,
        "description": kept.form.description,
    })
}

/// Somebody else saved meanwhile: what it is now.
fn stale(now: &KeptCategory) -> FormErrors {
    let message = format!(
        "Somebody else saved this category meanwhile: it is called {} now, at {}. Open it again to see the whole.",
        now.form.name, now.path
    );
    FormErrors::one("version", message)
}

fn entry<'a>(action: &'static str, id: CategoryId, name: &'a str) -> Entry<'a> {
    Entry {
        action,
        kind: "category",
        id: id.to_string(),
        name,
        did: String::new(),
        before: None,
        after: None,
    }
}
