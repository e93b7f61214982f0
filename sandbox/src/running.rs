//! A sandbox that runs.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::control::Control;
use crate::mail;
use crate::options::{API_VERSION, Options};
use crate::server;
use crate::sim::{Account, Sim};
use crate::webhooks::{self, Endpoint};
use crate::world::World;

/// A running sandbox. Dropping it stops it at once.
#[derive(Debug)]
pub struct Sandbox {
    control: Control,
    http_addr: SocketAddr,
    smtp_addr: SocketAddr,
    key: String,
    _tasks: JoinSet<()>,
}

impl Sandbox {
    /// Binds both addresses and starts to serve on the current Tokio runtime.
    ///
    /// # Errors
    ///
    /// When an address cannot be bound.
    pub async fn start(options: Options) -> io::Result<Self> {
        let http = TcpListener::bind(options.http_addr).await?;
        let smtp = TcpListener::bind(options.smtp_addr).await?;
        let (http_addr, smtp_addr) = (http.local_addr()?, smtp.local_addr()?);
        let client = webhooks::client().map_err(io::Error::other)?;
        let base_url = options
            .public_url
            .unwrap_or_else(|| format!("http://{http_addr}"));
        let mut world = World::default();
        world.settings.base_url.clone_from(&base_url);
        API_VERSION.clone_into(&mut world.settings.api_version);
        world.outbox.endpoint = options.webhook;
        world.outbox.policy = options.retries;
        let sim = Arc::new(Sim::new(
            Account {
                key: options.key.clone(),
                business_name: options.business_name,
                base_url,
            },
            world,
        ));
        let mut tasks = JoinSet::new();
        tasks.spawn(server::serve(http, sim.clone()));
        tasks.spawn(mail::serve(smtp, sim.clone()));
        tasks.spawn(webhooks::run(sim.clone(), client));
        Ok(Self {
            control: Control::new(sim),
            http_addr,
            smtp_addr,
            key: options.key,
            _tasks: tasks,
        })
    }

    /// The address to use in place of Stripe's, without a slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}", self.http_addr)
    }

    /// Where mail goes.
    pub fn smtp_addr(&self) -> SocketAddr {
        self.smtp_addr
    }

    /// The secret key that the API accepts.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Everything that a test may do. Cheap to clone; works as long as the sandbox runs.
    pub fn control(&self) -> Control {
        self.control.clone()
    }

    /// Sends events to this address from now on.
    pub fn set_webhook(&self, url: &str, secret: &str) {
        self.control.set_webhook(Some(Endpoint {
            url: url.to_owned(),
            secret: secret.to_owned(),
        }));
    }
}
