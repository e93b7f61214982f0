//! Who runs the demo shop, and who buys there. Everybody can read their passwords: they are taken on development machines only.

use super::demo::{Customer, Person};
use crate::{Result, Shop, core::password};
use jiff::SignedDuration;

/// How long ago the demo's customers opened their accounts: before the year that is made up.
const MEMBERS_FOR: SignedDuration = SignedDuration::from_hours(24 * 380);

impl Shop {
    /// Writes the demo's staff down, or brings it up to date.
    pub(super) async fn write_staff(&self, people: &[Person]) -> Result<()> {
        for person in people {
            let hash = password::hash(person.password.clone()).await?;
            let now = self.clock().now();
            sqlx::query!(
                "insert into staff (id, email, name, role_id, password_hash, is_demo, created_at, updated_at)
                 select $1, $2::text::citext, $3, r.id, $4, true, $5, $5 from role r where r.handle = $6
                 on conflict (email) do update set name = excluded.name, role_id = excluded.role_id,
                     password_hash = excluded.password_hash
                 where staff.is_demo",
                self.clock().id(),
                person.email,
                person.name,
                hash,
                jiff_sqlx::Timestamp::from(now) as _,
                person.role,
            )
            .execute(self.db())
            .await?;
        }
        Ok(())
    }

    /// Writes the demo's customers down, or brings them up to date. An address book that there is stays.
    pub(super) async fn write_customers(&self, people: &[Customer]) -> Result<()> {
        for person in people {
            let hash = password::hash(person.password.clone()).await?;
            let since = jiff_sqlx::Timestamp::from(self.clock().now() - MEMBERS_FOR);
            let id = sqlx::query_scalar!(
                "insert into customer (id, email, name, password_hash, is_demo, confirmed_at, created_at, updated_at)
                 values ($1, $2::text::citext, $3, $4, true, $5, $5, $5)
                 on conflict (email) do update set name = excluded.name, password_hash = excluded.password_hash
                 where customer.is_demo returning id",
                self.clock().id(),
                person.email,
                person.name,
                hash,
                since as _,
            )
            .fetch_optional(self.db())
            .await?;
            let Some(id) = id else { continue };
            sqlx::query!(
                "insert into address (id, customer_id, address, is_default, created_at)
                 select id, $2, address, place = 1, $4::timestamptz + place * interval '1 second'
                 from unnest($1::uuid[], $3::jsonb[]) with ordinality as new (id, address, place)
                 where not exists (select 1 from address where customer_id = $2)",
                &person
                    .address
                    .iter()
                    .map(|_| self.clock().id())
                    .collect::<Vec<_>>(),
                id,
                &person
                    .address
                    .iter()
                    .map(serde_json::to_value)
                    .collect::<Result<Vec<_>, _>>()?,
                since as _,
            )
            .execute(self.db())
            .await?;
        }
        Ok(())
    }
}
