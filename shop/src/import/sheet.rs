//! The rows put together to products. Every fault is noted with its row; nothing stops the reading.

use super::row::{Row, RowError};
use domain::{
    Currency, Money,
    catalog::{Handle, ProductStatus},
};
use jiff::Timestamp;
use std::{collections::HashMap, io::Read};

/// The most grams and the most pieces that a row may name.
const MAX_WHOLE: i32 = 1_000_000;

/// What a file says.
pub(super) struct Sheet {
    pub(super) products: Vec<Product>,
    pub(super) errors: Vec<RowError>,
    currency: Currency,
    skus: HashMap<String, usize>,
}

/// A product of the file.
pub(super) struct Product {
    pub(super) row: usize,
    pub(super) handle: Handle,
    pub(super) position: i32,
    pub(super) status: ProductStatus,
    pub(super) published_at: Option<Timestamp>,
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) body: String,
    pub(super) materials: String,
    pub(super) care: String,
    pub(super) dimensions: String,
    pub(super) kind: String,
    pub(super) tags: Vec<String>,
    pub(super) brand: String,
    pub(super) category: String,
    pub(super) seo_title: String,
    pub(super) seo_description: String,
    pub(super) options: Vec<ProductOption>,
    pub(super) variants: Vec<Variant>,
    pub(super) pictures: Vec<Picture>,
}

pub(super) struct ProductOption {
    pub(super) name: String,
    pub(super) values: Vec<Value>,
}

pub(super) struct Value {
    pub(super) name: String,
    /// `#rrggbb`, where the table says one.
    pub(super) swatch: Option<String>,
    /// Its place among the others, where the table says one: else they stand as they came.
    position: Option<i32>,
}

pub(super) struct Variant {
    pub(super) row: usize,
    pub(super) sku: String,
    pub(super) values: Vec<usize>,
    pub(super) price: i64,
    pub(super) compare_at: Option<i64>,
    pub(super) barcode: Option<String>,
    pub(super) weight_grams: i32,
    pub(super) stock: i32,
    pub(super) picture: Option<String>,
}

pub(super) struct Picture {
    pub(super) row: usize,
    pub(super) file: String,
    pub(super) alt: String,
}

impl Sheet {
    pub(super) fn read(csv: impl Read, currency: Currency) -> Self {
        let mut sheet = Self {
            products: Vec::new(),
            errors: Vec::new(),
            currency,
            skus: HashMap::new(),
        };
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(csv);
        for (index, row) in reader.deserialize::<Row>().enumerate() {
            let number = index + 2;
            match row {
                Ok(row) => sheet.take(number, &row),
                Err(error) => sheet.fault(number, "", format!("cannot be read: {error}")),
            }
        }
        sheet
            .products
            .iter_mut()
            .for_each(Product::put_values_in_order);
        sheet
    }

    fn fault(&mut self, row: usize, column: &'static str, message: impl Into<String>) {
        self.errors.push(RowError {
            row,
            column,
            message: message.into(),
        });
    }

    fn take(&mut self, number: usize, row: &Row) {
        let handle = match row.handle.trim().parse::<Handle>() {
            Ok(handle) => handle,
            Err(error) => return self.fault(number, "Handle", error.to_string()),
        };
        if self
            .products
            .last()
            .is_none_or(|product| product.handle != handle)
        {
            if self.products.iter().any(|product| product.handle == handle) {
                return self.fault(
                    number,
                    "Handle",
                    format!("the rows of `{handle}` do not stand together"),
                );
            }
            self.begin(number, handle, row);
        }
        if !row.sku.trim().is_empty() || !row.price.trim().is_empty() {
            self.take_variant(number, row);
        }
        if let (Some(product), false) = (self.products.last_mut(), row.image.trim().is_empty()) {
            let file = row.image.trim().to_owned();
            product.pictures.push(Picture {
                row: number,
                file,
                alt: row.image_alt.trim().to_owned(),
            });
        }
    }

