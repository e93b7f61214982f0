//! Who belongs to the staff: invited, given another role, shut out.

use super::{
    LinkKind,
    db::{self, Ending, Person},
};
use crate::{Actor, Fault, Result, Shop, audit::Entry, core::words, jobs::Job};
use domain::{
    StaffId,
    checkout::is_email,
    staff::{InviteForm, Permission, RoleView, StaffError, StaffRow},
};
use serde_json::{Value, json};
use sqlx::PgConnection;

impl Shop {
    /// All of the staff.
    pub async fn staff(&self, actor: &Actor) -> Result<Vec<StaffRow>> {
        actor.require(Permission::ManageStaff)?;
        let zone = self.time_zone().await?;
        let people = db::people(self.db(), None).await?;
        Ok(people
            .into_iter()
            .map(|person| StaffRow {
                last_seen: person
                    .seen_at
                    .map(|at| words::moment(at, &zone))
                    .unwrap_or_default(),
                id: person.id,
                name: person.name,
                email: person.email,
                role: person.role,
                role_name: person.role_name,
                has_joined: person.has_joined,
                has_totp: person.has_totp,
                is_disabled: person.is_disabled,
            })
            .collect())
    }

    /// The roles with what each allows.
    pub async fn roles(&self, actor: &Actor) -> Result<Vec<RoleView>> {
        actor.require(Permission::ManageStaff)?;
        db::roles(self.db()).await
    }

