//! Ids that look like Stripe's.

use rand::Rng;
use rand::distr::Alphanumeric;

/// `prefix` followed by `len` letters and digits.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the sandbox makes ids"
)]
pub(crate) fn random(prefix: &str, len: usize) -> String {
    let mut id = String::with_capacity(prefix.len() + len);
    id.push_str(prefix);
    id.extend(
        rand::rng()
            .sample_iter(Alphanumeric)
            .take(len)
            .map(char::from),
    );
    id
}

/// An id of the usual length, such as `pi_3Qm…`.
pub(crate) fn new(prefix: &str) -> String {
    random(prefix, 24)
}
