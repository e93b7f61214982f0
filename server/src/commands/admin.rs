//! `mercer admin`: who may come in, from the command line. Whoever has that has the whole shop.

use crate::{config::Config, pages::admin, serve::open};
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Subcommand)]
pub(crate) enum AdminCommand {
    /// Makes an owner, and prints the link by which they choose a password.
    Create {
        /// Their e-mail address.
        email: String,
        /// What they are called.
        name: String,
    },
    /// Prints the address of the page that makes the first owner of a shop that nobody runs yet.
    Welcome,
    /// Lists the addresses of the admin, each with who may come there.
    Routes,
}

pub(crate) async fn run(config: &Config, command: AdminCommand) -> anyhow::Result<ExitCode> {
    match command {
        AdminCommand::Create { email, name } => {
            let link = open(config)?.create_owner(&email, &name).await?;
            println!("{link}");
        }
        AdminCommand::Welcome => {
            let Some(link) = open(config)?.welcome_link().await? else {
                println!(
                    "somebody runs this shop already: `mercer admin create` makes another owner"
                );
                return Ok(ExitCode::FAILURE);
            };
            println!("{link}");
        }
        AdminCommand::Routes => {
            for (method, path, needs) in admin::routes().known() {
                println!("{method} {path} {}", needs.as_str());
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
