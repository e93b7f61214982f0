//! The sandbox as a program.

use std::env;
use std::error::Error;
use std::io::IsTerminal;
use std::process::ExitCode;

use sandbox::{Endpoint, Options, Sandbox, TEST_CARDS};
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> ExitCode {
    let colours = std::io::stdout().is_terminal();
    tracing_subscriber::fmt()
        .with_env_filter(filter())
        .with_ansi(colours)
        .init();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(error = %error, "the sandbox cannot run");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let webhook = options
        .webhook
        .as_ref()
        .map_or_else(|| "none".to_owned(), |endpoint| endpoint.url.clone());
    let (mut term, mut int) = (
        signal(SignalKind::terminate())?,
        signal(SignalKind::interrupt())?,
    );
    let sandbox = Sandbox::start(options).await?;
    tracing::info!(
        pages = %sandbox.url(),
        mailbox = %format!("{}/mail", sandbox.url()),
        smtp = %sandbox.smtp_addr(),
        %webhook,
        "the sandbox is ready: no real money moves here"
    );
    for card in TEST_CARDS.iter().filter(|card| card.offered) {
        tracing::info!(card = %card.grouped(), "{}", card.title);
    }
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
    Ok(())
}

/// The options from the environment.
fn options() -> Result<Options, Box<dyn Error>> {
    let defaults = Options::default();
    let webhook = match (
        value("SANDBOX_WEBHOOK_URL"),
        value("SANDBOX_WEBHOOK_SECRET"),
    ) {
        (Some(url), Some(secret)) => Some(Endpoint { url, secret }),
        (Some(_), None) => {
            return Err("SANDBOX_WEBHOOK_URL is set, SANDBOX_WEBHOOK_SECRET is not".into());
        }
        (None, _) => None,
    };
    Ok(Options {
        http_addr: address("SANDBOX_ADDR", "127.0.0.1:3002")?,
        smtp_addr: address("SANDBOX_SMTP_ADDR", "127.0.0.1:3025")?,
        key: value("SANDBOX_KEY").unwrap_or(defaults.key),
        webhook,
        retries: defaults.retries,
        public_url: value("SANDBOX_URL").map(|url| url.trim_end_matches('/').to_owned()),
        business_name: value("SANDBOX_BUSINESS_NAME").unwrap_or(defaults.business_name),
    })
}

fn address(name: &str, default: &str) -> Result<std::net::SocketAddr, Box<dyn Error>> {
    let text = value(name).unwrap_or_else(|| default.to_owned());
    text.parse()
        .map_err(|_| format!("{name} is \"{text}\"; an address such as {default} is needed").into())
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the sandbox's configuration"
)]
fn value(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn filter() -> tracing_subscriber::EnvFilter {
    tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into())
}
