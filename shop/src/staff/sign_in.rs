//! Coming in: a password, then a code where somebody has a second factor.

use super::{
    Actor, StaffSession, Standing,
    db::{self, Door, Ending, NewSession},
    sessions::IDLE,
    totp,
};
use crate::{Fault, Result, Shop, Token, audit::Entry, core::password, ops::Limit};
use domain::{
    StaffId, StaffSessionId,
    staff::{PasswordError, SignInError, SignInForm},
};
use sha2::{Digest, Sha256};

/// Somebody has come as far as this.
#[derive(Debug)]
pub struct SignedIn {
    /// For the cookie.
    pub token: Token,
    /// Whether a code is asked for next.
    pub needs_code: bool,
}

impl Shop {
    /// Opens a session for who knows the password. It tells nobody whether there is an account, neither by words nor by time.
    pub async fn sign_in_staff(
        &self,
        form: &SignInForm,
        client: &str,
        agent: &str,
    ) -> Result<SignedIn, Fault<SignInError>> {
        let email = form.email.trim().to_lowercase();
        if !(self.allows(Limit::SignIn, client).await
            && self.allows(Limit::SignIn, &account(&email)).await)
        {
            return Err(Fault::Refused(SignInError::TooOften));
        }
        let door = db::door(self.db(), &email, self.settings().demo_logins).await?;
        let hash = door.as_ref().and_then(|door| door.hash.clone());
        let fits = password::verify(hash, form.password.clone()).await?;
        if let Some(door) = door.filter(|_| fits) {
            return Ok(self.open_session(&door, client, agent).await?);
        }
        metrics::counter!("mercer_sign_ins_refused_total", "who" => "staff").increment(1);
        Err(Fault::Refused(SignInError::Wrong))
    }

    /// Lets the first owner in, who chose a password a moment ago.
    pub(super) async fn let_owner_in(
        &self,
        staff: StaffId,
        client: &str,
        agent: &str,
    ) -> Result<SignedIn> {
        let door = Door {
            id: staff,
            hash: None,
            has_totp: false,
        };
        self.open_session(&door, client, agent).await
    }

    async fn open_session(&self, door: &Door, client: &str, agent: &str) -> Result<SignedIn> {
        let now = self.clock().now();
        let token = Token::generate();
        let agent: String = agent.chars().take(300).collect();
        let new = NewSession {
            id: StaffSessionId(self.clock().id()),
            token_hash: &token.hash(),
            staff: door.id,
            is_complete: !door.has_totp,
            client,
            agent: &agent,
            now,
            expires_at: now + IDLE,
        };
        let mut tx = self.db().begin().await?;
        db::insert_session(&mut tx, &new).await?;
        tx.commit().await?;
        if !door.has_totp {
            self.record_sign_in(&token, client).await?;
        }
        Ok(SignedIn {
            token,
            needs_code: door.has_totp,
        })
    }

    async fn record_sign_in(&self, token: &Token, client: &str) -> Result<()> {
        let Some(StaffSession { actor, .. }) = self.staff_session(Some(token), client).await?
        else {
            return Ok(());
        };
        let mut tx = self.db().begin().await?;
        let entry = Entry {
            action: "staff.signed_in",
            kind: "staff",
            id: actor.id.map(|id| id.to_string()).unwrap_or_default(),
            name: &actor.name,
            did: "signed in".to_owned(),
            before: None,
            after: None,
        };
        self.record(&mut tx, &actor, entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Completes a session by a code of the authenticator, or by a recovery code. Its token is another one then.
    pub async fn show_code(
        &self,
        session: &StaffSession,
        code: &str,
        agent: &str,
    ) -> Result<SignedIn, Fault<SignInError>> {
        let (Some(staff), Some(half)) = (session.actor.id, session.actor.session) else {
            return Err(Fault::Refused(SignInError::Wrong));
        };
        if session.standing != Standing::NeedsCode {
            return Err(Fault::Refused(SignInError::Wrong));
        }
        if !self
            .allows(Limit::SignIn, &account(&staff.to_string()))
            .await
        {
            return Err(Fault::Refused(SignInError::TooOften));
        }
        if !self.takes_code(staff, code).await? {
            metrics::counter!("mercer_sign_ins_refused_total", "who" => "staff").increment(1);
            return Err(Fault::Refused(SignInError::WrongCode));
        }
        self.end_which(staff, Ending::One(half)).await?;
        let door = Door {
            id: staff,
            hash: None,
            has_totp: false,
        };
        Ok(self
            .open_session(&door, &session.actor.client, agent)
            .await?)
    }

    /// Whether this is a code that was not used yet; it is used now.
    pub(super) async fn takes_code(&self, staff: StaffId, code: &str) -> Result<bool> {
        let typed: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
        let now = self.clock().now();
        let mut tx = self.db().begin().await?;
        let taken = if typed.len() == totp::DIGITS && typed.bytes().all(|b| b.is_ascii_digit()) {
            let factor = db::factor(self.db(), staff).await?;
            let step = factor
                .secret
                .filter(|_| factor.in_force)
                .and_then(|secret| totp::step_of(secret, &typed, now));
            match step {
                Some(step) => db::use_step(&mut tx, staff, step).await?,
                None => false,
            }
        } else {
            let hash = Sha256::digest(typed.to_lowercase().as_bytes());
            db::use_recovery_code(&mut tx, staff, &hash, now).await?
        };
        tx.commit().await?;
        Ok(taken)
    }

    /// Takes the password once more, before what is dear.
    pub async fn confirm_staff(
        &self,
        actor: &Actor,
        token: &Token,
        given: String,
    ) -> Result<(), Fault<PasswordError>> {
        let (Some(staff), Some(session)) = (actor.id, actor.session) else {
            return Ok(());
        };
        let fits = self
            .allows(Limit::SignIn, &account(&staff.to_string()))
            .await
            && password::verify(db::password(self.db(), staff).await?, given).await?;
        if !fits {
            return Err(Fault::Refused(PasswordError::Wrong));
        }
        db::confirm(self.db(), session, self.clock().now()).await?;
        self.forget_sessions(&[token.hash()]).await;
        Ok(())
    }
}

/// What attempts at one account are counted under; not the address itself.
fn account(name: &str) -> String {
    hex::encode(&Sha256::digest(name.as_bytes())[..12])
}
