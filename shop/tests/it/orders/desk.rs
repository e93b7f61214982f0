//! The order page of the staff, notes, corrected addresses, mails sent again.

use super::{bought, only, seen, send, subjects, wren};
use domain::{
    checkout::Field,
    orders::{
        CorrectionError, CorrectionForm, EventKind, MailAgainError, MailAgainForm, MailKind,
        NoteError,
    },
    staff::Permission,
};
use shop::{Error, Fault};

#[tokio::test]
async fn the_page_tells_all_about_an_order() {
    let (test, number) = bought(2, 1).await;
    let order = seen(&test, number).await;
    assert_eq!(
        (order.count(), order.total.minor, order.captured),
        (3, 5_399 + 450, order.total)
    );
    assert_eq!(order.card().unwrap().0, "visa");
    assert!(
        order.payments[0]
            .intent
            .as_ref()
            .unwrap()
            .starts_with("pi_")
    );
    assert_eq!(
        (
            order.customer.name.as_str(),
            order.customer.orders,
            order.customer.spent
        ),
        ("Marian Teasdale", 1, order.total)
    );
    assert_eq!(order.mails[0].kind, MailKind::Confirmation);
    assert_eq!(order.timeline.last().unwrap().kind, EventKind::Placed);
    let slip = order.packing_slip(None).unwrap();
    assert_eq!((slip.lines.len(), slip.elsewhere), (2, 0));
    send(&test, number, &[1, 0]).await;
    let order = seen(&test, number).await;
    let slip = order.packing_slip(Some(1)).unwrap();
    assert_eq!(
        (slip.lines.clone(), slip.elsewhere),
        (vec![("mug".into(), "mug".into(), 1)], 2)
    );
    assert_eq!(order.packing_slip(Some(2)), None);
    let nobody = only(&test, &[Permission::ViewProducts]);
    assert!(matches!(
        test.shop.admin_order(&nobody, number).await,
        Err(Error::Denied(Permission::ViewOrders))
    ));
    assert_eq!(test.shop.admin_order(&wren(&test), 1).await.unwrap(), None);
}

#[tokio::test]
async fn a_note_is_for_the_staff() {
    let (test, number) = bought(1, 0).await;
    let note = "Rang her.\n<b>Calls back</b>";
    test.shop
        .add_order_note(&wren(&test), number, note)
        .await
        .unwrap();
    let order = seen(&test, number).await;
    let noted = &order.timeline[0];
    assert_eq!(
        (noted.kind, noted.staff.as_str(), noted.note.as_str()),
        (EventKind::Noted, "Wren Calder", note)
    );
    assert!(matches!(
        test.shop.add_order_note(&wren(&test), number, " ").await,
        Err(Fault::Refused(NoteError::Empty))
    ));
    let packs = only(&test, &[Permission::FulfilOrders]);
    assert!(matches!(
        test.shop.add_order_note(&packs, number, note).await,
        Err(Fault::Failed(Error::Denied(Permission::EditOrders)))
    ));
    assert_eq!(test.number("select count(*) from audit_entry").await, 1);
}

#[tokio::test]
async fn an_address_is_put_right_before_anything_is_sent() {
    let (test, number) = bought(2, 0).await;
    let actor = wren(&test);
    let form = test
        .shop
        .correction_form(&actor, number)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(form.address.postcode, "LA9 4BH");
    let mut wrong = form.clone();
    wrong.address.postcode = "LA9".into();
    let Err(Fault::Refused(CorrectionError::Fields(errors))) =
        test.shop.correct_address(&actor, number, &wrong).await
    else {
        panic!("this is no postcode")
    };
    assert!(errors.of(Field::Postcode).is_some());
    let mut right = form.clone();
    right.address.line1 = "15 Stramongate".into();
    test.shop
        .correct_address(&actor, number, &right)
        .await
        .unwrap();
    let order = seen(&test, number).await;
    assert_eq!(order.shipping_address.line1, "15 Stramongate");
    assert_eq!(order.timeline[0].kind, EventKind::AddressCorrected);
    // Who had the page open before sees both sides.
    let Err(Fault::Refused(CorrectionError::Stale(now))) =
        test.shop.correct_address(&actor, number, &form).await
    else {
        panic!("the page was an old one")
    };
    assert_eq!(now.address.line1, "15 Stramongate");
    assert_eq!(
        test.text("select (before -> 'shipping' ->> 'line1') || ' → ' || (after -> 'shipping' ->> 'line1') from audit_entry").await,
        "14 Stramongate → 15 Stramongate"
    );
    send(&test, number, &[1]).await;
    let late = CorrectionForm {
        version: seen(&test, number).await.version.to_string(),
        ..right
    };
    assert!(matches!(
        test.shop.correct_address(&actor, number, &late).await,
        Err(Fault::Refused(CorrectionError::TooLate))
    ));
    let packs = only(&test, &[Permission::FulfilOrders]);
    assert!(matches!(
        test.shop.correct_address(&packs, number, &late).await,
        Err(Fault::Failed(Error::Denied(Permission::EditOrders)))
    ));
}

#[tokio::test]
async fn a_mail_is_sent_once_more_when_somebody_asks() {
    let (test, number) = bought(1, 0).await;
    send(&test, number, &[1]).await;
    test.stripe.clear_mails();
    let order = seen(&test, number).await;
    let receipt = MailAgainForm {
        kind: MailKind::Confirmation,
        about: None,
    };
    let dispatch = MailAgainForm {
        kind: MailKind::Dispatch,
        about: Some(order.parcels[0].id.0),
    };
    for form in [&receipt, &dispatch, &receipt] {
        test.shop
            .send_mail_again(&wren(&test), number, form)
            .await
            .unwrap();
        test.shop.run_jobs().await.unwrap();
    }
    let receipt_subject = format!("Your order {number} from Test");
    assert_eq!(
        subjects(&test),
        [
            receipt_subject.clone(),
            format!("Your order {number} is on its way"),
            receipt_subject
        ]
    );
    let never = MailAgainForm {
        kind: MailKind::Refund,
        about: None,
    };
    assert!(matches!(
        test.shop
            .send_mail_again(&wren(&test), number, &never)
            .await,
        Err(Fault::Refused(MailAgainError::NothingToTell))
    ));
    assert_eq!(
        test.number("select count(*) from audit_entry where action = 'order.mail_again'")
            .await,
        3
    );
}
