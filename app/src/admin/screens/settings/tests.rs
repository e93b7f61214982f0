//! The settings as a browser reads them.

use super::{
    general_settings, legal_settings, mail_settings, method_settings, shipping_settings,
    tax_settings, zone_settings,
};
use crate::{
    admin::AdminFrame,
    screens::{
        fixtures::{HOSTILE, frame},
        reading::Read,
    },
};
use domain::{
    content::{
        GeneralPage, LegalForm, LegalLink, LegalPage, MailFrom, MailPage, MethodForm, MethodPage,
        MethodRow, PageRow, SettingErrors, ShippingPage, ShopForm, TaxHold, TaxRow, TaxesPage,
        ZoneForm, ZonePage, ZoneRow,
    },
    staff::Permissions,
};

fn staff(permissions: Permissions) -> AdminFrame {
    AdminFrame {
        frame: frame("/admin/settings"),
        name: "Wren Calder".into(),
        role: "Owner".into(),
        permissions,
        done: None,
        to_send: 0,
    }
}

fn owner() -> AdminFrame {
    staff(Permissions::all())
}

/// Fails where what is wrong with a field is not told beside it.
fn told_beside(page: &Read, field: &str) {
    let input = format!("[id='{field}'][aria-invalid='true'][aria-describedby='{field}-error']");
    assert_eq!(page.count(&input), 1, "{field} is not marked");
    assert_ne!(page.text(&format!("[id='{field}-error']")), "", "{field}");
}

fn wrong(fields: &[&str]) -> SettingErrors {
    let mut errors = SettingErrors::default();
    for field in fields {
        errors.add(*field, "Not so.");
    }
    errors
}

fn general(currency_is_open: bool) -> GeneralPage {
    GeneralPage {
        form: ShopForm {
            name: HOSTILE.into(),
            email: HOSTILE.into(),
            address: HOSTILE.into(),
            country: "GB".into(),
            time_zone: "Europe/London".into(),
            currency: "GBP".into(),
            version: 7,
            ..ShopForm::default()
        },
        currency_is_open,
        time_zones: vec!["Europe/Berlin".into(), "Europe/London".into()],
    }
}

#[test]
fn who_the_shop_is_keeps_what_was_typed_and_says_what_is_wrong_with_it() {
    let errors = wrong(&["name", "email", "country", "time_zone", "currency"]);
    let page = Read::admin(&general_settings(&owner(), &general(true), &errors));
    for field in ["name", "email", "country", "time_zone", "currency"] {
        told_beside(&page, field);
    }
    assert_eq!(page.attribute("#name", "value"), HOSTILE);
    assert_eq!(page.text("#country [selected]"), "United Kingdom");
    assert_eq!(page.attribute("input[name='version']", "value"), "7");
    assert_eq!(page.text(".views [aria-current='page']"), "The shop");
}

#[test]
fn a_locked_currency_cannot_be_typed_into() {
    let nothing = SettingErrors::default();
    let page = |is_open| Read::admin(&general_settings(&owner(), &general(is_open), &nothing));
    assert_eq!(page(true).count("#currency[readonly]"), 0);
    assert_eq!(page(false).count("#currency[readonly]"), 1);
}

#[test]
fn what_somebody_saved_meanwhile_stands_beside_what_was_typed() {
    let errors = SettingErrors::stale(8, vec![("Name", HOSTILE.to_owned())]);
    let page = Read::admin(&general_settings(&owner(), &general(true), &errors));
    assert_eq!(page.count(".refusal[role='alert']"), 1);
    assert_eq!(
        page.text("section[aria-label='What was saved meanwhile'] dd"),
        HOSTILE
    );
}

#[test]
fn a_rate_that_is_needed_cannot_be_removed() {
    let row = |id: &str, country: &str, hold| TaxRow {
        id: id.into(),
        country: country.into(),
        name: HOSTILE.into(),
        rate: "x".into(),
        hold,
        ..TaxRow::default()
    };
    let taxes = TaxesPage {
        rows: vec![
            row("1", "GB", Some(TaxHold::Home)),
            row("2", "JP", None),
            row("3", "DE", Some(TaxHold::Delivered("EU".into()))),
        ],
        new: TaxRow {
            country: "FR".into(),
            rate: "many".into(),
            ..TaxRow::default()
        },
    };
    let errors = wrong(&["rate:3", "rate"]);
    let page = Read::admin(&tax_settings(&owner(), &taxes, &errors));
    assert_eq!(page.count("button[value='remove']"), 1);
    assert_eq!(
        page.count("form[action='/admin/settings/taxes/2'] button[value='remove']"),
        1
    );
    told_beside(&page, "rate-3");
    told_beside(&page, "rate");
    assert_eq!(page.attribute("#rate-3", "value"), "x");
    assert_eq!(page.attribute("#rate", "value"), "many");
    assert_eq!(page.text("#country [selected]"), "France");
    assert_eq!(page.count("#country [value='DE']"), 0, "Germany has a rate");
    let names: Vec<_> = page
        .all(".rows__name")
        .into_iter()
        .map(|name| name.text().collect::<String>())
        .collect();
    assert!(
        names.contains(&"Germany".to_owned()),
        "countries have names: {names:?}"
    );
}

