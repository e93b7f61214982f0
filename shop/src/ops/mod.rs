//! What the process needs to run the shop: the pool, the schema, Redis, limits, health.

pub mod health;
mod limits;
mod pool;
mod redis;

pub use limits::Limit;
pub use pool::{connect, migrate, migrations_current};

pub(crate) use limits::Limiter;
pub(crate) use redis::Redis;
