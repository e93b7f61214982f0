//! Pages of text in the hands of the merchant.

use super::db;
use crate::{Actor, Fault, Result, Shop, audit::Entry, core::words};
use domain::{
    catalog::Handle,
    content::{PageError, PageForm, PageRow},
    staff::Permission,
};
use serde_json::json;

impl Shop {
    /// Every page of text.
    pub async fn pages(&self, actor: &Actor) -> Result<Vec<PageRow>> {
        actor.require(Permission::EditContent)?;
        self.page_rows().await
    }

    /// The rows of that list.
    pub(super) async fn page_rows(&self) -> Result<Vec<PageRow>> {
        let zone = self.time_zone().await?;
        let pages = db::pages(self.db()).await?;
        Ok(pages
            .into_iter()
            .map(|(handle, title, saved)| PageRow {
                handle,
                title,
                saved: words::moment(saved, &zone),
            })
            .collect())
    }

    /// A page as it is changed.
    pub async fn page_to_edit(&self, actor: &Actor, handle: &str) -> Result<Option<PageForm>> {
        actor.require(Permission::EditContent)?;
        db::page_form(self.db(), handle).await
    }

    /// Writes a new page down. Returns its name in addresses.
    pub async fn create_page(
        &self,
        actor: &Actor,
        form: &PageForm,
    ) -> Result<String, Fault<PageError>> {
        actor.require(Permission::EditContent)?;
        let form = clean(form).map_err(Fault::Refused)?;
        if form.handle.parse::<Handle>().is_err() {
            return Err(Fault::Refused(PageError::Handle));
        }
        let (id, now) = (self.clock().id(), self.clock().now());
        let mut tx = self.db().begin().await?;
        if !db::insert_page(&mut tx, id, &form, now).await? {
            return Err(Fault::Refused(PageError::HandleTaken));
        }
        let did = format!("wrote the page “{}”", form.title);
        self.record(&mut tx, actor, entry("page.created", None, &form, did))
            .await?;
        tx.commit().await?;
        Ok(form.handle)
    }

    /// Saves a page. What somebody else saved meanwhile is not overwritten: it is shown.
    pub async fn save_page(&self, actor: &Actor, form: &PageForm) -> Result<(), Fault<PageError>> {
        actor.require(Permission::EditContent)?;
        let form = clean(form).map_err(Fault::Refused)?;
        let mut tx = self.db().begin().await?;
        let before = db::page_form(&mut *tx, &form.handle)
            .await?
            .ok_or(Fault::Refused(PageError::Handle))?;
        if !db::save_page(&mut tx, &form, self.clock().now()).await? {
            return Err(Fault::Refused(PageError::Stale(Box::new(before))));
        }
        let did = format!("changed the page “{}”", form.title);
        self.record(
            &mut tx,
            actor,
            entry("page.changed", Some(&before), &form, did),
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// What is kept of what was typed: nothing that could run in a shopper's browser.
fn clean(form: &PageForm) -> Result<PageForm, PageError> {
    let title = form.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        return Err(PageError::Title);
    }
    Ok(PageForm {
        handle: form.handle.trim().to_owned(),
        title,
        description: form.description.trim().chars().take(300).collect(),
        body: ammonia::clean(&form.body),
        version: form.version,
    })
}

fn entry<'a>(
    action: &'static str,
    before: Option<&PageForm>,
    after: &'a PageForm,
    did: String,
) -> Entry<'a> {
    let fields = |form: &PageForm| json!({ "title": form.title, "description": form.description, "body": form.body });
    Entry {
        action,
        kind: "page",
        id: after.handle.clone(),
        name: &after.title,
        did,
        before: before.map(fields),
        after: Some(fields(after)),
    }
}
