//! The state that all of the sandbox's servers share.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::api::{Idempotency, RequestLog};
use crate::clock::Clock;
use crate::faults::Faults;
use crate::mail::Mailbox;
use crate::world::event::RequestRef;
use crate::world::{Now, World};

/// Whose sandbox it is.
#[derive(Debug)]
pub(crate) struct Account {
    /// The secret key that the API accepts.
    pub(crate) key: String,
    /// The name that the pay page shows.
    pub(crate) business_name: String,
    /// How browsers reach the sandbox.
    pub(crate) base_url: String,
}

/// One sandbox.
#[derive(Debug)]
pub(crate) struct Sim {
    pub(crate) account: Account,
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    pub(crate) idempotency: Idempotency,
    pub(crate) requests: RequestLog,
    pub(crate) mail: Mailbox,
    world: Mutex<World>,
    wake: Notify,
    changed: Notify,
}

impl Sim {
    pub(crate) fn new(account: Account, world: World) -> Self {
        Self {
            account,
            clock: Clock::default(),
            faults: Faults::default(),
            idempotency: Idempotency::default(),
            requests: RequestLog::default(),
            mail: Mailbox::default(),
            world: Mutex::new(world),
            wake: Notify::new(),
            changed: Notify::new(),
        }
    }

    /// Looks at or changes the world, after what time alone brought about; then wakes the sender.
    pub(crate) fn with<R>(&self, act: impl FnOnce(&mut World, &Now) -> R) -> R {
        self.with_request(None, act)
    }

    /// The same on behalf of an API request.
    pub(crate) fn with_request<R>(
        &self,
        request: Option<RequestRef>,
        act: impl FnOnce(&mut World, &Now) -> R,
    ) -> R {
        let result = self.act(request, act);
        self.wake.notify_one();
        self.changed.notify_waiters();
        result
    }

    /// The same without waking the sender: for the sender.
    pub(crate) fn with_quiet<R>(&self, act: impl FnOnce(&mut World, &Now) -> R) -> R {
        self.act(None, act)
    }

    /// Resolves when the sender may have something to do.
    pub(crate) async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Waits until the world looks as wanted. `None` when it never does in that time.
    pub(crate) async fn wait_for<R>(
        &self,
        timeout: Duration,
        mut look: impl FnMut(&World) -> Option<R>,
    ) -> Option<R> {
        let wait = async {
            loop {
                let mut changed = std::pin::pin!(self.changed.notified());
                // Listening starts before looking, so that no change slips through between.
                changed.as_mut().enable();
                if let Some(found) = self.with_quiet(|world, _| look(world)) {
                    return found;
                }
                // Time alone changes things as well, so look again now and then.
                let _ = tokio::time::timeout(Duration::from_millis(100), changed).await;
            }
        };
        tokio::time::timeout(timeout, wait).await.ok()
    }

    fn act<R>(&self, request: Option<RequestRef>, act: impl FnOnce(&mut World, &Now) -> R) -> R {
        let mut world = lock(&self.world);
        let now = Now {
            ms: self.clock.now_ms(),
            request,
        };
        world.tick(&now);
        act(&mut world, &now)
    }
}

/// Locks even after a panic elsewhere: every change is complete before it can panic.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
