//! Which address is answered by what.

use crate::{
    middleware::{address, capacity, headers, origin, patience, request},
    pages,
    state::State,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::from_fn_with_state,
    routing::{get, post},
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, CompressionLevel,
        predicate::{NotForContentType, Predicate, SizeAbove},
    },
    services::ServeDir,
};

/// The largest body that a visitor may send, in bytes.
const BODY_LIMIT: usize = 64 * 1024;
/// The largest webhook, in bytes: it is read before anybody knows who sent it. Stripe's are some kilobytes.
const WEBHOOK_LIMIT: usize = 256 * 1024;

/// What shoppers are answered with.
pub(crate) fn public(state: &State) -> Router {
    let webhooks = Router::new()
        .route("/webhooks/stripe", post(pages::webhook::receive))
        .layer(DefaultBodyLimit::max(WEBHOOK_LIMIT));
    let routes = Router::new()
        .merge(pages_of(state))
        .merge(pages::account::router(state))
        .merge(with_slash())
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .merge(pages::admin::router(state))
        .merge(webhooks)
        .merge(files(state));
    guarded(state, routes)
}

/// Lays around every route what happens to every request; the first of these layers is the outermost.
fn guarded(state: &State, routes: Router<State>) -> Router {
    let config = &state.config;
    let compressible = SizeAbove::new(512)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::const_new("font/woff2"))
        .and(NotForContentType::const_new("application/wasm"));
    let layers = ServiceBuilder::new()
        .layer(from_fn_with_state(
            headers::Policy::new(config),
            headers::add,
        ))
        .layer(from_fn_with_state(state.clone(), request::answer))
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Precise(4))
                .compress_when(compressible),
        )
        .layer(CatchPanicLayer::custom(request::panicked))
        .layer(from_fn_with_state(state.clone(), capacity::limit))
        .layer(from_fn_with_state(state.clone(), patience::limit))
        .layer(from_fn_with_state(state.clone(), origin::check))
        .layer(from_fn_with_state(state.clone(), address::check));
    routes.layer(layers).with_state(state.clone())
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

/// Addresses of pages as some people write them. Those of categories see to it themselves.
fn with_slash() -> Router<State> {
    [
        "/products/{handle}/",
        "/search/",
        "/pages/{handle}/",
        "/cart/",
        "/checkout/",
        "/orders/find/",
        "/orders/{token}/",
        "/account/",
    ]
    .into_iter()
    .fold(Router::new(), |router, path| {
        router.route(path, get(pages::lost::too_long))
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::Config, serve};
    use axum::body::{Body, to_bytes};
    use http::StatusCode;
    use http::{Request, header::CONTENT_SECURITY_POLICY};
    use tempfile::TempDir;
    use tower::ServiceExt;

    /// A shop with nothing behind it.
    fn state(folder: &TempDir) -> State {
        let path = |name: &str| folder.path().join(name).display().to_string();
        std::fs::create_dir_all(path("site/pkg")).unwrap();
        std::fs::write(path("hash.txt"), "css: a\njs: a\nwasm: a\n").unwrap();
        for kind in ["css", "js", "wasm"] {
            std::fs::write(path(&format!("site/pkg/mercer.a.{kind}")), "").unwrap();
        }
        for name in ["admin.css", "admin.js"] {
            std::fs::write(path(&format!("site/{name}")), "").unwrap();
        }
        let config = Config::read([
            ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none"),
            ("ACQUIRE_TIMEOUT_MS", "1"),
            ("STRIPE_SECRET_KEY", "sk_test_1"),
            ("STRIPE_WEBHOOK_SECRET", "whsec_1"),
            ("SMTP_URL", "smtp://127.0.0.1:1"),
            ("SITE_ROOT", &path("site")),
            ("LEPTOS_HASH_FILE_NAME", &path("hash.txt")),
            ("MEDIA_URL", &path("media")),
        ])
        .unwrap();
        State::new(serve::open(&config).unwrap(), config).unwrap()
    }

    async fn broken() -> StatusCode {
        panic!("words for the log")
    }

    #[tokio::test]
    async fn a_panic_is_a_fault_of_one_request() {
        let folder = TempDir::new().unwrap();
        let both = Router::new()
            .route("/broken", get(broken))
            .route("/fine", get(|| async { "fine" }));
        let router = guarded(&state(&folder), both);
        let ask = |path: &str| {
            let request = Request::get(path).header("x-request-id", "reference-1234");
            router.clone().oneshot(request.body(Body::empty()).unwrap())
        };
        let answer = ask("/broken").await.unwrap();
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(answer.headers().contains_key(CONTENT_SECURITY_POLICY));
        let page = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let page = String::from_utf8_lossy(&page);
        assert!(page.contains("reference-1234") && !page.contains("words for the log"));
        assert_eq!(ask("/fine").await.unwrap().status(), StatusCode::OK);
    }
}
