//! What the owner sets holds at once, and never for what was sold before.

use crate::support::{TestShop, british};
use domain::{
    checkout::CheckoutForm,
    content::{
        LegalForm, LegalLink, MailFrom, MethodForm, SettingErrors, ShopForm, TaxRow, ZoneForm,
    },
    staff::{AuditFilter, Permissions},
};
use jiff::SignedDuration;
use shop::{Actor, Error, Fault};

fn refused<T: std::fmt::Debug>(saved: Result<T, Fault<SettingErrors>>) -> SettingErrors {
    match saved {
        Err(Fault::Refused(errors)) => errors,
        other => panic!("it was to be refused: {other:?}"),
    }
}

fn zone(name: &str, countries: &[&str]) -> ZoneForm {
    ZoneForm {
        name: name.into(),
        countries: countries.iter().map(|code| (*code).into()).collect(),
        version: 0,
    }
}

fn method(name: &str, price: &str) -> MethodForm {
    MethodForm {
        name: name.into(),
        price: price.into(),
        min_days: "3".into(),
        max_days: "5".into(),
        active: "yes".into(),
        ..MethodForm::default()
    }
}

fn tax(country: &str, rate: &str) -> TaxRow {
    TaxRow {
        country: country.into(),
        name: "TVA".into(),
        rate: rate.into(),
        included: "yes".into(),
        ..TaxRow::default()
    }
}

fn paris() -> CheckoutForm {
    CheckoutForm {
        country: "FR".into(),
        city: "Paris".into(),
        postcode: "75001".into(),
        ..british()
    }
}

impl TestShop {
    async fn general(&self) -> ShopForm {
        let page = self.shop.general_settings(&self.operator()).await;
        page.unwrap().form
    }

    /// The row of the taxes that is of a country.
    async fn tax_of(&self, country: &str) -> Option<TaxRow> {
        let page = self.shop.tax_settings(&self.operator()).await.unwrap();
        page.rows.into_iter().find(|row| row.country == country)
    }

    /// The id of a zone, and of each of its methods in their order.
    async fn zone_of(&self, name: &str) -> (String, Vec<(String, String)>) {
        let page = self.shop.shipping_settings(&self.operator()).await;
        let zones = page.unwrap().zones;
        let zone = zones.into_iter().find(|zone| zone.name == name).unwrap();
        let methods = zone.methods.into_iter();
        (
            zone.id,
            methods.map(|method| (method.name, method.id)).collect(),
        )
    }

    async fn method_named(&self, zone: &str, name: &str) -> (String, MethodForm) {
        let (_, methods) = self.zone_of(zone).await;
        let (_, id) = methods
            .into_iter()
            .find(|(known, _)| known == name)
            .unwrap();
        let page = self.shop.method_settings(&self.operator(), &id).await;
        (id, page.unwrap().unwrap().form)
    }
}

