//! Customers, and what the search finds.

use super::{ID, desk, owner};
use crate::{
    admin::screens::{customer, customers, search},
    screens::{
        fixtures::{HOSTILE, pounds},
        reading::{Read, words},
    },
};
use domain::{
    accounts::{
        AccountError, CustomerCard, CustomerFilter, CustomerForm, CustomerList, CustomerRow,
    },
    staff::{AdminHit, AdminHits, Permissions},
};

fn card() -> CustomerCard {
    CustomerCard {
        id: ID.parse().unwrap(),
        name: HOSTILE.into(),
        email: "marian@example.com".into(),
        note: HOSTILE.into(),
        version: 3,
        since: "21 November 2026".into(),
        is_confirmed: true,
        is_deleted: false,
        addresses: Vec::new(),
        order_count: 0,
        spent: pounds(0),
        orders: Vec::new(),
    }
}

#[test]
fn what_was_typed_about_a_customer_stays_where_it_was_refused() {
    let form = CustomerForm {
        name: "A new name".into(),
        note: HOSTILE.into(),
        ..CustomerForm::default()
    };
    let page = Read::admin(&customer(
        &owner(),
        &card(),
        Some(&form),
        Some(&AccountError::Stale),
    ));
    assert_eq!(page.attribute("#name", "value"), "A new name");
    assert_eq!(page.text("#note"), HOSTILE);
    assert_eq!(
        page.text("main [role=alert]"),
        AccountError::Stale.to_string()
    );
    assert_eq!(page.attribute("main [name=version]", "value"), "3");
}

#[test]
fn who_may_look_only_changes_no_customer_and_nobody_changes_one_who_is_gone() {
    let visitor = desk(Permissions::from_words(["customers.view"]));
    let gone = CustomerCard {
        is_deleted: true,
        ..card()
    };
    for (frame, of) in [(visitor, card()), (owner(), gone)] {
        let page = Read::admin(&customer(&frame, &of, None, None));
        assert_eq!(page.count("main form"), 0);
    }
}

#[test]
fn a_list_of_customers_leads_to_each_and_onwards() {
    let list = CustomerList {
        rows: vec![CustomerRow {
            id: ID.parse().unwrap(),
            name: String::new(),
            email: "marian@example.com".into(),
            orders: 2,
            spent: pounds(4_400),
            last_order: String::new(),
            since: "Yesterday".into(),
        }],
        previous: None,
        next: Some("b2".into()),
    };
    let filter = CustomerFilter {
        q: HOSTILE.into(),
        sort: "-spent".into(),
        ..CustomerFilter::default()
    };
    let page = Read::admin(&customers(&owner(), &filter, &list));
    // Who has no name is called by their address.
    assert_eq!(page.text("tbody .c-main a"), "marian@example.com");
    assert_eq!(page.attribute("main input#find", "value"), HOSTILE);
    let next = page.attribute(".pagination a", "href");
    assert!(next.ends_with("sort=-spent&after=b2"), "{next}");
    let sorted = page.all("th[aria-sort]");
    assert_eq!(sorted.len(), 1);
    assert_eq!(sorted[0].attr("aria-sort"), Some("descending"));
    assert_eq!(words(sorted[0]), "Spent");
}

#[test]
fn a_search_shows_each_kind_and_tells_when_nothing_fits() {
    let hits = AdminHits {
        orders: vec![AdminHit {
            href: "/admin/orders/1047".into(),
            title: "Order 1047".into(),
            beside: HOSTILE.into(),
        }],
        ..AdminHits::default()
    };
    let page = Read::admin(&search(&owner(), HOSTILE, &hits));
    assert_eq!(page.attribute("main input#find", "value"), HOSTILE);
    assert_eq!(page.attribute("tbody a", "href"), "/admin/orders/1047");
    assert_eq!(page.text("tbody .c-sub"), HOSTILE);
    let page = Read::admin(&search(&owner(), "xyz", &AdminHits::default()));
    assert!(page.text("main .nothing").contains("Nothing fits"));
}