    fn begin(&mut self, number: usize, handle: Handle, row: &Row) {
        if row.title.trim().is_empty() {
            self.fault(
                number,
                "Title",
                "is missing in the first row of the product",
            );
        }
        let status = self.status(number, &row.status);
        let published_at = self.moment(number, &row.published_at);
        let names = [&row.option1_name, &row.option2_name, &row.option3_name];
        let options = names
            .iter()
            .map(|name| name.trim())
            // A product without options has one of this name in Shopify's files.
            .take_while(|name| !name.is_empty() && *name != "Title")
            .map(|name| ProductOption {
                name: name.to_owned(),
                values: Vec::new(),
            })
            .collect();
        let trimmed = |text: &str| text.trim().to_owned();
        self.products.push(Product {
            row: number,
            handle,
            position: i32::try_from(self.products.len() + 1).unwrap_or(i32::MAX),
            status,
            published_at,
            title: trimmed(&row.title),
            subtitle: trimmed(&row.subtitle),
            body: row.body.clone(),
            materials: trimmed(&row.materials),
            care: trimmed(&row.care),
            dimensions: trimmed(&row.dimensions),
            kind: trimmed(&row.product_type),
            tags: row
                .tags
                .split(',')
                .map(trimmed)
                .filter(|tag| !tag.is_empty())
                .collect(),
            brand: trimmed(&row.vendor),
            category: trimmed(&row.category),
            seo_title: trimmed(&row.seo_title),
            seo_description: trimmed(&row.seo_description),
            options,
            variants: Vec::new(),
            pictures: Vec::new(),
        });
    }

    fn take_variant(&mut self, number: usize, row: &Row) {
        let sku = row.sku.trim().to_owned();
        if sku.is_empty() {
            return self.fault(number, "Variant SKU", "is missing");
        }
        if let Some(first) = self.skus.insert(sku.clone(), number) {
            self.fault(
                number,
                "Variant SKU",
                format!("`{sku}` stands in row {first} already"),
            );
        }
        let price = self
            .amount(number, "Variant Price", &row.price)
            .unwrap_or_default();
        let compare_at = match row.compare_at.trim() {
            "" => None,
            text => self.amount(number, "Variant Compare At Price", text),
        };
        let weight_grams = self.whole(number, "Variant Grams", &row.grams);
        let stock = self.whole(number, "Variant Inventory Qty", &row.stock);
        let values = self.take_values(number, row);
        let Some(product) = self.products.last_mut() else {
            return;
        };
        let missing = product
            .options
            .iter()
            .any(|option| option.values.iter().any(|value| value.name.is_empty()));
        let twice = product
            .variants
            .iter()
            .any(|variant| variant.values == values);
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        product.variants.push(Variant {
            row: number,
            sku,
            values,
            price,
            compare_at,
            barcode: text(&row.barcode),
            weight_grams,
            stock,
            picture: text(&row.variant_image),
        });
        if missing {
            self.fault(
                number,
                "Option1 Value",
                "every option of the product needs a value",
            );
        }
        if twice {
            self.fault(
                number,
                "Option1 Value",
                "another row has the same combination",
            );
        }
    }

    /// The values of a variant, by their places among those that the options have by now; new ones come behind.
    fn take_values(&mut self, number: usize, row: &Row) -> Vec<usize> {
        let typed = [
            (
                &row.option1_value,
                &row.option1_swatch,
                &row.option1_position,
            ),
            (
                &row.option2_value,
                &row.option2_swatch,
                &row.option2_position,
            ),
            (
                &row.option3_value,
                &row.option3_swatch,
                &row.option3_position,
            ),
        ];
        let options = self
            .products
            .last()
            .map_or(0, |product| product.options.len());
        let mut places = Vec::with_capacity(options);
        for (at, (name, swatch, position)) in typed.into_iter().enumerate().take(options) {
            let value = Value {
                name: name.trim().to_owned(),
                swatch: self.swatch(number, swatch),
                position: position.trim().parse().ok(),
            };
            let Some(option) = self
                .products
                .last_mut()
                .map(|product| &mut product.options[at])
            else {
                continue;
            };
            let known = option
                .values
                .iter()
                .position(|known| known.name == value.name);
            places.push(known.unwrap_or_else(|| {
                option.values.push(value);
                option.values.len() - 1
            }));
        }
        places
    }

