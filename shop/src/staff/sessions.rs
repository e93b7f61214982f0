//! The browsers that members of the staff signed in with. Postgres keeps them, Redis a copy of those at work.

use super::{
    Actor,
    db::{self, Ending, Known},
    permissions,
};
use crate::{
    Result, Shop, Token,
    core::{seal::Seal, words},
};
use domain::{StaffId, StaffSessionId, staff::SessionRow};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a session lives without being used.
pub(super) const IDLE: SignedDuration = SignedDuration::from_hours(12);
/// How often it is written down that a session is used.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// How long a copy is believed, in seconds: what Redis could not be told to forget is forgotten by then.
const COPY_SECONDS: u64 = 60;

/// How far somebody has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// The code of the second factor is missing.
    NeedsCode,
    /// The shop asks for a second factor, and they have none yet.
    NeedsFactor,
    /// They are in.
    In,
}

/// A session that is alive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffSession {
    /// Whose it is.
    pub actor: Actor,
    /// How far they have come.
    pub standing: Standing,
    /// Whether they show codes.
    pub has_totp: bool,
}

fn name_of(hash: &[u8]) -> String {
    format!("mercer:staff:{}", hex::encode(hash))
}

impl Shop {
    /// The session that a cookie names; `client` is the address that the request came from.
    pub async fn staff_session(
        &self,
        token: Option<&Token>,
        client: &str,
    ) -> Result<Option<StaffSession>> {
        let Some(token) = token else {
            return Ok(None);
        };
        let hash = token.hash();
        let mut session = match self.copy(&hash).await {
            Some(copy) => copy,
            None => match self.read_session(&hash).await? {
                Some(read) => read,
                None => return Ok(None),
            },
        };
        client.clone_into(&mut session.actor.client);
        Ok(Some(session))
    }

    async fn copy(&self, hash: &[u8]) -> Option<StaffSession> {
        let kept = self.redis()?.get(&name_of(hash)).await?;
        serde_json::from_str(self.seal(hash).open(&kept)?).ok()
    }

    /// Who can write to Redis could make anybody an owner there, if copies were believed that are not sealed. Every replica
    /// has the key of Stripe, and nobody else.
    fn seal(&self, hash: &[u8]) -> Seal {
        let key = &self.settings().stripe.secret_key.0;
        Seal::new(key.as_bytes(), &[b"session of the staff", hash])
    }

    async fn read_session(&self, hash: &[u8]) -> Result<Option<StaffSession>> {
        let now = self.clock().now();
        let Some(known) = db::session(self.db(), hash, self.settings().demo_logins, now).await?
        else {
            return Ok(None);
        };
        if now.duration_since(known.seen_at) > NOTED_EVERY {
            db::seen(self.db(), known.session, now, now + IDLE).await?;
        }
        let session = StaffSession::from(known);
        if let Some(redis) = self.redis() {
            let text = serde_json::to_string(&session)?;
            let sealed = self.seal(hash).close(&text);
            redis.put(&name_of(hash), &sealed, COPY_SECONDS).await;
        }
        Ok(Some(session))
    }

    /// Drops the copies of sessions that ended or changed.
    pub(super) async fn forget_sessions(&self, hashes: &[Vec<u8>]) {
        if let Some(redis) = self.redis() {
            let names: Vec<_> = hashes.iter().map(|hash| name_of(hash)).collect();
            redis.forget(&names).await;
        }
    }

    /// Ends the session of this cookie.
    pub async fn sign_out_staff(&self, actor: &Actor, token: &Token) -> Result<()> {
        if let (Some(staff), Some(session)) = (actor.id, actor.session) {
            self.end_which(staff, Ending::One(session)).await?;
        }
        self.forget_sessions(&[token.hash()]).await;
        Ok(())
    }

    /// Ends one of somebody's own sessions, or (`None`) all but the one that asks.
    pub async fn end_own_sessions(
        &self,
        actor: &Actor,
        which: Option<StaffSessionId>,
    ) -> Result<()> {
        let (Some(staff), Some(this)) = (actor.id, actor.session) else {
            return Ok(());
        };
        let which = which.map_or(Ending::AllBut(this), Ending::One);
        self.end_which(staff, which).await
    }

    pub(super) async fn end_which(&self, staff: StaffId, which: Ending) -> Result<()> {
        let mut tx = self.db().begin().await?;
        let ended = db::end_sessions(&mut tx, staff, which).await?;
        tx.commit().await?;
        self.forget_sessions(&ended).await;
        Ok(())
    }

    /// Somebody's own sessions, the latest first.
    pub async fn own_sessions(&self, actor: &Actor) -> Result<Vec<SessionRow>> {
        let Some(staff) = actor.id else {
            return Ok(Vec::new());
        };
        let zone = self.time_zone().await?;
        let in_words = |at: Timestamp| words::moment(at, &zone);
        let listed = db::sessions(self.db(), staff, self.clock().now()).await?;
        Ok(listed
            .into_iter()
            .map(|row| SessionRow {
                id: StaffSessionId(row.id),
                agent: words::browser(&row.agent),
                client: row.client,
                since: in_words(row.created_at),
                seen: in_words(row.seen_at),
                is_this: actor.session == Some(StaffSessionId(row.id)),
            })
            .collect())
    }

    /// Takes away the sessions that nobody used for too long.
    pub(crate) async fn sweep_staff_sessions(&self) -> Result<()> {
        db::sweep_sessions(self.db(), self.clock().now()).await
    }
}

impl From<Known> for StaffSession {
    fn from(known: Known) -> Self {
        let standing = if !known.is_complete {
            Standing::NeedsCode
        } else if known.totp_required && !known.has_totp {
            Standing::NeedsFactor
        } else {
            Standing::In
        };
        Self {
            standing,
            has_totp: known.has_totp,
            actor: Actor {
                id: Some(StaffId(known.staff)),
                permissions: permissions(&known.role, &known.permissions),
                name: known.name,
                email: known.email,
                role: known.role_name,
                session: Some(StaffSessionId(known.session)),
                confirmed_at: known.confirmed_at,
                client: String::new(),
            },
        }
    }
}
