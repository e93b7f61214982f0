//! The request that something is done for. Its id goes along with the jobs that it causes, and into what they log.

use std::future::Future;

tokio::task_local! {
    static REQUEST: Option<String>;
}

/// Does something for the request of this id.
pub async fn for_request<T>(id: Option<String>, work: impl Future<Output = T>) -> T {
    REQUEST.scope(id, work).await
}

/// The id of the request that this is done for, where it is done for one.
pub(crate) fn current() -> Option<String> {
    REQUEST.try_with(Clone::clone).ok().flatten()
}
