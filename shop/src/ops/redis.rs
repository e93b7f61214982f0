//! Redis: what replicas share and may lose. While it is away, callers are told so at once instead of waiting; now and then
//! one of them finds out whether it is back.

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
/// How long nobody asks after a failure. Longer than one who asks can wait, so that there is one at a time.
const PAUSE: Duration = Duration::from_secs(1);

/// A connection that mends itself, with a breaker.
pub(crate) struct Redis {
    client: Client,
    connection: OnceCell<ConnectionManager>,
    born: Instant,
    /// Milliseconds since `born` from which on one caller asks again; 0 while it answers.
    ask_again_at: AtomicU64,
}

impl Redis {
    pub(crate) fn new(url: &str) -> Result<Self, RedisError> {
        Ok(Self {
            client: Client::open(url)?,
            connection: OnceCell::new(),
            born: Instant::now(),
            ask_again_at: AtomicU64::new(0),
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
        self.ask(async { script.invoke_async(&mut self.connection().await?).await })
            .await
    }

    /// What is kept under this name; `None` where nothing is, or Redis is away.
    pub(crate) async fn get(&self, name: &str) -> Option<String> {
        let mut command = redis::cmd("GET");
        command.arg(name);
        self.ask(async { command.query_async(&mut self.connection().await?).await })
            .await
            .flatten()
    }

    /// Keeps a text for so many seconds.
    pub(crate) async fn put(&self, name: &str, text: &str, seconds: u64) {
        let mut command = redis::cmd("SET");
        command.arg(name).arg(text).arg("EX").arg(seconds);
        let _: Option<()> = self
            .ask(async { command.query_async(&mut self.connection().await?).await })
            .await;
    }

    /// Forgets what is kept under these names.
    pub(crate) async fn forget(&self, names: &[String]) {
        if names.is_empty() {
            return;
        }
        let mut command = redis::cmd("DEL");
        command.arg(names);
        let _: Option<i64> = self
            .ask(async { command.query_async(&mut self.connection().await?).await })
            .await;
    }

    /// Asks, within the time that there is; `None` while Redis is away.
    async fn ask<T>(&self, asked: impl Future<Output = Result<T, RedisError>>) -> Option<T> {
        if !self.may_ask() {
            return None;
        }
        let answer = match tokio::time::timeout(PATIENCE * 2, asked).await {
            Ok(answer) => answer.map_err(|error| error.to_string()),
            Err(_) => Err("no answer".to_owned()),
        };
        self.note(answer)
    }

    /// Whether this caller is to ask: everybody while it answers, and one after each pause while it does not.
    fn may_ask(&self) -> bool {
        let at = self.ask_again_at.load(Ordering::Relaxed);
        if at == 0 {
            return true;
        }
        let now = self.age();
        now >= at
            && self
                .ask_again_at
                .compare_exchange(at, after_pause(now), Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
    }

    fn note<T>(&self, answer: Result<T, String>) -> Option<T> {
        match answer {
            Ok(answer) => {
                if self.ask_again_at.swap(0, Ordering::Relaxed) != 0 {
                    tracing::info!("redis answers again");
                }
                Some(answer)
            }
            Err(reason) => {
                let at = after_pause(self.age());
                if self.ask_again_at.swap(at, Ordering::Relaxed) == 0 {
                    tracing::warn!(reason, "redis does not answer");
                }
                None
            }
        }
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

fn after_pause(now: u64) -> u64 {
    now + u64::try_from(PAUSE.as_millis()).unwrap_or(0)
}

impl std::fmt::Debug for Redis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Redis")
    }
}
