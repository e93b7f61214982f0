//! Customers' accounts: the door, what is behind it, leaving.

mod basket;
mod behind;
mod door;
mod leave;
mod letters;

use crate::support::TestShop;
use domain::accounts::{AccountError, ConfirmForm, SignInForm, SignUpForm};
use sandbox::Mail;
use shop::{Browser, CartToken, Customer, Entered, Fault, Token};

pub(crate) const PASSWORD: &str = "kettle-window-otter";
pub(crate) const MARIAN: &str = "marian@example.com";

/// What a use case was refused for.
pub(crate) fn refusal<T: std::fmt::Debug, E: std::fmt::Debug>(result: Result<T, Fault<E>>) -> E {
    match result {
        Err(Fault::Refused(error)) => error,
        other => panic!("it was to be refused: {other:?}"),
    }
}

/// A browser that nobody has used before.
pub(crate) fn browser() -> Browser<'static> {
    Browser {
        client: "198.51.100.7",
        agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        session: None,
        cart: None,
    }
}

pub(crate) fn with_cart(cart: &CartToken) -> Browser<'_> {
    Browser {
        cart: Some(cart),
        ..browser()
    }
}

pub(crate) fn sign_in_form(email: &str, password: &str) -> SignInForm {
    SignInForm {
        email: email.into(),
        password: password.into(),
        to: String::new(),
    }
}

impl TestShop {
    /// Lets the mails be sent; those that came for somebody, the oldest first.
    pub(crate) async fn mails_to(&self, to: &str) -> Vec<Mail> {
        self.shop.run_jobs().await.unwrap();
        let mails = self.stripe.mails().into_iter();
        mails
            .filter(|mail| mail.to.iter().any(|known| known == to))
            .collect()
    }

    /// The link of this kind in the latest mail to somebody.
    pub(crate) async fn link_to(&self, to: &str, kind: &str) -> Token {
        let mails = self.mails_to(to).await;
        let text = mails.last().unwrap().text.clone().unwrap();
        let start = format!("http://shop.example/account/{kind}/");
        let word = text.split(&start).nth(1).unwrap().get(..32).unwrap();
        Token::parse(word).unwrap()
    }

    pub(crate) async fn sign_up(&self, name: &str, email: &str, password: &str) {
        let form = SignUpForm {
            name: name.into(),
            email: email.into(),
            password: password.into(),
        };
        self.shop.sign_up(&form, "198.51.100.1").await.unwrap();
    }

    pub(crate) async fn confirm(
        &self,
        link: &Token,
        password: &str,
        browser: Browser<'_>,
    ) -> Result<Entered, Fault<AccountError>> {
        let form = ConfirmForm {
            password: password.into(),
        };
        self.shop.confirm_customer(link, &form, browser).await
    }

    pub(crate) async fn customer_of(&self, token: &Token) -> Option<Customer> {
        self.shop.customer(Some(token)).await.unwrap()
    }

    /// Somebody with a confirmed account, signed in.
    pub(crate) async fn customer(&self, email: &str) -> Customer {
        self.sign_up("Marian Teasdale", email, PASSWORD).await;
        let link = self.link_to(email, "confirm").await;
        let entered = self.confirm(&link, PASSWORD, browser()).await.unwrap();
        self.customer_of(&entered.token).await.unwrap()
    }

    pub(crate) async fn sign_in(
        &self,
        email: &str,
        password: &str,
        browser: Browser<'_>,
    ) -> Result<Entered, Fault<AccountError>> {
        let form = sign_in_form(email, password);
        self.shop.sign_in_customer(&form, browser).await
    }
}
