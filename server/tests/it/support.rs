//! A process of its own for every test.

use crate::gate::Gate;
use reqwest::{Client, RequestBuilder, Response, redirect::Policy};
use sandbox::{Control, Options, Sandbox};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, PgPool};
use std::{
    collections::BTreeMap,
    fs,
    net::TcpListener,
    process::{Child, Command, ExitStatus, Stdio},
    sync::atomic::{AtomicU16, AtomicU32, Ordering},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use url::Url;

const CSV: &str = "Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty,Status,Product Category\n\
    mug,Ridge Mug,<p>Thrown.</p><script>alert(1)</script>,Size,S,MUG-S,22.00,5,active,Kitchen\n\
    mug,,,,L,MUG-L,28.00,0,,\n\
    odd,\"<b>\"\"Odd\"\" & co</b>\",,,,ODD,3.00,9,active,Kitchen\n";

const FIXTURES: &str = r#"
    insert into setting (key, value) values ('shop', '{"name": "Test & Sons", "tagline": "", "description": "A shop.", "announcement": "",
        "email": "shop@example.com", "phone": "", "address": ["1 Yard", "Town", "County", "AB1 2CD"], "currency": "GBP",
        "country": "GB", "time_zone": "Europe/London", "legal": [], "footer": []}'),
        ('home', '{"eyebrow": "", "title": "Home of tests", "text": "", "cta": {"label": "Go", "href": "/categories/kitchen"},
        "link": null, "hero_product": "mug", "hero_picture": null, "aside_product": "odd", "aside_note": "", "new_in_title": "New",
        "new_in": ["mug"], "materials_title": "", "materials_text": "", "materials": [], "maker": null, "promises": []}');
    insert into stock_location (id, name) values (gen_random_uuid(), 'Yard');
    insert into category (id, handle, path, name, title) values (gen_random_uuid(), 'kitchen', 'kitchen', 'Kitchen', 'Kitchen');
    insert into page (id, handle, title, body_html) values (gen_random_uuid(), 'about', 'About us', '<p>Who we are.</p>');
    insert into tax_rate (id, name, country, rate, included) values (gen_random_uuid(), 'VAT', 'GB', 2000, true);
    insert into shipping_zone (id, name) values ('00000000-0000-7000-8000-000000000001', 'UK');
    insert into shipping_zone_country (country, zone_id) values ('GB', '00000000-0000-7000-8000-000000000001');
    insert into shipping_method (id, zone_id, code, name, price, min_days, max_days)
        values (gen_random_uuid(), '00000000-0000-7000-8000-000000000001', 'uk', 'Tracked', 450, 2, 3);"#;

/// How long something may take that is to happen at once. Long, since other tests run too.
pub(crate) const SOON: Duration = Duration::from_secs(10);

/// What the sandbox signs its webhooks with.
const SECRET: &str = "whsec_test";

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A running shop.
pub(crate) struct Process {
    pub(crate) child: Child,
    pub(crate) url: String,
    pub(crate) internal: String,
    pub(crate) client: Client,
    pub(crate) stripe: Control,
    pub(crate) db: PgPool,
    pub(crate) files: TempDir,
    environment: BTreeMap<String, String>,
    database: String,
    _sandbox: Sandbox,
}

fn server() -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests have no configuration but this"
    )]
    std::env::var("DATABASE_URL")
        .unwrap_or_else(|_| "postgres://mercer@127.0.0.1:54321/postgres".to_owned())
}

async fn run(sql: String) {
    let mut connection = PgConnection::connect(&server()).await.unwrap();
    connection.execute(AssertSqlSafe(sql)).await.unwrap();
}

