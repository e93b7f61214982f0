//! The settings, read once from the environment. A wrong value names the variable, what it holds and what is allowed.

mod reader;

pub(crate) use reader::Fault;

use reader::Reader;
use shop::settings::{
    DatabaseSettings, JobSettings, LimitSettings, MailSettings, Secret, Settings, StripeSettings,
};
use std::{
    env,
    ffi::OsString,
    net::SocketAddr,
    num::{NonZeroU32, NonZeroUsize},
    path::PathBuf,
    time::Duration,
};
use url::Url;

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// For people at a terminal.
    Text,
    /// For machines.
    Json,
}

/// Everything that the process is told.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    /// What the shop is told.
    pub(crate) shop: Settings,
    /// Where shoppers are answered.
    pub(crate) listen: SocketAddr,
    /// Where health and metrics are answered.
    pub(crate) internal: SocketAddr,
    /// What the browser loads.
    pub(crate) site_root: PathBuf,
    /// Where the build wrote how it named those files; beside the program where it is no whole path.
    pub(crate) hash_file: PathBuf,
    /// Whether this is a development machine.
    pub(crate) development: bool,
    /// How log lines look.
    pub(crate) log_format: LogFormat,
    /// What is logged, as `tracing` filters.
    pub(crate) log_filter: String,
    /// How many proxies stand in front and name the client.
    pub(crate) trusted_proxies: usize,
    /// How long a connection may be silent, or take to say what it wants.
    pub(crate) head_timeout: Duration,
    /// How long a request may take.
    pub(crate) request_timeout: Duration,
    /// How long one may take that brings files to the admin.
    pub(crate) upload_timeout: Duration,
    /// How many requests are worked on at the same time; more are refused.
    pub(crate) max_requests: usize,
    /// How long the process tells that it is not ready before it stops to accept connections.
    pub(crate) drain: Duration,
}

impl Config {
    /// Reads the environment of the process.
    pub(crate) fn from_environment() -> Result<Self, Vec<Fault>> {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is where the environment is read"
        )]
        let variables = env::vars_os();
        Self::read(variables)
    }

    /// Reads variables; all faults are told at once.
    pub(crate) fn read<N, V>(
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Self, Vec<Fault>>
    where
        N: Into<OsString>,
        V: Into<OsString>,
    {
        let mut from = Reader::new(variables);
        let development = from.choice(
            "ENVIRONMENT",
            &[("production", false), ("development", true)],
            "production or development",
        );
        let config = Self {
            shop: shop(&mut from, development),
            listen: from.parsed(
                "LISTEN_ADDR",
                "127.0.0.1:3000",
                "an address and a port, such as 127.0.0.1:3000",
            ),
            internal: from.parsed(
                "INTERNAL_ADDR",
                "127.0.0.1:3001",
                "an address and a port, such as 127.0.0.1:3001",
            ),
            site_root: folder(&mut from, "SITE_ROOT", "site"),
            hash_file: from.text("LEPTOS_HASH_FILE_NAME", "hash.txt").into(),
            development,
            log_format: from.choice(
                "LOG_FORMAT",
                &[("json", LogFormat::Json), ("text", LogFormat::Text)],
                "json or text",
            ),
            log_filter: from.text("RUST_LOG", "info,sqlx=warn,hyper=warn,h2=warn"),
            trusted_proxies: from.parsed(
                "TRUSTED_PROXIES",
                "0",
                "how many proxies stand in front, such as 1",
            ),
            head_timeout: from.patience("HEAD_TIMEOUT", "75"),
            request_timeout: from.patience("REQUEST_TIMEOUT", "15"),
            upload_timeout: from.patience("UPLOAD_TIMEOUT", "120"),
            max_requests: from
                .parsed::<NonZeroUsize>(
                    "MAX_REQUESTS",
                    "1024",
                    "a number of requests from 1, such as 1024",
                )
                .get(),
            drain: from.pause("DRAIN", "0"),
        };
        let faults = from.into_faults();
        if faults.is_empty() {
            Ok(config)
        } else {
            Err(faults)
        }
    }

    /// Whether shoppers reach the shop by https.
    pub(crate) fn is_secure(&self) -> bool {
        self.shop.public_url.starts_with("https://")
    }

    /// The origin of the pages that shoppers pay on.
    pub(crate) fn pay_origin(&self) -> String {
        match &self.shop.stripe.api_url {
            Some(url) => Url::parse(url)
                .map_or_else(|_| url.clone(), |url| url.origin().ascii_serialization()),
            None => "https://checkout.stripe.com".to_owned(),
        }
    }
}

