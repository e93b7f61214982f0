//! The cart's SQL.

mod change;
mod snapshot;

pub(crate) use change::close;
pub(super) use change::{Outcome, Set, add, remove, set_coupon, set_quantity};
pub(crate) use snapshot::{Snapshot, SnapshotLine, lock, snapshot};
