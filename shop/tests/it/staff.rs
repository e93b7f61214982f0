//! Who comes in, how far, and what stays written down of it.

use crate::support::{TestShop, redis_url};
use domain::{
    StaffId,
    staff::{
        AuditFilter, ChoosePasswordForm, InviteForm, Permission, SignInError, SignInForm,
        StaffError,
    },
};
use jiff::SignedDuration;
use redis::AsyncCommands;
use sandbox::Mail;
use shop::{
    Actor, Error, Fault, SignedIn, StaffSession, Standing, Token, settings::Secret as Hidden,
};
use totp_rs::{Builder, Secret};

const PASSWORD: &str = "kettle-window-otter";
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

fn form(password: &str) -> ChoosePasswordForm {
    ChoosePasswordForm {
        password: password.into(),
        again: password.into(),
    }
}

fn token_of(link: &str) -> Token {
    Token::parse(link.rsplit('/').next().unwrap()).unwrap()
}

/// The token of the link in a mail.
fn token_in(mail: &Mail) -> Token {
    let text = mail.text.as_deref().unwrap();
    let link = text
        .split_whitespace()
        .find(|word| word.contains("/admin/password/"));
    token_of(link.unwrap())
}

impl TestShop {
    /// An owner who chose a password.
    async fn with_owner() -> Self {
        Self::open().await.owned().await
    }

    async fn owned(self) -> Self {
        let test = self;
        let link = test
            .shop
            .create_owner("wren@example.com", "Wren Calder")
            .await;
        test.shop
            .choose_staff_password(&token_of(&link.unwrap()), &form(PASSWORD), "203.0.113.9")
            .await
            .unwrap();
        test
    }

    async fn come(&self, email: &str, password: &str) -> Result<SignedIn, Fault<SignInError>> {
        let form = SignInForm {
            email: email.into(),
            password: password.into(),
            to: String::new(),
        };
        self.shop.sign_in_staff(&form, "203.0.113.9", AGENT).await
    }

    async fn session(&self, token: &Token) -> Option<StaffSession> {
        self.shop
            .staff_session(Some(token), "203.0.113.9")
            .await
            .unwrap()
    }

    async fn owner(&self) -> (Actor, Token) {
        let signed = self.come("wren@example.com", PASSWORD).await.unwrap();
        let session = self.session(&signed.token).await.unwrap();
        (session.actor, signed.token)
    }

    /// The code that an authenticator with this key shows.
    fn code(&self, key: &str) -> String {
        let totp = Builder::new()
            .with_secret(Secret::try_from_base32(key.replace(' ', "")).unwrap())
            .with_account_name("a")
            .with_issuer(Some("b"))
            .build()
            .unwrap();
        let now = u64::try_from(self.clock.now().as_second()).unwrap();
        totp.generate(now).to_string()
    }

    async fn said(&self) -> Vec<String> {
        let (actor, _) = self.owner().await;
        let log = self
            .shop
            .audit_log(&actor, &AuditFilter::default())
            .await
            .unwrap();
        log.rows.into_iter().map(|row| row.sentence).collect()
    }
}

#[tokio::test]
async fn the_door_opens_to_a_password_and_says_nothing_else() {
    let test = TestShop::with_owner().await;
    for (email, password) in [
        ("wren@example.com", "another-long-password"),
        ("nobody@example.com", PASSWORD),
        ("wren@example.com", ""),
    ] {
        let refused = test.come(email, password).await.unwrap_err();
        assert!(
            matches!(refused, Fault::Refused(SignInError::Wrong)),
            "{email}"
        );
    }
    let signed = test.come(" Wren@Example.com ", PASSWORD).await.unwrap();
    assert!(!signed.needs_code);
    let session = test.session(&signed.token).await.unwrap();
    assert_eq!(session.standing, Standing::In);
    assert!(
        Permission::ALL
            .iter()
            .all(|permission| session.actor.may(*permission))
    );
    assert!(test.session(&Token::generate()).await.is_none());
}

