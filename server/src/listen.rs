//! The door: takes connections in, answers what comes through them, and closes without cutting anybody off.

use anyhow::Context;
use axum::{Router, extract::ConnectInfo, serve::Listener};
use http::Request;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{net::SocketAddr, pin::pin, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};
use tower::ServiceExt;

/// Opens the door at `address`. A connection on which no whole head of a request arrives for as long as `patience` is
/// closed. The task ends when `stopping` says so and everything that was begun is answered.
pub(crate) async fn listen(
    address: SocketAddr,
    router: Router,
    patience: Duration,
    stopping: watch::Receiver<bool>,
) -> anyhow::Result<JoinHandle<()>> {
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience);
    Ok(tokio::spawn(take_in(listener, router, http, stopping)))
}

async fn take_in(
    mut listener: TcpListener,
    router: Router,
    http: http1::Builder,
    stopping: watch::Receiver<bool>,
) {
    let mut told = pin!(told_to_stop(stopping.clone()));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            (stream, address) = Listener::accept(&mut listener) => {
                let connection = Connection { stream, address, stopping: stopping.clone() };
                connections.spawn(connection.answer(router.clone(), http.clone()));
            }
            Some(_) = connections.join_next() => {}
            () = told.as_mut() => break,
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn told_to_stop(mut stopping: watch::Receiver<bool>) {
    // Fails only where the sender is gone: then the process ends anyhow.
    let _ = stopping.wait_for(|stop| *stop).await;
}

/// Somebody who came in.
struct Connection {
    stream: TcpStream,
    address: SocketAddr,
    stopping: watch::Receiver<bool>,
}

impl Connection {
    /// Answers one request after the other. Told to stop, it finishes the one that was begun.
    async fn answer(self, router: Router, http: http1::Builder) {
        let Self {
            stream,
            address,
            stopping,
        } = self;
        // Refused for a connection that is gone already.
        let _ = stream.set_nodelay(true);
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(address));
            router.clone().oneshot(request)
        });
        let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
        let mut ended = tokio::select! {
            ended = connection.as_mut() => Some(ended),
            () = told_to_stop(stopping) => None,
        };
        if ended.is_none() {
            connection.as_mut().graceful_shutdown();
            ended = Some(connection.await);
        }
        if let Some(Err(error)) = ended {
            tracing::debug!(%error, "a connection ended badly");
        }
    }
}
