//! Things to sell.

use domain::catalog::ProductStatus;
use shop::{
    Actor, Shop,
    catalog::{NewOption, NewProduct, NewValue, NewVariant, Which},
};
use sqlx::PgPool;

/// What every shop has: who it is, a place for stock, taxes, ways to send, a coupon.
pub(super) async fn set_up(db: &PgPool) {
    sqlx::raw_sql(
        r#"insert into setting (key, value) values ('shop', '{"name": "Test", "tagline": "", "description": "", "announcement": "",
               "email": "shop@example.com", "phone": "", "address": ["1 Yard"], "currency": "GBP", "country": "GB",
               "time_zone": "Europe/London", "legal": [], "footer": []}');
           insert into stock_location (id, name) values (gen_random_uuid(), 'Yard');
           insert into tax_rate (id, name, country, rate, included) values
               (gen_random_uuid(), 'VAT', 'GB', 2000, true), (gen_random_uuid(), 'VAT', 'DE', 1900, true),
               (gen_random_uuid(), 'Tax', 'US', 0, false), (gen_random_uuid(), 'Tax', 'JP', 1000, true);
           insert into shipping_zone (id, name) values
               ('00000000-0000-7000-8000-000000000001', 'UK'), ('00000000-0000-7000-8000-000000000002', 'EU'),
               ('00000000-0000-7000-8000-000000000003', 'US');
           insert into shipping_zone_country (country, zone_id) values
               ('GB', '00000000-0000-7000-8000-000000000001'), ('DE', '00000000-0000-7000-8000-000000000002'),
               ('US', '00000000-0000-7000-8000-000000000003');
           insert into shipping_method (id, zone_id, code, name, price, free_over, min_days, max_days, position) values
               (gen_random_uuid(), '00000000-0000-7000-8000-000000000001', 'uk', 'Tracked', 450, 7500, 2, 3, 1),
               (gen_random_uuid(), '00000000-0000-7000-8000-000000000001', 'uk-fast', 'Next day', 800, null, 1, 1, 2),
               (gen_random_uuid(), '00000000-0000-7000-8000-000000000002', 'eu', 'Tracked', 1200, null, 4, 7, 1),
               (gen_random_uuid(), '00000000-0000-7000-8000-000000000003', 'us', 'Tracked', 2200, null, 7, 14, 1);
           insert into coupon (id, code, kind, value) values
               (gen_random_uuid(), 'TENTH', 'percent', 1000), (gen_random_uuid(), 'ALL', 'percent', 10000);
           insert into coupon (id, code, kind, value, ends_at) values
               (gen_random_uuid(), 'GONE', 'percent', 1000, '2020-01-01');"#,
    )
    .execute(db)
    .await
    .unwrap();
}

/// A product with one variant, whose SKU is its handle, or with several, whose SKUs are `handle/value`.
pub(crate) struct Product {
    handle: String,
    price: i64,
    stock: i32,
    values: Vec<String>,
}

impl Product {
    /// A mug for 22 pounds, of which there are ten.
    pub(crate) fn mug() -> Self {
        Self::named("mug")
    }

    pub(crate) fn named(handle: &str) -> Self {
        Self {
            handle: handle.to_owned(),
            price: 2_200,
            stock: 10,
            values: Vec::new(),
        }
    }

    pub(crate) fn price(mut self, price: i64) -> Self {
        self.price = price;
        self
    }

    pub(crate) fn stock(mut self, stock: i32) -> Self {
        self.stock = stock;
        self
    }

    pub(crate) fn in_sizes(mut self, values: &[&str]) -> Self {
        self.values = values.iter().map(|value| (*value).to_owned()).collect();
        self
    }

    /// Writes it and receives the stock of each variant.
    pub(crate) async fn put_on_shelf(self, shop: &Shop) {
        let stock = self.stock;
        let product = self.product();
        shop.write_product(&product).await.unwrap();
        for variant in &product.variants {
            shop.adjust_stock(
                &Actor::operator(shop.clock().now()),
                &variant.sku,
                stock,
                "Counted",
            )
            .await
            .unwrap();
        }
        // How the shelf was filled is none of the tests' doing: their log begins empty.
        sqlx::raw_sql(
            "alter table audit_entry disable trigger user;
             delete from audit_entry where action = 'stock.adjusted';
             alter table audit_entry enable trigger user;",
        )
        .execute(shop.db())
        .await
        .unwrap();
    }

    /// As it is written.
    pub(crate) fn product(self) -> NewProduct {
        let variant = |sku: String, values: Vec<usize>| NewVariant {
            id: None,
            sku,
            values,
            price: self.price,
            compare_at: None,
            barcode: None,
            weight_grams: 300,
            picture: None,
        };
        let variants = if self.values.is_empty() {
            vec![variant(self.handle.clone(), Vec::new())]
        } else {
            self.values
                .iter()
                .enumerate()
                .map(|(at, value)| variant(format!("{}/{value}", self.handle), vec![at]))
                .collect()
        };
        NewProduct {
            which: Which::OfHandle,
            published_at: None,
            handle: self.handle.parse().unwrap(),
            status: ProductStatus::Active,
            title: self.handle.replace('-', " "),
            subtitle: String::new(),
            description_html: String::new(),
            materials: String::new(),
            care: String::new(),
            dimensions: String::new(),
            product_type: String::new(),
            tags: Vec::new(),
            brand: String::new(),
            category: None,
            position: 0,
            seo_title: String::new(),
            seo_description: String::new(),
            options: options(&self.values),
            variants,
            pictures: Vec::new(),
        }
    }
}

/// The sizes that there are, where there are any.
fn options(values: &[String]) -> Vec<NewOption> {
    let value = |name: &String| NewValue {
        id: None,
        name: name.clone(),
        swatch: None,
    };
    let sizes = NewOption {
        name: "Size".to_owned(),
        values: values.iter().map(value).collect(),
    };
    if values.is_empty() {
        Vec::new()
    } else {
        vec![sizes]
    }
}
