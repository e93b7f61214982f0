//! The settings, read once from the environment. A wrong value names the variable, what it holds and what is allowed.

use shop::settings::{
    DatabaseSettings, JobSettings, LimitSettings, MailSettings, Secret, Settings, StripeSettings,
};
use std::{
    collections::BTreeMap, fmt, net::SocketAddr, path::PathBuf, str::FromStr, time::Duration,
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
    /// Whether this is a development machine.
    pub(crate) development: bool,
    /// How log lines look.
    pub(crate) log_format: LogFormat,
    /// What is logged, as `tracing` filters.
    pub(crate) log_filter: String,
    /// How many proxies stand in front and name the client.
    pub(crate) trusted_proxies: usize,
    /// How long a request may take.
    pub(crate) request_timeout: Duration,
    /// How many requests are worked on at the same time; more are refused.
    pub(crate) max_requests: usize,
    /// How long the process tells that it is not ready before it stops to accept connections.
    pub(crate) drain: Duration,
}

/// A variable that cannot be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    name: &'static str,
    holds: Option<String>,
    allowed: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.holds {
            None => write!(f, "{} is not set; it takes {}", self.name, self.allowed),
            Some(value) => write!(
                f,
                "{} holds `{value}`; it takes {}",
                self.name, self.allowed
            ),
        }
    }
}

