//! What the command line does besides serving. These speak to a person: their results go to standard output.
#![expect(clippy::print_stdout, reason = "a command's result is what it prints")]

pub(crate) mod admin;
pub(crate) mod check;
pub(crate) mod health;
pub(crate) mod jobs;

use crate::{config::Config, serve::open, telemetry};
use anyhow::Context;
use shop::{Actor, import::ImportReport, ops};
use std::{
    fs::File,
    path::{Path, PathBuf},
    process::ExitCode,
};

pub(crate) async fn migrate(config: &Config) -> anyhow::Result<ExitCode> {
    let db = ops::connect(&config.shop.database)?;
    ops::migrate(&db).await?;
    println!("the schema is up to date");
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn seed(config: &Config, orders: usize) -> anyhow::Result<ExitCode> {
    let shop = open(config)?;
    match shop.seed_demo().await? {
        Some(report) => println!("the demo shop is there: {}", summary(&report)),
        None => println!("the demo shop was there already"),
    }
    match shop.seed_history(orders).await? {
        Some(made) => println!(
            "a year was made up: orders {} to {}, {} customers with an account",
            made.numbers.0, made.numbers.1, made.customers
        ),
        None => println!("its orders were left as they are"),
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn import(
    config: &Config,
    file: &Path,
    pictures: Option<PathBuf>,
    dry_run: bool,
) -> anyhow::Result<ExitCode> {
    let csv = File::open(file).with_context(|| format!("{} cannot be opened", file.display()))?;
    let folder = pictures
        .or_else(|| file.parent().map(Path::to_owned))
        .unwrap_or_default();
    let shop = open(config)?;
    let operator = Actor::operator(shop.clock().now());
    let report = shop
        .admin_import(&operator, csv, Some(&folder), dry_run)
        .await?;
    for error in &report.errors {
        println!("{error}");
    }
    if !report.errors.is_empty() {
        let faults = report.errors.len();
        if report.created + report.updated == 0 {
            println!("{faults} faults: nothing was written");
        } else {
            println!(
                "{faults} faults: their products were left out, {} were written",
                summary(&report)
            );
        }
        return Ok(ExitCode::FAILURE);
    }
    println!(
        "{}{}",
        if dry_run { "would be written: " } else { "" },
        summary(&report)
    );
    Ok(ExitCode::SUCCESS)
}

fn summary(report: &ImportReport) -> String {
    format!(
        "{} products created, {} updated, {} unchanged, {} variants, {} pictures",
        report.created, report.updated, report.unchanged, report.variants, report.pictures
    )
}

pub(crate) async fn export(config: &Config, file: &Path) -> anyhow::Result<ExitCode> {
    let shop = open(config)?;
    let operator = Actor::operator(shop.clock().now());
    let table = shop.export_products(&operator).await?;
    std::fs::write(file, table).with_context(|| format!("{} cannot be written", file.display()))?;
    println!("the products are in {}", file.display());
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn stock(
    config: &Config,
    sku: &str,
    adjust: Option<(i32, String)>,
) -> anyhow::Result<ExitCode> {
    let shop = open(config)?;
    if let Some((difference, reason)) = adjust {
        let operator = Actor::operator(shop.clock().now());
        shop.adjust_stock(&operator, sku, difference, &reason)
            .await?;
    }
    for row in shop.stock_history(sku).await? {
        let order = row
            .order_number
            .map(|number| format!("order {number}"))
            .unwrap_or_default();
        println!(
            "{}  {:<12} {:>5}  {} {order}",
            row.at, row.kind, row.quantity, row.reason
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// What the process measures, as a document.
pub(crate) fn metrics() -> ExitCode {
    print!("{}", telemetry::metrics::document());
    ExitCode::SUCCESS
}
