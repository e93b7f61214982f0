//! Background work: kept in the database, enqueued in the transaction that causes it, done at least once.
//!
//! A job is claimed by a lease, and has less time than that. A worker that dies leaves a lease that runs out; a job that
//! fails comes again, later each time; one that fails, or ends its worker, too often is set aside for a person.

mod db;
mod worker;

pub use db::{DeadJob, QueueState};
pub use worker::Shutdown;

use crate::{
    Actor, Error, Result, Shop,
    accounts::Letter,
    audit::Entry,
    core::{request, words},
    staff::LinkKind,
};
use domain::{
    CustomerId, OrderId, PaymentId, ProductId, RefundId, StaffId,
    jobs::{DeadRow, JobsPage},
    orders::MailKind,
    staff::Permission,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::PgExecutor;
use uuid::Uuid;

/// What there is to do. The payload names rows and holds nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Job {
    /// Look at what a webhook told.
    HandleWebhook {
        /// Stripe's id of the event.
        event: String,
    },
    /// Send the receipt.
    ConfirmOrder {
        /// The order.
        order: OrderId,
    },
    /// Tell that an order that was paid cannot be filled.
    RegretOrder {
        /// The order.
        order: OrderId,
    },
    /// Tell the shopper something about an order.
    TellOrder {
        /// Which mail.
        mail: MailKind,
        /// The order.
        order: OrderId,
        /// The parcel or the refund that it is about.
        about: Option<Uuid>,
        /// The name of the repetition, where it was told before.
        again: Option<Uuid>,
    },
    /// Give money back.
    Refund {
        /// The row of the refund.
        refund: RefundId,
    },
    /// See whether an attempt was paid or can no longer be.
    CheckPayment {
        /// The attempt.
        payment: PaymentId,
    },
    /// Send somebody of the staff the link to their first password.
    InviteStaff {
        /// Who.
        staff: StaffId,
    },
    /// Send somebody of the staff a link to another password.
    ResetStaff {
        /// Who.
        staff: StaffId,
    },
    /// Send a customer a mail about their account.
    MailCustomer {
        /// Who.
        customer: CustomerId,
        /// Which mail.
        letter: Letter,
    },
    /// Put a product on sale whose time has come.
    PublishProduct {
        /// Which.
        product: ProductId,
        /// When that is: with another time it is another job.
        at: Timestamp,
    },
    /// Load the demo shop, which an owner asked for.
    LoadDemo,
    /// Look for payments and events that nobody told of.
    Reconcile,
}

