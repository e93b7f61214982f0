//! The process: one binary that serves the shop, works on its jobs, and prepares its database.

mod assets;
mod commands;
mod config;
mod failure;
mod internal;
mod listen;
mod middleware;
mod pages;
mod process;
mod router;
mod serve;
mod state;
mod telemetry;

use clap::{Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};
use uuid::Uuid;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// An online shop in one binary. Settings come from the environment; `mercer check` lists them.
#[derive(Parser)]
#[command(name = "mercer", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the shop.
    Serve {
        /// What this process does: `web`, `worker`, or both.
        #[arg(long, value_delimiter = ',', default_value = "web,worker")]
        roles: Vec<serve::Role>,
    },
    /// Brings the database's schema up to date.
    Migrate,
    /// Fills in the demo shop, or brings it up to date. A shop without orders gets a year of them that was made up.
    Seed {
        /// How many orders; 0 for none.
        #[arg(long, default_value_t = 2_500)]
        orders: usize,
    },
    /// Reads the settings and tries everything that they name.
    Check {
        /// Refuses, too, what a shop with real customers must not have.
        #[arg(long)]
        production: bool,
    },
    /// Asks the process that runs with these settings whether it lives.
    Health,
    /// Prints what the process measures, as `docs/metrics.md` has it.
    Metrics,
    /// The background work.
    Jobs {
        #[command(subcommand)]
        command: commands::jobs::JobsCommand,
    },
    /// Who may come into the admin.
    Admin {
        #[command(subcommand)]
        command: commands::admin::AdminCommand,
    },
    /// Takes in products from a CSV file in Shopify's format.
    Import {
        /// The file.
        file: PathBuf,
        /// The folder that holds the pictures; by default that of the file.
        #[arg(long)]
        pictures: Option<PathBuf>,
        /// Only tells what it would do, and what is wrong.
        #[arg(long)]
        dry_run: bool,
    },
    /// Writes all products into a CSV file in Shopify's format, which `import` reads.
    Export {
        /// The file.
        file: PathBuf,
    },
    /// Tells why there is as much of a SKU as there is.
    Stock {
        /// The SKU.
        sku: String,
        /// Adjusts what is on the shelf by this difference first.
        #[arg(long, requires = "reason", allow_hyphen_values = true)]
        adjust: Option<i32>,
        /// Why it is adjusted.
        #[arg(long)]
        reason: Option<String>,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Fails only where a provider is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = match config::Config::from_environment() {
        Ok(config) => config,
        Err(faults) => {
            for fault in faults {
                eprintln!("{fault}");
            }
            return ExitCode::from(2);
        }
    };
    telemetry::init(&config);
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("the runtime does not start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let ended = runtime.block_on(run(arguments.command, config));
    // What is left now was told to stop and had its time: nobody waits for it.
    runtime.shutdown_background();
    ended.unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::FAILURE
    })
}

async fn run(command: Command, config: config::Config) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve { roles } => serve::serve(config, &roles).await,
        Command::Migrate => commands::migrate(&config).await,
        Command::Seed { orders } => commands::seed(&config, orders).await,
        Command::Check { production } => commands::check::check(&config, production).await,
        Command::Health => commands::health::health(&config),
        Command::Metrics => Ok(commands::metrics()),
        Command::Jobs { command } => commands::jobs::run(&config, command).await,
        Command::Admin { command } => commands::admin::run(&config, command).await,
        Command::Import {
            file,
            pictures,
            dry_run,
        } => commands::import(&config, &file, pictures, dry_run).await,
        Command::Export { file } => commands::export(&config, &file).await,
        Command::Stock {
            sku,
            adjust,
            reason,
        } => commands::stock(&config, &sku, adjust.zip(reason)).await,
    }
}

/// A request's reference when it brings none: for logs and for pages that tell of a fault.
fn new_reference(clock: &shop::Clock) -> Uuid {
    clock.id()
}
