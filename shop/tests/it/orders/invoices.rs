//! Invoices have numbers without gaps, and say for ever what they said first.

use super::{bought, latest, only, seen, send, wren};
use crate::support::TestShop;
use domain::{orders::InvoiceError, staff::Permission};
use futures::future::join_all;
use shop::{Error, Fault};

#[tokio::test]
async fn an_invoice_is_issued_once_and_does_not_change() {
    let (test, number) = bought(2, 1).await;
    assert_eq!(test.shop.invoice(&wren(&test), number).await.unwrap(), None);
    assert_eq!(
        test.shop.issue_invoice(&wren(&test), number).await.unwrap(),
        1
    );
    let first = test
        .shop
        .invoice(&wren(&test), number)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (first.seller.as_str(), first.total.minor),
        ("Test", 5_399 + 450)
    );
    assert_eq!(first.bill_to[0], "Marian Teasdale");
    sqlx::raw_sql(
        "update setting set value = jsonb_set(value, '{name}', '\"Another\"') where key = 'shop';
         update \"order\" set shipping_address = jsonb_set(shipping_address, '{name}', '\"Somebody\"')",
    )
    .execute(test.shop.db())
    .await
    .unwrap();
    send(&test, number, &[2, 1]).await;
    assert_eq!(
        test.shop.issue_invoice(&wren(&test), number).await.unwrap(),
        1
    );
    let later = test
        .shop
        .invoice(&wren(&test), number)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(later, first);
    assert_eq!(test.number("select last from invoice_counter").await, 1);
    assert_eq!(
        test.number("select count(*) from audit_entry where action = 'order.invoiced'")
            .await,
        1
    );
}

#[tokio::test]
async fn sending_things_out_issues_the_invoice() {
    let (test, number) = bought(2, 0).await;
    send(&test, number, &[1]).await;
    assert_eq!(seen(&test, number).await.invoice, Some(1));
    send(&test, number, &[1]).await;
    assert_eq!(test.number("select count(*) from invoice").await, 1);
}

#[tokio::test]
async fn there_is_no_invoice_for_what_was_not_paid() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 1).await;
    test.place(&token).await;
    let number = latest(&test).await;
    assert!(matches!(
        test.shop.issue_invoice(&wren(&test), number).await,
        Err(Fault::Refused(InvoiceError::NotPaid))
    ));
    let looks_on = only(&test, &[Permission::ViewOrders]);
    assert!(matches!(
        test.shop.issue_invoice(&looks_on, number).await,
        Err(Fault::Failed(Error::Denied(Permission::EditOrders)))
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn numbers_have_no_gaps_however_many_are_issued_at_once() {
    let test = TestShop::selling(50).await;
    let mut numbers = Vec::new();
    for _ in 0..6 {
        let token = test.add(None, "mug", 1).await;
        let session = test.place(&token).await;
        test.pay(&session).await;
        numbers.push(latest(&test).await);
    }
    // One that comes to nothing leaves no hole.
    sqlx::raw_sql("begin; update invoice_counter set last = last + 1; rollback")
        .execute(test.shop.db())
        .await
        .unwrap();
    let actor = wren(&test);
    let twice = numbers.iter().chain(&numbers);
    let issued = join_all(twice.map(|number| test.shop.issue_invoice(&actor, *number))).await;
    let mut issued: Vec<i64> = issued.into_iter().map(Result::unwrap).collect();
    issued.sort_unstable();
    issued.dedup();
    assert_eq!(issued, [1, 2, 3, 4, 5, 6]);
    assert_eq!(test.number("select count(*) from invoice").await, 6);
}