/// A port that nothing listens on, and that nothing takes until the process does: every test has others, and they lie below those
/// that systems give to connections that go out.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(20_000);
    loop {
        let port = NEXT.fetch_add(1, Ordering::Relaxed);
        assert!(port < 32_000, "no port is free");
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// A folder with what a build leaves behind, and two products.
fn files() -> TempDir {
    let files = TempDir::new().unwrap();
    let site = files.path().join("site");
    fs::create_dir_all(site.join("pkg")).unwrap();
    for name in [
        "pkg/mercer.a.css",
        "pkg/mercer.a.js",
        "pkg/mercer.a.wasm",
        "admin.css",
        "admin.js",
    ] {
        fs::write(site.join(name), "/* a file */").unwrap();
    }
    fs::write(files.path().join("hash.txt"), "js: a\nwasm: a\ncss: a\n").unwrap();
    fs::write(files.path().join("products.csv"), CSV).unwrap();
    files
}

/// The binary, told nothing but what it is given.
pub(crate) fn mercer(environment: &BTreeMap<String, String>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mercer"));
    command.env_clear().envs(environment);
    command
}

impl Process {
    /// A shop with two products, serving.
    pub(crate) async fn start() -> Self {
        Self::with(&[]).await
    }

    /// The same with further settings.
    pub(crate) async fn with(settings: &[(&str, &str)]) -> Self {
        Self::open(settings, None).await
    }

    /// The same, with a way to its database that can be closed.
    pub(crate) async fn behind_a_gate(settings: &[(&str, &str)]) -> (Self, Gate) {
        let server = Url::parse(&server()).unwrap();
        let host = server.host_str().unwrap();
        let gate = Gate::to(format!("{host}:{}", server.port().unwrap_or(5432))).await;
        (Self::open(settings, Some(&gate)).await, gate)
    }

    async fn open(settings: &[(&str, &str)], gate: Option<&Gate>) -> Self {
        let database = format!(
            "mercer_server_{}_{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        run(format!("drop database if exists {database} with (force)")).await;
        run(format!("create database {database}")).await;
        let sandbox = Sandbox::start(Options::default()).await.unwrap();
        let files = files();
        let names = files.path().join("hash.txt");
        let (public, internal) = (free_port(), free_port());
        let url = format!("http://127.0.0.1:{public}");
        sandbox.set_webhook(&format!("{url}/webhooks/stripe"), SECRET);
        let (address, _) = server()
            .rsplit_once('/')
            .map(|(address, name)| (address.to_owned(), name.to_owned()))
            .unwrap();
        let database_url = format!("{address}/{database}");
        let mut environment: BTreeMap<String, String> = [
            ("DATABASE_URL", database_url.clone()),
            ("PUBLIC_URL", url.clone()),
            ("LISTEN_ADDR", format!("127.0.0.1:{public}")),
            ("INTERNAL_ADDR", format!("127.0.0.1:{internal}")),
            ("SITE_ROOT", files.path().join("site").display().to_string()),
            ("LEPTOS_HASH_FILE_NAME", names.display().to_string()),
            (
                "MEDIA_URL",
                files.path().join("media").display().to_string(),
            ),
            ("STRIPE_SECRET_KEY", sandbox.key().to_owned()),
            ("STRIPE_API_URL", sandbox.url()),
            ("STRIPE_WEBHOOK_SECRET", SECRET.to_owned()),
            ("SMTP_URL", format!("smtp://{}", sandbox.smtp_addr())),
            ("RUST_LOG", "error".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        environment.extend(
            settings
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        assert!(
            mercer(&environment)
                .arg("migrate")
                .stdout(Stdio::null())
                .status()
                .unwrap()
                .success()
        );
        let db = PgPool::connect(&database_url).await.unwrap();
        sqlx::raw_sql(FIXTURES).execute(&db).await.unwrap();
        let import = mercer(&environment)
            .arg("import")
            .arg(files.path().join("products.csv"))
            .output()
            .unwrap();
        assert!(
            import.status.success(),
            "{}",
            String::from_utf8_lossy(&import.stdout)
        );
        let mut serve = mercer(&environment);
        if let Some(gate) = gate {
            let mut through = Url::parse(&database_url).unwrap();
            through.set_ip_host(gate.address.ip()).unwrap();
            through.set_port(Some(gate.address.port())).unwrap();
            serve.env("DATABASE_URL", through.as_str());
        }
        let log = fs::File::create(files.path().join("log")).unwrap();
        let child = serve.arg("serve").stderr(log).spawn().unwrap();
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        let process = Self {
            child,
            url,
            internal: format!("http://127.0.0.1:{internal}"),
            client,
            stripe: sandbox.control(),
            db,
            files,
            environment,
            database,
            _sandbox: sandbox,
        };
        process.until_ready().await;
        process
    }

    async fn until_ready(&self) {
        let begun = Instant::now();
        loop {
            let answer = self
                .client
                .get(format!("{}/health/startup", self.internal))
                .send()
                .await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "the process did not come up"
            );
            tokio::task::yield_now().await;
        }
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.url))
    }

    pub(crate) fn post(&self, path: &str, form: &[(&str, &str)]) -> RequestBuilder {
        self.client
            .post(format!("{}{path}", self.url))
            .header("sec-fetch-site", "same-origin")
            .form(form)
    }

    /// A page's status and text.
    pub(crate) async fn page(&self, path: &str) -> (u16, String) {
        let answer = self.get(path).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Says this to the door, word by word, and listens until it is closed.
    pub(crate) async fn talk(&self, words: &str) -> String {
        let address = self.url.trim_start_matches("http://");
        let mut connection = TcpStream::connect(address).await.unwrap();
        connection.write_all(words.as_bytes()).await.unwrap();
        let mut heard = Vec::new();
        connection.read_to_end(&mut heard).await.unwrap();
        String::from_utf8_lossy(&heard).into_owned()
    }

    /// What a command ends with, and what it tells.
    pub(crate) async fn run(&self, words: &[&str], settings: &[(&str, &str)]) -> (i32, String) {
        let mut command = mercer(&self.environment);
        command.args(words).envs(settings.iter().copied());
        // The sandbox works in this thread, so it is not blocked.
        let ended = tokio::process::Command::from(command).output().await;
        let ended = ended.unwrap();
        let told = String::from_utf8_lossy(&ended.stdout).into_owned();
        (ended.status.code().unwrap(), told)
    }

    /// How the process ended.
    pub(crate) async fn ended(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < SOON, "the process did not end");
            tokio::task::yield_now().await;
        }
    }

    /// Everything that the process has logged.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.files.path().join("log")).unwrap()
    }

    pub(crate) async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.db).await.unwrap()
    }

    /// Tells the process to stop, as an operator would.
    #[cfg(unix)]
    pub(crate) fn terminate(&self) {
        let status = Command::new("kill")
            .arg("-TERM")
            .arg(self.child.id().to_string())
            .status()
            .unwrap();
        assert!(status.success());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Gone already where the test stopped it.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("the process has logged:\n{}", self.log());
        }
        let sql = format!("drop database if exists {} with (force)", self.database);
        let dropped = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap()
                .block_on(run(sql));
        });
        if dropped.join().is_err() {
            eprintln!("a test's database could not be dropped");
        }
    }
}

/// A header's text; empty where it is missing.
pub(crate) fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

/// The cookies of an answer, as a browser sends them back.
pub(crate) fn cookies(answer: &Response) -> String {
    let pairs: Vec<&str> = answer
        .headers()
        .get_all("set-cookie")
        .iter()
        .filter_map(|value| value.to_str().ok()?.split(';').next())
        .collect();
    pairs.join("; ")
}
