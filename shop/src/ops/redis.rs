//! Redis: what replicas share and may lose. While it is away, callers are told so at once instead of waiting.

use redis::{
    Client, RedisError, Script, ScriptInvocation,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};
use tokio::sync::OnceCell;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_millis(300);
/// How long nobody asks after a failure.
const PAUSE: Duration = Duration::from_secs(1);

/// A connection that mends itself, with a breaker.
pub(crate) struct Redis {
    client: Client,
    connection: OnceCell<ConnectionManager>,
    born: Instant,
    /// Milliseconds since `born` until which nobody asks.
    closed_until: AtomicU64,
}

impl Redis {
    pub(crate) fn new(url: &str) -> Result<Self, RedisError> {
        Ok(Self {
            client: Client::open(url)?,
            connection: OnceCell::new(),
            born: Instant::now(),
            closed_until: AtomicU64::new(0),
        })
    }

    fn age(&self) -> u64 {
        u64::try_from(self.born.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    async fn connection(&self) -> Result<ConnectionManager, RedisError> {
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE))
            .set_number_of_retries(0);
        let connect = || ConnectionManager::new_with_config(self.client.clone(), config);
        self.connection.get_or_try_init(connect).await.cloned()
    }

    /// Runs a script; `None` while Redis is away.
    pub(crate) async fn run(&self, script: &ScriptInvocation<'_>) -> Option<i64> {
        if self.age() < self.closed_until.load(Ordering::Relaxed) {
            return None;
        }
        let asked = async {
            script
                .invoke_async::<i64>(&mut self.connection().await?)
                .await
        };
        match tokio::time::timeout(PATIENCE * 2, asked).await {
            Ok(Ok(answer)) => Some(answer),
            Ok(Err(error)) => self.pause(&error.to_string()),
            Err(_) => self.pause("no answer"),
        }
    }

    fn pause(&self, reason: &str) -> Option<i64> {
        tracing::warn!(reason, "redis does not answer");
        let until = self.age() + u64::try_from(PAUSE.as_millis()).unwrap_or(0);
        self.closed_until.store(until, Ordering::Relaxed);
        None
    }

    /// Whether it answers.
    pub(crate) async fn ping(&self) -> Result<(), String> {
        let script = Script::new("return 1");
        let asked = async {
            script
                .prepare_invoke()
                .invoke_async::<i64>(&mut self.connection().await?)
                .await
        };
        match tokio::time::timeout(PATIENCE * 2, asked).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("no answer".to_owned()),
        }
    }
}

impl std::fmt::Debug for Redis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Redis")
    }
}
