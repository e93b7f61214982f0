//! Money that goes back: what is asked for, what it comes to, and why it may not be.

mod form;
mod plan;

pub(super) use form::check_reason;
pub use form::{RefundError, RefundField, RefundForm, RefundUnits};
pub use plan::{PlannedLine, RefundBasis, RefundPlan};
