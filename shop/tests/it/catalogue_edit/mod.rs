//! The catalogue in the hands of the staff.

mod grid;
mod lists;
mod pictures;
mod product;
mod table;
mod tree;

use crate::support::TestShop;
use domain::{
    ProductId,
    catalog::edit::{ProductEdit, ProductForm},
    staff::Permissions,
};
use shop::{Actor, Error, Fault, catalog::NotSaved};

/// Somebody who may do everything.
fn manager(test: &TestShop) -> Actor {
    Actor {
        name: "Wren Calder".to_owned(),
        ..Actor::operator(test.clock.now())
    }
}

/// Somebody who may look and change nothing.
fn visitor(test: &TestShop) -> Actor {
    Actor {
        permissions: Permissions::from_words(["products.view"]),
        ..manager(test)
    }
}

/// Somebody of the staff who has nothing to do with products.
fn stranger(test: &TestShop) -> Actor {
    Actor {
        permissions: Permissions::from_words(["orders.view"]),
        ..manager(test)
    }
}

/// The product of a handle.
async fn id_of(test: &TestShop, handle: &str) -> ProductId {
    let id = sqlx::query_scalar("select id from product where handle = $1")
        .bind(handle)
        .fetch_one(test.shop.db());
    ProductId(id.await.unwrap())
}

/// What the editor shows of it.
async fn open(test: &TestShop, id: ProductId) -> ProductEdit {
    let edit = test.shop.admin_product(&manager(test), Some(id)).await;
    edit.unwrap().unwrap()
}

/// Changes the form of a product and saves it.
async fn change(test: &TestShop, handle: &str, change: impl FnOnce(&mut ProductForm)) {
    let id = id_of(test, handle).await;
    let mut form = open(test, id).await.form;
    change(&mut form);
    let saved = test.shop.save_product(&manager(test), Some(id), form).await;
    assert_eq!(saved.unwrap(), Some(id));
}

/// What a save was refused with.
fn refused<T: std::fmt::Debug>(saved: Result<T, Fault<NotSaved>>) -> ProductEdit {
    match saved {
        Err(Fault::Refused(NotSaved(edit))) => *edit,
        other => panic!("it was to be refused: {other:?}"),
    }
}

/// Whether somebody may not.
#[expect(
    clippy::needless_pass_by_value,
    reason = "what is denied is asked for on the spot"
)]
fn is_denied<T, E>(result: Result<T, Fault<E>>) -> bool {
    matches!(result, Err(Fault::Failed(Error::Denied(_))))
}

/// The sentences of the audit log, the latest first.
async fn audit(test: &TestShop) -> Vec<String> {
    sqlx::query_scalar("select sentence from audit_entry order by id desc")
        .fetch_all(test.shop.db())
        .await
        .unwrap()
}
