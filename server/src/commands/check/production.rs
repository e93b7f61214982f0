//! What a shop with real customers must not have. Everything here is read off the settings.

use super::Finding::{self, Fault, Fine, Note};
use crate::config::Config;
use shop::ops::DatabaseRoom;
use std::net::IpAddr;
use url::{Host, Url};

/// Passwords that everybody tries first.
const USUAL: [&str; 9] = [
    "postgres",
    "mercer",
    "password",
    "secret",
    "changeme",
    "change-me",
    "admin",
    "redis",
    "root",
];
/// The shortest password of a server that is taken for one.
const SHORTEST: usize = 12;

/// Each rule with what was found.
pub(super) fn rules(config: &Config) -> Vec<(&'static str, Finding)> {
    let shop = &config.shop;
    vec![
        ("environment", environment(config)),
        ("public", public(&shop.public_url)),
        ("proxies", proxies(config.trusted_proxies)),
        ("stripe key", stripe_key(&shop.stripe.secret_key.0)),
        ("pay page", pay_page(config)),
        ("webhooks", webhooks(config)),
        ("database", database(&shop.database.url.0)),
        ("cache", cache(config)),
        ("pictures", pictures(&shop.media_url)),
        ("smtp", smtp(&shop.mail.smtp_url.0)),
        ("sender", sender(&shop.mail.from)),
        ("limits", limits(config)),
        ("drain", drain(config)),
    ]
}

fn environment(config: &Config) -> Finding {
    if config.development {
        Fault("ENVIRONMENT is development: the demo shop's people, whose passwords everybody can read, may sign in".into())
    } else {
        Fine("production".into())
    }
}

fn public(url: &str) -> Finding {
    if !url.starts_with("https://") {
        Fault(format!("PUBLIC_URL is {url}: it has to be https"))
    } else if is_here(url) {
        Fault(format!(
            "PUBLIC_URL is {url}: nobody else finds the shop there"
        ))
    } else {
        Fine(url.to_owned())
    }
}

fn proxies(count: usize) -> Finding {
    if count == 0 {
        Fault("TRUSTED_PROXIES is 0: behind what ends TLS, all visitors are one client to every limit".into())
    } else {
        Fine(format!("{count} in front"))
    }
}

fn stripe_key(key: &str) -> Finding {
    if key.starts_with("sk_live_") || key.starts_with("rk_live_") {
        Fine("live".into())
    } else {
        Fault("STRIPE_SECRET_KEY is a test key: nobody would be charged".into())
    }
}

fn pay_page(config: &Config) -> Finding {
    match &config.shop.stripe.api_url {
        Some(url) => Fault(format!(
            "STRIPE_API_URL is {url}, and not Stripe: a sandbox takes any card"
        )),
        None => Fine(config.pay_origin()),
    }
}

/// Stripe's own are 32 letters and digits after the prefix.
fn webhooks(config: &Config) -> Finding {
    let secrets = &config.shop.stripe.webhook_secrets;
    let is_guessed = |secret: &str| secret.trim_start_matches("whsec_").len() < 24;
    if secrets.iter().any(|secret| is_guessed(&secret.0)) {
        Fault("STRIPE_WEBHOOK_SECRET is too short to be one of Stripe's: whoever guesses it can say that orders are paid".into())
    } else {
        Fine(format!("{} signing secrets", secrets.len()))
    }
}

fn database(url: &str) -> Finding {
    let Some(url) = Url::parse(url).ok() else {
        return Note("DATABASE_URL is no usual address: its password was not looked at".into());
    };
    // A socket in the file system says who is at its other end.
    let by_socket = url.host_str().is_none_or(str::is_empty)
        || url
            .query_pairs()
            .any(|(name, value)| name == "host" && value.starts_with('/'));
    if by_socket {
        return Fine("by a socket of this machine".into());
    }
    match password(&url) {
        Some(weak) => Fault(format!("the password in DATABASE_URL {weak}")),
        None => Fine("has a password of its own".into()),
    }
}

fn cache(config: &Config) -> Finding {
    let Some(url) = &config.shop.redis_url else {
        return Note("REDIS_URL is not set: let one replica run".into());
    };
    let Ok(url) = Url::parse(&url.0) else {
        return Fault("REDIS_URL cannot be read".into());
    };
    match password(&url) {
        Some(weak) if is_here(url.as_str()) => Note(format!("the password in REDIS_URL {weak}")),
        Some(weak) => Fault(format!("the password in REDIS_URL {weak}")),
        None => Fine("has a password of its own".into()),
    }
}

