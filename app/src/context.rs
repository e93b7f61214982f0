//! What a server function knows of the request that it answers, and what it adds to the answer.

use crate::error::ApiError;
use leptos::{
    prelude::{Owner, provide_context, use_context},
    reactive::computed::ScopedFuture,
};
use shop::{CartToken, Fault, Shop};
use std::{
    fmt::Display,
    sync::{Arc, Mutex, PoisonError},
};

/// How long a cart is kept without being touched: 60 days, in seconds.
const CART_MAX_AGE: u32 = 60 * 24 * 60 * 60;

/// Who asks, and what goes back besides the result.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The cart that the request's cookie names, or that of the customer who is signed in.
    pub cart: Option<CartToken>,
    /// The client's address, for limits.
    pub client: String,
    /// Whether shoppers reach the shop by https.
    pub secure: bool,
    /// `Set-Cookie` values to send.
    pub cookies: Arc<Mutex<Vec<String>>>,
    /// What became of the call, for the room that answers and logs.
    pub outcome: Arc<Mutex<Outcome>>,
}

/// What became of a server function's call.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The status to answer with, where the call was refused or failed.
    pub status: Option<u16>,
    /// Why it failed, to be logged.
    pub failure: Option<shop::Error>,
}

impl Visitor {
    /// A visitor whose request was read.
    pub fn new(cart: Option<CartToken>, client: String, secure: bool) -> Self {
        Self {
            cart,
            client,
            secure,
            cookies: Arc::default(),
            outcome: Arc::default(),
        }
    }

    /// Sends the cart's cookies along with the answer.
    pub(crate) fn keep_cart(&self, token: &CartToken, count: i32) {
        self.cookies
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(cart_cookies(token, count, self.secure));
    }

    /// What is to be sent as `Set-Cookie`.
    pub fn take_cookies(&self) -> Vec<String> {
        std::mem::take(&mut self.cookies.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What became of the call.
    pub fn take_outcome(&self) -> Outcome {
        std::mem::take(&mut self.outcome.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Runs `work`, the handler of the server functions, where they find the shop and the visitor.
pub async fn answer<F: Future>(shop: Shop, visitor: Visitor, work: F) -> F::Output {
    let owner = Owner::new();
    let scoped = owner.with(|| {
        provide_context(shop);
        provide_context(visitor);
        ScopedFuture::new(work)
    });
    let output = scoped.await;
    owner.cleanup();
    output
}

/// The shop, and who asks.
pub(crate) fn shop_and_visitor() -> Result<(Shop, Visitor), ApiError> {
    use_context()
        .zip(use_context())
        .ok_or_else(ApiError::failed)
}

/// Gives the answer of the current call a status.
pub(crate) fn answer_status(status: u16) {
    if let Some(visitor) = use_context::<Visitor>() {
        let mut outcome = visitor
            .outcome
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        outcome.status = Some(status);
    }
}

impl From<shop::Error> for ApiError {
    /// The shopper is told that it failed; why, only the log.
    fn from(error: shop::Error) -> Self {
        if let Some(visitor) = use_context::<Visitor>() {
            let mut outcome = visitor
                .outcome
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            outcome.failure = Some(error);
        }
        Self::failed()
    }
}

impl<E: Display> From<Fault<E>> for ApiError {
    fn from(fault: Fault<E>) -> Self {
        match fault {
            Fault::Refused(reason) => Self::refused(reason),
            Fault::Failed(error) => error.into(),
        }
    }
}

/// The name of the cart's cookie. By https, no other host can set it.
pub const fn cart_cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-cart" } else { "cart" }
}

/// The cookies of a cart with `count` things: the token, which no script can read, and the hint for the badge. A customer's
/// cart has the hint only.
pub fn cart_cookies(token: &CartToken, count: i32, secure: bool) -> Vec<String> {
    let name = cart_cookie_name(secure);
    let hint_age = if count > 0 { CART_MAX_AGE } else { 0 };
    let hint = cookie("cart_count", &count.to_string(), hint_age, secure);
    let token = token.cookie();
    let kept = token.map(|word| cookie(name, word, CART_MAX_AGE, secure) + "; HttpOnly");
    kept.into_iter().chain([hint]).collect()
}

/// The cookies that make a browser forget its cart.
pub fn forget_cart(secure: bool) -> [String; 2] {
    [
        cookie(cart_cookie_name(secure), "", 0, secure) + "; HttpOnly",
        cookie("cart_count", "", 0, secure),
    ]
}

fn cookie(name: &str, value: &str, max_age: u32, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={max_age}; SameSite=Lax{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::cart::CartError;

    fn token() -> CartToken {
        CartToken::parse(&"t".repeat(32)).expect("a token")
    }

    #[test]
    fn a_cart_is_kept_by_two_cookies() {
        assert_eq!(
            cart_cookies(&token(), 3, true),
            [
                format!(
                    "__Host-cart={}; Path=/; Max-Age=5184000; SameSite=Lax; Secure; HttpOnly",
                    "t".repeat(32)
                ),
                "cart_count=3; Path=/; Max-Age=5184000; SameSite=Lax; Secure".to_owned(),
            ]
        );
        // An empty cart stays, its badge goes.
        let empty = cart_cookies(&token(), 0, false);
        assert!(empty[0].starts_with("cart=t") && empty[0].contains("Max-Age=5184000"));
        assert_eq!(empty[1], "cart_count=0; Path=/; Max-Age=0; SameSite=Lax");
        // A customer's cart is found by their session.
        let customer = "019ab000-0000-7000-8000-000000000001"
            .parse()
            .expect("an id");
        assert_eq!(
            cart_cookies(&CartToken::Customer(customer), 3, false),
            ["cart_count=3; Path=/; Max-Age=5184000; SameSite=Lax"]
        );
        assert!(
            forget_cart(false)
                .iter()
                .all(|cookie| cookie.contains("Max-Age=0"))
        );
    }

    #[test]
    fn the_room_that_answers_learns_the_status() {
        let owner = Owner::new();
        let visitor = Visitor::new(None, "127.0.0.1".into(), false);
        owner.with(|| {
            provide_context(visitor.clone());
            let error = ApiError::from(Fault::Refused(CartError::SoldOut));
            server_fn::error::FromServerFnError::ser(&error);
        });
        assert_eq!(visitor.take_outcome().status, Some(422));
        assert_eq!(visitor.take_outcome().status, None);
    }
}