impl Config {
    /// Reads the environment of the process.
    pub(crate) fn from_environment() -> Result<Self, Vec<Fault>> {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is where the environment is read"
        )]
        let variables = std::env::vars().collect();
        Self::read(variables)
    }

    /// Reads variables; all faults are told at once.
    pub(crate) fn read(variables: BTreeMap<String, String>) -> Result<Self, Vec<Fault>> {
        let mut from = Reader {
            variables,
            faults: Vec::new(),
        };
        let development = from.choice(
            "ENVIRONMENT",
            &[("production", false), ("development", true)],
            "production or development",
        );
        let config = Self {
            shop: from.shop(),
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
            site_root: from.text("SITE_ROOT", "target/site").into(),
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
            request_timeout: from.seconds("REQUEST_TIMEOUT", "15"),
            max_requests: from.parsed("MAX_REQUESTS", "1024", "a number of requests, such as 1024"),
            drain: from.seconds("DRAIN", "0"),
        };
        if from.faults.is_empty() {
            Ok(config)
        } else {
            Err(from.faults)
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

struct Reader {
    variables: BTreeMap<String, String>,
    faults: Vec<Fault>,
}

impl Reader {
    fn get(&self, name: &str) -> Option<&String> {
        self.variables.get(name).filter(|value| !value.is_empty())
    }

    fn text(&self, name: &str, default: &str) -> String {
        self.get(name)
            .cloned()
            .unwrap_or_else(|| default.to_owned())
    }

    fn fault(&mut self, name: &'static str, holds: Option<String>, allowed: &'static str) {
        self.faults.push(Fault {
            name,
            holds,
            allowed,
        });
    }

    fn parsed<T: FromStr>(&mut self, name: &'static str, default: &str, allowed: &'static str) -> T
    where
        T::Err: fmt::Debug,
    {
        let text = self.text(name, default);
        text.parse().unwrap_or_else(|_| {
            self.fault(name, Some(text), allowed);
            default.parse().expect("defaults are right")
        })
    }

    fn seconds(&mut self, name: &'static str, default: &str) -> Duration {
        Duration::from_secs(self.parsed(name, default, "a number of seconds, such as 15"))
    }

    fn choice<T: Copy>(
        &mut self,
        name: &'static str,
        choices: &[(&str, T)],
        allowed: &'static str,
    ) -> T {
        let (first, usual) = choices[0];
        let text = self.text(name, first);
        choices.iter().find(|(word, _)| *word == text).map_or_else(
            || {
                self.fault(name, Some(text.clone()), allowed);
                usual
            },
            |(_, value)| *value,
        )
    }

    /// A value that is not printed, not even when it is wrong.
    fn secret(
        &mut self,
        name: &'static str,
        fits: impl Fn(&str) -> bool,
        allowed: &'static str,
    ) -> Secret {
        match self.get(name).cloned() {
            Some(value) if fits(&value) => return Secret(value),
            Some(_) => self.fault(name, Some("***".to_owned()), allowed),
            None => self.fault(name, None, allowed),
        }
        Secret::default()
    }

    fn address(&mut self, name: &'static str, default: &str) -> String {
        const ALLOWED: &str = "an address such as https://shop.example";
        let text = self.text(name, default);
        match Url::parse(&text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.host_str().is_some() => {
                text.trim_end_matches('/').to_owned()
            }
            _ => {
                self.fault(name, Some(text), ALLOWED);
                String::new()
            }
        }
    }

    fn shop(&mut self) -> Settings {
        let is_postgres =
            |url: &str| url.starts_with("postgres://") || url.starts_with("postgresql://");
        let redis_url = self.get("REDIS_URL").is_some().then(|| {
            let is_redis = |url: &str| url.starts_with("redis://") || url.starts_with("rediss://");
            self.secret(
                "REDIS_URL",
                is_redis,
                "an address such as redis://127.0.0.1:6379, or nothing",
            )
        });
        let api_url = self
            .get("STRIPE_API_URL")
            .is_some()
            .then(|| self.address("STRIPE_API_URL", ""));
        let is_key = |key: &str| key.starts_with("sk_") || key.starts_with("rk_");
        let is_secret = |secrets: &str| {
            secrets
                .split(',')
                .all(|secret| secret.starts_with("whsec_"))
        };
        let webhooks = self.secret(
            "STRIPE_WEBHOOK_SECRET",
            is_secret,
            "the signing secret of the webhook, whsec_…; two with a comma between while one is replaced",
        );
        let is_smtp = |url: &str| url.starts_with("smtp://") || url.starts_with("smtps://");
        Settings {
            public_url: self.address("PUBLIC_URL", "http://127.0.0.1:3000"),
            demo_dir: self.text("DEMO_DIR", "demo").into(),
            database: DatabaseSettings {
                url: self.secret(
                    "DATABASE_URL",
                    is_postgres,
                    "an address such as postgres://user@127.0.0.1/mercer",
                ),
                max_connections: self.parsed(
                    "DATABASE_CONNECTIONS",
                    "16",
                    "a number of connections, such as 16",
                ),
                statement_timeout_ms: self.parsed(
                    "STATEMENT_TIMEOUT_MS",
                    "5000",
                    "milliseconds, such as 5000",
                ),
                acquire_timeout_ms: self.parsed(
                    "ACQUIRE_TIMEOUT_MS",
                    "2000",
                    "milliseconds, such as 2000",
                ),
            },
            redis_url,
            media_url: self.text("MEDIA_URL", ".dev/media"),
            stripe: StripeSettings {
                secret_key: self.secret(
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
                smtp_url: self.secret(
                    "SMTP_URL",
                    is_smtp,
                    "an address such as smtp://127.0.0.1:25",
                ),
                from: self.text("MAIL_FROM", "Shop <shop@localhost>"),
            },
            limits: self.limits(),
            jobs: JobSettings::default(),
        }
    }

    fn limits(&mut self) -> LimitSettings {
        const ALLOWED: &str = "times per minute, such as 20; 0 is without limit";
        LimitSettings {
            checkout: self.parsed("LIMIT_CHECKOUT", "20", ALLOWED),
            search: self.parsed("LIMIT_SEARCH", "60", ALLOWED),
            lookup: self.parsed("LIMIT_LOOKUP", "10", ALLOWED),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
                "PUBLIC_URL holds `shop.example`; it takes an address such as https://shop.example",
                "DATABASE_URL is not set; it takes an address such as postgres://user@127.0.0.1/mercer",
                "STRIPE_SECRET_KEY holds `***`; it takes the secret key of the account, sk_…",
                "LISTEN_ADDR holds `3000`; it takes an address and a port, such as 127.0.0.1:3000",
                "TRUSTED_PROXIES holds `-1`; it takes how many proxies stand in front, such as 1",
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