fn method_row(name: &str, is_active: bool) -> MethodRow {
    MethodRow {
        id: name.to_lowercase(),
        name: name.into(),
        price: "£4.50".into(),
        free_over: Some("£75.00".into()),
        days: "2 to 3 working days".into(),
        is_active,
    }
}

#[test]
fn zones_list_their_countries_by_name_and_their_ways_in_order() {
    let shipping = ShippingPage {
        zones: vec![ZoneRow {
            id: "1".into(),
            name: HOSTILE.into(),
            countries: vec!["Germany".into()],
            methods: vec![method_row("Tracked", true), method_row("Fast", false)],
        }],
        home_unserved: Some("United Kingdom".into()),
    };
    let page = Read::admin(&shipping_settings(&owner(), &shipping));
    assert!(page.text(".notice").contains("United Kingdom"));
    let raise = page.all("form[action$='/raise']");
    assert_eq!(raise.len(), 1, "the first cannot rise");
    assert_eq!(page.text(".badge"), "Resting");
    assert!(page.text("main").contains("Germany"));
}

#[test]
fn a_country_of_another_zone_cannot_be_ticked_and_what_was_ticked_stays() {
    let zone = ZonePage {
        id: "1".into(),
        form: ZoneForm {
            name: HOSTILE.into(),
            countries: vec!["FR".into(), "DE".into()],
            version: 3,
        },
        taken: vec![("DE".into(), "EU".into()), ("IT".into(), "EU".into())],
        methods: vec![method_row("Tracked", true)],
    };
    let errors = wrong(&["name", "countries"]);
    let page = Read::admin(&zone_settings(&owner(), &zone, &errors));
    told_beside(&page, "name");
    assert_eq!(
        page.count("fieldset[aria-describedby='countries-error']"),
        1
    );
    assert_eq!(page.text("#countries-error"), "Not so.");
    assert_eq!(page.count("[value='FR'][checked]"), 1);
    assert_eq!(
        page.count("[value='DE'][checked]:not([disabled])"),
        1,
        "it can be taken back"
    );
    assert_eq!(page.count("[value='IT'][disabled]"), 1);
    let new = ZonePage::default();
    let page = Read::admin(&zone_settings(&owner(), &new, &SettingErrors::default()));
    assert_eq!(
        page.count("form[action$='/delete']"),
        0,
        "what is not there is not deleted"
    );
}

#[test]
fn a_way_keeps_what_was_typed() {
    let method = MethodPage {
        id: "7".into(),
        zone_id: "1".into(),
        zone: HOSTILE.into(),
        currency: "GBP".into(),
        form: MethodForm {
            name: HOSTILE.into(),
            price: "x".into(),
            ..MethodForm::default()
        },
    };
    let fields = ["name", "price", "free_over", "min_days", "max_days"];
    let page = Read::admin(&method_settings(&owner(), &method, &wrong(&fields)));
    for field in fields {
        told_beside(&page, field);
    }
    assert_eq!(page.attribute("#price", "value"), "x");
    assert_eq!(page.count("[name='active'][checked]"), 0);
}

#[test]
fn mail_and_legal_texts_keep_what_was_typed() {
    let mail = MailPage {
        form: MailFrom {
            name: HOSTILE.into(),
            email: "nobody".into(),
            version: 1,
        },
        usual: HOSTILE.into(),
    };
    let page = Read::admin(&mail_settings(&owner(), &mail, &wrong(&["email"])));
    told_beside(&page, "email");
    assert_eq!(page.attribute("#name", "value"), HOSTILE);
    let legal = LegalPage {
        form: LegalForm {
            links: vec![LegalLink {
                page: "gone".into(),
                label: HOSTILE.into(),
            }],
            version: 1,
        },
        pages: vec![PageRow {
            handle: "privacy".into(),
            title: HOSTILE.into(),
            saved: "today".into(),
        }],
    };
    let page = Read::admin(&legal_settings(&owner(), &legal, &wrong(&["page-1"])));
    told_beside(&page, "page-1");
    assert_eq!(page.attribute("#page-1 [selected]", "value"), "gone");
    assert_eq!(page.attribute("#label-1", "value"), HOSTILE);
}

#[test]
fn the_texts_are_offered_to_who_may_write_them() {
    let legal = LegalPage::default();
    let nothing = SettingErrors::default();
    let page = Read::admin(&legal_settings(&owner(), &legal, &nothing));
    assert_eq!(page.count("a.quiet-link[href='/admin/pages/new']"), 4);
    let reader = staff(Permissions::from_words(["settings.edit"]));
    let page = Read::admin(&legal_settings(&reader, &legal, &nothing));
    assert_eq!(page.count("a.quiet-link"), 0);
}
