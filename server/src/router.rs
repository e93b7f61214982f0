//! Which address is answered by what.

use crate::{
    middleware::{self, headers},
    pages,
    state::State,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use http::StatusCode;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, CompressionLevel,
        predicate::{NotForContentType, Predicate, SizeAbove},
    },
    services::ServeDir,
    timeout::TimeoutLayer,
};

/// The largest body that a visitor may send, in bytes.
const BODY_LIMIT: usize = 64 * 1024;
/// The largest webhook, in bytes.
const WEBHOOK_LIMIT: usize = 1024 * 1024;

/// What shoppers are answered with.
pub(crate) fn public(state: &State) -> Router {
    let config = &state.config;
    let webhooks = Router::new()
        .route("/webhooks/stripe", post(pages::webhook::receive))
        .layer(DefaultBodyLimit::max(WEBHOOK_LIMIT));
    let compressible = SizeAbove::new(512)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::const_new("font/woff2"))
        .and(NotForContentType::const_new("application/wasm"));
    let layers = ServiceBuilder::new()
        .layer(axum::middleware::from_fn_with_state(
            headers::Policy::new(config),
            headers::add,
        ))
        .layer(axum::middleware::from_fn_with_state(
            state.clone(),
            middleware::request::answer,
        ))
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Precise(4))
                .compress_when(compressible),
        )
        .layer(CatchPanicLayer::custom(middleware::request::panicked))
        .layer(axum::middleware::from_fn_with_state(
            state.clone(),
            middleware::capacity::limit,
        ))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            config.request_timeout,
        ))
        .layer(axum::middleware::from_fn_with_state(
            state.clone(),
            middleware::origin::check,
        ))
        .layer(axum::middleware::from_fn_with_state(
            state.clone(),
            middleware::address::check,
        ));
    Router::new()
        .merge(pages_of(state))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .merge(webhooks)
        .merge(files(state))
        .layer(layers)
        .with_state(state.clone())
}

fn pages_of(state: &State) -> Router<State> {
    let router = Router::new()
        .route("/", get(pages::home::show))
        .route("/categories/{*path}", get(pages::category::show))
        .route("/products/{handle}", get(pages::product::show))
        .route("/search", get(pages::search::show))
        .route("/pages/{handle}", get(pages::content::show))
        .route("/cart", get(pages::cart::show))
        .route("/cart/lines", post(pages::cart::add))
        .route("/cart/lines/{id}", post(pages::cart::change))
        .route("/cart/coupon", post(pages::cart::coupon))
        .route(
            "/checkout",
            get(pages::checkout::show).post(pages::checkout::submit),
        )
        .route(
            "/orders/find",
            get(pages::orders::find).post(pages::orders::look_up),
        )
        .route("/orders/{token}", get(pages::orders::show))
        .route("/orders/{token}/paid", get(pages::orders::paid))
        .route("/api/{*function}", post(pages::api::call))
        .route("/media/{hash}/{file}", get(pages::media::show))
        .route("/robots.txt", get(pages::machines::robots))
        .route("/sitemap.xml", get(pages::machines::sitemap))
        .route("/speculation.json", get(pages::machines::speculation));
    if state.config.development {
        router.route("/styleguide", get(pages::styleguide::show))
    } else {
        router
    }
}

/// What lies in the site root: script, wasm and style under hashed names, fonts, icons. Everything else is not there.
fn files(state: &State) -> Router<State> {
    let folder = ServeDir::new(&state.config.site_root)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(get(pages::lost::not_found).with_state(state.clone()));
    Router::new().fallback_service(folder)
}
