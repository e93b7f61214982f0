//! Which legal texts the bottom of every page leads to. The texts themselves are pages of text.

use super::{
    super::{ShopSetting, db, put_setting},
    shop_setting,
};
use crate::{Actor, Fault, Result, Shop};
use domain::{
    content::{LegalForm, LegalPage, Link, SettingErrors},
    staff::Permission,
};
use serde_json::json;

impl Shop {
    /// The links as they are now, and the pages that can be led to.
    pub async fn legal_settings(&self, actor: &Actor) -> Result<LegalPage> {
        actor.require(Permission::EditSettings)?;
        let shop = shop_setting(self.db()).await?;
        let version = db::setting_version(self.db(), "shop").await?;
        Ok(LegalPage {
            form: LegalForm::of(&shop.legal, version),
            pages: self.page_rows().await?,
        })
    }

    /// Saves the links.
    pub async fn save_legal(
        &self,
        actor: &Actor,
        form: &LegalForm,
    ) -> Result<(), Fault<SettingErrors>> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        let mut links = form
            .check(&self.page_rows().await?)
            .map_err(Fault::Refused)?;
        let mut tx = self.db().begin().await?;
        let version = db::lock_setting(&mut tx, "shop").await?;
        let before = shop_setting(&mut *tx).await?;
        if version != form.version {
            let theirs = vec![("Links", labels(&before.legal))];
            return Err(Fault::Refused(SettingErrors::stale(version, theirs)));
        }
        // What leads elsewhere than to a page of text has no place in the form: it stays.
        let elsewhere = |link: &&Link| !link.href.starts_with("/pages/");
        links.extend(before.legal.iter().filter(elsewhere).cloned());
        let sides = (
            Some(json!({ "links": labels(&before.legal) })),
            Some(json!({ "links": labels(&links) })),
        );
        let after = ShopSetting {
            legal: links,
            ..before
        };
        put_setting(&mut *tx, "shop", &after).await?;
        let did = "changed the links to the legal texts".to_owned();
        self.record_setting(&mut tx, actor, "shop", did, sides)
            .await?;
        tx.commit().await?;
        self.chrome_cache().forget();
        Ok(())
    }
}

fn labels(links: &[Link]) -> String {
    let labels: Vec<_> = links.iter().map(|link| link.label.as_str()).collect();
    labels.join(", ")
}
