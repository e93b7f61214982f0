//! Steps of a way: what is done, what is happening, what comes.

use leptos::prelude::*;

/// A step of the way.
#[derive(Debug)]
pub(crate) struct Step {
    /// What happens.
    name: String,
    /// More on it; may be empty.
    note: String,
    /// When; may be empty.
    when: String,
}

impl Step {
    pub(crate) fn new(name: impl Into<String>, note: &str, when: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            note: note.to_owned(),
            when: when.into(),
        }
    }
}

/// The way, of which `done` steps are over.
pub(crate) fn timeline(steps: Vec<Step>, done: usize) -> impl IntoView {
    let items: Vec<_> = steps
        .into_iter()
        .enumerate()
        .map(|(at, step)| item(step, at, done))
        .collect();
    view! { <ol class="timeline">{items}</ol> }
}

fn item(step: Step, at: usize, done: usize) -> impl IntoView {
    let note = (!step.note.is_empty()).then(|| view! { <p class="soft">{step.note}</p> });
    let when = (!step.when.is_empty()).then(|| view! { <p class="timeline__when">{step.when}</p> });
    let over = (at < done).then(|| view! { <span class="sr">", done"</span> });
    view! {
        <li class=(at < done).then_some("is-done") aria-current=(at == done).then_some("step")>
            <div>
                <p class=(at <= done).then_some("strong")>{step.name} {over}</p>
                {note}
                {when}
            </div>
        </li>
    }
}