impl Job {
    const fn kind(&self) -> &'static str {
        match self {
            Self::HandleWebhook { .. } => "handle_webhook",
            Self::ConfirmOrder { .. } => "confirm_order",
            Self::RegretOrder { .. } => "regret_order",
            Self::TellOrder { .. } => "tell_order",
            Self::Refund { .. } => "refund",
            Self::CheckPayment { .. } => "check_payment",
            Self::InviteStaff { .. } => "invite_staff",
            Self::ResetStaff { .. } => "reset_staff",
            Self::MailCustomer { .. } => "mail_customer",
            Self::PublishProduct { .. } => "publish_product",
            Self::LoadDemo => "load_demo",
            Self::Reconcile => "reconcile",
        }
    }

    /// Lower goes first: money, then mail, then housekeeping.
    const fn priority(&self) -> i16 {
        match self {
            Self::HandleWebhook { .. } | Self::Refund { .. } => 10,
            Self::CheckPayment { .. } | Self::PublishProduct { .. } => 20,
            Self::ConfirmOrder { .. }
            | Self::RegretOrder { .. }
            | Self::TellOrder { .. }
            | Self::InviteStaff { .. }
            | Self::ResetStaff { .. }
            | Self::MailCustomer { .. } => 50,
            Self::LoadDemo | Self::Reconcile => 100,
        }
    }

    /// Two jobs of one key are one job.
    fn key(&self) -> String {
        match self {
            Self::HandleWebhook { event } => format!("webhook:{event}"),
            Self::ConfirmOrder { order } => format!("confirm:{order}"),
            Self::RegretOrder { order } => format!("regret:{order}"),
            Self::TellOrder {
                mail,
                order,
                about,
                again,
            } => {
                let about = about.unwrap_or(order.0);
                match again {
                    Some(again) => format!("tell:{mail}:{about}:{again}"),
                    None => format!("tell:{mail}:{about}"),
                }
            }
            Self::Refund { refund } => format!("refund:{refund}"),
            Self::CheckPayment { payment } => format!("check:{payment}"),
            Self::InviteStaff { staff } => format!("invite-staff:{staff}"),
            Self::ResetStaff { staff } => format!("reset-staff:{staff}"),
            Self::MailCustomer { customer, letter } => {
                format!("mail-customer:{}:{customer}", letter.as_str())
            }
            Self::PublishProduct { product, at } => {
                format!("publish:{product}:{}", at.as_microsecond())
            }
            Self::LoadDemo => "load-demo".to_owned(),
            Self::Reconcile => "reconcile".to_owned(),
        }
    }

    /// What is done regularly comes again after this, however it went.
    const fn every(&self) -> Option<SignedDuration> {
        match self {
            Self::Reconcile => Some(RECONCILE_EVERY),
            Self::HandleWebhook { .. }
            | Self::ConfirmOrder { .. }
            | Self::RegretOrder { .. }
            | Self::TellOrder { .. }
            | Self::InviteStaff { .. }
            | Self::ResetStaff { .. }
            | Self::MailCustomer { .. }
            | Self::Refund { .. }
            | Self::PublishProduct { .. }
            | Self::CheckPayment { .. }
            | Self::LoadDemo => None,
        }
    }
}

/// What becomes of a job that went well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// It is over.
    Done,
    /// The same again, after a while.
    Again(SignedDuration),
}

/// What became of trying a dead job again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// It will be.
    Again,
    /// The same has been enqueued anew since it died: that one does what this one would.
    Superseded,
    /// There is no dead job of this id.
    Unknown,
}

/// How often the reconciler looks.
const RECONCILE_EVERY: SignedDuration = SignedDuration::from_secs(60);

impl Shop {
    /// Enqueues a job to be done now.
    pub(crate) async fn enqueue(&self, db: impl PgExecutor<'_>, job: &Job) -> Result<()> {
        self.enqueue_later(db, job, SignedDuration::ZERO).await
    }

    /// Enqueues a job to be done after a while.
    pub(crate) async fn enqueue_later(
        &self,
        db: impl PgExecutor<'_>,
        job: &Job,
        after: SignedDuration,
    ) -> Result<()> {
        let now = self.clock().now();
        let request = request::current();
        db::insert(
            db,
            self.clock().id(),
            job,
            now,
            now + after,
            request.as_deref(),
        )
        .await
    }

    /// Does one job.
    async fn perform(&self, job: Job) -> Result<Next> {
        match job {
            Job::HandleWebhook { event } => self.handle_webhook(&event).await?,
            Job::ConfirmOrder { order } => self.confirm_order(order).await?,
            Job::RegretOrder { order } => self.regret_order(order).await?,
            Job::TellOrder {
                mail,
                order,
                about,
                again,
            } => self.tell_order(mail, order, about, again).await?,
            Job::InviteStaff { staff } => self.send_staff_link(staff, LinkKind::Invitation).await?,
            Job::ResetStaff { staff } => self.send_staff_link(staff, LinkKind::Reset).await?,
            Job::MailCustomer { customer, letter } => self.mail_customer(customer, letter).await?,
            Job::Refund { refund } => self.send_refund(refund).await?,
            Job::PublishProduct { product, .. } => self.publish_product(product).await?,
            Job::LoadDemo => return Box::pin(self.load_demo()).await,
            Job::CheckPayment { payment } => return self.check_payment(payment).await,
            Job::Reconcile => {
                self.sweep_staff_sessions().await?;
                self.sweep_customers().await?;
                self.sweep_webhooks().await?;
                Box::pin(self.reconcile()).await?;
            }
        }
        Ok(Next::Done)
    }

