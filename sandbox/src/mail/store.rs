//! The mails that came in.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use super::parse;
use crate::sim::lock;

/// A mail, taken apart.
#[derive(Clone, Debug, Serialize)]
pub struct Mail {
    /// A number that counts up from 1.
    pub id: u64,
    /// When it came, in RFC 3339.
    pub received_at: String,
    /// The sender of the envelope.
    pub envelope_from: String,
    /// Every recipient of the envelope.
    pub to: Vec<String>,
    /// The `From` header, such as `Tarn & Tallow <orders@example.com>`.
    pub from: String,
    /// The `Subject` header, decoded.
    pub subject: String,
    /// The plain text, decoded.
    pub text: Option<String>,
    /// The HTML, decoded.
    pub html: Option<String>,
    /// Every header in its order, unfolded.
    pub headers: Vec<(String, String)>,
    /// File names of what is attached.
    pub attachments: Vec<String>,
    /// The mail as it came.
    #[serde(skip)]
    pub source: String,
}

/// What goes wrong with the next mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum MailFault {
    /// 451 to `MAIL FROM`: try later.
    Refuse,
    /// 550 to `RCPT TO`: never.
    Reject,
    /// The mail is read, then no answer comes.
    Hang,
}

/// All mails.
#[derive(Debug, Default)]
pub(crate) struct Mailbox {
    inner: Mutex<Inner>,
    arrived: Notify,
}

#[derive(Debug, Default)]
struct Inner {
    mails: Vec<Mail>,
    last_id: u64,
    faults: VecDeque<MailFault>,
}

/// What SMTP says about a mail.
#[derive(Clone, Debug, Default)]
pub(super) struct Envelope {
    pub(super) from: String,
    pub(super) to: Vec<String>,
}

impl Mailbox {
    pub(super) fn add(&self, envelope: Envelope, source: &[u8], now_ms: i64) -> u64 {
        let mut inner = lock(&self.inner);
        inner.last_id += 1;
        let id = inner.last_id;
        inner.mails.push(parse::mail(id, envelope, source, now_ms));
        drop(inner);
        self.arrived.notify_waiters();
        id
    }

    /// The oldest first.
    pub(crate) fn list(&self) -> Vec<Mail> {
        lock(&self.inner).mails.clone()
    }

    pub(crate) fn get(&self, id: u64) -> Option<Mail> {
        lock(&self.inner)
            .mails
            .iter()
            .find(|mail| mail.id == id)
            .cloned()
    }

    pub(crate) fn clear(&self) {
        lock(&self.inner).mails.clear();
    }

    /// The next `times` mails meet this fault.
    pub(crate) fn fail(&self, fault: MailFault, times: u32) {
        lock(&self.inner)
            .faults
            .extend(std::iter::repeat_n(fault, times as usize));
    }

    pub(crate) fn clear_faults(&self) {
        lock(&self.inner).faults.clear();
    }

    pub(super) fn take_fault(&self) -> Option<MailFault> {
        lock(&self.inner).faults.pop_front()
    }

    /// Waits for a mail that fits; those that are there already count.
    pub(crate) async fn wait_for(
        &self,
        timeout: Duration,
        fits: impl Fn(&Mail) -> bool,
    ) -> Option<Mail> {
        let wait = async {
            loop {
                let mut arrived = std::pin::pin!(self.arrived.notified());
                // Listening starts before looking, so that no mail slips through between.
                arrived.as_mut().enable();
                let found = lock(&self.inner)
                    .mails
                    .iter()
                    .find(|mail| fits(mail))
                    .cloned();
                if let Some(mail) = found {
                    return mail;
                }
                arrived.await;
            }
        };
        tokio::time::timeout(timeout, wait).await.ok()
    }
}
