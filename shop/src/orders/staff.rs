//! Smaller things that the staff do to an order: notes, corrected addresses, mails sent again.

use super::db::{self, admin};
use crate::{Actor, Fault, Result, Shop, audit, jobs::Job};
use domain::{
    checkout::Details,
    orders::{
        CorrectionError, CorrectionForm, EventKind, MailAgainError, MailAgainForm, MailKind,
        NoteError, check_note,
    },
    staff::Permission,
};
use serde_json::json;

impl Shop {
    /// Writes a note that only the staff see.
    pub async fn add_order_note(
        &self,
        actor: &Actor,
        number: i64,
        note: &str,
    ) -> Result<(), Fault<NoteError>> {
        actor.require(Permission::EditOrders)?;
        let note = check_note(note).map_err(Fault::Refused)?;
        let mut tx = self.db().begin().await?;
        let order = db::take_up(&mut tx, number)
            .await?
            .ok_or(Fault::Refused(NoteError::Unknown))?;
        let now = self.clock().now();
        let kind = EventKind::Noted;
        db::staff_event(&mut tx, order.id, actor, kind, "wrote a note", note, now).await?;
        let entry = audit::Entry {
            action: "order.noted",
            kind: "order",
            id: order.id.to_string(),
            name: &order.name(),
            did: format!("wrote a note on order {number}"),
            before: None,
            after: Some(json!({ "note": note })),
        };
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The form that puts the addresses of an order right, filled in with what it has.
    pub async fn correction_form(
        &self,
        actor: &Actor,
        number: i64,
    ) -> Result<Option<CorrectionForm>> {
        actor.require(Permission::EditOrders)?;
        let mut connection = self.db().acquire().await?;
        let order = Box::pin(db::load(&mut connection, number)).await?;
        Ok(order.map(|order| CorrectionForm {
            version: order.version.to_string(),
            address: order.form(),
        }))
    }

    /// Puts the addresses of an order right, as long as nothing is on its way to them. The country stays.
    pub async fn correct_address(
        &self,
        actor: &Actor,
        number: i64,
        form: &CorrectionForm,
    ) -> Result<(), Fault<CorrectionError>> {
        actor.require(Permission::EditOrders)?;
        // Its state is large, and every page that calls it would carry it.
        Box::pin(self.correct(actor, number, form)).await
    }

    async fn correct(
        &self,
        actor: &Actor,
        number: i64,
        form: &CorrectionForm,
    ) -> Result<(), Fault<CorrectionError>> {
        let mut tx = self.db().begin().await?;
        let order = db::take_up(&mut tx, number)
            .await?
            .ok_or(Fault::Refused(CorrectionError::Unknown))?;
        if !order.now().can_correct() {
            return Err(Fault::Refused(CorrectionError::TooLate));
        }
        let present = order.form();
        if !order.is_version(&form.version) {
            let now = CorrectionForm {
                version: order.version.to_string(),
                address: present,
            };
            return Err(Fault::Refused(CorrectionError::Stale(Box::new(now))));
        }
        let corrected = form.onto(&present).map_err(Fault::Refused)?;
        let Details {
            shipping, billing, ..
        } = corrected
            .check()
            .map_err(|errors| Fault::Refused(CorrectionError::Fields(errors)))?;
        let now = self.clock().now();
        db::correct(&mut tx, order.id, &shipping, billing.as_ref(), now).await?;
        let kind = EventKind::AddressCorrected;
        let did = "corrected the address";
        db::staff_event(&mut tx, order.id, actor, kind, did, "", now).await?;
        let entry = audit::Entry {
            action: "order.address_corrected",
            kind: "order",
            id: order.id.to_string(),
            name: &order.name(),
            did: format!("corrected the address of order {number}"),
            before: Some(
                json!({ "shipping": order.shipping_address, "billing": order.billing_address }),
            ),
            after: Some(json!({ "shipping": shipping, "billing": billing })),
        };
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Sends a mail about an order once more, as it would be written now.
    pub async fn send_mail_again(
        &self,
        actor: &Actor,
        number: i64,
        form: &MailAgainForm,
    ) -> Result<(), Fault<MailAgainError>> {
        actor.require(Permission::EditOrders)?;
        let mut tx = self.db().begin().await?;
        let order = db::take_up(&mut tx, number)
            .await?
            .ok_or(Fault::Refused(MailAgainError::Unknown))?;
        let mails = admin::mails(&mut tx, &order).await?;
        let was_due = mails
            .iter()
            .any(|mail| mail.kind == form.kind && mail.about == form.about);
        let is_receipt =
            form.kind == MailKind::Confirmation && form.about.is_none() && order.paid_at.is_some();
        if !was_due && !is_receipt {
            return Err(Fault::Refused(MailAgainError::NothingToTell));
        }
        let job = Job::TellOrder {
            mail: form.kind,
            order: order.id,
            about: form.about,
            again: Some(self.clock().id()),
        };
        self.enqueue(&mut *tx, &job).await?;
        let entry = audit::Entry {
            action: "order.mail_again",
            kind: "order",
            id: order.id.to_string(),
            name: &order.name(),
            did: format!(
                "sent the mail “{}” of order {number} again",
                form.kind.label()
            ),
            before: None,
            after: None,
        };
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        Ok(())
    }
}
