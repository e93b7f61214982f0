//! What a cart is found by.

use crate::Token;
use domain::CustomerId;
use sha2::{Digest, Sha256};

/// What a cart is found by: a cookie, or the customer who is signed in. A customer has one cart on every device, and no
/// cookie leads to it, so that signing out leaves nothing of it behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CartToken {
    /// A cookie of a browser that nobody is signed in with.
    Cookie(Token),
    /// Whom it belongs to.
    Customer(CustomerId),
}

impl CartToken {
    /// For a new cart of nobody's.
    pub fn generate() -> Self {
        Self::Cookie(Token::generate())
    }

    /// Reads a cookie that came back; `None` for what was never made here.
    pub fn parse(text: &str) -> Option<Self> {
        Token::parse(text).map(Self::Cookie)
    }

    /// The word for the cookie; a customer's cart has none.
    pub fn cookie(&self) -> Option<&str> {
        match self {
            Self::Cookie(token) => Some(token.expose()),
            Self::Customer(_) => None,
        }
    }

    /// Whose it is.
    pub const fn customer(&self) -> Option<CustomerId> {
        match self {
            Self::Cookie(_) => None,
            Self::Customer(id) => Some(*id),
        }
    }

    /// What the database knows it by. No cookie has the hash of a customer's cart: a cookie's word has 32 signs, and none of
    /// them is a colon.
    pub fn hash(&self) -> Vec<u8> {
        match self {
            Self::Cookie(token) => token.hash(),
            Self::Customer(id) => Sha256::digest(format!("customer:{id}")).to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cookie_leads_to_a_customers_cart() {
        let id = "019ab000-0000-7000-8000-000000000001".parse().unwrap();
        let customers = CartToken::Customer(id);
        assert_eq!(customers.cookie(), None);
        assert_eq!(CartToken::parse(&format!("customer:{id}")), None);
        let cookie = CartToken::generate();
        assert_eq!(
            CartToken::parse(cookie.cookie().unwrap()),
            Some(cookie.clone())
        );
        assert_ne!(cookie.hash(), customers.hash());
        assert_eq!(customers.hash(), CartToken::Customer(id).hash());
        assert_eq!(cookie.customer(), None);
    }
}
