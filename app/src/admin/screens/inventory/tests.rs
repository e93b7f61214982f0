//! The inventory as a browser reads it.

use super::{StockShown, inventory, stock};
use crate::{
    admin::AdminFrame,
    screens::{
        fixtures::{HOSTILE, frame},
        reading::{Read, words},
    },
};
use domain::{
    inventory::{
        InventoryFilter, InventoryPage, InventoryRow, MovementKind, MovementRow, StockDay,
        StockFilter, StockForm, StockLevel, StockPage,
    },
    staff::Permissions,
};

fn staff(permissions: Permissions) -> AdminFrame {
    AdminFrame {
        frame: frame("/admin/inventory"),
        name: "Jo Tyson".into(),
        role: "Fulfilment".into(),
        permissions,
        done: None,
        to_send: 0,
    }
}

fn row(on_hand: i32, allocated: i32) -> InventoryRow {
    InventoryRow {
        sku: "MUG & CO/1".into(),
        title: HOSTILE.into(),
        label: "Sage, M".into(),
        picture: None,
        level: StockLevel {
            on_hand,
            allocated,
            reserved: 1,
        },
    }
}

fn moved(kind: MovementKind, quantity: i32, order: Option<i64>) -> MovementRow {
    MovementRow {
        time: "10:24".into(),
        kind,
        quantity,
        reason: HOSTILE.into(),
        order,
        staff: String::new(),
        after: 7,
    }
}

fn page() -> StockPage {
    StockPage {
        row: row(9, 1),
        orders: 1,
        days: vec![StockDay {
            label: "Today, 21 November".into(),
            rows: vec![
                moved(MovementKind::Reserved, 2, Some(1046)),
                moved(MovementKind::Shipped, 3, Some(1046)),
                moved(MovementKind::Received, 40, None),
            ],
        }],
        next: None,
    }
}

#[test]
fn a_level_tells_what_can_be_had_of_it() {
    let found = InventoryPage {
        rows: vec![row(40, 0), row(4, 0), row(2, 1)],
        previous: None,
        next: Some("b2".into()),
    };
    let filter = InventoryFilter {
        q: HOSTILE.into(),
        ..InventoryFilter::default()
    };
    let read = Read::admin(&inventory(&staff(Permissions::all()), &filter, &found));
    let states: Vec<_> = read.all("tbody .badge").into_iter().map(words).collect();
    assert_eq!(states, ["In stock", "Running low", "Sold out"]);
    assert_eq!(read.attribute("input[name=q]#q", "value"), HOSTILE);
    let link = read.all("tbody a")[0].attr("href").unwrap();
    assert_eq!(link, "/admin/inventory/MUG%20%26%20CO%2F1");
}

#[test]
fn the_sum_is_written_out_and_movements_explain_it() {
    let read = Read::admin(&stock(
        &staff(Permissions::all()),
        &StockFilter::default(),
        &page(),
        &StockShown::default(),
    ));
    let sum: Vec<_> = read.all(".equation dd").into_iter().map(words).collect();
    assert_eq!(sum, ["9", "1", "1", "7"]);
    let changes: Vec<_> = read.all("tbody .c-end").into_iter().map(words).collect();
    assert_eq!(changes, ["−2", "0", "+40"]);
    assert_eq!(
        read.all("tbody a.plain")[0].attr("href"),
        Some("/admin/orders/1046")
    );
}

#[test]
fn a_refused_adjustment_stands_as_it_was_typed() {
    let shown = StockShown {
        form: StockForm {
            how: "count".into(),
            number: HOSTILE.into(),
            reason: "Counted".into(),
        },
        error: Some("Please give a whole number.".into()),
    };
    let filter = StockFilter::default();
    let read = Read::admin(&stock(&staff(Permissions::all()), &filter, &page(), &shown));
    assert_eq!(read.attribute("input[name=number]", "value"), HOSTILE);
    assert_eq!(read.attribute("#how option[selected]", "value"), "count");
    assert_eq!(read.text("[role=alert]"), "Please give a whole number.");
    // Who may look only is offered nothing that they may not do.
    let looks = staff(Permissions::from_words(["products.view"]));
    let read = Read::admin(&stock(&looks, &filter, &page(), &shown));
    assert_eq!(read.count("main form"), 0);
}
