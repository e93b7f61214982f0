//! How a sandbox is set up.

use std::net::{Ipv4Addr, SocketAddr};

use crate::webhooks::{Endpoint, RetryPolicy};

/// The API version that events are rendered in: the one of async-stripe 1.0.0-rc.10.
pub const API_VERSION: &str = "2026-09-30.endive";

/// The key that is accepted unless another one is set.
pub const DEFAULT_KEY: &str = "sk_test_sandbox";

/// How a sandbox is set up. The default takes free ports, for tests.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the API and the pages listen.
    pub http_addr: SocketAddr,
    /// Where the mailbox listens.
    pub smtp_addr: SocketAddr,
    /// The secret key that the API accepts.
    pub key: String,
    /// Where events are sent, if anywhere.
    pub webhook: Option<Endpoint>,
    /// How events are repeated.
    pub retries: RetryPolicy,
    /// How browsers reach the sandbox, where that is not `http_addr`.
    pub public_url: Option<String>,
    /// The name at the top of the pay page.
    pub business_name: String,
}

impl Default for Options {
    fn default() -> Self {
        let free = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self {
            http_addr: free,
            smtp_addr: free,
            key: DEFAULT_KEY.to_owned(),
            webhook: None,
            retries: RetryPolicy::default(),
            public_url: None,
            business_name: "Tarn & Tallow".to_owned(),
        }
    }
}