#[tokio::test]
async fn a_checkout_takes_the_zone_the_way_and_the_rate_that_were_made_a_moment_ago() {
    let test = TestShop::selling(10).await;
    let owner = test.operator();
    let token = test.add(None, "mug", 1).await;
    let before = test.shop.checkout(Some(&token), paris()).await.unwrap();
    assert_eq!(before.form.country, "GB", "nothing is sent to France yet");
    let id = test
        .shop
        .add_zone(&owner, &zone("France", &["FR"]))
        .await
        .unwrap();
    test.shop
        .add_method(&owner, &id, &method("Colissimo", "9.90"))
        .await
        .unwrap();
    test.shop.add_tax(&owner, &tax("FR", "20")).await.unwrap();
    let view = test.shop.checkout(Some(&token), paris()).await.unwrap();
    assert_eq!(
        (
            view.form.country.as_str(),
            view.totals.total,
            view.totals.shipping,
            view.totals.tax_included,
            view.tax.name.as_str()
        ),
        ("FR", 3_190, 990, 532, "TVA")
    );
    assert!(view.countries.contains(&"FR".to_owned()));
    let form = test.form_for(&token, paris()).await;
    test.shop.place_order(Some(&token), form).await.unwrap();
    // What was placed stays as it was, whatever becomes of the zone.
    test.shop.delete_zone(&owner, &id, 1).await.unwrap();
    let france = test.tax_of("FR").await.unwrap();
    test.shop.remove_tax(&owner, &france).await.unwrap();
    let kept = test
        .text(r#"select shipping_name || ' ' || shipping || ' ' || tax_name || ' ' || tax_rate from "order""#)
        .await;
    assert_eq!(kept, "Colissimo 990 TVA 2000");
    let after = test.shop.checkout(Some(&token), paris()).await.unwrap();
    assert_eq!(after.form.country, "GB");
}

#[tokio::test]
async fn a_rate_is_added_once_and_removed_only_where_nothing_needs_it() {
    let test = TestShop::open().await;
    let owner = test.operator();
    let twice = refused(test.shop.add_tax(&owner, &tax("DE", "7")).await);
    assert_eq!(twice.of("country"), Some("Germany has a rate already."));
    for (country, why) in [("GB", "own country"), ("DE", "zone “EU”")] {
        let row = test.tax_of(country).await.unwrap();
        assert!(row.hold.is_some());
        let errors = refused(test.shop.remove_tax(&owner, &row).await);
        assert!(errors.of(&row.field("rate")).unwrap().contains(why));
    }
    let japan = test.tax_of("JP").await.unwrap();
    test.shop.remove_tax(&owner, &japan).await.unwrap();
    assert!(test.tax_of("JP").await.is_none());
    let errors = refused(test.shop.remove_tax(&owner, &japan).await);
    assert!(errors.of("version").is_some());
}

#[tokio::test]
async fn what_somebody_saved_meanwhile_is_shown_and_not_overwritten() {
    let test = TestShop::open().await;
    let owner = test.operator();
    let row = test.tax_of("DE").await.unwrap();
    let mine = TaxRow {
        rate: "7".into(),
        ..row.clone()
    };
    let theirs = TaxRow {
        rate: "16.5".into(),
        ..row
    };
    test.shop.save_tax(&owner, &theirs).await.unwrap();
    let errors = refused(test.shop.save_tax(&owner, &mine).await);
    assert!(errors.theirs.contains(&("Percent", "16.50".to_owned())));
    let form = test.general().await;
    let mine = ShopForm {
        name: "Mine".into(),
        ..form.clone()
    };
    let theirs = ShopForm {
        name: "Theirs".into(),
        ..form
    };
    test.shop.save_general(&owner, &theirs).await.unwrap();
    let errors = refused(test.shop.save_general(&owner, &mine).await);
    assert!(errors.theirs.contains(&("Name", "Theirs".to_owned())));
    let (id, form) = test.method_named("UK", "Tracked").await;
    test.shop.save_method(&owner, &id, &form).await.unwrap();
    let errors = refused(test.shop.save_method(&owner, &id, &form).await);
    assert!(errors.of("version").is_some());
    let (zone_id, _) = test.zone_of("UK").await;
    test.shop
        .save_zone(
            &owner,
            &zone_id,
            &ZoneForm {
                version: 1,
                ..zone("Home", &["GB"])
            },
        )
        .await
        .unwrap();
    let errors = refused(test.shop.delete_zone(&owner, &zone_id, 1).await);
    assert!(errors.theirs.contains(&("Name", "Home".to_owned())));
}

#[tokio::test]
async fn a_country_is_in_one_zone_whoever_asks_at_the_same_time() {
    let test = TestShop::open().await;
    let owner = test.operator();
    let errors = refused(test.shop.add_zone(&owner, &zone("World", &["DE"])).await);
    assert!(errors.of("countries").unwrap().contains("zone “EU”"));
    let errors = refused(test.shop.add_zone(&owner, &zone("EU", &["FR"])).await);
    assert!(errors.of("name").is_some(), "a name is one zone's");
    let (one, other) = (zone("One", &["FR"]), zone("Other", &["FR"]));
    let (one, other) = futures::join!(
        test.shop.add_zone(&owner, &one),
        test.shop.add_zone(&owner, &other)
    );
    assert!(one.is_ok() != other.is_ok(), "one of them was first");
    let zones = "select count(*) from shipping_zone";
    assert_eq!(test.number(zones).await, 4);
}

#[tokio::test]
async fn ways_are_sorted_rested_and_deleted() {
    let test = TestShop::selling(10).await;
    let owner = test.operator();
    let token = test.add(None, "mug", 1).await;
    let offers = async || {
        let view = test.shop.checkout(Some(&token), british()).await.unwrap();
        let names = view.offers.into_iter().map(|offer| offer.name);
        names.collect::<Vec<_>>()
    };
    assert_eq!(offers().await, ["Tracked", "Next day"]);
    let (fast, form) = test.method_named("UK", "Next day").await;
    test.shop.raise_method(&owner, &fast).await.unwrap();
    assert_eq!(offers().await, ["Next day", "Tracked"]);
    let rests = MethodForm {
        active: String::new(),
        ..form
    };
    test.shop.save_method(&owner, &fast, &rests).await.unwrap();
    assert_eq!(offers().await, ["Tracked"]);
    let (tracked, form) = test.method_named("UK", "Tracked").await;
    test.shop
        .delete_method(&owner, &tracked, form.version)
        .await
        .unwrap();
    let page = test.shop.shipping_settings(&owner).await.unwrap();
    assert_eq!(page.home_unserved.as_deref(), Some("United Kingdom"));
    let view = test.shop.checkout(Some(&token), british()).await.unwrap();
    assert_eq!(view.form.country, "DE", "something is sent there");
}

#[tokio::test]
async fn a_shop_that_delivers_nowhere_still_shows_what_is_in_the_basket() {
    let test = TestShop::selling(10).await;
    let token = test.add(None, "mug", 2).await;
    sqlx::query("delete from shipping_zone")
        .execute(test.shop.db())
        .await
        .unwrap();
    let view = test.shop.checkout(Some(&token), british()).await.unwrap();
    assert_eq!((view.cart.lines.len(), view.totals.subtotal), (1, 4_400));
    assert!(view.offers.is_empty() && view.countries.is_empty());
    let placed = test.shop.place_order(Some(&token), british()).await;
    assert!(matches!(placed, Err(Fault::Refused(_))));
    assert_eq!(test.number(r#"select count(*) from "order""#).await, 0);
}

#[tokio::test]
async fn the_currency_is_locked_by_the_first_order() {
    let test = TestShop::selling(10).await;
    let owner = test.operator();
    let euros = ShopForm {
        currency: "eur".into(),
        ..test.general().await
    };
    test.shop.save_general(&owner, &euros).await.unwrap();
    assert_eq!(test.shop.chrome().await.unwrap().currency.code(), "EUR");
    let token = test.add(None, "mug", 1).await;
    test.place(&token).await;
    let pounds = ShopForm {
        currency: "GBP".into(),
        name: "Another".into(),
        ..test.general().await
    };
    let errors = refused(test.shop.save_general(&owner, &pounds).await);
    assert!(errors.of("currency").is_some());
    assert_eq!(test.general().await.name, "Test", "nothing of it was saved");
}

#[tokio::test]
async fn mail_comes_from_whom_the_owner_says() {
    let test = TestShop::selling(10).await;
    let from = MailFrom {
        name: "Candle House".into(),
        email: "post@candle.example".into(),
        version: 0,
    };
    test.shop.save_mail(&test.operator(), &from).await.unwrap();
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    test.pay(&session).await;
    let mails = test.stripe.mails();
    assert!(
        mails[0].from.contains("post@candle.example"),
        "{:?}",
        mails[0].from
    );
    let errors = refused(test.shop.save_mail(&test.operator(), &from).await);
    assert!(errors.theirs.contains(&("Name", "Candle House".to_owned())));
}

#[tokio::test]
async fn legal_links_lead_to_pages_that_are_there() {
    let test = TestShop::open().await;
    let owner = test.operator();
    sqlx::query("insert into page (id, handle, title, body_html) values (gen_random_uuid(), 'privacy', 'Privacy', '')")
        .execute(test.shop.db())
        .await
        .unwrap();
    let link = |page: &str| LegalLink {
        page: page.into(),
        label: String::new(),
    };
    let form = LegalForm {
        links: vec![link("privacy"), link("gone")],
        version: 1,
    };
    let errors = refused(test.shop.save_legal(&owner, &form).await);
    assert!(errors.of("page-2").is_some());
    let form = LegalForm {
        links: vec![link("privacy")],
        version: 1,
    };
    test.shop.save_legal(&owner, &form).await.unwrap();
    let chrome = test.shop.chrome().await.unwrap();
    assert_eq!(chrome.legal[0].href, "/pages/privacy");
}

#[tokio::test]
async fn only_who_may_and_gave_the_password_lately_saves_and_all_of_it_is_written_down() {
    let test = TestShop::open().await;
    let manager = Actor {
        permissions: Permissions::from_words(["products.edit"]),
        ..test.operator()
    };
    let saved = test.shop.add_tax(&manager, &tax("FR", "20")).await;
    assert!(matches!(saved, Err(Fault::Failed(Error::Denied(_)))));
    assert!(test.shop.tax_settings(&manager).await.is_err());
    let owner = test.operator();
    let id = test.shop.add_zone(&owner, &zone("France", &["FR"])).await;
    let id = id.unwrap();
    test.shop
        .add_method(&owner, &id, &method("Colissimo", "0"))
        .await
        .unwrap();
    test.clock.advance(SignedDuration::from_mins(31));
    let late = test.shop.delete_zone(&owner, &id, 1).await;
    assert!(matches!(late, Err(Fault::Failed(Error::Unconfirmed))));
    let log = test
        .shop
        .audit_log(&test.operator(), &AuditFilter::default())
        .await
        .unwrap();
    let said: Vec<_> = log.rows.iter().map(|row| row.sentence.as_str()).collect();
    assert_eq!(
        said,
        [
            "the operator made the delivery “Colissimo” to France.",
            "the operator made the shipping zone “France”.",
        ]
    );
}
