//! The screens of the admin. Each is a whole document, made from what it shows.

mod audit;
mod catalogue;
mod coupons;
mod customer;
mod customers;
mod door;
mod home;
mod inventory;
mod jobs;
mod me;
mod order;
mod orders;
mod products;
mod search;
mod settings;
mod staff;
#[cfg(test)]
mod tests;
mod texts;
mod welcome;

pub use audit::audit;
pub use catalogue::{brand_editor, brands, categories, category_editor};
pub use coupons::coupons;
pub use customer::customer;
pub use customers::customers;
pub use door::{choose_password, code, confirm, denied, forgot, sign_in};
pub use home::home;
pub use inventory::{StockShown, inventory, stock};
pub use jobs::jobs;
pub use me::{me, recovery_codes, second_factor};
pub use order::{
    OrderShown, cancel_order, correct_address, fulfil_order, invoice, order, packing_slip,
    refund_order,
};
pub use orders::orders;
pub use products::{
    BulkShown, PicturesShown, TableShown, product_editor, products, products_table,
};
pub use search::search;
pub use settings::{
    general_settings, legal_settings, mail_settings, method_settings, shipping_settings,
    tax_settings, zone_settings,
};
pub use staff::{StaffShown, staff};
pub use texts::{page_editor, pages};
pub use welcome::{name_shop, welcome};
