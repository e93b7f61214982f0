//! The rows put together to products. Every fault is noted with its row; nothing stops the reading.

use super::row::{Row, RowError};
use domain::{
    Currency,
    catalog::{Handle, ProductStatus},
    money::parse_amount,
};
use std::{collections::HashMap, io::Read};

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
    pub(super) values: Vec<String>,
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
        let status = row.status.trim().parse().unwrap_or_else(|_| {
            self.fault(
                number,
                "Status",
                format!("`{}` is none of active, draft, archived", row.status),
            );
            ProductStatus::Draft
        });
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
        let names = [&row.option1_value, &row.option2_value, &row.option3_value];
        let Some(product) = self.products.last_mut() else {
            return;
        };
        let mut values = Vec::with_capacity(product.options.len());
        for (option, name) in product.options.iter_mut().zip(names) {
            let name = name.trim();
            let at = option
                .values
                .iter()
                .position(|known| known == name)
                .unwrap_or_else(|| {
                    option.values.push(name.to_owned());
                    option.values.len() - 1
                });
            values.push(at);
        }
        let missing = product
            .options
            .iter()
            .any(|option| option.values.iter().any(String::is_empty));
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

    /// An amount such as `22.00`, in minor units.
    fn amount(&mut self, row: usize, column: &'static str, text: &str) -> Option<i64> {
        let amount = parse_amount(text.trim(), self.currency);
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
        match text.trim() {
            "" => 0,
            text => text.parse::<u16>().map_or_else(
                |_| {
                    self.fault(
                        row,
                        column,
                        format!("`{text}` is not a whole number from 0 to 65535"),
                    );
                    0
                },
                i32::from,
            ),
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