    /// Makes sure that what is done regularly will be.
    pub async fn schedule(&self) -> Result<()> {
        self.enqueue_later(self.db(), &Job::Reconcile, RECONCILE_EVERY)
            .await
    }

    /// How many jobs there are, by state.
    pub async fn queue(&self) -> Result<QueueState> {
        db::state(self.db(), self.clock().now()).await
    }

    /// The jobs that failed too often, the latest first.
    pub async fn dead_jobs(&self) -> Result<Vec<DeadJob>> {
        db::dead(self.db()).await
    }

    /// How the background work stands, for the admin.
    pub async fn jobs_page(&self, actor: &Actor) -> Result<JobsPage> {
        actor.require(Permission::ManageJobs)?;
        let zone = self.time_zone().await?;
        let queue = self.queue().await?;
        let dead = self.dead_jobs().await?;
        Ok(JobsPage {
            ready: queue.ready,
            scheduled: queue.scheduled,
            running: queue.running,
            oldest_seconds: queue.oldest_seconds,
            kinds: db::kinds(self.db()).await?,
            dead: dead
                .into_iter()
                .map(|job| DeadRow {
                    id: job.id.to_string(),
                    about: about(&job.payload),
                    kind: job.kind,
                    attempts: job.attempts,
                    reason: job.error,
                    since: words::moment(job.died_at, &zone),
                })
                .collect(),
        })
    }

    /// Lets a dead job be tried again from the start.
    pub async fn retry_job(&self, actor: &Actor, id: Uuid) -> Result<Retry> {
        actor.require(Permission::ManageJobs)?;
        let mut tx = self.db().begin().await?;
        let retried = db::retry(&mut tx, id, self.clock().now()).await?;
        if retried == Retry::Again {
            self.record(
                &mut tx,
                actor,
                entry("job.retried", id, "had a job tried again"),
            )
            .await?;
            tx.commit().await?;
        }
        Ok(retried)
    }

    /// Gives a dead job up. Returns whether there was one.
    pub async fn discard_job(&self, actor: &Actor, id: Uuid) -> Result<bool> {
        actor.require(Permission::ManageJobs)?;
        let mut tx = self.db().begin().await?;
        let gone = db::discard(&mut tx, id).await?;
        if gone {
            self.record(
                &mut tx,
                actor,
                entry("job.discarded", id, "discarded a job"),
            )
            .await?;
            tx.commit().await?;
        }
        Ok(gone)
    }
}

fn entry(action: &'static str, id: Uuid, did: &str) -> Entry<'static> {
    Entry {
        action,
        kind: "job",
        id: id.to_string(),
        name: "job",
        did: format!("{did}: {id}"),
        before: None,
        after: None,
    }
}

/// What a job names, besides its kind: `order 0192…`.
fn about(payload: &serde_json::Value) -> String {
    let fields = payload.as_object().into_iter().flatten();
    let named: Vec<String> = fields
        .filter(|(name, _)| *name != "kind")
        .map(|(name, value)| match value {
            serde_json::Value::String(text) => format!("{name} {text}"),
            other => format!("{name} {other}"),
        })
        .collect();
    named.join(", ")
}

/// How long to wait before the attempt that follows `attempts`: 2 s, doubling, up to an hour, with up to a quarter of
/// chance added, so that what failed together does not come again together.
fn backoff(attempts: u32, chance: u8) -> SignedDuration {
    let seconds = 2_i64.saturating_pow(attempts.clamp(1, 12)).min(3_600);
    SignedDuration::from_millis(seconds * 1_000 + seconds * 250 * i64::from(chance) / 255)
}

fn parse(kind: &str, payload: serde_json::Value) -> Result<Job> {
    serde_json::from_value(payload).map_err(|error| Error::Stored(format!("job {kind}: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_attempt_waits_longer_than_the_one_before_up_to_an_hour() {
        assert_eq!(backoff(1, 0), SignedDuration::from_secs(2));
        assert_eq!(backoff(5, 0), SignedDuration::from_secs(32));
        assert_eq!(backoff(40, 0), SignedDuration::from_secs(3_600));
        assert_eq!(backoff(5, 255), SignedDuration::from_secs(40));
    }
}
