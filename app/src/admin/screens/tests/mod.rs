//! The smaller screens of the admin as a browser reads them: what is wrong stands beside its field, what was typed stays, and
//! nothing that somebody typed becomes markup.

mod customers;

use crate::admin::screens::{
    StaffShown, coupons, home, jobs, me, name_shop, page_editor, pages, staff, welcome,
};
use crate::{
    admin::AdminFrame,
    screens::{
        fixtures::{HOSTILE, frame},
        reading::Read,
    },
};
use domain::{
    RoleId, StaffId, StaffSessionId,
    accounts::PasswordError,
    content::{GeneralPage, PageError, PageForm, PageRow, SettingErrors, ShopForm},
    jobs::{DeadRow, JobsPage},
    promotions::{CouponErrors, CouponForm, CouponRow},
    reports::{AdminHome, FirstSteps},
    staff::{
        InviteForm, OwnerForm, Permissions, RoleView, SessionRow, StaffError, StaffRow,
        WelcomeError,
    },
};

const ID: &str = "01900000-0000-7000-8000-000000000001";

fn desk(permissions: Permissions) -> AdminFrame {
    AdminFrame {
        frame: frame("/admin"),
        name: HOSTILE.into(),
        role: "Owner".into(),
        permissions,
        done: Some(HOSTILE.into()),
        to_send: 0,
    }
}

fn owner() -> AdminFrame {
    desk(Permissions::all())
}

/// Fails where what is wrong with a field is not told beside it.
fn told_beside(page: &Read, field: &str) {
    let input = format!("[id='{field}'][aria-invalid='true'][aria-describedby='{field}-error']");
    assert_eq!(page.count(&input), 1, "{field} is not marked");
    assert_ne!(page.text(&format!("[id='{field}-error']")), "", "{field}");
}

#[test]
fn a_coupon_that_is_refused_keeps_every_field() {
    let form = CouponForm {
        code: HOSTILE.into(),
        kind: "amount".into(),
        value: "x".into(),
        from: "2026-12-24".into(),
        to: "2026-12-01".into(),
        limit: "0".into(),
        ..CouponForm::default()
    };
    let fields = ["code", "value", "to", "limit"];
    let errors = CouponErrors(fields.map(|field| (field, "Not so.".to_owned())).into());
    let page = Read::admin(&coupons(&owner(), &[], &form, &errors));
    for field in fields {
        told_beside(&page, field);
    }
    assert_eq!(page.attribute("#code", "value"), HOSTILE);
    assert_eq!(page.attribute("#from", "value"), "2026-12-24");
    assert_eq!(page.attribute("#kind [selected]", "value"), "amount");
}

#[test]
fn a_coupon_is_put_away_or_brought_back() {
    let row = |code: &str, is_archived: bool| CouponRow {
        code: code.into(),
        description: HOSTILE.into(),
        takes: "10 %".into(),
        when: "At any time".into(),
        used: "3".into(),
        is_usable: !is_archived,
        is_archived,
    };
    let rows = [row("TEN", false), row("OLD", true)];
    let nothing = CouponErrors::default();
    let page = Read::admin(&coupons(&owner(), &rows, &CouponForm::default(), &nothing));
    let action = |code: &str| {
        let button = format!("form[action='/admin/coupons/{code}'] button");
        page.attribute(&button, "value").to_owned()
    };
    assert_eq!(
        (action("TEN"), action("OLD")),
        ("archive".into(), "restore".into())
    );
}

