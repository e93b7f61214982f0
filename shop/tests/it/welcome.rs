//! A shop that nobody runs yet, and that has nothing to sell.

use crate::support::{Product, TestShop};
use domain::{
    accounts::{AccountError, SignInForm},
    content::ShopForm,
    reports::Period,
    staff::{OwnerForm, Permission, WelcomeError},
};
use shop::{Actor, Browser, Fault, SignedIn};

const BROWSER: Browser<'_> = Browser {
    client: "203.0.113.9",
    agent: "",
    session: None,
    cart: None,
};

fn owner(code: &str, email: &str) -> OwnerForm {
    OwnerForm {
        code: code.into(),
        name: "Wren Calder".into(),
        email: email.into(),
        password: "kettle-window-otter".into(),
        again: "kettle-window-otter".into(),
    }
}

fn naming() -> ShopForm {
    ShopForm {
        name: "  Candle   House ".into(),
        email: "hello@candle.example".into(),
        country: "DE".into(),
        time_zone: "Europe/Berlin".into(),
        currency: "eur".into(),
        ..ShopForm::default()
    }
}

impl TestShop {
    /// As `mercer migrate` leaves it.
    async fn empty() -> Self {
        let test = Self::open().await;
        test.clear().await;
        test
    }

    async fn clear(&self) {
        sqlx::raw_sql(
            "delete from setting; delete from shipping_zone; delete from tax_rate; delete from coupon;
             delete from stock_location;",
        )
        .execute(self.shop.db())
        .await
        .unwrap();
    }

    /// The word that the log of a process would show.
    async fn setup_code(&self) -> String {
        let link = self.shop.welcome_link().await.unwrap().unwrap();
        link.rsplit_once("code=").unwrap().1.to_owned()
    }

    async fn become_owner(&self, form: &OwnerForm) -> Result<SignedIn, Fault<WelcomeError>> {
        self.shop.create_first_owner(form, "203.0.113.9", "").await
    }

    async fn actor(&self, signed: &SignedIn) -> Actor {
        let session = self.shop.staff_session(Some(&signed.token), "").await;
        session.unwrap().unwrap().actor
    }
}

#[tokio::test]
async fn only_who_reads_the_log_becomes_the_owner_and_only_once() {
    let test = TestShop::empty().await;
    let (code, other) = (test.setup_code().await, test.setup_code().await);
    for wrong in ["", "00000000000000000000000000000000"] {
        let refused = test.become_owner(&owner(wrong, "eve@example.com")).await;
        assert!(matches!(refused, Err(Fault::Refused(WelcomeError::Code))));
    }
    let typed = OwnerForm {
        password: "short".into(),
        ..owner(&code, "wren@example.com")
    };
    let refused = test.become_owner(&typed).await;
    assert!(matches!(
        refused,
        Err(Fault::Refused(WelcomeError::Fields(_)))
    ));
    let signed = test
        .become_owner(&owner(&code, "Wren@Example.com"))
        .await
        .unwrap();
    let actor = test.actor(&signed).await;
    assert_eq!(actor.email, "wren@example.com");
    assert!(actor.may(Permission::EditSettings));
    for code in [&code, &other] {
        let refused = test.become_owner(&owner(code, "eve@example.com")).await;
        assert!(matches!(refused, Err(Fault::Refused(WelcomeError::Over))));
    }
    assert_eq!(test.shop.welcome_link().await.unwrap(), None);
    assert_eq!(test.number("select count(*) from setup_code").await, 0);
    assert_eq!(test.number("select count(*) from staff").await, 1);
    let said = "select sentence from audit_entry where action = 'staff.created'";
    assert_eq!(
        test.text(said).await,
        "Wren Calder became the owner of the shop."
    );
}

#[tokio::test]
async fn of_two_who_come_at_the_same_time_one_is_first() {
    let test = TestShop::with(|settings| settings.limits.sign_in = 0).await;
    let code = test.setup_code().await;
    let (one, other) = (owner(&code, "a@example.com"), owner(&code, "b@example.com"));
    let (one, other) = futures::join!(test.become_owner(&one), test.become_owner(&other));
    assert!(one.is_ok() != other.is_ok());
    assert_eq!(test.number("select count(*) from staff").await, 1);
}