    /// Invites somebody: a link to choose a password goes out.
    pub async fn invite_staff(
        &self,
        actor: &Actor,
        form: &InviteForm,
    ) -> Result<(), Fault<StaffError>> {
        actor.require_confirmed(Permission::ManageStaff, self.clock().now())?;
        let (email, name) = self.check_person(form).await?;
        let staff = StaffId(self.clock().id());
        let mut tx = self.db().begin().await?;
        let now = self.clock().now();
        if !db::insert(&mut tx, staff, &email, &name, &form.role, now).await? {
            return Err(Fault::Refused(StaffError::EmailTaken));
        }
        let entry = Entry {
            action: "staff.invited",
            kind: "staff",
            id: staff.to_string(),
            name: &name,
            did: format!("invited {name} as {}", form.role),
            before: None,
            after: Some(json!({ "email": email, "name": name, "role": form.role })),
        };
        self.record(&mut tx, actor, entry).await?;
        self.enqueue(&mut *tx, &Job::InviteStaff { staff }).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Makes an owner, for the command line. Returns the link by which they choose a password.
    pub async fn create_owner(&self, email: &str, name: &str) -> Result<String, Fault<StaffError>> {
        let form = InviteForm {
            email: email.to_owned(),
            name: name.to_owned(),
            role: "owner".to_owned(),
        };
        let (email, name) = self.check_person(&form).await?;
        let (staff, now) = (StaffId(self.clock().id()), self.clock().now());
        let mut tx = self.db().begin().await?;
        if !db::insert(&mut tx, staff, &email, &name, "owner", now).await? {
            return Err(Fault::Refused(StaffError::EmailTaken));
        }
        let entry = Entry {
            action: "staff.created",
            kind: "staff",
            id: staff.to_string(),
            name: &name,
            did: format!("made {name} an owner"),
            before: None,
            after: Some(json!({ "email": email, "name": name, "role": "owner" })),
        };
        self.record(&mut tx, &Actor::operator(now), entry).await?;
        tx.commit().await?;
        Ok(self.make_staff_link(staff, LinkKind::Invitation).await?)
    }

    /// What was typed about somebody, where it can be.
    async fn check_person(&self, form: &InviteForm) -> Result<(String, String), Fault<StaffError>> {
        let email = form.email.trim().to_lowercase();
        if !is_email(&email) {
            return Err(Fault::Refused(StaffError::Email));
        }
        let name: String = form.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > 100 {
            return Err(Fault::Refused(StaffError::Name));
        }
        let roles = db::roles(self.db()).await?;
        if !roles.iter().any(|role| role.handle == form.role) {
            return Err(Fault::Refused(StaffError::Role));
        }
        Ok((email, name))
    }

    /// Gives somebody another name or role. What they may do changes at once.
    pub async fn change_staff(
        &self,
        actor: &Actor,
        id: StaffId,
        form: &InviteForm,
    ) -> Result<(), Fault<StaffError>> {
        actor.require_confirmed(Permission::ManageStaff, self.clock().now())?;
        let mut tx = self.db().begin().await?;
        let person = person(&mut tx, id).await?;
        let form = InviteForm {
            email: person.email.clone(),
            ..form.clone()
        };
        let (_, name) = self.check_person(&form).await?;
        if form.role != "owner" {
            keep_an_owner(&mut tx, id).await?;
        }
        db::set_role(&mut tx, id, &name, &form.role, self.clock().now()).await?;
        let entry = Entry {
            action: "staff.changed",
            kind: "staff",
            id: id.to_string(),
            name: &name,
            did: format!("made {name} {}", form.role),
            before: Some(json!({ "name": person.name, "role": person.role })),
            after: Some(json!({ "name": name, "role": form.role })),
        };
        self.end_and_record(tx, actor, id, entry).await
    }

    /// Shuts somebody out, or lets them in again.
    pub async fn disable_staff(
        &self,
        actor: &Actor,
        id: StaffId,
        disable: bool,
    ) -> Result<(), Fault<StaffError>> {
        actor.require_confirmed(Permission::ManageStaff, self.clock().now())?;
        if disable && actor.id == Some(id) {
            return Err(Fault::Refused(StaffError::Oneself));
        }
        let now = self.clock().now();
        let mut tx = self.db().begin().await?;
        let person = person(&mut tx, id).await?;
        if disable {
            keep_an_owner(&mut tx, id).await?;
        }
        db::set_disabled(&mut tx, id, disable.then_some(now), now).await?;
        let did = if disable { "shut out" } else { "let in again" };
        let entry = Entry {
            action: if disable {
                "staff.disabled"
            } else {
                "staff.enabled"
            },
            kind: "staff",
            id: id.to_string(),
            name: &person.name,
            did: format!("{did} {}", person.name),
            before: None,
            after: None::<Value>,
        };
        self.end_and_record(tx, actor, id, entry).await
    }

    async fn end_and_record(
        &self,
        mut tx: sqlx::Transaction<'_, sqlx::Postgres>,
        actor: &Actor,
        id: StaffId,
        entry: Entry<'_>,
    ) -> Result<(), Fault<StaffError>> {
        self.record(&mut tx, actor, entry).await?;
        let ended = if actor.id == Some(id) {
            Vec::new()
        } else {
            db::end_sessions(&mut tx, id, Ending::All).await?
        };
        tx.commit().await?;
        self.forget_sessions(&ended).await;
        Ok(())
    }

    /// Sends somebody a link to another password, or the invitation once more.
    pub async fn send_link_to_staff(
        &self,
        actor: &Actor,
        id: StaffId,
    ) -> Result<(), Fault<StaffError>> {
        actor.require_confirmed(Permission::ManageStaff, self.clock().now())?;
        let mut tx = self.db().begin().await?;
        let person = person(&mut tx, id).await?;
        let job = if person.has_joined {
            Job::ResetStaff { staff: id }
        } else {
            Job::InviteStaff { staff: id }
        };
        let entry = Entry {
            action: "staff.link_sent",
            kind: "staff",
            id: id.to_string(),
            name: &person.name,
            did: format!("had a link for a password sent to {}", person.name),
            before: None,
            after: None,
        };
        self.record(&mut tx, actor, entry).await?;
        self.enqueue(&mut *tx, &job).await?;
        tx.commit().await?;
        Ok(())
    }
}

async fn person(tx: &mut PgConnection, id: StaffId) -> Result<Person, Fault<StaffError>> {
    db::people(tx, Some(id))
        .await?
        .pop()
        .ok_or(Fault::Refused(StaffError::Unknown))
}

/// Refuses what would leave nobody who may do everything.
async fn keep_an_owner(tx: &mut PgConnection, id: StaffId) -> Result<(), Fault<StaffError>> {
    let owners = db::lock_owners(tx).await?;
    if owners == [id] {
        return Err(Fault::Refused(StaffError::LastOwner));
    }
    Ok(())
}
