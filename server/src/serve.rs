//! Listening, working, and stopping without cutting anybody off.

use crate::{config::Config, internal, listen::listen, router, state::State, telemetry};
use anyhow::Context;
use clap::ValueEnum;
use shop::{Clock, Shop, ops};
use std::{io, process::ExitCode, time::Duration};
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
    task::JoinHandle,
    time::sleep,
};

/// What a process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    /// Answers shoppers.
    Web,
    /// Works on jobs.
    Worker,
}

/// How long requests and jobs at work have after the process was told to stop: a little more than the longest of either may take,
/// with the usual settings. Who waits for nothing ends at once.
const GRACE: Duration = Duration::from_secs(125);
/// How much longer than an upload may take, where that was set higher.
const SLACK: Duration = Duration::from_secs(5);

/// The shop, as the configuration says.
pub(crate) fn open(config: &Config) -> anyhow::Result<Shop> {
    let db = ops::connect(&config.shop.database)?;
    Ok(Shop::new(db, Clock::system(), config.shop.clone())?)
}

pub(crate) async fn serve(config: Config, roles: &[Role]) -> anyhow::Result<ExitCode> {
    let mut signals = Signals::new().context("signals cannot be heard")?;
    // Ends with the process.
    tokio::spawn(telemetry::metrics::keep_up());
    let shop = open(&config)?;
    if config.shop.redis_url.is_none() {
        tracing::info!(
            "REDIS_URL is not set: limits are counted in this process alone, so let one replica run"
        );
    }
    let state = State::new(shop, config)?;
    let (end, stopping) = watch::channel(false);
    let tasks = begin(&state, roles, &stopping).await?;
    signals.next().await;
    tracing::info!("stopping: finishing what is at work");
    state.drain();
    let drain = state.config.drain;
    let grace = GRACE.max(state.config.upload_timeout + SLACK);
    let finish = async {
        sleep(drain).await;
        // Fails only where nobody waits for it any more.
        let _ = end.send(true);
        for task in tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a task ended badly");
            }
        }
    };
    tokio::select! {
        () = finish => tracing::info!("stopped"),
        () = sleep(drain + grace) => tracing::warn!("stopped with work left: its leases run out, and others take it"),
        () = signals.next() => tracing::warn!("told to stop twice: stopped at once"),
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens the doors and sets the worker to work, as far as the roles say.
async fn begin(
    state: &State,
    roles: &[Role],
    stopping: &watch::Receiver<bool>,
) -> anyhow::Result<Vec<JoinHandle<()>>> {
    let config = &state.config;
    let door = |address, router| listen(address, router, config.head_timeout, stopping.clone());
    let mut tasks = Vec::new();
    if roles.contains(&Role::Web) {
        tasks.push(door(config.listen, router::public(state)).await?);
        tracing::info!(address = %config.listen, url = config.shop.public_url, "the shop is open");
    }
    // After the other: whoever asks here whether the process has come up goes there next.
    tasks.push(door(config.internal, internal::router(state)).await?);
    if roles.contains(&Role::Web) {
        greet(&state.shop).await;
    }
    if roles.contains(&Role::Worker) {
        let shop = state.shop.clone();
        let stopping = stopping.clone();
        tasks.push(tokio::spawn(async move {
            if let Err(error) = shop.schedule().await {
                tracing::warn!(%error, "regular jobs could not be scheduled");
            }
            shop.work(stopping).await;
        }));
    }
    Ok(tasks)
}

/// Where nobody runs the shop yet, tells whoever reads the log how to become its owner.
async fn greet(shop: &Shop) {
    match shop.welcome_link().await {
        Ok(Some(link)) => {
            tracing::info!(
                link,
                "nobody runs this shop yet: whoever opens this link becomes its owner"
            );
        }
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "whether somebody runs the shop could not be read"),
    }
}

/// Ctrl-C, and the signal of whoever runs the process. Heard from the start on, so that none is lost.
struct Signals {
    interrupted: Signal,
    terminated: Signal,
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self {
            interrupted: signal(SignalKind::interrupt())?,
            terminated: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupted.recv() => {}
            _ = self.terminated.recv() => {}
        }
    }
}