#[tokio::test]
async fn people_of_the_demo_run_no_shop_that_they_cannot_enter() {
    let test = TestShop::open().await;
    sqlx::query(
        "insert into staff (id, email, name, role_id, is_demo, created_at, updated_at)
         select gen_random_uuid(), 'demo@example.com', 'Demo', id, true, now(), now() from role where handle = 'owner'",
    )
    .execute(test.shop.db())
    .await
    .unwrap();
    assert!(test.shop.has_no_staff().await.unwrap());
    let open = TestShop::with(|settings| settings.demo_logins = true).await;
    sqlx::query(
        "insert into staff (id, email, name, role_id, is_demo, created_at, updated_at)
         select gen_random_uuid(), 'demo@example.com', 'Demo', id, true, now(), now() from role where handle = 'owner'",
    )
    .execute(open.shop.db())
    .await
    .unwrap();
    assert!(!open.shop.has_no_staff().await.unwrap());
}

#[tokio::test]
async fn an_empty_shop_has_a_storefront_before_and_after_its_name() {
    let test = TestShop::empty().await;
    assert!(test.shop.is_nameless().await.unwrap());
    let home = test.shop.home().await.unwrap();
    assert!(home.new_in.is_empty() && home.hero.text.contains("still being filled"));
    assert_eq!(home.hero.cta.href, "/search");
    let found = test
        .shop
        .search("mug", domain::catalog::Sort::Featured, None)
        .await;
    assert!(found.is_ok());
    test.shop
        .checkout(None, domain::checkout::CheckoutForm::default())
        .await
        .unwrap();
    let owner = test.operator();
    let wrong = ShopForm {
        name: String::new(),
        ..naming()
    };
    let refused = test.shop.name_shop(&owner, &wrong).await;
    assert!(matches!(refused, Err(Fault::Refused(errors)) if errors.of("name").is_some()));
    test.shop.name_shop(&owner, &naming()).await.unwrap();
    let second = ShopForm {
        name: "Another".into(),
        ..naming()
    };
    test.shop.name_shop(&owner, &second).await.unwrap();
    let chrome = test.shop.chrome().await.unwrap();
    assert_eq!(
        (
            chrome.name.as_str(),
            chrome.currency.code(),
            chrome.country.as_str()
        ),
        ("Candle House", "EUR", "DE")
    );
    let admin = test.shop.admin_home(&owner, Period::from_word("")).await;
    assert!(!admin.unwrap().first.unwrap().has_products);
    // The first product has a place to lie at, and stands on the home page.
    Product::mug().put_on_shelf(&test.shop).await;
    let home = test.shop.home().await.unwrap();
    assert_eq!(home.new_in.len(), 1);
    assert_eq!(home.hero.cta.href, "/products/mug");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_is_loaded_by_a_job_and_has_a_customer_who_bought() {
    let folder = crate::support::DemoFolder::copy();
    let test = TestShop::with(|settings| settings.demo_dir = folder.path()).await;
    test.clear().await;
    let owner = test.operator();
    assert!(test.shop.ask_for_demo(&owner).await.unwrap());
    assert!(
        test.shop.ask_for_demo(&owner).await.unwrap(),
        "asked twice, loaded once"
    );
    test.shop.run_jobs().await.unwrap();
    assert!(test.number("select count(*) from product").await > 10);
    assert_eq!(test.number(r#"select count(*) from "order""#).await, 2_500);
    assert!(!test.shop.ask_for_demo(&owner).await.unwrap());
    let orders = r#"select count(*) from "order" o join customer c on c.id = o.customer_id and c.email = o.email where c.is_demo"#;
    assert!((3..=8).contains(&test.number(orders).await));
    let book =
        "select count(*) from address a join customer c on c.id = a.customer_id where c.is_demo";
    assert_eq!(test.number(book).await, 2);
    // Everybody can read the password: it opens nothing but on development machines.
    let form = SignInForm {
        email: "marian@post.example".into(),
        password: "kettle-on-the-hob".into(),
        ..SignInForm::default()
    };
    let refused = test.shop.sign_in_customer(&form, BROWSER).await;
    assert!(matches!(refused, Err(Fault::Refused(AccountError::Wrong))));
    let settings = shop::Settings {
        demo_logins: true,
        ..test.shop.settings().clone()
    };
    let development =
        shop::Shop::new(test.shop.db().clone(), test.clock.clone(), settings).unwrap();
    let entered = development.sign_in_customer(&form, BROWSER).await.unwrap();
    let who = development.customer(Some(&entered.token)).await.unwrap();
    assert_eq!(who.unwrap().name, "Marian Teasdale");
    let elsewhere = test.shop.customer(Some(&entered.token)).await.unwrap();
    assert!(elsewhere.is_none(), "nor does a session of such a machine");
}
