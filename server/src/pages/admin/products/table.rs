//! Tables of products in and out.

use crate::{
    pages::{
        Page,
        admin::{Staff, frame, page, refused},
    },
    state::State,
};
use app::admin::screens::{self, TableShown};
use axum::{
    extract::{Multipart, State as Shared},
    response::IntoResponse,
};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use shop::import::ImportReport;

/// The largest table, in bytes.
pub(super) const LIMIT: usize = 8 * 1024 * 1024;

pub(super) async fn show(Shared(state): Shared<State>, staff: Staff) -> Page {
    let frame = frame(&state, &staff, "/admin/products").await;
    Ok(page(screens::products_table(
        &frame,
        &TableShown::default(),
    )))
}

pub(super) async fn import(
    Shared(state): Shared<State>,
    staff: Staff,
    mut parts: Multipart,
) -> Page {
    let (mut table, mut dry_run) = (None, false);
    let mut cut = false;
    loop {
        let part = match parts.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => break,
            Err(_) => {
                cut = true;
                break;
            }
        };
        match part.name() {
            Some("table") => match part.bytes().await {
                Ok(bytes) => table = Some(bytes).filter(|bytes| !bytes.is_empty()),
                Err(_) => cut = true,
            },
            Some("dry_run") => dry_run = part.text().await.is_ok_and(|text| !text.is_empty()),
            _ => {}
        }
    }
    let frame = frame(&state, &staff, "/admin/products").await;
    let Some(table) = table.filter(|_| !cut) else {
        let words = if cut {
            "A table may have 8 MB. Please split it."
        } else {
            "Please choose a file first."
        };
        let shown = TableShown {
            refused: Some(words.to_owned()),
            ..TableShown::default()
        };
        return Ok(refused(screens::products_table(&frame, &shown)));
    };
    let report = state
        .shop
        .admin_import(&staff.actor, table.as_ref(), None, dry_run)
        .await?;
    let html = screens::products_table(&frame, &shown(&report, dry_run));
    Ok(if report.errors.is_empty() {
        page(html)
    } else {
        refused(html)
    })
}

fn shown(report: &ImportReport, dry_run: bool) -> TableShown {
    let nothing = !report.errors.is_empty() && report.created + report.updated == 0;
    let summary = if nothing {
        "Nothing is written while something is wrong.".to_owned()
    } else {
        format!(
            "{} products new, {} changed, {} as they are; {} variants, {} pictures.",
            report.created, report.updated, report.unchanged, report.variants, report.pictures
        )
    };
    TableShown {
        dry_run,
        summary: Some(summary),
        faults: report
            .errors
            .iter()
            .map(|error| (error.row, error.column.to_owned(), error.message.clone()))
            .collect(),
        refused: None,
    }
}

pub(super) async fn export(Shared(state): Shared<State>, staff: Staff) -> Page {
    let table = state.shop.export_products(&staff.actor).await?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"products.csv\""),
        (CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, table).into_response())
}
