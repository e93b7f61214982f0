//! Before every page of the admin: who is it, how far have they come, and may they go on?

use super::{
    cookie,
    routes::{List, Needs},
};
use crate::{
    pages::{respond, visitor::Who},
    state::State,
};
use axum::{
    extract::{FromRequestParts, MatchedPath, Request, State as Shared},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{Method, StatusCode, Uri, header::USER_AGENT, request::Parts};
use shop::{Actor, StaffSession, Standing, Token};
use url::form_urlencoded;

/// A member of the staff who was let in.
#[derive(Debug, Clone)]
pub(crate) struct Staff {
    pub(crate) actor: Actor,
    pub(super) session: StaffSession,
    pub(super) token: Token,
    /// What was done a moment ago, to be told.
    pub(super) done: Option<String>,
}

/// Who stands at the door.
#[derive(Debug, Clone)]
pub(super) struct Outside {
    pub(super) client: String,
    pub(super) secure: bool,
    /// What the browser calls itself.
    pub(super) agent: String,
    /// Who it is, where the password was given, and by which token.
    pub(super) session: Option<(StaffSession, Token)>,
}

pub(super) async fn check(
    Shared((state, list)): Shared<(State, List)>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(Who(visitor)) = Who::from_request_parts(&mut parts, &state).await;
    let mut request = Request::from_parts(parts, body);
    let needs = needs(&list, &request);
    let token = cookie::token(request.headers(), visitor.secure);
    let session = state
        .shop
        .staff_session(token.as_ref(), &visitor.client)
        .await;
    let session = match session {
        Ok(session) => session,
        Err(error) => return crate::failure::Failure::from(error).into_response(),
    };
    let asked = (request.method().clone(), request.uri().clone());
    if let Some(elsewhere) = elsewhere(&state, needs, session.as_ref(), &asked).await {
        return elsewhere;
    }
    let done = cookie::done(request.headers());
    let agent = request
        .headers()
        .get(USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    request.extensions_mut().insert(Outside {
        client: visitor.client,
        secure: visitor.secure,
        agent,
        session: session.clone().zip(token.clone()),
    });
    if let Some((session, token)) = session.zip(token) {
        request.extensions_mut().insert(Staff {
            actor: session.actor.clone(),
            session,
            token,
            done: done.clone(),
        });
    }
    let response = next.run(request).await;
    if done.is_some() && response.status() == StatusCode::OK {
        return respond::with_cookies(response, [cookie::told()]);
    }
    response
}

fn needs(list: &List, request: &Request) -> Needs {
    let path = request.extensions().get::<MatchedPath>();
    let method = match *request.method() {
        Method::HEAD => Method::GET,
        ref method => method.clone(),
    };
    path.and_then(|path| {
        list.iter()
            .find(|((known, at), _)| *known == method && *at == path.as_str())
            .map(|(_, needs)| *needs)
    })
    // Only a method that no handler takes is not in the list.
    .unwrap_or(Needs::Staff)
}

/// Where somebody has to go first, or that they may not go on.
async fn elsewhere(
    state: &State,
    needs: Needs,
    session: Option<&StaffSession>,
    asked: &(Method, Uri),
) -> Option<Response> {
    let standing = session.map(|session| session.standing);
    match (needs, standing) {
        (Needs::Nothing, _) | (Needs::HalfIn, Some(_)) | (Needs::Staff, Some(Standing::In)) => None,
        (Needs::May(permission), Some(Standing::In)) => {
            let may = session.is_some_and(|session| session.actor.may(permission));
            if may {
                return None;
            }
            Some(super::denied(state).await)
        }
        (_, None) => Some(to("/admin/sign-in", asked)),
        (_, Some(Standing::NeedsCode)) => Some(to("/admin/sign-in/code", asked)),
        (_, Some(Standing::NeedsFactor)) => Some(to("/admin/me/second-factor", asked)),
    }
}

/// To a page that leads back here: to what was looked at, not to what was sent.
fn to(page: &str, (method, uri): &(Method, Uri)) -> Response {
    if method != Method::GET {
        return respond::see_other(page);
    }
    let here = uri.path_and_query().map_or("/admin", |here| here.as_str());
    if here == "/admin" {
        return respond::see_other(page);
    }
    let back = form_urlencoded::byte_serialize(here.as_bytes()).collect::<String>();
    respond::see_other(&format!("{page}?to={back}"))
}

/// An address of the admin, from what a form said: nothing leads out of it.
pub(super) fn inside(to: &str) -> &str {
    let fits = to == "/admin" || to.starts_with("/admin/") || to.starts_with("/admin?");
    if fits && !to.contains(['\\', '\n', '\r']) && !to.starts_with("/admin/sign-") {
        to
    } else {
        "/admin"
    }
}

impl FromRequestParts<State> for Staff {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &State) -> Result<Self, Self::Rejection> {
        parts.extensions.get().cloned().ok_or(StatusCode::FORBIDDEN)
    }
}

impl FromRequestParts<State> for Outside {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &State) -> Result<Self, Self::Rejection> {
        parts.extensions.get().cloned().ok_or(StatusCode::FORBIDDEN)
    }
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn nothing_leads_out() {
        for (to, leads) in [
            ("/admin/orders?q=a", "/admin/orders?q=a"),
            ("/admin", "/admin"),
            ("", "/admin"),
            ("//evil.example", "/admin"),
            ("/admin/\\evil", "/admin"),
            ("/administer", "/admin"),
            ("https://evil.example/admin/", "/admin"),
            ("/admin/sign-out", "/admin"),
        ] {
            assert_eq!(inside(to), leads, "{to}");
        }
    }
}
