//! The loop that does the jobs.

use super::{Next, backoff, db, parse};
use crate::{Result, Shop, Token};
use futures::{FutureExt, StreamExt, stream};
use jiff::SignedDuration;
use sqlx::postgres::PgListener;
use std::{panic::AssertUnwindSafe, time::Duration};
use tokio::sync::watch;
use tracing::Instrument;

/// How long a worker has a job before another may take it.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// How many jobs are done at the same time.
const AT_ONCE: usize = 8;
/// How often the queue is looked at when nothing tells of a job: for those that come due.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Becomes true when the process is to stop.
pub type Shutdown = watch::Receiver<bool>;

impl Shop {
    /// Does jobs until the process is to stop; those that were claimed and not begun are given back.
    pub async fn work(&self, mut shutdown: Shutdown) {
        let mut listener = None;
        while !*shutdown.borrow() {
            match self.claim_and_perform(&shutdown).await {
                Ok(0) => {}
                Ok(_) => continue,
                Err(error) => tracing::warn!(%error, "the queue cannot be read"),
            }
            if listener.is_none() {
                listener = self.listen().await;
            }
            tokio::select! {
                _ = shutdown.changed() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
                told = told(listener.as_mut()) => if told.is_err() { listener = None },
            }
        }
    }

    async fn listen(&self) -> Option<PgListener> {
        let mut listener = PgListener::connect_with(self.db()).await.ok()?;
        listener.listen("mercer_job").await.ok()?;
        Some(listener)
    }

    async fn claim_and_perform(&self, shutdown: &Shutdown) -> Result<usize> {
        let now = self.clock().now();
        let claimed = db::claim(
            self.db(),
            now,
            now + LEASE,
            i64::try_from(AT_ONCE).unwrap_or(1),
        )
        .await?;
        let count = claimed.len();
        if *shutdown.borrow() {
            for job in &claimed {
                db::hand_back(self.db(), job).await?;
            }
            return Ok(0);
        }
        stream::iter(claimed)
            .for_each_concurrent(AT_ONCE, |job| self.attempt(job))
            .await;
        Ok(count)
    }

    /// Does every job that is due, and those that they cause, until none is left. For tests and for the command line.
    pub async fn run_jobs(&self) -> Result<usize> {
        let (_keep, running) = watch::channel(false);
        let mut done = 0;
        loop {
            match self.claim_and_perform(&running).await? {
                0 => return Ok(done),
                count => done += count,
            }
        }
    }

    async fn attempt(&self, claimed: db::Claimed) {
        let span = tracing::info_span!("job", kind = %claimed.kind, id = %claimed.id, attempt = claimed.attempts);
        let result = async {
            let job = parse(&claimed.kind, claimed.payload.clone())?;
            // A panic is a failure of this job and of nothing else.
            AssertUnwindSafe(self.perform(job))
                .catch_unwind()
                .await
                .unwrap_or_else(|panic| {
                    Err(crate::Error::Invariant(format!(
                        "panicked: {}",
                        message(panic.as_ref())
                    )))
                })
        }
        .instrument(span.clone())
        .await;
        let outcome = match &result {
            Ok(_) => "done",
            Err(_) if claimed.attempts >= claimed.max_attempts => "dead",
            Err(_) => "failed",
        };
        metrics::counter!("mercer_jobs_total", "kind" => claimed.kind.clone(), "outcome" => outcome).increment(1);
        match self.note(&claimed, result).instrument(span).await {
            Ok(true) => {}
            Ok(false) => {
                tracing::warn!(job = %claimed.id, "the job took longer than its lease: another worker has it");
            }
            // The lease runs out, and the job comes again.
            Err(error) => {
                tracing::error!(%error, job = %claimed.id, "the outcome of a job could not be noted");
            }
        }
    }

    /// Notes what became of a job. Returns whether it was this worker's to note.
    async fn note(&self, job: &db::Claimed, result: Result<Next>) -> Result<bool> {
        let now = self.clock().now();
        let error = match result {
            Ok(Next::Done) => return db::done(self.db(), job).await,
            Ok(Next::Again(after)) => return db::again(self.db(), job, now + after).await,
            Err(error) => error,
        };
        if job.attempts >= job.max_attempts {
            tracing::error!(%error, "the job failed too often and was set aside");
            return db::died(self.db(), job, now, &error.to_string()).await;
        }
        tracing::warn!(%error, "the job failed and will be tried again");
        let attempts = u32::try_from(job.attempts).unwrap_or(1);
        db::failed(
            self.db(),
            job,
            now + backoff(attempts, Token::chance()),
            &error.to_string(),
        )
        .await
    }
}

/// Waits until somebody tells of a job; for ever where nobody listens.
async fn told(listener: Option<&mut PgListener>) -> Result<()> {
    match listener {
        // `None`: the connection was lost and is there again; something may have been missed.
        Some(listener) => listener.try_recv().await.map(|_| ()).map_err(Into::into),
        None => std::future::pending().await,
    }
}

fn message(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("?")
}
