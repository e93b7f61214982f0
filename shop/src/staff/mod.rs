//! The staff: who may come in, by which door, and what they may do inside.

mod actor;

pub use actor::Actor;
