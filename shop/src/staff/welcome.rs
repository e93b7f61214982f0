//! A shop that nobody runs yet gets its owner.
//!
//! A page that made an owner of whoever comes first would make one of whoever finds the shop first. So it asks for a word that
//! stands in the log of the server, where only those can read it to whom the shop belongs; `mercer admin create` and
//! `mercer admin welcome` ask for the command line, which is the same. The word is kept as its hash and is good for one owner.

use super::{SignedIn, db};
use crate::{Actor, Fault, Result, Shop, Token, audit::Entry, core::password, ops::Limit};
use domain::{
    StaffId,
    staff::{OwnerForm, WelcomeError},
};
use serde_json::json;

impl Shop {
    /// Whether nobody can come in yet. People of the demo do not count where they may not come in.
    pub async fn has_no_staff(&self) -> Result<bool> {
        let with_demo = self.settings().demo_logins;
        Ok(db::count(self.db(), with_demo).await? == 0)
    }

    /// The address of the page that makes the first owner, with a new word in it; nothing where somebody runs the shop.
    pub async fn welcome_link(&self) -> Result<Option<String>> {
        if !self.has_no_staff().await? {
            return Ok(None);
        }
        let code = Token::generate();
        db::insert_code(self.db(), &code.hash(), self.clock().now()).await?;
        let origin = &self.settings().public_url;
        Ok(Some(format!(
            "{origin}/admin/welcome?code={}",
            code.expose()
        )))
    }

    /// Makes the first owner, and lets them in.
    pub async fn create_first_owner(
        &self,
        form: &OwnerForm,
        client: &str,
        agent: &str,
    ) -> Result<SignedIn, Fault<WelcomeError>> {
        let refused = |error| Err(Fault::Refused(error));
        if !self.allows(Limit::SignIn, client).await {
            return refused(WelcomeError::TooOften);
        }
        let Some(code) = Token::parse(form.code.trim()) else {
            return refused(WelcomeError::Code);
        };
        // Whoever does not know the word is told nothing else, and costs no hashing.
        if !self.has_no_staff().await? {
            return refused(WelcomeError::Over);
        }
        if !db::knows_code(self.db(), &code.hash()).await? {
            return refused(WelcomeError::Code);
        }
        let (name, email) = form.check().map_err(Fault::Refused)?;
        let hash = password::hash(form.password.clone()).await?;
        let (staff, now) = (StaffId(self.clock().id()), self.clock().now());
        let mut tx = self.db().begin().await?;
        // Of two who come at the same time, one is first.
        db::lock_staff(&mut tx).await?;
        if db::count(&mut *tx, self.settings().demo_logins).await? > 0 {
            return refused(WelcomeError::Over);
        }
        db::use_codes(&mut tx).await?;
        if !db::insert(&mut tx, staff, &email, &name, "owner", now).await? {
            let taken = domain::staff::StaffError::EmailTaken.to_string();
            return refused(WelcomeError::Fields(vec![("email", taken)]));
        }
        db::set_password(&mut tx, staff, &hash, now).await?;
        let actor = Actor {
            id: Some(staff),
            name: name.clone(),
            client: client.to_owned(),
            ..Actor::operator(now)
        };
        let entry = Entry {
            action: "staff.created",
            kind: "staff",
            id: staff.to_string(),
            name: &name,
            did: "became the owner of the shop".to_owned(),
            before: None,
            after: Some(json!({ "email": email, "name": name, "role": "owner" })),
        };
        self.record(&mut tx, &actor, entry).await?;
        tx.commit().await?;
        Ok(self.let_owner_in(staff, client, agent).await?)
    }
}