#[tokio::test]
async fn one_account_is_not_tried_without_end() {
    let test = TestShop::with_owner().await;
    let mut refusals = Vec::new();
    for _ in 0..11 {
        match test.come("wren@example.com", "another-long-password").await {
            Err(Fault::Refused(error)) => refusals.push(error),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(refusals.last(), Some(&SignInError::TooOften));
    assert_eq!(
        refusals
            .iter()
            .filter(|error| **error == SignInError::Wrong)
            .count(),
        10
    );
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_no_code_is_taken_twice() {
    let test = TestShop::with_owner().await;
    let (owner, token) = test.owner().await;
    let setup = test.shop.totp_setup(&owner).await.unwrap().unwrap();
    let wrong = test.shop.begin_totp(&owner, &token, "000000").await;
    assert!(matches!(wrong, Err(Fault::Refused(SignInError::WrongCode))));
    let code = test.code(&setup.key);
    let recovery = test.shop.begin_totp(&owner, &token, &code).await.unwrap();
    assert_eq!(recovery.len(), 10);

    let half = test.come("wren@example.com", PASSWORD).await.unwrap();
    assert!(half.needs_code);
    let session = test.session(&half.token).await.unwrap();
    assert_eq!(session.standing, Standing::NeedsCode);
    let again = test.shop.show_code(&session, &code, AGENT).await;
    assert!(
        matches!(again, Err(Fault::Refused(SignInError::WrongCode))),
        "it was used"
    );
    test.clock.advance(SignedDuration::from_secs(60));
    let code = test.code(&setup.key);
    let whole = test.shop.show_code(&session, &code, AGENT).await.unwrap();
    assert_eq!(
        test.session(&whole.token).await.unwrap().standing,
        Standing::In
    );
    assert!(
        test.session(&half.token).await.is_none(),
        "the token of before is over"
    );

    let half = test.come("wren@example.com", PASSWORD).await.unwrap();
    let session = test.session(&half.token).await.unwrap();
    let whole = test
        .shop
        .show_code(&session, &recovery[0], AGENT)
        .await
        .unwrap();
    assert_eq!(
        test.session(&whole.token).await.unwrap().standing,
        Standing::In
    );
    let half = test.come("wren@example.com", PASSWORD).await.unwrap();
    let session = test.session(&half.token).await.unwrap();
    let again = test.shop.show_code(&session, &recovery[0], AGENT).await;
    assert!(matches!(again, Err(Fault::Refused(SignInError::WrongCode))));
}

#[tokio::test]
async fn sessions_are_ended_one_by_one_all_at_once_and_by_themselves() {
    let test = TestShop::with_owner().await;
    let (_, first) = test.owner().await;
    let (_, second) = test.owner().await;
    let (owner, third) = test.owner().await;
    let listed = test.shop.own_sessions(&owner).await.unwrap();
    assert_eq!(listed.len(), 3);
    assert_eq!(listed[0].agent, "Firefox on Linux");
    assert_eq!(listed.iter().filter(|row| row.is_this).count(), 1);
    let one = test.session(&first).await.unwrap().actor.session;
    test.shop.end_own_sessions(&owner, one).await.unwrap();
    assert!(test.session(&first).await.is_none() && test.session(&second).await.is_some());
    test.shop.end_own_sessions(&owner, None).await.unwrap();
    assert!(test.session(&second).await.is_none() && test.session(&third).await.is_some());
    test.clock.advance(SignedDuration::from_hours(13));
    assert!(
        test.session(&third).await.is_none(),
        "nobody used it for too long"
    );
}

#[tokio::test]
async fn somebody_is_invited_given_a_role_and_shut_out() {
    let test = TestShop::with_owner().await;
    let (owner, _) = test.owner().await;
    let form_of = |email: &str, role: &str| InviteForm {
        email: email.into(),
        name: "Tom Ashworth".into(),
        role: role.into(),
    };
    for (email, role, error) in [
        ("tom", "manager", StaffError::Email),
        ("wren@example.com", "manager", StaffError::EmailTaken),
        ("tom@example.com", "king", StaffError::Role),
    ] {
        let refused = test.shop.invite_staff(&owner, &form_of(email, role)).await;
        assert!(
            matches!(refused, Err(Fault::Refused(told)) if told == error),
            "{email}"
        );
    }
    test.shop
        .invite_staff(&owner, &form_of("tom@example.com", "fulfilment"))
        .await
        .unwrap();
    test.shop.run_jobs().await.unwrap();
    let token = token_in(&test.stripe.mails().pop().unwrap());
    assert_eq!(
        test.shop.staff_link(&token).await.unwrap().as_deref(),
        Some("Tom Ashworth")
    );
    test.shop
        .choose_staff_password(&token, &form(PASSWORD), "")
        .await
        .unwrap();
    let twice = test
        .shop
        .choose_staff_password(&token, &form(PASSWORD), "")
        .await;
    assert!(
        matches!(twice, Err(Fault::Refused(_))),
        "a link leads in once"
    );

    let tom = test.come("tom@example.com", PASSWORD).await.unwrap().token;
    let actor = test.session(&tom).await.unwrap().actor;
    assert!(actor.may(Permission::FulfilOrders) && !actor.may(Permission::RefundOrders));
    assert!(matches!(
        test.shop.staff(&actor).await,
        Err(Error::Denied(_))
    ));
    assert!(matches!(
        test.shop.audit_log(&actor, &AuditFilter::default()).await,
        Err(Error::Denied(_))
    ));

    let id = actor.id.unwrap();
    test.shop.disable_staff(&owner, id, true).await.unwrap();
    assert!(test.session(&tom).await.is_none(), "signed out at once");
    assert!(test.come("tom@example.com", PASSWORD).await.is_err());
}

#[tokio::test]
async fn an_invitation_is_over_after_a_week() {
    let test = TestShop::open().await;
    let link = test
        .shop
        .create_owner("wren@example.com", "Wren Calder")
        .await
        .unwrap();
    test.clock.advance(SignedDuration::from_hours(7 * 24 + 1));
    assert_eq!(test.shop.staff_link(&token_of(&link)).await.unwrap(), None);
    let late = test
        .shop
        .choose_staff_password(&token_of(&link), &form(PASSWORD), "")
        .await;
    assert!(matches!(late, Err(Fault::Refused(_))));
}

#[tokio::test]
async fn an_owner_is_always_left() {
    let test = TestShop::with_owner().await;
    let (owner, _) = test.owner().await;
    let id = owner.id.unwrap();
    let form = InviteForm {
        email: String::new(),
        name: "Wren Calder".into(),
        role: "manager".into(),
    };
    let refused = test.shop.change_staff(&owner, id, &form).await;
    assert!(matches!(
        refused,
        Err(Fault::Refused(StaffError::LastOwner))
    ));
    let refused = test.shop.disable_staff(&owner, id, true).await;
    assert!(matches!(refused, Err(Fault::Refused(StaffError::Oneself))));
    let nobody = test
        .shop
        .disable_staff(&owner, StaffId(test.clock.id()), true)
        .await;
    assert!(matches!(nobody, Err(Fault::Refused(StaffError::Unknown))));
}

#[tokio::test]
async fn what_is_dear_asks_for_the_password_again() {
    let test = TestShop::with_owner().await;
    let (owner, token) = test.owner().await;
    test.clock.advance(SignedDuration::from_mins(31));
    let form = InviteForm {
        email: "tom@example.com".into(),
        name: "Tom".into(),
        role: "manager".into(),
    };
    let refused = test.shop.invite_staff(&owner, &form).await;
    assert!(matches!(refused, Err(Fault::Failed(Error::Unconfirmed))));
    let wrong = test
        .shop
        .confirm_staff(&owner, &token, "another-long-password".into())
        .await;
    assert!(matches!(wrong, Err(Fault::Refused(_))));
    test.shop
        .confirm_staff(&owner, &token, PASSWORD.into())
        .await
        .unwrap();
    let owner = test.session(&token).await.unwrap().actor;
    test.shop.invite_staff(&owner, &form).await.unwrap();
}

#[tokio::test]
async fn a_forgotten_password_is_answered_the_same_for_everybody() {
    let test = TestShop::with_owner().await;
    for email in ["wren@example.com", "nobody@example.com"] {
        test.shop
            .forgot_staff_password(email, "203.0.113.9")
            .await
            .unwrap();
    }
    test.shop.run_jobs().await.unwrap();
    let mails = test.stripe.mails();
    assert_eq!(mails.len(), 1);
    let (_, before) = test.owner().await;
    test.shop
        .choose_staff_password(&token_in(&mails[0]), &form("a-new-long-password"), "")
        .await
        .unwrap();
    assert!(test.session(&before).await.is_none(), "every session ends");
    assert!(
        test.come("wren@example.com", "a-new-long-password")
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn the_demo_shops_people_come_in_on_development_machines_only() {
    let people = "insert into staff (id, email, name, role_id, password_hash, is_demo, created_at, updated_at)
                  select gen_random_uuid(), 'tom@example.com', 'Tom', role_id, password_hash, true, now(), now() from staff";
    let test = TestShop::with_owner().await;
    sqlx::query(people).execute(test.shop.db()).await.unwrap();
    assert!(matches!(
        test.come("tom@example.com", PASSWORD).await,
        Err(Fault::Refused(SignInError::Wrong))
    ));
    sqlx::query("update staff set is_demo = false where email = 'tom@example.com'")
        .execute(test.shop.db())
        .await
        .unwrap();
    assert!(test.come("tom@example.com", PASSWORD).await.is_ok());
}

#[tokio::test]
async fn the_log_says_who_did_what_and_cannot_be_changed() {
    let test = TestShop::with_owner().await;
    let said = test.said().await;
    assert_eq!(
        said,
        [
            "Wren Calder signed in.",
            "Wren Calder chose a password by a link.",
            "the operator made Wren Calder an owner.",
        ]
    );
    for sql in [
        "update audit_entry set sentence = 'nothing'",
        "delete from audit_entry",
        "truncate audit_entry",
        "set mercer.redacting = 'yes'; update audit_entry set action = 'nothing'",
    ] {
        let changed = sqlx::raw_sql(sql).execute(test.shop.db()).await;
        assert!(changed.is_err(), "{sql}");
    }
    let (actor, _) = test.owner().await;
    let nothing = AuditFilter {
        subject: "order".into(),
        ..AuditFilter::default()
    };
    assert!(
        test.shop
            .audit_log(&actor, &nothing)
            .await
            .unwrap()
            .rows
            .is_empty()
    );
}

#[tokio::test]
async fn a_copy_that_somebody_else_wrote_to_redis_is_not_believed() {
    let test = TestShop::with(|settings| settings.redis_url = Some(Hidden(redis_url())))
        .await
        .owned()
        .await;
    let token = test.come("wren@example.com", PASSWORD).await.unwrap().token;
    let name = async || {
        let session = test.shop.staff_session(Some(&token), "").await.unwrap();
        session.unwrap().actor.name
    };
    assert_eq!(name().await, "Wren Calder");
    sqlx::query("update staff set name = 'Wren Changed'")
        .execute(test.shop.db())
        .await
        .unwrap();
    assert_eq!(name().await, "Wren Calder", "the copy is used");

    let client = redis::Client::open(redis_url()).unwrap();
    let mut redis = client.get_multiplexed_async_connection().await.unwrap();
    let key = format!("mercer:staff:{}", hex::encode(token.hash()));
    let copy: String = redis.get(&key).await.unwrap();
    let forged = copy.replace("Wren Calder", "Wren Forged");
    let _: () = redis.set(&key, forged).await.unwrap();
    assert_eq!(name().await, "Wren Changed", "the database is asked");
}
