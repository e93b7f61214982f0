//! A shop of its own for every test.

mod books;
mod database;
mod demo;
mod freezer;
mod shelf;

use domain::{cart::Quantity, checkout::CheckoutForm};
use sandbox::{Control, Options, Sandbox};
use shop::{
    Actor, AddItem, CartToken, Clock, Placed, Shop, Wanted, ops,
    settings::{
        DatabaseSettings, JobSettings, LimitSettings, MailSettings, Secret, Settings,
        StripeSettings,
    },
};
use std::{path::PathBuf, time::Duration};
use tempfile::TempDir;

pub(crate) use database::Database;
pub(crate) use demo::{DemoFolder, draw};
pub(crate) use freezer::Freezer;
pub(crate) use shelf::Product;

/// What the sandbox signs its webhooks with.
pub(crate) const SECRET: &str = "whsec_test";
/// Longer than anything takes that is going to happen.
pub(crate) const SOON: Duration = Duration::from_secs(10);

/// A shop with a database, a folder of pictures, and the world around it.
pub(crate) struct TestShop {
    pub(crate) shop: Shop,
    pub(crate) stripe: Control,
    pub(crate) clock: Clock,
    _sandbox: Sandbox,
    media: TempDir,
    _database: Database,
}

/// The folder of the demo shop.
pub(crate) fn demo() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../demo")
}

impl TestShop {
    /// A shop that sells in pounds and has nothing on its shelves.
    pub(crate) async fn open() -> Self {
        Self::with(|_| {}).await
    }

