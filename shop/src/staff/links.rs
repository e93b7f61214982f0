//! Links that are sent by mail: to take up an invitation, or to choose another password. The link is made when it is sent, so
//! no queue and no table holds a word that opens anything.

use super::db::{self, Ending};
use crate::{
    Actor, Fault, Result, Shop, Token, audit::Entry, core::password, jobs::Job, mail, ops::Limit,
};
use domain::{
    StaffId,
    accounts::{PasswordError, check_password},
    staff::ChoosePasswordForm,
};
use jiff::SignedDuration;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkKind {
    /// To take up an invitation.
    Invitation,
    /// To choose another password.
    Reset,
}

impl LinkKind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        }
    }

    const fn lasts(self) -> SignedDuration {
        match self {
            Self::Invitation => SignedDuration::from_hours(7 * 24),
            Self::Reset => SignedDuration::from_hours(1),
        }
    }
}

impl Shop {
    /// Sends a link to whom this address belongs, if to anybody: the answer is the same.
    pub async fn forgot_staff_password(&self, email: &str, client: &str) -> Result<()> {
        if !self.allows(Limit::SignIn, client).await {
            return Ok(());
        }
        let email = email.trim().to_lowercase();
        if let Some(door) = db::door(self.db(), &email, false).await? {
            let job = Job::ResetStaff { staff: door.id };
            self.enqueue(self.db(), &job).await?;
        }
        Ok(())
    }

    /// Makes a link and sends it.
    pub(crate) async fn send_staff_link(&self, staff: StaffId, kind: LinkKind) -> Result<()> {
        let people = db::people(self.db(), Some(staff)).await?;
        let Some(person) = people.into_iter().find(|person| !person.is_disabled) else {
            return Ok(());
        };
        let link = self.make_staff_link(staff, kind).await?;
        let chrome = self.chrome().await?;
        let message = mail::staff_link(&person.email, &person.name, kind, &link, &chrome);
        self.post(self.clock().id(), &message).await
    }

    /// Makes a link; those that were made before for the same lead nowhere any more.
    pub(super) async fn make_staff_link(&self, staff: StaffId, kind: LinkKind) -> Result<String> {
        let token = Token::generate();
        let expires_at = self.clock().now() + kind.lasts();
        let mut tx = self.db().begin().await?;
        db::insert_link(&mut tx, &token.hash(), staff, kind.as_str(), expires_at).await?;
        tx.commit().await?;
        let origin = &self.settings().public_url;
        Ok(format!("{origin}/admin/password/{}", token.expose()))
    }

    /// The name of whom a link was sent to, where it still leads somewhere.
    pub async fn staff_link(&self, token: &Token) -> Result<Option<String>> {
        let found = db::link(self.db(), &token.hash(), self.clock().now()).await?;
        Ok(found.map(|(_, name)| name))
    }

    /// Takes the password that somebody chose by a link. Every session of theirs ends.
    pub async fn choose_staff_password(
        &self,
        token: &Token,
        form: &ChoosePasswordForm,
        client: &str,
    ) -> Result<(), Fault<PasswordError>> {
        check(form).map_err(Fault::Refused)?;
        let now = self.clock().now();
        // A password takes long to hash: not for whoever comes with any link.
        if db::link(self.db(), &token.hash(), now).await?.is_none() {
            return Err(Fault::Refused(PasswordError::LinkOver));
        }
        let hash = password::hash(form.password.clone()).await?;
        let mut tx = self.db().begin().await?;
        let found = db::link(&mut *tx, &token.hash(), now).await?;
        let used = db::use_link(&mut tx, &token.hash(), now).await?;
        let Some((staff, name)) = found.filter(|_| used) else {
            return Err(Fault::Refused(PasswordError::LinkOver));
        };
        let staff = StaffId(staff);
        db::set_password(&mut tx, staff, &hash, now).await?;
        let ended = db::end_sessions(&mut tx, staff, Ending::All).await?;
        let actor = Actor {
            id: Some(staff),
            name,
            client: client.to_owned(),
            ..Actor::operator(now)
        };
        let entry = chosen(&actor, "chose a password by a link");
        self.record(&mut tx, &actor, entry).await?;
        tx.commit().await?;
        self.forget_sessions(&ended).await;
        Ok(())
    }

    /// Changes somebody's own password. Their other sessions end.
    pub async fn change_staff_password(
        &self,
        actor: &Actor,
        current: String,
        form: &ChoosePasswordForm,
    ) -> Result<(), Fault<PasswordError>> {
        let (Some(staff), Some(this)) = (actor.id, actor.session) else {
            return Ok(());
        };
        let kept = db::password(self.db(), staff).await?;
        if !(self.allows(Limit::SignIn, &staff.to_string()).await
            && password::verify(kept, current).await?)
        {
            return Err(Fault::Refused(PasswordError::Wrong));
        }
        check(form).map_err(Fault::Refused)?;
        let hash = password::hash(form.password.clone()).await?;
        let mut tx = self.db().begin().await?;
        db::set_password(&mut tx, staff, &hash, self.clock().now()).await?;
        let ended = db::end_sessions(&mut tx, staff, Ending::AllBut(this)).await?;
        self.record(&mut tx, actor, chosen(actor, "changed their password"))
            .await?;
        tx.commit().await?;
        self.forget_sessions(&ended).await;
        Ok(())
    }
}

fn check(form: &ChoosePasswordForm) -> Result<(), PasswordError> {
    check_password(&form.password)?;
    if form.password == form.again {
        Ok(())
    } else {
        Err(PasswordError::Differ)
    }
}

fn chosen<'a>(actor: &'a Actor, did: &str) -> Entry<'a> {
    Entry {
        action: "staff.password",
        kind: "staff",
        id: actor.id.map(|id| id.to_string()).unwrap_or_default(),
        name: &actor.name,
        did: did.to_owned(),
        before: None,
        after: None,
    }
}
