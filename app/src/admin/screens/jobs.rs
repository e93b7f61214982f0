//! The background work.

use crate::admin::{
    AdminFrame, page,
    ui::{card, facts, nothing, page_head},
};
use domain::jobs::{DeadRow, JobsPage};
use leptos::prelude::*;

/// The page of the background work.
pub fn jobs(frame: &AdminFrame, jobs: &JobsPage) -> String {
    page(frame, "Background work", || {
        let dead = if jobs.dead.is_empty() {
            nothing(
                "Nothing lies here",
                "A job that fails too often is set aside here, with the reason.",
                None,
            )
        } else {
            let rows = jobs.dead.iter().map(row).collect_view();
            view! { <ul class="log">{rows}</ul> }.into_any()
        };
        view! {
            {page_head(None, "Background work", None, None)}
            <div class="columns">
                <section class="card" aria-label="Set aside">
                    <div class="card__head">
                        <h2>"Set aside"</h2>
                    </div>
                    {dead}
                </section>
                {queue(jobs)}
            </div>
        }
        .into_any()
    })
}

fn queue(jobs: &JobsPage) -> AnyView {
    let number = |number: i64| view! { <span class="num">{number}</span> }.into_any();
    let waited = if jobs.ready == 0 {
        "nothing waits".to_owned()
    } else {
        format!("{} s", jobs.oldest_seconds)
    };
    let kinds = jobs
        .kinds
        .iter()
        .map(|(kind, count)| view! { <li class="split"><span>{words(kind)}</span> <span class="num">{*count}</span></li> })
        .collect_view();
    let body = view! {
        {facts(vec![
            ("To be done", number(jobs.ready)),
            ("At work", number(jobs.running)),
            ("Later", number(jobs.scheduled)),
            ("Waits longest", waited.into_any()),
        ])}
        <ul class="stack small">{kinds}</ul>
    };
    card("The queue", None, body.into_any())
}

/// `confirm_order` as people say it.
fn words(kind: &str) -> String {
    let mut words = kind.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

fn row(job: &DeadRow) -> AnyView {
    view! {
        <li>
            <p class="strong">{words(&job.kind)}</p>
            <p>{job.reason.clone()}</p>
            <p class="soft tiny">
                {job.about.clone()} ". Tried " {job.attempts} " times, set aside " {job.since.clone()} "."
            </p>
            <form class="row" method="post" action=format!("/admin/jobs/{}", job.id)>
                <button class="btn btn--quiet" type="submit" name="action" value="retry">
                    "Try again"
                </button>
                <button class="btn btn--plain" type="submit" name="action" value="discard">
                    "Discard"
                </button>
            </form>
        </li>
    }
    .into_any()
}