    /// The same with other settings.
    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let database = Database::create().await;
        let sandbox = Sandbox::start(Options::default()).await.unwrap();
        let media = TempDir::new().unwrap();
        let mut settings = Settings {
            public_url: "http://shop.example".to_owned(),
            demo_dir: demo(),
            database: DatabaseSettings {
                url: Secret(database.url.clone()),
                max_connections: 24,
                statement_timeout_ms: 10_000,
                acquire_timeout_ms: 10_000,
            },
            redis_url: None,
            media_url: media.path().display().to_string(),
            stripe: StripeSettings {
                secret_key: Secret(sandbox.key().to_owned()),
                api_url: Some(sandbox.url()),
                webhook_secrets: vec![Secret(SECRET.to_owned())],
            },
            mail: MailSettings {
                smtp_url: Secret(format!("smtp://{}", sandbox.smtp_addr())),
                from: "Tarn & Tallow <hello@tarnandtallow.example>".to_owned(),
            },
            limits: LimitSettings::default(),
            jobs: JobSettings::default(),
            demo_logins: false,
        };
        change(&mut settings);
        let clock = Clock::system();
        let db = ops::connect(&settings.database).unwrap();
        let shop = Shop::new(db, clock.clone(), settings).unwrap();
        Self {
            shop,
            stripe: sandbox.control(),
            clock,
            _sandbox: sandbox,
            media,
            _database: database,
        }
    }

    /// The demo shop, with small pictures.
    pub(crate) async fn seeded() -> Self {
        let folder = DemoFolder::copy();
        let test = Self::with(|settings| settings.demo_dir = folder.path()).await;
        test.shop.seed_demo().await.unwrap();
        test
    }

    /// A shop with one product, `mug`, of which there are `stock`.
    pub(crate) async fn selling(stock: i32) -> Self {
        let test = Self::open().await;
        Product::mug().stock(stock).put_on_shelf(&test.shop).await;
        test
    }

    /// Who may do everything.
    pub(crate) fn operator(&self) -> Actor {
        Actor::operator(self.clock.now())
    }

    /// The folder that holds its pictures.
    pub(crate) fn media(&self) -> PathBuf {
        self.media.path().to_owned()
    }

    /// Puts a product without options, or the first variant of one with, into a cart.
    pub(crate) async fn add(
        &self,
        token: Option<&CartToken>,
        sku: &str,
        quantity: i32,
    ) -> CartToken {
        let item = item(sku, quantity);
        self.shop.add_to_cart(token, &item).await.unwrap().token
    }

    /// The checkout's form, filled in rightly, with the total that the page shows.
    pub(crate) async fn form(&self, token: &CartToken) -> CheckoutForm {
        self.form_for(token, british()).await
    }

    /// The same for another address.
    pub(crate) async fn form_for(&self, token: &CartToken, form: CheckoutForm) -> CheckoutForm {
        self.shop.checkout(Some(token), form).await.unwrap().form
    }

    /// Places an order and returns the id of its session at Stripe.
    pub(crate) async fn place(&self, token: &CartToken) -> String {
        let form = self.form(token).await;
        match self.shop.place_order(Some(token), form).await {
            Ok(Placed::Pay { url }) => session_of(&url),
            other => panic!("the order was to be paid: {other:?}"),
        }
    }

    /// Hands the latest event of a session to the shop, as Stripe's webhook would.
    pub(crate) async fn tell(&self, session: &str) {
        for event in self.stripe.events() {
            let body = event.body.to_string();
            if body.contains(session) {
                self.tell_raw(&body).await;
            }
        }
    }

    /// The same, and lets the shop do what follows.
    pub(crate) async fn hear_of(&self, session: &str) {
        self.tell(session).await;
        self.shop.run_jobs().await.unwrap();
    }

    /// Pays a session as a shopper would, and tells the shop.
    pub(crate) async fn pay(&self, session: &str) {
        self.stripe.pay(session, "visa").unwrap();
        self.hear_of(session).await;
    }

    /// The part of the latest order's address that cannot be guessed.
    pub(crate) async fn order_token(&self) -> String {
        self.text("select token from \"order\" order by placed_at desc limit 1")
            .await
    }

    /// Hands a body to the shop, rightly signed.
    pub(crate) async fn tell_raw(&self, body: &str) {
        // Signatures are compared with the machine's clock, which no test moves.
        let now = Clock::system().now().as_second();
        let header = sandbox::signature_header(SECRET, now, body);
        self.shop.receive_webhook(body, &header).await.unwrap();
    }

    /// Moves the shop's clock, and Stripe's with it.
    pub(crate) fn advance(&self, minutes: u16) {
        self.clock
            .advance(jiff::SignedDuration::from_mins(i64::from(minutes)));
        self.stripe.advance(Duration::from_mins(u64::from(minutes)));
    }

    /// What a statement that returns one number returns.
    pub(crate) async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql)
            .fetch_one(self.shop.db())
            .await
            .unwrap()
    }

    /// What a statement that returns one text returns.
    pub(crate) async fn text(&self, sql: &'static str) -> String {
        sqlx::query_scalar(sql)
            .fetch_one(self.shop.db())
            .await
            .unwrap()
    }
}

/// Waits until something has happened that is going to.
pub(crate) async fn until(mut happened: impl AsyncFnMut() -> bool) {
    let asked = async {
        while !happened().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(SOON, asked)
        .await
        .expect("it was to happen soon");
}

/// So many of a SKU.
pub(crate) fn item(sku: &str, quantity: i32) -> AddItem {
    AddItem {
        product: sku.split('/').next().unwrap().to_owned(),
        wanted: Wanted::Sku(sku.to_owned()),
        quantity: Quantity::try_from(quantity).unwrap(),
    }
}

/// A form for an address in the United Kingdom.
pub(crate) fn british() -> CheckoutForm {
    CheckoutForm {
        email: "marian@example.com".into(),
        country: "GB".into(),
        name: "Marian Teasdale".into(),
        line1: "14 Stramongate".into(),
        city: "Kendal".into(),
        postcode: "LA9 4BH".into(),
        ..CheckoutForm::default()
    }
}

/// The session whose pay page has this address.
pub(crate) fn session_of(url: &str) -> String {
    url.rsplit('/')
        .next()
        .unwrap()
        .split(['#', '?'])
        .next()
        .unwrap()
        .to_owned()
}

/// The Redis that the tests use. One that is missing is a failure, and not a test less.
pub(crate) fn redis_url() -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests have no configuration but this"
    )]
    std::env::var("TEST_REDIS_URL").expect("TEST_REDIS_URL names a Redis, redis://…")
}
