//! `mercer check`: one line for each setting that matters and each thing that it names.

mod production;

use crate::{config::Config, serve::open};
use shop::{Shop, ops};
use std::process::ExitCode;

/// What was found of one thing.
enum Finding {
    /// It is right; what it is.
    Fine(String),
    /// It may be meant so; what to know.
    Note(String),
    /// It has to be changed; how.
    Fault(String),
}

/// The lines so far.
#[derive(Default)]
struct Report {
    faults: u32,
    notes: u32,
}

impl Report {
    fn line(&mut self, name: &str, finding: Finding) {
        let (word, text) = match finding {
            Finding::Fine(text) => ("ok", text),
            Finding::Note(text) => {
                self.notes += 1;
                ("note", text)
            }
            Finding::Fault(text) => {
                self.faults += 1;
                ("fault", text)
            }
        };
        println!("{word:<5} {name:<12} {text}");
    }

    /// A line that is fine or a fault.
    fn tried<E: std::fmt::Display>(&mut self, name: &str, tried: Result<String, E>) {
        self.line(
            name,
            match tried {
                Ok(text) => Finding::Fine(text),
                // What lies behind it too, in one line.
                Err(error) => Finding::Fault(format!("{error:#}")),
            },
        );
    }
}

/// Tries everything; with `strict` it also refuses what a shop with real customers must not have.
pub(crate) async fn check(config: &Config, strict: bool) -> anyhow::Result<ExitCode> {
    let mut report = Report::default();
    if strict {
        for (name, finding) in production::rules(config) {
            report.line(name, finding);
        }
    } else {
        report.line("public", Finding::Fine(config.shop.public_url.clone()));
        report.line("pay page", Finding::Fine(config.pay_origin()));
    }
    report.line("listen", Finding::Fine(config.listen.to_string()));
    report.line("internal", Finding::Fine(config.internal.to_string()));
    let shop = open(config)?;
    dependencies(&mut report, &shop, config).await;
    if strict {
        standing(&mut report, &shop, config).await;
        println!("{} faults, {} notes", report.faults, report.notes);
    }
    Ok(if report.faults == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn dependencies(report: &mut Report, shop: &Shop, config: &Config) {
    for dependency in shop.health().await {
        let latency = format!("{:.1} ms", dependency.latency_ms);
        report.tried(dependency.name, dependency.error.map_or(Ok(latency), Err));
    }
    if config.shop.redis_url.is_none() {
        report.line(
            "redis",
            Finding::Note("not set: let one replica run".into()),
        );
    }
    let schema = match ops::migrations_current(shop.db()).await {
        Ok(true) => Ok("up to date".to_owned()),
        Ok(false) => Err("not up to date: run `mercer migrate`".to_owned()),
        Err(error) => Err(error.to_string()),
    };
    report.tried("schema", schema);
    let site = crate::assets::find(config).map(|_| config.site_root.display().to_string());
    report.tried("site", site);
    let stripe = shop.check_stripe().await;
    report.tried("stripe", stripe.map(|()| "the key is taken".to_owned()));
    let mail = shop.check_mail().await;
    report.tried("mail", mail.map(|()| "the server answers".to_owned()));
}

/// What only the database knows of how the shop stands there.
async fn standing(report: &mut Report, shop: &Shop, config: &Config) {
    match shop.database_room().await {
        Ok(room) => {
            report.line("connections", production::connections(config, room));
            report.line("role", production::role(config, room));
        }
        Err(error) => report.line("connections", Finding::Fault(error.to_string())),
    }
    let staff = match shop.has_no_staff().await {
        Ok(true) => Finding::Note(
            "nobody runs the shop yet: `mercer admin welcome` prints a link for its owner".into(),
        ),
        Ok(false) => Finding::Fine("somebody runs the shop".into()),
        Err(error) => Finding::Fault(error.to_string()),
    };
    report.line("staff", staff);
}
