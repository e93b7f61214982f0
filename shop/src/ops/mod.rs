//! What the process needs to run the shop: the pool, the schema, Redis, limits, health.

pub mod health;
mod limits;
mod pool;
mod redis;
mod room;

pub use limits::Limit;
pub use pool::{connect, migrate, migrations_current};
pub use room::DatabaseRoom;

pub(crate) use limits::Limiter;
pub(crate) use redis::Redis;
