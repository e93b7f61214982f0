//! The cart's SQL.

mod change;
mod customer;
mod snapshot;

pub(crate) use change::close;
pub(super) use change::{Outcome, Set, add, remove, set_coupon, set_quantity};
pub(super) use customer::{adopt, guest, merge_lines, owned};
pub(crate) use customer::{forget, held_by};
pub(crate) use snapshot::{Snapshot, SnapshotLine, lock, snapshot};
