//! The pages of an order as a browser reads them.

use super::{
    OrderShown, cancel_order, correct_address, fixture, fulfil_order, invoice, order, packing_slip,
    refund_order,
};
use crate::{
    admin::AdminFrame,
    screens::{
        fixtures::{HOSTILE, frame, pounds},
        reading::Read,
    },
};
use domain::{
    checkout::{CheckoutForm, Field, FieldErrors},
    fulfilment::{FulfilError, FulfilForm},
    orders::{
        AdminOrder, CancelError, CancelForm, CorrectionError, CorrectionForm, EventKind, Invoice,
        NoteError, OrderHappening, PaymentStatus, RefundError, RefundForm,
    },
    staff::{Permission, Permissions},
};

fn admin(permissions: Permissions) -> AdminFrame {
    AdminFrame {
        frame: frame("/admin/orders/1044"),
        name: "Wren Calder".into(),
        role: "Manager".into(),
        permissions,
        done: None,
        to_send: 12,
    }
}

fn owner() -> AdminFrame {
    admin(Permissions::all())
}

fn page(of: &AdminOrder) -> Read {
    Read::admin(&order(&owner(), of, &OrderShown::default()))
}

/// Fails where a page holds what the admin's pages never do: a script but their own, style attributes, what somebody typed as
/// markup.
fn keeps_to_policy(html: &str) {
    let others = html.replace(
        "<script type=\"module\" src=\"/admin.js?v=1\"></script>",
        "",
    );
    assert!(!others.contains("<script"), "a script");
    assert!(!html.contains(" style="), "a style attribute");
    assert!(!html.contains("<b>typed"), "what was typed is markup");
}

#[test]
fn an_order_shows_what_is_to_be_sent_and_what_was() {
    let html = order(&owner(), &fixture::order(), &OrderShown::default());
    for words in [
        "Order 1044",
        "Part refunded",
        "Part sent",
        "2 things",
        "One thing, by Royal Mail",
        "https://track.example/RM4471",
        "Visa ending 4242",
        "£144.50",
        "VAT, included at 20%",
        "Arrived broken",
        "4 orders, £318.00 in all",
        "Wren Calder sent 1 of 3 things by Royal Mail, RM 4471.",
        "The order was placed.",
        "Rang him.",
        "Invoice 12",
        "Send the rest",
    ] {
        assert!(html.contains(words), "{words}");
    }
    let page = Read::admin(&html);
    assert_eq!(page.count("a[href='/admin/orders/1044/refund']"), 1);
    // A part was sent: it is neither cancelled nor sent elsewhere.
    assert_eq!(page.count("a[href='/admin/orders/1044/cancel']"), 0);
    assert_eq!(page.count("a[href='/admin/orders/1044/address']"), 0);
    keeps_to_policy(&html);
}

#[test]
fn what_one_may_not_do_is_not_offered() {
    let looks_on = admin(Permissions::from_words([Permission::ViewOrders.as_str()]));
    let html = order(&looks_on, &fixture::order(), &OrderShown::default());
    let page = Read::admin(&html);
    for gone in [
        "a[href$='/refund']",
        "a[href$='/fulfil']",
        "form[action$='/notes']",
        "form[action$='/mails']",
    ] {
        assert_eq!(page.count(gone), 0, "{gone}");
    }
    assert_eq!(page.count("a[href$='/packing-slip']"), 1);
}

#[test]
fn an_unpaid_order_offers_nothing_but_to_cancel_it() {
    let mut unpaid = fixture::order();
    unpaid.now.status = domain::orders::OrderStatus::Pending;
    unpaid.now.payment = PaymentStatus::Unpaid;
    unpaid.now.sent = 0;
    unpaid.invoice = None;
    let page = page(&unpaid);
    assert_eq!(page.count("a[href$='/cancel']"), 1);
    assert_eq!(page.count("a[href$='/fulfil']"), 0);
    assert_eq!(page.count("a[href$='/refund']"), 0);
    assert_eq!(page.count("form[action$='/invoice']"), 0);
}

#[test]
fn a_note_that_was_refused_is_still_there() {
    let shown = OrderShown {
        note: Some(("<b>typed</b></textarea>".into(), NoteError::Long)),
        refusal: None,
    };
    let html = order(&owner(), &fixture::order(), &shown);
    assert!(html.contains("&lt;b&gt;typed"));
    assert!(html.contains("Please use at most 2000 characters."));
    keeps_to_policy(&html);
}

#[test]
fn the_form_that_sends_begins_with_all_that_is_left() {
    let of = fixture::order();
    let mut form = FulfilForm::all(of.version, &of.accounts());
    let html = fulfil_order(&owner(), &of, &form, None);
    let read = Read::admin(&html);
    let field = format!("input[name='send-{}']", of.lines[0].account.id);
    assert_eq!(read.attribute(&field, "value"), "2");
    assert_eq!(read.attribute(&field, "max"), "2");
    assert_eq!(read.count("input[type='number']"), 1);
    assert_eq!(read.attribute("input[name='version']", "value"), "7");
    form.tracking_url = "javascript:alert(1)".into();
    let html = fulfil_order(&owner(), &of, &form, Some(&FulfilError::Url));
    let read = Read::admin(&html);
    assert_eq!(
        read.attribute("#tracking_url", "value"),
        "javascript:alert(1)"
    );
    assert_eq!(read.attribute("#tracking_url", "aria-invalid"), "true");
    keeps_to_policy(&html);
}

