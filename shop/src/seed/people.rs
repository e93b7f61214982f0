//! Who runs the demo shop. Everybody can read their passwords: they are taken on development machines only.

use super::demo::Person;
use crate::{Result, Shop, core::password};

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
}
