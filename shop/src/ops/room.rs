//! How much of Postgres the shop may take, and as whom.

use crate::{Result, Shop};

/// What the shop is at Postgres.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatabaseRoom {
    /// How many connections the shop's role may have at once, all replicas together.
    pub connections: u32,
    /// Whether its role may do everything.
    pub superuser: bool,
    /// Whether the connection is encrypted.
    pub encrypted: bool,
}

impl Shop {
    /// Asks Postgres how many connections there are for the shop, and what its role is.
    pub async fn database_room(&self) -> Result<DatabaseRoom> {
        let row = sqlx::query!(
            r#"select r.rolsuper as "superuser!",
                      coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as "encrypted!",
                      least(current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                                - coalesce(current_setting('reserved_connections', true)::int, 0),
                            nullif(r.rolconnlimit, -1), nullif(d.datconnlimit, -1)) as "connections!"
               from pg_roles r, pg_database d where r.rolname = current_user and d.datname = current_database()"#
        )
        .fetch_one(self.db())
        .await?;
        Ok(DatabaseRoom {
            connections: u32::try_from(row.connections).unwrap_or(0),
            superuser: row.superuser,
            encrypted: row.encrypted,
        })
    }
}