#[test]
fn the_form_that_refunds_knows_its_limits() {
    let of = fixture::order();
    let form = RefundForm::empty(of.version, &of.refund_basis());
    let html = refund_order(&owner(), &of, &form, None);
    let read = Read::admin(&html);
    let mug = of.lines[0].account.id;
    assert_eq!(read.attribute(&format!("#unsent-{mug}"), "max"), "2");
    // All of the teapot went back.
    assert_eq!(read.count("input[type='number']"), 1);
    assert!(html.contains("At most £60.50.") && html.contains("£4.50 of it can go back."));
    assert!(html.contains("£28.00 each as paid"));
    let error = RefundError::TooMuch {
        left: pounds(6_050),
        asked: pounds(7_000),
    };
    let typed = RefundForm {
        amount: "70".into(),
        reason: HOSTILE.into(),
        ..form
    };
    let html = refund_order(&owner(), &of, &typed, Some(&error));
    let read = Read::admin(&html);
    assert_eq!(read.attribute("#amount", "value"), "70");
    assert_eq!(read.attribute("#reason", "value"), HOSTILE);
    assert!(html.contains("Only £60.50 can go back"));
    keeps_to_policy(&html);
}

#[test]
fn cancelling_says_what_follows() {
    let of = fixture::order();
    let form = CancelForm {
        version: "7".into(),
        reason: "Typed".into(),
        tell: String::new(),
    };
    let html = cancel_order(&owner(), &of, &form, Some(&CancelError::NoAnswer));
    assert!(html.contains("£60.50 goes back") && html.contains("Stripe gives no answer"));
    let read = Read::admin(&html);
    assert_eq!(read.attribute("#reason", "value"), "Typed");
    assert_eq!(read.count("input[name='tell'][checked]"), 0);
}

#[test]
fn a_stale_address_shows_both_sides() {
    let of = fixture::order();
    let typed = CorrectionForm {
        version: "6".into(),
        address: CheckoutForm {
            name: "Tom Ashworth".into(),
            line1: "5 Wharf Row".into(),
            ..CheckoutForm::default()
        },
    };
    let mut theirs = typed.clone();
    theirs.version = "7".into();
    theirs.address.line1 = "4 Wharf Row".into();
    let stale = CorrectionError::Stale(Box::new(theirs));
    let html = correct_address(&owner(), &of, &typed, Some(&stale));
    let read = Read::admin(&html);
    assert_eq!(read.attribute("#line1", "value"), "5 Wharf Row");
    assert!(html.contains("4 Wharf Row") && html.contains("What it has now"));
    // What is saved next is saved knowingly.
    assert_eq!(read.attribute("input[name='version']", "value"), "7");
    let wrong = FieldErrors(vec![(Field::Postcode, "This is not a postcode.".into())]);
    let html = correct_address(&owner(), &of, &typed, Some(&CorrectionError::Fields(wrong)));
    assert_eq!(
        Read::admin(&html).attribute("#postcode", "aria-invalid"),
        "true"
    );
    keeps_to_policy(&html);
}

#[test]
fn sheets_are_for_paper() {
    let of = fixture::order();
    let slip = of.packing_slip(None).unwrap();
    let html = packing_slip(&frame("/"), &slip);
    assert!(html.contains("Ridge Mug, Sage") && html.contains("One more thing of this order"));
    assert!(!html.contains('£'), "a slip has no prices");
    let issued = Invoice {
        number: 12,
        issued_on: "20 November 2026".into(),
        order_number: of.number,
        ordered_on: of.placed_at.clone(),
        seller: HOSTILE.into(),
        seller_address: vec!["Ulverston".into()],
        seller_email: "hello@tarnandtallow.example".into(),
        bill_to: of.shipping_address.lines(),
        send_to: of.shipping_address.lines(),
        lines: Vec::new(),
        subtotal: of.subtotal,
        discount: Some(("TENTH".into(), pounds(1_400))),
        shipping_name: of.shipping_name.clone(),
        shipping: of.shipping,
        tax_name: "VAT".into(),
        tax_rate: 2_000,
        tax_included: of.tax_included,
        tax_added: of.tax_added,
        total: of.total,
        paid_at: of.paid_at.clone(),
    };
    let html = invoice(&frame("/"), &issued);
    for words in [
        "Invoice 12",
        "Order 1044 of 20 November 2026",
        "−£14.00",
        "Of which VAT at 20%",
    ] {
        assert!(html.contains(words), "{words}");
    }
    keeps_to_policy(&html);
}

#[test]
fn what_people_wrote_stays_text() {
    let mut hostile = fixture::order();
    let text = "<b>typed</b>";
    hostile.customer.name = text.into();
    hostile.shipping_address.name = text.into();
    hostile.refunds[0].reason = text.into();
    hostile.parcels[0].carrier = text.into();
    hostile.timeline.push(OrderHappening {
        kind: EventKind::Noted,
        staff: text.into(),
        detail: text.into(),
        note: text.into(),
        at: String::new(),
    });
    keeps_to_policy(&order(&owner(), &hostile, &OrderShown::default()));
}
