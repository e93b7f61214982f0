//! `/admin/products`: the list, the editor, pictures, tables in and out.

mod editor;
mod list;
mod table;
mod upload;

use super::{Needs, Routes};
use domain::staff::Permission;

const SEES: Needs = Needs::May(Permission::ViewProducts);
const EDITS: Needs = Needs::May(Permission::EditProducts);

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/admin/products", SEES, list::show)
        .post("/admin/products/bulk", EDITS, list::change)
        .get("/admin/products/new", EDITS, editor::new)
        .post("/admin/products/new", EDITS, editor::create)
        .get("/admin/products/table", EDITS, table::show)
        .post_up_to(table::LIMIT, "/admin/products/table", EDITS, table::import)
        .get("/admin/products/export.csv", EDITS, table::export)
        .get("/admin/products/{id}", SEES, editor::show)
        .post("/admin/products/{id}", EDITS, editor::save)
        .post("/admin/products/{id}/duplicate", EDITS, editor::duplicate)
        .get("/admin/products/{id}/preview", SEES, editor::preview)
        .post("/admin/products/{id}/pictures", EDITS, upload::arrange)
        .post_up_to(
            upload::LIMIT,
            "/admin/products/{id}/upload",
            EDITS,
            upload::add,
        )
}