/// A folder that comes with the program: beside it, unless another is named.
fn folder(from: &mut Reader, name: &'static str, usual: &str) -> PathBuf {
    if from.is_set(name) {
        return from.text(name, usual).into();
    }
    // Where the program does not find itself, the folder is looked for where it was started.
    env::current_exe().map_or_else(|_| usual.into(), |program| program.with_file_name(usual))
}

fn shop(from: &mut Reader, development: bool) -> Settings {
    let redis_url = from.is_set("REDIS_URL").then(|| {
        let is_redis = |url: &str| url.starts_with("redis://") || url.starts_with("rediss://");
        from.secret(
            "REDIS_URL",
            is_redis,
            "an address such as redis://127.0.0.1:6379, or nothing",
        )
    });
    let api_url = from
        .is_set("STRIPE_API_URL")
        .then(|| from.address("STRIPE_API_URL", ""));
    let is_key = |key: &str| key.starts_with("sk_") || key.starts_with("rk_");
    let is_secret = |secrets: &str| {
        secrets
            .split(',')
            .all(|secret| secret.starts_with("whsec_"))
    };
    let webhooks = from.secret(
        "STRIPE_WEBHOOK_SECRET",
        is_secret,
        "the signing secret of the webhook, whsec_…; two with a comma between while one is replaced",
    );
    let is_smtp = |url: &str| url.starts_with("smtp://") || url.starts_with("smtps://");
    Settings {
        public_url: from.origin("PUBLIC_URL", "http://127.0.0.1:3000"),
        demo_dir: folder(from, "DEMO_DIR", "demo"),
        database: database(from),
        redis_url,
        media_url: from.text("MEDIA_URL", ".dev/media"),
        stripe: StripeSettings {
            secret_key: from.secret(
                "STRIPE_SECRET_KEY",
                is_key,
                "the secret key of the account, sk_…",
            ),
            api_url,
            webhook_secrets: webhooks
                .0
                .split(',')
                .map(|secret| Secret(secret.to_owned()))
                .collect(),
        },
        mail: MailSettings {
            smtp_url: from.secret(
                "SMTP_URL",
                is_smtp,
                "an address such as smtp://127.0.0.1:25",
            ),
            from: from.text("MAIL_FROM", "Shop <shop@localhost>"),
        },
        limits: limits(from),
        jobs: JobSettings::default(),
        demo_logins: development,
    }
}

fn database(from: &mut Reader) -> DatabaseSettings {
    const MILLISECONDS: &str = "milliseconds from 1, such as 5000";
    let is_postgres =
        |url: &str| url.starts_with("postgres://") || url.starts_with("postgresql://");
    DatabaseSettings {
        url: from.secret(
            "DATABASE_URL",
            is_postgres,
            "an address such as postgres://user@127.0.0.1/mercer",
        ),
        max_connections: from
            .parsed::<NonZeroU32>(
                "DATABASE_CONNECTIONS",
                "16",
                "a number of connections from 1, such as 16",
            )
            .get(),
        statement_timeout_ms: from
            .parsed::<NonZeroU32>("STATEMENT_TIMEOUT_MS", "5000", MILLISECONDS)
            .get(),
        acquire_timeout_ms: from
            .parsed::<NonZeroU32>("ACQUIRE_TIMEOUT_MS", "1500", MILLISECONDS)
            .get(),
    }
}