#[test]
fn a_page_of_text_keeps_what_was_written_beside_what_was_saved_meanwhile() {
    let form = PageForm {
        handle: "about".into(),
        title: HOSTILE.into(),
        body: "</textarea><script>alert(1)</script>".into(),
        version: 4,
        ..PageForm::default()
    };
    let theirs = PageForm {
        title: "Theirs".into(),
        body: HOSTILE.into(),
        ..form.clone()
    };
    let stale = PageError::Stale(Box::new(theirs));
    let page = Read::admin(&page_editor(&owner(), &form, false, Some(&stale)));
    assert_eq!(page.attribute("#title", "value"), HOSTILE);
    let typed: String = page.all("#body")[0].text().collect();
    assert_eq!(typed.trim_start_matches('\n'), form.body);
    assert_eq!(page.text(".theirs"), HOSTILE);
    for (error, field) in [
        (PageError::Title, "title"),
        (PageError::HandleTaken, "handle"),
    ] {
        let page = Read::admin(&page_editor(&owner(), &form, true, Some(&error)));
        told_beside(&page, field);
        assert_eq!(page.attribute("#handle", "value"), "about");
    }
    let rows = [PageRow {
        handle: "about".into(),
        title: HOSTILE.into(),
        saved: "today".into(),
    }];
    let page = Read::admin(&pages(&owner(), &rows));
    assert_eq!(page.count("a[href='/admin/pages/about']"), 1);
}

#[test]
fn a_job_that_was_set_aside_tells_why_and_can_be_tried_again() {
    let list = JobsPage {
        ready: 1,
        scheduled: 2,
        running: 3,
        oldest_seconds: 4,
        kinds: vec![("load_demo".into(), 1)],
        dead: vec![DeadRow {
            id: ID.into(),
            kind: "confirm_order".into(),
            about: HOSTILE.into(),
            attempts: 9,
            reason: HOSTILE.into(),
            since: "today".into(),
        }],
    };
    let page = Read::admin(&jobs(&owner(), &list));
    let actions = format!("form[action='/admin/jobs/{ID}'] button");
    let actions: Vec<_> = page
        .all(&actions)
        .iter()
        .filter_map(|button| button.attr("value"))
        .collect();
    assert_eq!(actions, ["retry", "discard"]);
    assert!(page.text(".log").contains(HOSTILE));
    let page = Read::admin(&jobs(
        &owner(),
        &JobsPage {
            dead: Vec::new(),
            ..list
        },
    ));
    assert_eq!(page.count("button[value='retry']"), 0);
}

fn person(id: StaffId) -> StaffRow {
    StaffRow {
        id,
        name: HOSTILE.into(),
        email: HOSTILE.into(),
        role: "owner".into(),
        role_name: "Owner".into(),
        has_joined: true,
        has_totp: false,
        is_disabled: false,
        last_seen: String::new(),
    }
}

fn roles() -> [RoleView; 2] {
    let role = |handle: &str, name: &str| RoleView {
        id: RoleId(ID.parse().unwrap()),
        handle: handle.into(),
        name: name.into(),
        description: String::new(),
        permissions: Permissions::all(),
    };
    [role("owner", "Owner"), role("fulfilment", "Fulfilment")]
}

#[test]
fn an_invitation_that_is_refused_keeps_what_was_typed() {
    let shown = StaffShown {
        form: InviteForm {
            email: "nobody".into(),
            name: HOSTILE.into(),
            role: "owner".into(),
        },
        error: Some(StaffError::Email),
        at: None,
    };
    let page = Read::admin(&staff(&owner(), &[], &roles(), &shown));
    told_beside(&page, "email");
    assert_eq!(page.attribute("#email", "value"), "nobody");
    assert_eq!(page.attribute("#name", "value"), HOSTILE);
    assert_eq!(page.attribute("#role [selected]", "value"), "owner");
    let role = StaffShown {
        error: Some(StaffError::Role),
        ..shown
    };
    let page = Read::admin(&staff(&owner(), &[], &roles(), &role));
    assert_eq!(page.text(".refusal"), StaffError::Role.words());
}

#[test]
fn what_is_refused_about_somebody_stands_with_them() {
    let id = StaffId(ID.parse().unwrap());
    let shown = StaffShown {
        form: InviteForm {
            name: "Another".into(),
            role: "fulfilment".into(),
            ..InviteForm::default()
        },
        error: Some(StaffError::LastOwner),
        at: Some(id),
    };
    let page = Read::admin(&staff(&owner(), &[person(id)], &roles(), &shown));
    assert_eq!(
        page.text("details[open] .refusal"),
        StaffError::LastOwner.words()
    );
    assert_eq!(
        page.attribute(&format!("[id='name-{ID}']"), "value"),
        "Another"
    );
    assert_eq!(
        page.attribute(&format!("[id='role-{ID}'] [selected]"), "value"),
        "fulfilment"
    );
    assert_eq!(
        page.attribute("#name", "value"),
        "",
        "the invitation is another form"
    );
}

