//! The second factor: codes that an authenticator makes anew every 30 seconds, and words for when it is lost.

use super::{
    Actor,
    db::{self, Ending},
};
use crate::{Error, Fault, Result, Shop, Token, audit::Entry};
use domain::staff::{SignInError, TotpSetup};
use jiff::Timestamp;
use qrcode::{Color, QrCode};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use std::fmt::Write;
use totp_rs::{Builder, Totp};

/// How many digits a code has.
pub(super) const DIGITS: usize = 6;
/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;

fn totp(secret: Vec<u8>, account: &str, issuer: &str) -> Result<Totp> {
    // The colon parts the two in what authenticators read.
    let clean = |text: &str| text.replace(':', " ");
    Builder::new()
        .with_secret(secret)
        .with_account_name(clean(account))
        .with_issuer(Some(clean(issuer)))
        .build()
        .map_err(|error| Error::Invariant(format!("the second factor: {error}")))
}

/// The time step that a code belongs to, where it fits now: the one before and the one after are near enough.
pub(super) fn step_of(secret: Vec<u8>, code: &str, now: Timestamp) -> Option<i64> {
    let seconds = u64::try_from(now.as_second()).ok()?;
    let step = totp(secret, "staff", "Mercer").ok()?.check(code, seconds)?;
    i64::try_from(step).ok()
}

impl Shop {
    /// What an authenticator is told. A key that was made and not confirmed yet is shown again.
    pub async fn totp_setup(&self, actor: &Actor) -> Result<Option<TotpSetup>> {
        let Some(staff) = actor.id else {
            return Ok(None);
        };
        let factor = db::factor(self.db(), staff).await?;
        if factor.in_force {
            return Ok(None);
        }
        let secret = if let Some(secret) = factor.secret {
            secret
        } else {
            let secret = Token::bytes::<20>().to_vec();
            db::set_secret(self.db(), staff, &secret).await?;
            secret
        };
        let totp = totp(secret, &actor.email, &self.chrome().await?.name)?;
        let url = totp
            .to_url()
            .map_err(|error| Error::Invariant(format!("the second factor: {error}")))?;
        let (path, size) = squares(&url)?;
        Ok(Some(TotpSetup {
            key: in_fours(&totp.secret().to_base32()),
            path,
            size,
        }))
    }

    /// Puts the second factor in force, once a code shows that the authenticator has it. Returns the recovery codes: they are
    /// shown this once.
    pub async fn begin_totp(
        &self,
        actor: &Actor,
        token: &Token,
        code: &str,
    ) -> Result<Vec<String>, Fault<SignInError>> {
        let Some(staff) = actor.id else {
            return Err(Fault::Refused(SignInError::Wrong));
        };
        let now = self.clock().now();
        let factor = db::factor(self.db(), staff).await?;
        let typed: String = code.chars().filter(char::is_ascii_digit).collect();
        let step = factor
            .secret
            .filter(|_| !factor.in_force)
            .and_then(|secret| step_of(secret, &typed, now))
            .ok_or(Fault::Refused(SignInError::WrongCode))?;
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code()).collect();
        let hashes: Vec<_> = codes.iter().map(|code| hash_of(code)).collect();
        let mut tx = self.db().begin().await?;
        if !db::use_step(&mut tx, staff, step).await? {
            return Err(Fault::Refused(SignInError::WrongCode));
        }
        db::set_factor(&mut tx, staff, Some(now), &hashes).await?;
        let mut changed = match actor.session {
            Some(this) => db::end_sessions(&mut tx, staff, Ending::AllBut(this)).await?,
            None => Vec::new(),
        };
        self.record_factor(&mut tx, actor, "set up a second factor")
            .await?;
        tx.commit().await?;
        changed.push(token.hash());
        self.forget_sessions(&changed).await;
        Ok(codes)
    }

    /// Takes the second factor away again. The password was given a short while ago.
    pub async fn end_totp(&self, actor: &Actor, token: &Token) -> Result<()> {
        let Some(staff) = actor.id else {
            return Ok(());
        };
        if !actor.is_confirmed(self.clock().now()) {
            return Err(Error::Unconfirmed);
        }
        let mut tx = self.db().begin().await?;
        db::set_factor(&mut tx, staff, None, &[]).await?;
        self.record_factor(&mut tx, actor, "took the second factor away")
            .await?;
        tx.commit().await?;
        self.forget_sessions(&[token.hash()]).await;
        Ok(())
    }

    async fn record_factor(&self, tx: &mut PgConnection, actor: &Actor, did: &str) -> Result<()> {
        let entry = Entry {
            action: "staff.second_factor",
            kind: "staff",
            id: actor.id.map(|id| id.to_string()).unwrap_or_default(),
            name: &actor.name,
            did: did.to_owned(),
            before: None,
            after: None,
        };
        self.record(tx, actor, entry).await
    }
}

/// A recovery code: 120 bits of chance, too many to be found from its hash, in words of four signs that are not mistaken for one
/// another.
fn recovery_code() -> String {
    const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
    let sign = |byte: &u8| char::from(SIGNS[usize::from(byte % 32)]);
    let words = Token::bytes::<24>();
    let words = words.chunks(4).map(|four| four.iter().map(sign).collect());
    words.collect::<Vec<String>>().join("-")
}

fn hash_of(code: &str) -> Vec<u8> {
    Sha256::digest(code.replace('-', "").as_bytes()).to_vec()
}

fn in_fours(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    let words: Vec<String> = letters
        .chunks(4)
        .map(|four| four.iter().collect())
        .collect();
    words.join(" ")
}

/// The drawing that a camera reads: a path of dark squares with the quiet ground around them, and its size.
fn squares(text: &str) -> Result<(String, usize)> {
    const QUIET: usize = 4;
    let code = QrCode::new(text)
        .map_err(|error| Error::Invariant(format!("the second factor's drawing: {error}")))?;
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            // Writing to a String cannot fail.
            let _ = write!(
                path,
                "M{} {}h1v1h-1z",
                at % width + QUIET,
                at / width + QUIET
            );
        }
    }
    Ok((path, width + 2 * QUIET))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six digits.
        let secret = b"12345678901234567890".to_vec();
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        assert_eq!(step_of(secret.clone(), "287082", at(59)), Some(1));
        assert_eq!(
            step_of(secret.clone(), "081804", at(1_111_111_109)),
            Some(37_037_036)
        );
        assert_eq!(step_of(secret.clone(), "287082", at(59 + 29)), Some(1));
        assert_eq!(step_of(secret, "287082", at(59 + 61)), None);
    }

    #[test]
    fn recovery_codes_are_read_with_or_without_their_hyphen() {
        let code = recovery_code();
        assert_eq!(code.len(), 29);
        assert_eq!(hash_of(&code), hash_of(&code.replace('-', "")));
        assert_ne!(code, recovery_code());
    }
}
