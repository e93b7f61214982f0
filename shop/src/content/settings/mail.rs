//! Who mail comes from.

use super::super::{db, put_setting, setting};
use crate::{Actor, Fault, Result, Shop};
use domain::{
    content::{MailFrom, MailPage, SettingErrors},
    staff::Permission,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgPool;

/// The setting `mail`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct MailSetting {
    name: String,
    email: String,
}

/// Who mail comes from, as the owner set it: the name and the address.
pub(crate) async fn mailbox(db: &PgPool) -> Result<Option<(String, String)>> {
    let kept: Option<MailSetting> = setting(db, "mail").await?;
    Ok(kept
        .filter(|kept| !kept.email.is_empty())
        .map(|kept| (kept.name, kept.email)))
}

impl Shop {
    /// Who mail comes from now.
    pub async fn mail_settings(&self, actor: &Actor) -> Result<MailPage> {
        actor.require(Permission::EditSettings)?;
        let kept: MailSetting = setting(self.db(), "mail").await?.unwrap_or_default();
        Ok(MailPage {
            form: MailFrom {
                name: kept.name,
                email: kept.email,
                version: db::setting_version(self.db(), "mail").await?,
            },
            usual: self.settings().mail.from.clone(),
        })
    }

    /// Saves who mail comes from; the next mail does.
    pub async fn save_mail(
        &self,
        actor: &Actor,
        form: &MailFrom,
    ) -> Result<(), Fault<SettingErrors>> {
        actor.require_confirmed(Permission::EditSettings, self.clock().now())?;
        let errors = form.check();
        if !errors.is_empty() {
            return Err(Fault::Refused(errors));
        }
        let mut tx = self.db().begin().await?;
        let version = db::lock_setting(&mut tx, "mail").await?;
        let before: MailSetting = setting(&mut *tx, "mail").await?.unwrap_or_default();
        if version != form.version {
            let theirs = vec![("Name", before.name), ("Address", before.email)];
            return Err(Fault::Refused(SettingErrors::stale(version, theirs)));
        }
        let after = MailSetting {
            name: form.name(),
            email: form.email.trim().to_owned(),
        };
        put_setting(&mut *tx, "mail", &after).await?;
        let sides = (Some(fields(&before)), Some(fields(&after)));
        let did = "changed who mail comes from".to_owned();
        self.record_setting(&mut tx, actor, "mail", did, sides)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

fn fields(mail: &MailSetting) -> Value {
    json!({ "name": mail.name, "email": mail.email })
}
