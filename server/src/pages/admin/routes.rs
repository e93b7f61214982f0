//! The addresses of the admin, each with who may come there. What is not in this list is no address of the admin, and the gate
//! lets nobody pass who may not: the use cases behind it ask once more.

use crate::state::State;
use axum::{Router, extract::DefaultBodyLimit, handler::Handler, routing};
use domain::staff::Permission;
use http::Method;
use std::{collections::HashMap, sync::Arc};

/// The largest form of the admin, in bytes: long texts and large grids.
const BODY_LIMIT: usize = 1024 * 1024;
/// The largest form of somebody who is not in yet.
const DOOR_LIMIT: usize = 64 * 1024;

/// Who may come to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Whoever finds it: the door.
    Nothing,
    /// Who gave a password, and may still have to show a code.
    HalfIn,
    /// Who is in.
    Staff,
    /// Who is in and may do this.
    May(Permission),
}

impl Needs {
    /// The word for lists.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::HalfIn => "half-in",
            Self::Staff => "staff",
            Self::May(permission) => permission.as_str(),
        }
    }
}

/// Which address asks for what.
pub(super) type List = Arc<HashMap<(Method, &'static str), Needs>>;

/// The list of addresses while it is made.
#[derive(Default)]
pub(crate) struct Routes {
    router: Router<State>,
    known: Vec<(Method, &'static str, Needs)>,
}

impl Routes {
    /// A page that is looked at.
    pub(super) fn get<H, T>(self, path: &'static str, needs: Needs, handler: H) -> Self
    where
        H: Handler<T, State>,
        T: 'static,
    {
        self.add(Method::GET, path, needs, routing::get(handler))
    }

    /// A form that is sent.
    pub(super) fn post<H, T>(self, path: &'static str, needs: Needs, handler: H) -> Self
    where
        H: Handler<T, State>,
        T: 'static,
    {
        let limit = match needs {
            Needs::Nothing | Needs::HalfIn => DOOR_LIMIT,
            Needs::Staff | Needs::May(_) => BODY_LIMIT,
        };
        self.post_up_to(limit, path, needs, handler)
    }

    /// A form with more in it than usual: so many bytes.
    pub(super) fn post_up_to<H, T>(
        self,
        limit: usize,
        path: &'static str,
        needs: Needs,
        handler: H,
    ) -> Self
    where
        H: Handler<T, State>,
        T: 'static,
    {
        let route = routing::post(handler).layer(DefaultBodyLimit::max(limit));
        self.add(Method::POST, path, needs, route)
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        needs: Needs,
        route: routing::MethodRouter<State>,
    ) -> Self {
        self.router = self.router.route(path, route);
        self.known.push((method, path, needs));
        self
    }

    /// These and those.
    pub(super) fn and(mut self, others: Self) -> Self {
        self.router = self.router.merge(others.router);
        self.known.extend(others.known);
        self
    }

    /// Each address with its method and who may come.
    pub(crate) fn known(&self) -> &[(Method, &'static str, Needs)] {
        &self.known
    }

    /// The list for the gate, and the router behind it.
    pub(super) fn into_parts(self) -> (List, Router<State>) {
        let list = self
            .known
            .into_iter()
            .map(|(method, path, needs)| ((method, path), needs))
            .collect();
        (Arc::new(list), self.router)
    }
}