fn pictures(place: &str) -> Finding {
    if place.contains("://") {
        Fine(place.to_owned())
    } else if place.starts_with('/') {
        Note(format!(
            "{place}: a folder serves replicas on one machine, and has to be in the backup"
        ))
    } else {
        Fault(format!(
            "MEDIA_URL is {place}, which depends on where the process starts: name a whole path, or s3://bucket/prefix"
        ))
    }
}

fn smtp(url: &str) -> Finding {
    let Ok(parsed) = Url::parse(url) else {
        return Fault("SMTP_URL cannot be read".into());
    };
    let encrypted = parsed.scheme() == "smtps"
        || parsed
            .query_pairs()
            .any(|(name, value)| name == "tls" && value == "required");
    if encrypted {
        Fine("encrypted".into())
    } else if is_here(url) {
        Note("mail is handed to a server on this machine".into())
    } else {
        Fault("SMTP_URL is not encrypted: use smtps://, or smtp://…?tls=required".into())
    }
}

fn sender(from: &str) -> Finding {
    let domain = from
        .trim_end_matches('>')
        .rsplit_once('@')
        .map_or("", |(_, domain)| domain);
    if domain == "localhost"
        || domain.ends_with(".example")
        || domain.ends_with("example.com")
        || !domain.contains('.')
    {
        Fault(format!(
            "MAIL_FROM is {from}: nobody can answer that, and few servers take it"
        ))
    } else {
        Fine(from.to_owned())
    }
}

fn limits(config: &Config) -> Finding {
    let limits = &config.shop.limits;
    let off: Vec<&str> = [
        ("LIMIT_CHECKOUT", limits.checkout),
        ("LIMIT_SEARCH", limits.search),
        ("LIMIT_LOOKUP", limits.lookup),
        ("LIMIT_SIGN_IN", limits.sign_in),
    ]
    .into_iter()
    .filter(|(_, limit)| *limit == 0)
    .map(|(name, _)| name)
    .collect();
    if off.is_empty() {
        Fine("all set".into())
    } else {
        Fault(format!(
            "{} is 0: one client may ask without end",
            off.join(", ")
        ))
    }
}

fn drain(config: &Config) -> Finding {
    if config.drain.is_zero() {
        Note("DRAIN is 0: behind a balancer that asks for readiness, visitors are sent here for a moment after the door is closed".into())
    } else {
        Fine(format!("{} s", config.drain.as_secs()))
    }
}

/// Whether the pool fits into what Postgres gives.
pub(super) fn connections(config: &Config, room: DatabaseRoom) -> Finding {
    let (pool, most) = (config.shop.database.max_connections, room.connections);
    // One more listens for jobs, and one migrates.
    let needed = pool.saturating_add(2);
    if needed > most {
        Fault(format!(
            "DATABASE_CONNECTIONS is {pool}, with 2 besides; Postgres gives the shop {most}"
        ))
    } else {
        Fine(format!(
            "{pool} of {most}: room for {} processes like this",
            most / needed
        ))
    }
}

/// As whom the shop works.
pub(super) fn role(config: &Config, room: DatabaseRoom) -> Finding {
    if room.superuser {
        return Fault("the role in DATABASE_URL is a superuser: give the shop one that owns its database and nothing else".into());
    }
    if room.encrypted || is_here(&config.shop.database.url.0) {
        Fine("owns its database and nothing else".into())
    } else {
        Note("the way to Postgres is not encrypted: add ?sslmode=verify-full unless the network does it".into())
    }
}

/// What is wrong with the password of a server's address.
fn password(url: &Url) -> Option<&'static str> {
    let password = url.password().unwrap_or_default();
    if password.is_empty() {
        Some("is missing")
    } else if USUAL.contains(&password.to_lowercase().as_str()) || password == url.username() {
        Some("is one that everybody tries first")
    } else if password.len() < SHORTEST {
        Some("has fewer than 12 signs")
    } else {
        None
    }
}

