//! The staff, and what each role allows.

use crate::{
    admin::{
        AdminFrame, page,
        ui::{Dot, Mood, badge, card, page_head, refusal},
    },
    ui::{Icon, Input, Kind, choice, icon, input},
};
use domain::{
    StaffId,
    staff::{InviteForm, Permission, RoleView, StaffError, StaffRow},
};
use leptos::prelude::*;

/// What the page of the staff shows besides the list.
#[derive(Debug, Clone, Default)]
pub struct StaffShown {
    /// What was typed to invite somebody.
    pub form: InviteForm,
    /// Why something was not done.
    pub error: Option<StaffError>,
    /// Whom it was about; the invitation, where nobody.
    pub at: Option<StaffId>,
}

/// The page of the staff.
pub fn staff(
    frame: &AdminFrame,
    people: &[StaffRow],
    roles: &[RoleView],
    shown: &StaffShown,
) -> String {
    page(frame, "Staff", || {
        let rows = people
            .iter()
            .map(|person| row(person, roles, shown))
            .collect_view();
        view! {
            {page_head(None, "Staff", None, None)}
            <div class="columns">
                <div>
                    <section class="card" aria-label="Everybody">
                        <ul class="people">{rows}</ul>
                    </section>
                    {matrix(roles)}
                </div>
                {invite(roles, shown)}
            </div>
        }
    })
}

fn row(person: &StaffRow, roles: &[RoleView], shown: &StaffShown) -> AnyView {
    let state = if person.is_disabled {
        badge(Mood::Critical, Dot::Open, "Shut out")
    } else if !person.has_joined {
        badge(Mood::Caution, Dot::Open, "Invited")
    } else if person.has_totp {
        badge(Mood::Positive, Dot::Whole, "With codes")
    } else {
        badge(Mood::Plain, Dot::Half, "Password only")
    };
    let wrong = shown
        .error
        .filter(|_| shown.at == Some(person.id))
        .map(StaffError::words);
    let seen = if person.last_seen.is_empty() {
        "Not here yet".to_owned()
    } else {
        format!("Last here {}", person.last_seen)
    };
    let (shut, shut_words) = if person.is_disabled {
        ("enable", "Let in again")
    } else {
        ("disable", "Shut out")
    };
    let link = if person.has_joined {
        "Send a link for a password"
    } else {
        "Send the invitation again"
    };
    // What was typed and refused stays in its place.
    let (typed_name, typed_role) = match wrong {
        Some(_) if !shown.form.role.is_empty() => (&shown.form.name, &shown.form.role),
        _ => (&person.name, &person.role),
    };
    let role = role_field(&format!("role-{}", person.id), typed_role, roles);
    let name = format!("name-{}", person.id);
    view! {
        <li>
            <details open=wrong.is_some()>
                <summary>
                    <span>
                        <b class="strong">{person.name.clone()}</b>
                        <br />
                        <span class="soft tiny">{person.email.clone()} ". " {seen}</span>
                    </span>
                    <span class="soft">{person.role_name.clone()}</span>
                    {state}
                    {icon(Icon::Down)}
                </summary>
                <form class="stack people__form" method="post" action=format!("/admin/staff/{}", person.id)>
                    {refusal(wrong)}
                    <div class="form-grid">
                        <div class="field span-3">
                            <label class="field__label" for=name.clone()>
                                "Name"
                            </label>
                            <input class="input" id=name.clone() name="name" maxlength="100" required value=typed_name.clone() />
                        </div>
                        <div class="span-3">{role}</div>
                    </div>
                    <div class="row">
                        <button class="btn" type="submit" name="action" value="save">
                            "Save"
                        </button>
                        <button class="btn btn--quiet" type="submit" name="action" value="link">
                            {link}
                        </button>
                        <button class="btn btn--quiet" type="submit" name="action" value=shut>
                            {shut_words}
                        </button>
                    </div>
                </form>
            </details>
        </li>
    }
    .into_any()
}

fn role_field(id: &str, chosen: &str, roles: &[RoleView]) -> AnyView {
    let options = roles
        .iter()
        .map(|role| choice(&role.handle, &role.name, role.handle == chosen))
        .collect_view();
    view! {
        <div class="field">
            <label class="field__label" for=id.to_owned()>
                "Role"
            </label>
            <select class="select" id=id.to_owned() name="role" required>
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn invite(roles: &[RoleView], shown: &StaffShown) -> AnyView {
    let wrong = shown.error.filter(|_| shown.at.is_none());
    let of = |errors: &[StaffError]| {
        wrong
            .filter(|error| errors.contains(error))
            .map(StaffError::words)
    };
    // A form that was sent about somebody of the list is not this one.
    let nothing = InviteForm::default();
    let form = if shown.at.is_none() {
        &shown.form
    } else {
        &nothing
    };
    let email = input(&Input {
        error: of(&[StaffError::Email, StaffError::EmailTaken]),
        ..Input::new("email", "E-mail", Kind::Email, &form.email)
    });
    let name = input(&Input {
        error: of(&[StaffError::Name]),
        ..Input::new("name", "Name", Kind::Text, &form.name)
    });
    let chosen = if form.role.is_empty() {
        "fulfilment"
    } else {
        &form.role
    };
    let rest = of(&[
        StaffError::Role,
        StaffError::LastOwner,
        StaffError::Oneself,
        StaffError::Unknown,
    ]);
    let form = view! {
        <form class="stack" method="post" action="/admin/staff">
            {refusal(rest)}
            {email}
            {name}
            {role_field("role", chosen, roles)}
            <button class="btn" type="submit">
                "Send an invitation"
            </button>
        </form>
    };
    card("Invite somebody", None, form.into_any())
}

/// What each role allows.
fn matrix(roles: &[RoleView]) -> AnyView {
    let heads = roles
        .iter()
        .map(|role| view! { <th scope="col">{role.name.clone()}</th> })
        .collect_view();
    let rows = Permission::ALL
        .iter()
        .map(|permission| {
            let cells = roles
                .iter()
                .map(|role| {
                    let mark = if role.permissions.has(*permission) {
                        view! {
                            {icon(Icon::Check)}
                            <span class="sr">"yes"</span>
                        }
                        .into_any()
                    } else {
                        view! { <span class="sr">"no"</span> }.into_any()
                    };
                    view! { <td class="center">{mark}</td> }
                })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{permission.label()}</th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-label="Roles">
            <div class="card__head">
                <h2>"What each role allows"</h2>
            </div>
            <div class="table-wrap" tabindex="0" role="group" aria-label="Roles">
                <table class="table table--roles">
                    <thead>
                        <tr>
                            <th scope="col">
                                <span class="sr">"Permission"</span>
                            </th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
