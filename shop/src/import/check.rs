//! What the rows must be beside what the shop has already. Every fault is noted with its row.

use super::{pictures::kept_hash, row::RowError, sheet::Sheet};
use crate::catalog::Known;
use std::{
    collections::HashMap,
    path::{Component, Path},
};
use uuid::Uuid;

impl Sheet {
    /// Notes what does not fit the shop, and pictures that neither the shop has nor the folder.
    pub(super) fn check(
        &mut self,
        known: &Known,
        kept: &HashMap<String, Uuid>,
        folder: Option<&Path>,
    ) {
        let mut errors = std::mem::take(&mut self.errors);
        let mut fault = |row, column, message| {
            errors.push(RowError {
                row,
                column,
                message,
            });
        };
        self.check_names(known, &mut fault);
        self.check_skus(known, &mut fault);
        self.check_pictures(kept, folder, &mut fault);
        self.errors = errors;
    }

    /// Notes makers and categories that the shop does not have.
    fn check_names(&self, known: &Known, fault: &mut impl FnMut(usize, &'static str, String)) {
        for product in &self.products {
            if !product.brand.is_empty() && !known.brands.contains(&product.brand) {
                let message = format!("there is no brand `{}`", product.brand);
                fault(product.row, "Vendor", message);
            }
            if !product.category.is_empty() && !known.categories.contains_key(&product.category) {
                let message = format!("there is no category `{}`", product.category);
                fault(product.row, "Product Category", message);
            }
        }
    }

    /// Notes products without a variant, and variants that are another product's.
    fn check_skus(&self, known: &Known, fault: &mut impl FnMut(usize, &'static str, String)) {
        for product in &self.products {
            if product.variants.is_empty() {
                let message = format!("`{}` has no variant", product.handle);
                fault(product.row, "Variant SKU", message);
            }
            for variant in &product.variants {
                let owner = known.skus.get(&variant.sku);
                if let Some(owner) = owner.filter(|owner| *owner != product.handle.as_str()) {
                    let message = format!("`{}` is a SKU of the product `{owner}`", variant.sku);
                    fault(variant.row, "Variant SKU", message);
                }
            }
        }
    }

    fn check_pictures(
        &self,
        kept: &HashMap<String, Uuid>,
        folder: Option<&Path>,
        fault: &mut impl FnMut(usize, &'static str, String),
    ) {
        for picture in self.products.iter().flat_map(|product| &product.pictures) {
            let file = &picture.file;
            if let Some(hash) = kept_hash(file) {
                if !kept.contains_key(hash) {
                    let message = format!("this shop does not have the picture `{file}`");
                    fault(picture.row, "Image Src", message);
                }
                continue;
            }
            let Some(folder) = folder else {
                let message =
                    format!("`{file}` is not here: only pictures that the shop has can be named");
                fault(picture.row, "Image Src", message);
                continue;
            };
            let inside = Path::new(file)
                .components()
                .all(|part| matches!(part, Component::Normal(_)));
            if !inside || !folder.join(file).is_file() {
                let message = format!("there is no file `{file}` beside the table");
                fault(picture.row, "Image Src", message);
            }
        }
    }
}
