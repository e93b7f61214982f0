//! The worker: takes jobs as its hands become free, and notes what became of them.

use super::{Next, backoff, db, parse};
use crate::{Error, Result, Shop, Token, for_request};
use futures::FutureExt;
use jiff::SignedDuration;
use sqlx::postgres::PgListener;
use std::{panic::AssertUnwindSafe, time::Duration};
use tokio::{sync::watch, task::JoinSet};
use tracing::Instrument;

/// How much longer than its time limit a job's lease is: time to note what became of it.
const MARGIN: SignedDuration = SignedDuration::from_mins(3);
/// How often the queue is looked at when nothing tells of a job: for those that come due.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Becomes true when the process is to stop.
pub type Shutdown = watch::Receiver<bool>;

/// The jobs that one worker is doing. Dropped, it drops them: their leases run out.
struct Hands {
    shop: Shop,
    at_work: JoinSet<()>,
    /// How many attempts were begun.
    begun: usize,
}

impl Hands {
    fn of(shop: &Shop) -> Self {
        Self {
            shop: shop.clone(),
            at_work: JoinSet::new(),
            begun: 0,
        }
    }

    fn free(&mut self) -> usize {
        while self.at_work.try_join_next().is_some() {}
        let at_once = self.shop.settings().jobs.at_once.max(1);
        at_once.saturating_sub(self.at_work.len())
    }

    /// Begins as many jobs as there are hands. Returns whether the queue may hold more that are due.
    async fn take(&mut self, shutdown: &Shutdown) -> Result<bool> {
        let limit = self.free();
        if limit == 0 {
            return Ok(true);
        }
        let shop = &self.shop;
        let now = shop.clock().now();
        let lease = shop.settings().jobs.time_limit + MARGIN;
        let count = i64::try_from(limit).unwrap_or(i64::MAX);
        let claim = db::claim(shop.db(), now, now + lease, count).await?;
        for (id, kind) in &claim.spent {
            tracing::error!(job = %id, kind, "the job ended its worker too often and was set aside");
            count_outcome(kind, "dead");
        }
        if *shutdown.borrow() {
            for job in &claim.jobs {
                db::hand_back(shop.db(), job).await?;
            }
            return Ok(false);
        }
        let found = claim.jobs.len() + claim.spent.len();
        for job in claim.jobs {
            let shop = self.shop.clone();
            self.at_work.spawn(async move { shop.attempt(job).await });
            self.begun += 1;
        }
        Ok(found == limit)
    }

    /// Waits until a job has ended; for ever where there is none.
    async fn one_ends(&mut self) {
        if self.at_work.join_next().await.is_none() {
            std::future::pending::<()>().await;
        }
    }

    /// Waits until all have ended.
    async fn all_end(&mut self) {
        while self.at_work.join_next().await.is_some() {}
    }
}

impl Shop {
    /// Does jobs until the process is to stop, and ends those that were begun; those that were claimed and not begun are
    /// given back.
    pub async fn work(&self, mut shutdown: Shutdown) {
        let mut hands = Hands::of(self);
        let mut listener = None;
        while !*shutdown.borrow() {
            let more = hands.take(&shutdown).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "the queue cannot be read");
                false
            });
            let free = hands.free() > 0;
            if free && more {
                continue;
            }
            if listener.is_none() {
                listener = self.listen().await;
            }
            tokio::select! {
                _ = shutdown.changed() => {}
                () = hands.one_ends() => {}
                () = tokio::time::sleep(LOOK_EVERY), if free => {}
                told = told(listener.as_mut()), if free => if told.is_err() { listener = None },
            }
        }
        hands.all_end().await;
    }

    async fn listen(&self) -> Option<PgListener> {
        let mut listener = PgListener::connect_with(self.db()).await.ok()?;
        listener.listen("mercer_job").await.ok()?;
        Some(listener)
    }

    /// Does every job that is due, and those that they cause, until none is left, and returns how many attempts that took.
    /// For tests and for the command line.
    pub async fn run_jobs(&self) -> Result<usize> {
        let (_keep, running) = watch::channel(false);
        let mut hands = Hands::of(self);
        loop {
            let more = match hands.take(&running).await {
                Ok(more) => more,
                Err(error) => {
                    hands.all_end().await;
                    return Err(error);
                }
            };
            if more && hands.free() > 0 {
                continue;
            }
            if hands.at_work.join_next().await.is_none() {
                return Ok(hands.begun);
            }
        }
    }

    async fn attempt(&self, claimed: db::Claimed) {
        let request = claimed.request_id.clone();
        let span = tracing::info_span!(
            "job", kind = %claimed.kind, id = %claimed.id, attempt = claimed.attempts, request = request.as_deref(),
        );
        let noted = async {
            let result = for_request(request, self.in_time(&claimed)).await;
            self.note(&claimed, result).await
        };
        match noted.instrument(span).await {
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

    /// Does a job, within its time.
    async fn in_time(&self, claimed: &db::Claimed) -> Result<Next> {
        let job = parse(&claimed.kind, claimed.payload.clone())?;
        let every = job.every();
        let limit = self.settings().jobs.time_limit;
        // A panic is a failure of this job and of nothing else.
        let performed = AssertUnwindSafe(self.perform(job).boxed()).catch_unwind();
        let result = match tokio::time::timeout(limit.unsigned_abs(), performed).await {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => Err(Error::Invariant(format!(
                "panicked: {}",
                message(panic.as_ref())
            ))),
            Err(_) => Err(Error::Invariant(format!("not done within {limit:?}"))),
        };
        match (every, result) {
            (None, result) => result,
            (Some(every), Ok(_)) => Ok(Next::Again(every)),
            (Some(every), Err(error)) => {
                tracing::warn!(%error, "what is done regularly could not be finished: the next time it may");
                Ok(Next::Again(every))
            }
        }
    }

    /// Notes what became of a job. Returns whether it was this worker's to note.
    async fn note(&self, job: &db::Claimed, result: Result<Next>) -> Result<bool> {
        let now = self.clock().now();
        let error = match result {
            Ok(next) => {
                count_outcome(&job.kind, "done");
                return match next {
                    Next::Done => db::done(self.db(), job).await,
                    Next::Again(after) => db::again(self.db(), job, now + after).await,
                };
            }
            Err(error) => error,
        };
        if job.attempts >= job.max_attempts {
            count_outcome(&job.kind, "dead");
            tracing::error!(%error, "the job failed too often and was set aside");
            return db::died(self.db(), job, now, &error.to_string()).await;
        }
        count_outcome(&job.kind, "failed");
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

fn count_outcome(kind: &str, outcome: &'static str) {
    metrics::counter!("mercer_jobs_total", "kind" => kind.to_owned(), "outcome" => outcome)
        .increment(1);
}

fn message(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("?")
}