#[test]
fn ones_own_browser_is_not_signed_out_by_its_button() {
    let session = |is_this| SessionRow {
        id: StaffSessionId(ID.parse().unwrap()),
        agent: HOSTILE.into(),
        client: "203.0.113.9".into(),
        since: "today".into(),
        seen: "today".into(),
        is_this,
    };
    let one = [session(true)];
    let page = Read::admin(&me(
        &owner(),
        HOSTILE,
        false,
        &one,
        Some(PasswordError::Differ),
    ));
    assert_eq!(page.count("form[action='/admin/me/sessions']"), 0);
    assert_eq!(page.text(".refusal"), PasswordError::Differ.to_string());
    let two = [session(true), session(false)];
    let page = Read::admin(&me(&owner(), HOSTILE, true, &two, None));
    assert_eq!(page.count("form[action='/admin/me/sessions']"), 2);
}

#[test]
fn the_first_page_of_a_shop_keeps_what_was_typed_but_the_password() {
    let form = OwnerForm {
        code: HOSTILE.into(),
        name: HOSTILE.into(),
        email: "nobody".into(),
        password: "secret-word-here".into(),
        again: "secret-word-here".into(),
    };
    let page = Read::admin(&welcome(&frame("/admin"), &form, Some(&WelcomeError::Code)));
    told_beside(&page, "code");
    assert_eq!(page.attribute("#email", "value"), "nobody");
    assert_eq!(page.attribute("#password", "value"), "");
    let fields = WelcomeError::Fields(vec![
        ("email", "Not so.".into()),
        ("again", "Not so.".into()),
    ]);
    let page = Read::admin(&welcome(&frame("/admin"), &form, Some(&fields)));
    told_beside(&page, "email");
    told_beside(&page, "again");
    let over = welcome(&frame("/admin"), &form, Some(&WelcomeError::Over));
    assert_eq!(
        Read::admin(&over).text(".refusal"),
        WelcomeError::Over.to_string()
    );
}

#[test]
fn the_name_of_a_shop_is_told_what_is_wrong_with_it() {
    let naming = GeneralPage {
        form: ShopForm {
            name: HOSTILE.into(),
            country: "DE".into(),
            time_zone: "Europe/Berlin".into(),
            ..ShopForm::default()
        },
        currency_is_open: true,
        time_zones: vec!["Europe/Berlin".into()],
    };
    let mut errors = SettingErrors::at("currency", "Not so.");
    errors.add("time_zone", "Not so.");
    let page = Read::admin(&name_shop(&frame("/admin"), &naming, &errors));
    told_beside(&page, "currency");
    told_beside(&page, "time_zone");
    assert_eq!(page.attribute("#name", "value"), HOSTILE);
    assert_eq!(page.text("#country [selected]"), "Germany");
}

#[test]
fn an_empty_shop_offers_three_ways_to_whom_may_take_them() {
    let new = AdminHome {
        greeting: "Good morning".into(),
        today: "Saturday 21 November".into(),
        todo: Vec::new(),
        figures: None,
        first: Some(FirstSteps {
            has_products: false,
        }),
    };
    let ways = [
        "a[href='/admin/products/new']",
        "a[href='/admin/products/table']",
        "form[action='/admin/welcome/demo'] button",
    ];
    let page = Read::admin(&home(&owner(), &new));
    for way in ways {
        assert_eq!(page.count(&format!("main {way}")), 1, "{way}");
    }
    let reader = desk(Permissions::from_words(["orders.view"]));
    let page = Read::admin(&home(&reader, &new));
    for way in ways {
        assert_eq!(page.count(&format!("main {way}")), 0, "{way}");
    }
}
