//! The HTTP server: one listener for the API, the pages and the control API.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::response::Response;
use axum::routing::any;
use http::{HeaderMap, Method, Uri};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tower::ServiceExt;

use crate::api::{self, NoAnswer};
use crate::control;
use crate::pages;
use crate::sim::Sim;

/// Takes connections for ever. Whoever drops this future ends them all at once.
pub(crate) async fn serve(listener: TcpListener, sim: Arc<Sim>) {
    let router = router(sim);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, peer)) = accepted {
                    connections.spawn(converse(stream, peer, router.clone()));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

fn router(sim: Arc<Sim>) -> Router {
    Router::new()
        .route("/v1/{*rest}", any(stripe))
        .nest("/_control", control::routes())
        .merge(pages::routes())
        .layer(DefaultBodyLimit::max(1024 * 1024))
        .with_state(sim)
}

async fn stripe(
    State(sim): State<Arc<Sim>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    api::handle(sim, method, uri, headers, body).await
}

/// A closed connection in place of an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection is dropped (fault)")]
struct Dropped;

/// Serves one connection by hand, because a fault may close it without an answer.
async fn converse(stream: TcpStream, peer: SocketAddr, router: Router) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = router.clone();
        async move {
            let request: Request = request.map(Body::new);
            let response = match router.oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never as Infallible {},
            };
            match response.extensions().get() {
                Some(NoAnswer::Close) => Err(Dropped),
                Some(NoAnswer::Hang) => std::future::pending().await,
                None => Ok(response),
            }
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = connection.await {
        tracing::debug!(%error, "a connection ended early");
    }
}
