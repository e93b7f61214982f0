//! Passwords: hashed with argon2id, on threads where nobody else waits.

use super::token::Token;
use crate::{Error, Result};
use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::{self, phc::PasswordHash},
};
use tokio::{sync::Semaphore, task};

/// What OWASP recommends: 19 MiB, two passes, one lane.
/// <https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html>
const PARAMS: Params = match Params::new(19 * 1024, 2, 1, None) {
    Ok(params) => params,
    Err(_) => panic!("these parameters are allowed"),
};

/// How many are hashed at the same time. Each takes a core and 19 MiB for some hundredths of a second, so that a crowd at the
/// door must neither take all of the machine nor all of its memory; the others wait their turn.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// What a password is held against where there is no account: nobody knows what it is the hash of, if of anything.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGtub3dzIGl0$0000000000000000000000000000000000000000000";

/// The hash of a password, to be kept: a PHC string with its own salt.
pub(crate) async fn hash(password: String) -> Result<String> {
    at_work(move || {
        let hash = argon2()
            .hash_password_with_salt(password.as_bytes(), &Token::bytes::<16>())
            .map_err(|error| Error::Invariant(format!("hashing a password: {error}")))?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether it is the password of this hash. It takes the same time where there is no hash, so that nobody learns from it
/// whether there is an account.
pub(crate) async fn verify(hash: Option<String>, password: String) -> Result<bool> {
    at_work(move || {
        let is_right = is_password(hash.as_deref().unwrap_or(NOBODY), &password)?;
        Ok(is_right && hash.is_some())
    })
    .await
}

/// Whether a hash was made with other parameters than today's: then the password is hashed anew at the next sign-in.
pub(crate) fn is_dated(hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        hash.algorithm != Algorithm::Argon2id.ident()
            || !Params::try_from(&hash).is_ok_and(|params| {
                (params.m_cost(), params.t_cost(), params.p_cost())
                    == (PARAMS.m_cost(), PARAMS.t_cost(), PARAMS.p_cost())
            })
    })
}

fn is_password(hash: &str, password: &str) -> Result<bool> {
    let hash = PasswordHash::new(hash)
        .map_err(|error| Error::Stored(format!("the hash of a password: {error}")))?;
    match argon2().verify_password(password.as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(Error::Stored(format!("the hash of a password: {error}"))),
    }
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, PARAMS)
}

/// Does it off the threads that answer. The permit goes along: whoever stops waiting does not let one more in meanwhile.
async fn at_work<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let permit = AT_ONCE
        .acquire()
        .await
        .map_err(|error| Error::Invariant(format!("waiting to hash a password: {error}")))?;
    task::spawn_blocking(move || {
        let _permit = permit;
        work()
    })
    .await
    .map_err(|error| Error::Invariant(format!("hashing a password: {error}")))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let kept = hash("kettle-window-otter".to_owned()).await.unwrap();
        assert!(
            kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{kept}"
        );
        assert!(!is_dated(&kept));
        for (password, fits) in [
            ("kettle-window-otter", true),
            ("kettle-window-otten", false),
        ] {
            let verdict = verify(Some(kept.clone()), password.to_owned()).await;
            assert_eq!(verdict.unwrap(), fits, "{password}");
        }
        let again = hash("kettle-window-otter".to_owned()).await.unwrap();
        assert_ne!(kept, again, "each has a salt of its own");
    }

    #[tokio::test]
    async fn nobody_is_asked_with_as_much_work_as_somebody() {
        assert!(!is_dated(NOBODY), "it costs what a real one costs");
        assert!(
            !verify(None, "kettle-window-otter".to_owned())
                .await
                .unwrap()
        );
    }

    #[tokio::test]
    async fn a_hash_of_other_parameters_still_opens_and_is_known_as_dated() {
        let weaker = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(8 * 1024, 1, 1, None).unwrap(),
        );
        let kept = weaker
            .hash_password_with_salt(b"kettle-window-otter", &[7; 16])
            .unwrap()
            .to_string();
        assert!(is_dated(&kept));
        let verdict = verify(Some(kept), "kettle-window-otter".to_owned()).await;
        assert!(verdict.unwrap());
    }

    #[tokio::test]
    async fn what_is_no_hash_is_a_fault_and_never_a_yes() {
        let verdict = verify(Some("plain".to_owned()), "plain".to_owned()).await;
        assert!(matches!(verdict, Err(Error::Stored(_))), "{verdict:?}");
    }
}