/// Whether an address is one of this machine.
fn is_here(url: &str) -> bool {
    match Url::parse(url)
        .ok()
        .and_then(|url| url.host().map(|host| host.to_owned()))
    {
        Some(Host::Domain(name)) => {
            name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
        }
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Settings as they should be.
    fn right() -> BTreeMap<&'static str, &'static str> {
        BTreeMap::from([
            ("PUBLIC_URL", "https://tarnandtallow.shop"),
            ("TRUSTED_PROXIES", "1"),
            ("STRIPE_SECRET_KEY", "rk_live_51abc"),
            (
                "STRIPE_WEBHOOK_SECRET",
                "whsec_0123456789abcdef0123456789abcdef",
            ),
            (
                "DATABASE_URL",
                "postgres://shop:fell-pony-gate-9@db.internal/shop",
            ),
            ("REDIS_URL", "rediss://:wool-and-water-7@redis.internal"),
            ("MEDIA_URL", "s3://tarn-pictures/shop"),
            ("SMTP_URL", "smtps://mercer:x@smtp.internal"),
            ("MAIL_FROM", "Tarn & Tallow <hello@tarnandtallow.shop>"),
            ("DRAIN", "5"),
        ])
    }

    fn faults(change: &[(&'static str, &'static str)]) -> Vec<&'static str> {
        let mut settings = right();
        settings.extend(change.iter().copied());
        let config = Config::read(settings).unwrap();
        rules(&config)
            .into_iter()
            .filter(|(_, finding)| matches!(finding, Fault(_)))
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn what_is_right_has_no_fault() {
        assert_eq!(faults(&[]), Vec::<&str>::new());
    }

    #[test]
    fn each_thing_that_must_not_be_is_refused_by_its_name() {
        for (name, value, refused) in [
            ("ENVIRONMENT", "development", "environment"),
            ("PUBLIC_URL", "http://tarnandtallow.shop", "public"),
            ("PUBLIC_URL", "https://localhost:3000", "public"),
            ("PUBLIC_URL", "https://[::1]", "public"),
            ("TRUSTED_PROXIES", "0", "proxies"),
            ("STRIPE_SECRET_KEY", "sk_test_51abc", "stripe key"),
            ("STRIPE_API_URL", "http://127.0.0.1:3002", "pay page"),
            ("STRIPE_WEBHOOK_SECRET", "whsec_test", "webhooks"),
            (
                "STRIPE_WEBHOOK_SECRET",
                "whsec_0123456789abcdef0123456789abcdef,whsec_1",
                "webhooks",
            ),
            (
                "DATABASE_URL",
                "postgres://shop@db.internal/shop",
                "database",
            ),
            (
                "DATABASE_URL",
                "postgres://postgres:postgres@db.internal/shop",
                "database",
            ),
            (
                "DATABASE_URL",
                "postgres://longer-name-of-shop:longer-name-of-shop@db.internal/shop",
                "database",
            ),
            (
                "DATABASE_URL",
                "postgres://shop:short@db.internal/shop",
                "database",
            ),
            ("REDIS_URL", "redis://redis.internal:6379", "cache"),
            ("MEDIA_URL", ".dev/media", "pictures"),
            ("SMTP_URL", "smtp://user:x@smtp.internal", "smtp"),
            ("MAIL_FROM", "Shop <shop@localhost>", "sender"),
            ("MAIL_FROM", "Tarn <hello@tarnandtallow.example>", "sender"),
            ("LIMIT_SIGN_IN", "0", "limits"),
        ] {
            assert_eq!(faults(&[(name, value)]), [refused], "{name}={value}");
        }
    }

    #[test]
    fn what_may_be_meant_so_is_no_fault() {
        for (name, value) in [
            ("DATABASE_URL", "postgres:///shop?host=/run/postgresql"),
            ("REDIS_URL", "redis://127.0.0.1:6379"),
            ("MEDIA_URL", "/var/lib/mercer/media"),
            ("SMTP_URL", "smtp://127.0.0.1:25"),
            ("SMTP_URL", "smtp://user:x@smtp.internal:587?tls=required"),
            ("DRAIN", "0"),
        ] {
            assert_eq!(
                faults(&[(name, value)]),
                Vec::<&str>::new(),
                "{name}={value}"
            );
        }
    }

    #[test]
    fn a_pool_that_postgres_has_no_room_for_is_refused() {
        let config = Config::read(right()).unwrap();
        let room = |connections| DatabaseRoom {
            connections,
            superuser: false,
            encrypted: true,
        };
        assert!(matches!(connections(&config, room(17)), Fault(_)));
        assert!(matches!(connections(&config, room(18)), Fine(_)));
        let all = DatabaseRoom {
            superuser: true,
            ..room(97)
        };
        assert!(matches!(role(&config, all), Fault(_)));
        let in_the_clear = DatabaseRoom {
            encrypted: false,
            ..room(97)
        };
        assert!(matches!(role(&config, in_the_clear), Note(_)));
    }
}
