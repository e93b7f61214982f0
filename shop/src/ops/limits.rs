//! How often one client may do what costs something. Counted in Redis over all replicas; in the process while it is away.

use super::Redis;
use crate::{Shop, core::settings::LimitSettings};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use redis::Script;
use std::{borrow::Cow, net::Ipv6Addr, num::NonZeroU32};

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Placing an order.
    Checkout,
    /// Searching.
    Search,
    /// Looking up an order.
    Lookup,
    /// Signing in, or trying to: by one client, or into one account.
    SignIn,
}

impl Limit {
    const ALL: [Self; 4] = [Self::Checkout, Self::Search, Self::Lookup, Self::SignIn];

    const fn name(self) -> &'static str {
        match self {
            Self::Checkout => "checkout",
            Self::Search => "search",
            Self::Lookup => "lookup",
            Self::SignIn => "sign_in",
        }
    }

    const fn per_minute(self, settings: LimitSettings) -> u32 {
        match self {
            Self::Checkout => settings.checkout,
            Self::Search => settings.search,
            Self::Lookup => settings.lookup,
            Self::SignIn => settings.sign_in,
        }
    }
}

/// Counts, where Redis does not.
pub(crate) struct Limiter {
    settings: LimitSettings,
    here: [Option<DefaultKeyedRateLimiter<String>>; 4],
    script: Script,
}

impl Limiter {
    pub(crate) fn new(settings: LimitSettings) -> Self {
        let here = Limit::ALL.map(|limit| {
            NonZeroU32::new(limit.per_minute(settings))
                .map(|number| RateLimiter::keyed(Quota::per_minute(number)))
        });
        let script = Script::new(
            "local n = redis.call('incr', KEYS[1]) if n == 1 then redis.call('expire', KEYS[1], 60) end return n",
        );
        Self {
            settings,
            here,
            script,
        }
    }

    async fn allows(&self, redis: Option<&Redis>, limit: Limit, client: &str) -> bool {
        let Some(here) = &self.here[limit as usize] else {
            return true;
        };
        let client = &*whole(client);
        if let Some(redis) = redis {
            let mut call = self.script.prepare_invoke();
            call.key(format!("mercer:limit:{}:{client}", limit.name()));
            if let Some(times) = redis.run(&call).await {
                return times <= i64::from(limit.per_minute(self.settings));
            }
        }
        if here.len() > 10_000 {
            here.retain_recent();
        }
        here.check_key(&client.to_owned()).is_ok()
    }
}

/// Who counts as one: of IPv6, whoever has an address has at least 2^64 of them.
fn whole(client: &str) -> Cow<'_, str> {
    match client.parse::<Ipv6Addr>() {
        Ok(address) if address.to_ipv4_mapped().is_none() => {
            let network = Ipv6Addr::from(u128::from(address) >> 64 << 64);
            format!("{network}/64").into()
        }
        _ => client.into(),
    }
}

impl Shop {
    /// Whether the client may do this once more within the minute.
    pub async fn allows(&self, limit: Limit, client: &str) -> bool {
        let allowed = self.limiter().allows(self.redis(), limit, client).await;
        if !allowed {
            metrics::counter!("mercer_limited_total", "limit" => limit.name()).increment(1);
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn a_network_of_ipv6_is_one_client() {
        assert_eq!(whole("2001:db8:1:2:3:4:5:6"), whole("2001:db8:1:2::9"));
        assert_ne!(whole("2001:db8:1:2::9"), whole("2001:db8:1:3::9"));
        for other in ["192.0.2.1", "::ffff:192.0.2.1", "somebody@example.com"] {
            assert_eq!(whole(other), other);
        }
    }
}