    fn swatch(&mut self, row: usize, text: &str) -> Option<String> {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return None;
        }
        let digits = text.strip_prefix('#').unwrap_or_default();
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let message = format!("`{text}` is not a colour such as #8a9678");
            self.fault(row, "Option1 Value Swatch", message);
            return None;
        }
        Some(text)
    }

    fn status(&mut self, row: usize, text: &str) -> ProductStatus {
        let status = text.trim().parse().ok();
        // What goes on sale later is active from a time on.
        let status = status.filter(|status| *status != ProductStatus::Scheduled);
        status.unwrap_or_else(|| {
            let message = format!("`{text}` is none of active, draft, archived");
            self.fault(row, "Status", message);
            ProductStatus::Draft
        })
    }

    fn moment(&mut self, row: usize, text: &str) -> Option<Timestamp> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let moment = text.parse().ok();
        if moment.is_none() {
            let message = format!("`{text}` is not a time such as 2026-11-21T09:00:00Z");
            self.fault(row, "Published At", message);
        }
        moment
    }

    /// An amount such as `22.00`, in minor units.
    fn amount(&mut self, row: usize, column: &'static str, text: &str) -> Option<i64> {
        let amount = Money::parse(text.trim(), self.currency).map(|amount| amount.minor);
        if amount.is_none() {
            self.fault(
                row,
                column,
                format!("`{text}` is not an amount of {}", self.currency),
            );
        }
        amount
    }

    fn whole(&mut self, row: usize, column: &'static str, text: &str) -> i32 {
        let text = text.trim();
        if text.is_empty() {
            return 0;
        }
        let number = text
            .parse()
            .ok()
            .filter(|number| (0..=MAX_WHOLE).contains(number));
        number.unwrap_or_else(|| {
            let message = format!("`{text}` is not a whole number from 0 to {MAX_WHOLE}");
            self.fault(row, column, message);
            0
        })
    }
}

impl Product {
    /// Puts values where the table says that they stand.
    fn put_values_in_order(&mut self) {
        for (at, option) in self.options.iter_mut().enumerate() {
            let mut order: Vec<usize> = (0..option.values.len()).collect();
            order.sort_by_key(|value| option.values[*value].position.unwrap_or(i32::MAX));
            for variant in &mut self.variants {
                let place = order
                    .iter()
                    .position(|value| variant.values.get(at) == Some(value));
                if let (Some(value), Some(place)) = (variant.values.get_mut(at), place) {
                    *value = place;
                }
            }
            option
                .values
                .sort_by_key(|value| value.position.unwrap_or(i32::MAX));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_noted_with_its_row() {
        let csv = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status\n\
                   mug,Mug,Size,S,M-S,22.00,active\n\
                   mug,,,S,M-S,abc,\n\
                   Bad Handle,X,,,X,1.00,active\n\
                   jug,,,,J,1.00,sold\n";
        let sheet = Sheet::read(csv.as_bytes(), Currency::GBP);
        let faults: Vec<(usize, &str)> = sheet
            .errors
            .iter()
            .map(|error| (error.row, error.column))
            .collect();
        let expected = [
            (3, "Variant SKU"),
            (3, "Variant Price"),
            (3, "Option1 Value"),
            (4, "Handle"),
            (5, "Title"),
            (5, "Status"),
        ];
        assert_eq!(faults, expected);
    }
}
