//! Whether what the shop depends on answers, and how fast.

use crate::Shop;
use std::time::{Duration, Instant};

/// The state of one dependency.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Dependency {
    /// Its name.
    pub name: &'static str,
    /// Whether it answers.
    pub up: bool,
    /// How long the answer took, in milliseconds.
    pub latency_ms: f64,
    /// What it said instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl Dependency {
    async fn look(name: &'static str, asked: impl Future<Output = Result<(), String>>) -> Self {
        let start = Instant::now();
        let answer = tokio::time::timeout(Duration::from_secs(2), asked).await;
        let error = match answer {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error),
            Err(_) => Some("no answer within 2 s".to_owned()),
        };
        Self {
            name,
            up: error.is_none(),
            latency_ms: start.elapsed().as_secs_f64() * 1000.0,
            error,
        }
    }
}

impl Shop {
    /// Asks everything that the shop depends on, at once.
    pub async fn health(&self) -> Vec<Dependency> {
        let database = Dependency::look("postgres", async {
            sqlx::query("select 1")
                .execute(self.db())
                .await
                .map(|_| ())
                .map_err(|error| error.to_string())
        });
        let queue = Dependency::look("queue", async {
            sqlx::query("select 1 from job limit 1")
                .execute(self.db())
                .await
                .map(|_| ())
                .map_err(|error| error.to_string())
        });
        let storage = Dependency::look("storage", async {
            self.media().ping().await.map_err(|error| error.to_string())
        });
        let redis = async {
            match self.redis() {
                Some(redis) => Some(Dependency::look("redis", redis.ping()).await),
                None => None,
            }
        };
        let (database, queue, storage, redis) = tokio::join!(database, queue, storage, redis);
        [Some(database), Some(queue), Some(storage), redis]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Whether Stripe takes the shop's key.
    pub async fn check_stripe(&self) -> crate::Result<()> {
        self.stripe().check(self.clock().now().as_second()).await?;
        Ok(())
    }

    /// Whether the mail server answers.
    pub async fn check_mail(&self) -> crate::Result<()> {
        self.mailer().check().await
    }
}
