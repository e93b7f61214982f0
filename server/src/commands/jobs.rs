//! `mercer jobs`

use crate::{config::Config, serve::open};
use clap::Subcommand;
use shop::{Actor, jobs::Retry};
use std::process::ExitCode;
use uuid::Uuid;

/// What to do with the background work.
#[derive(Subcommand)]
pub(crate) enum JobsCommand {
    /// How many jobs there are, by state.
    List,
    /// The jobs that failed too often, with the reason.
    Dead,
    /// Lets a dead job be tried again.
    Retry {
        /// Its id.
        id: Uuid,
    },
    /// Gives a dead job up.
    Discard {
        /// Its id.
        id: Uuid,
    },
    /// Does what is due now, and ends.
    Run,
}

const UNKNOWN: &str = "there is no dead job of this id";

pub(crate) async fn run(config: &Config, command: JobsCommand) -> anyhow::Result<ExitCode> {
    let shop = open(config)?;
    let operator = Actor::operator(shop.clock().now());
    match command {
        JobsCommand::List => {
            let queue = shop.queue().await?;
            println!(
                "ready {}  scheduled {}  running {}  dead {}",
                queue.ready, queue.scheduled, queue.running, queue.dead
            );
            println!("the oldest has waited {} s", queue.oldest_seconds);
        }
        JobsCommand::Dead => {
            for job in shop.dead_jobs().await? {
                println!(
                    "{}  {}  {}  {} attempts  {}",
                    job.id, job.died_at, job.kind, job.attempts, job.error
                );
            }
        }
        JobsCommand::Retry { id } => {
            let (words, code) = match shop.retry_job(&operator, id).await? {
                Retry::Again => ("it will be tried again", ExitCode::SUCCESS),
                Retry::Superseded => (
                    "the same has been enqueued anew since: discard this one",
                    ExitCode::FAILURE,
                ),
                Retry::Unknown => (UNKNOWN, ExitCode::FAILURE),
            };
            println!("{words}");
            return Ok(code);
        }
        JobsCommand::Discard { id } => {
            return Ok(found(shop.discard_job(&operator, id).await?, "it is gone"));
        }
        JobsCommand::Run => println!("{} attempts made", shop.run_jobs().await?),
    }
    Ok(ExitCode::SUCCESS)
}

fn found(found: bool, words: &str) -> ExitCode {
    if found {
        println!("{words}");
        ExitCode::SUCCESS
    } else {
        println!("{UNKNOWN}");
        ExitCode::FAILURE
    }
}
