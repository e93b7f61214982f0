//! The API: `/v1/…`, forms in, JSON out.

mod charges;
mod customers;
mod error;
mod events;
mod expand;
mod form;
mod idempotency;
mod intents;
mod list;
mod log;
mod pipeline;
mod refunds;
mod schema;
mod session_params;
mod session_request;
mod sessions;
mod shapes;

use http::Method;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub(crate) use error::ApiError;
pub(crate) use idempotency::Idempotency;
pub(crate) use log::RequestLog;
pub use log::SeenRequest;
pub(crate) use pipeline::{NoAnswer, handle};
use schema::Param;

use crate::world::{Now, World};

/// One address of the API.
pub(crate) struct Endpoint {
    method: Method,
    /// The path after `/v1/`; `{id}` stands for any segment.
    path: &'static str,
    params: &'static [Param],
    /// Whether it answers a page of a list.
    paged: bool,
    run: fn(&mut Call<'_>) -> Result<Value, ApiError>,
}

/// One request to an endpoint, checked.
pub(crate) struct Call<'a> {
    world: &'a mut World,
    now: &'a Now,
    /// The `{id}` of the path.
    id: String,
    params: Value,
}

impl Call<'_> {
    /// The parameters as a type; the schema has checked them.
    fn read<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        serde_json::from_value(self.params.clone()).map_err(|error| {
            tracing::error!(%error, "a schema lets through what its endpoint cannot read");
            ApiError::server()
        })
    }
}

const fn get(
    path: &'static str,
    params: &'static [Param],
    run: fn(&mut Call<'_>) -> Result<Value, ApiError>,
) -> Endpoint {
    Endpoint {
        method: Method::GET,
        path,
        params,
        paged: false,
        run,
    }
}

const fn page(
    path: &'static str,
    params: &'static [Param],
    run: fn(&mut Call<'_>) -> Result<Value, ApiError>,
) -> Endpoint {
    Endpoint {
        method: Method::GET,
        path,
        params,
        paged: true,
        run,
    }
}

const fn post(
    path: &'static str,
    params: &'static [Param],
    run: fn(&mut Call<'_>) -> Result<Value, ApiError>,
) -> Endpoint {
    Endpoint {
        method: Method::POST,
        path,
        params,
        paged: false,
        run,
    }
}

/// The endpoint behind a method and a path, and the id in that path.
fn find(method: &Method, path: &str) -> Option<(&'static Endpoint, String)> {
    [
        sessions::ENDPOINTS,
        intents::ENDPOINTS,
        charges::ENDPOINTS,
        refunds::ENDPOINTS,
        customers::ENDPOINTS,
        events::ENDPOINTS,
    ]
    .into_iter()
    .flatten()
    .find_map(|endpoint| Some((endpoint, endpoint.matches(method, path)?)))
}

impl Endpoint {
    fn matches(&self, method: &Method, path: &str) -> Option<String> {
        let path = path.strip_prefix("/v1/")?;
        if self.method != method || path.split('/').count() != self.path.split('/').count() {
            return None;
        }
        let mut id = String::new();
        for (pattern, part) in self.path.split('/').zip(path.split('/')) {
            if pattern == "{id}" && !part.is_empty() {
                part.clone_into(&mut id);
            } else if pattern != part {
                return None;
            }
        }
        Some(id)
    }
}
