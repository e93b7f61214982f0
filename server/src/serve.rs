//! Listening, working, and stopping without cutting anybody off.

use crate::{config::Config, internal, router, state::State, telemetry};
use anyhow::Context;
use axum::{Router, serve::ListenerExt};
use clap::ValueEnum;
use shop::{Clock, Shop, ops};
use std::{net::SocketAddr, process::ExitCode, time::Duration};
use tokio::{net::TcpListener, signal, sync::watch, task::JoinHandle};

/// What a process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    /// Answers shoppers.
    Web,
    /// Works on jobs.
    Worker,
}

/// How long requests and jobs at work have after the process was told to stop.
const GRACE: Duration = Duration::from_secs(25);

/// The shop, as the configuration says.
pub(crate) fn open(config: &Config) -> anyhow::Result<Shop> {
    let db = ops::connect(&config.shop.database)?;
    Ok(Shop::new(db, Clock::system(), config.shop.clone())?)
}

pub(crate) async fn serve(config: Config, roles: &[Role]) -> anyhow::Result<ExitCode> {
    telemetry::metrics();
    let shop = open(&config)?;
    if config.shop.redis_url.is_none() {
        tracing::info!(
            "REDIS_URL is not set: limits are counted in this process alone, so let one replica run"
        );
    }
    let state = State::new(shop, config)?;
    let (end, stopping) = watch::channel(false);
    let internal = listen(
        state.config.internal,
        internal::router(&state),
        stopping.clone(),
    )
    .await?;
    let mut tasks = vec![internal];
    if roles.contains(&Role::Web) {
        tasks.push(
            listen(
                state.config.listen,
                router::public(&state),
                stopping.clone(),
            )
            .await?,
        );
        tracing::info!(address = %state.config.listen, url = state.config.shop.public_url, "the shop is open");
    }
    let worker = roles.contains(&Role::Worker).then(|| {
        let shop = state.shop.clone();
        let stopping = stopping.clone();
        tokio::spawn(async move {
            if let Err(error) = shop.schedule().await {
                tracing::warn!(%error, "regular jobs could not be scheduled");
            }
            shop.work(stopping).await;
        })
    });
    told_to_stop().await;
    tracing::info!("stopping: finishing what is at work");
    state.drain();
    tokio::time::sleep(state.config.drain).await;
    // Fails only where nobody waits for it any more.
    let _ = end.send(true);
    let all = async {
        for task in tasks.into_iter().chain(worker) {
            if let Err(error) = task.await {
                tracing::error!(%error, "a task ended badly");
            }
        }
    };
    tokio::select! {
        () = all => tracing::info!("stopped"),
        () = tokio::time::sleep(GRACE) => tracing::warn!("stopped with work left: its leases run out, and others take it"),
        () = told_to_stop() => tracing::warn!("told to stop twice: stopped at once"),
    }
    Ok(ExitCode::SUCCESS)
}

async fn listen(
    address: SocketAddr,
    router: Router,
    mut stopping: watch::Receiver<bool>,
) -> anyhow::Result<JoinHandle<()>> {
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    let listener = listener.tap_io(|stream| {
        // Refused for a connection that is gone already.
        let _ = stream.set_nodelay(true);
    });
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    Ok(tokio::spawn(async move {
        let stopped = async move {
            // Fails only where the sender is gone: then the process ends anyhow.
            let _ = stopping.wait_for(|stop| *stop).await;
        };
        if let Err(error) = axum::serve(listener, service)
            .with_graceful_shutdown(stopped)
            .await
        {
            tracing::error!(%error, "the listener ended");
        }
    }))
}

/// Ctrl-C, or the signal of whoever runs the process.
async fn told_to_stop() {
    let interrupted = async {
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