fn limits(from: &mut Reader) -> LimitSettings {
    const ALLOWED: &str = "times per minute, such as 20; 0 is without limit";
    LimitSettings {
        checkout: from.parsed("LIMIT_CHECKOUT", "20", ALLOWED),
        search: from.parsed("LIMIT_SEARCH", "60", ALLOWED),
        lookup: from.parsed("LIMIT_LOOKUP", "10", ALLOWED),
        sign_in: from.parsed("LIMIT_SIGN_IN", "10", ALLOWED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn right() -> BTreeMap<String, String> {
        [
            ("DATABASE_URL", "postgres://mercer:hunter2@127.0.0.1/mercer"),
            ("STRIPE_SECRET_KEY", "sk_test_1"),
            ("STRIPE_WEBHOOK_SECRET", "whsec_1,whsec_2"),
            ("SMTP_URL", "smtp://127.0.0.1:25"),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
    }

    #[test]
    fn the_usual_settings_are_enough() {
        let config = Config::read(right()).unwrap();
        assert_eq!(config.listen.port(), 3000);
        assert_eq!(config.shop.stripe.webhook_secrets.len(), 2);
        assert!(config.shop.redis_url.is_none() && !config.development && !config.is_secure());
        assert_eq!(config.pay_origin(), "https://checkout.stripe.com");
    }

    #[test]
    fn every_fault_is_told_at_once_and_no_secret_with_it() {
        let mut variables = right();
        for (name, value) in [
            ("LISTEN_ADDR", "3000"),
            ("ENVIRONMENT", "staging"),
            ("PUBLIC_URL", "shop.example"),
            ("STRIPE_SECRET_KEY", "pk_live_oops"),
            ("TRUSTED_PROXIES", "-1"),
        ] {
            variables.insert(name.to_owned(), value.to_owned());
        }
        variables.remove("DATABASE_URL");
        let told: Vec<String> = Config::read(variables)
            .unwrap_err()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            told,
            [
                "ENVIRONMENT holds `staging`; it takes production or development",
                "PUBLIC_URL holds `shop.example`; it takes an address without a path, such as https://shop.example",
                "DATABASE_URL is not set; it takes an address such as postgres://user@127.0.0.1/mercer",
                "STRIPE_SECRET_KEY holds `***`; it takes the secret key of the account, sk_…",
                "LISTEN_ADDR holds `3000`; it takes an address and a port, such as 127.0.0.1:3000",
                "TRUSTED_PROXIES holds `-1`; it takes how many proxies stand in front, such as 1",
            ]
        );
    }

    #[test]
    fn a_limit_of_nothing_is_none() {
        for name in [
            "DATABASE_CONNECTIONS",
            "STATEMENT_TIMEOUT_MS",
            "ACQUIRE_TIMEOUT_MS",
            "HEAD_TIMEOUT",
            "REQUEST_TIMEOUT",
            "UPLOAD_TIMEOUT",
            "MAX_REQUESTS",
        ] {
            let mut variables = right();
            variables.insert(name.to_owned(), "0".to_owned());
            let faults = Config::read(variables).unwrap_err();
            let told = faults[0].to_string();
            assert!(
                faults.len() == 1
                    && told.starts_with(&format!("{name} holds `0`"))
                    && told.contains("from 1"),
                "{told}"
            );
        }
        let mut variables = right();
        variables.insert("DRAIN".to_owned(), "0".to_owned());
        assert!(Config::read(variables).is_ok());
    }

    #[test]
    fn the_shop_stands_at_the_root_of_its_origin() {
        for (given, read) in [
            ("https://Shop.Example:443/", Some("https://shop.example")),
            ("http://127.0.0.1:3000", Some("http://127.0.0.1:3000")),
            ("https://shop.example/uk", None),
            ("https://shop.example/?a", None),
            ("https://shop.example/#a", None),
            ("https://me@shop.example", None),
            ("ftp://shop.example", None),
        ] {
            let mut variables = right();
            variables.insert("PUBLIC_URL".to_owned(), given.to_owned());
            let config = Config::read(variables).ok();
            assert_eq!(
                config.map(|config| config.shop.public_url).as_deref(),
                read,
                "{given}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_text_are_told_by_name_alone() {
        use std::os::unix::ffi::OsStringExt;
        let bytes = || OsString::from_vec(b"sk_\xff".to_vec());
        let mut variables: BTreeMap<OsString, OsString> = right()
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        for name in [
            "STRIPE_SECRET_KEY",
            "LISTEN_ADDR",
            "MAIL_FROM",
            "NOBODY_ASKS",
        ] {
            variables.insert(name.into(), bytes());
        }
        variables.insert(bytes(), "a name of somebody else's".into());
        let faults = Config::read(variables).unwrap_err();
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "STRIPE_SECRET_KEY holds bytes that are not UTF-8; it takes the secret key of the account, sk_…",
                "MAIL_FROM holds bytes that are not UTF-8; it takes text in UTF-8",
                "LISTEN_ADDR holds bytes that are not UTF-8; it takes an address and a port, such as 127.0.0.1:3000",
            ]
        );
    }

    #[test]
    fn secrets_do_not_print() {
        let printed = format!("{:?}", Config::read(right()).unwrap());
        for secret in ["hunter2", "sk_test_1", "whsec_1"] {
            assert!(!printed.contains(secret));
        }
    }
}
