//! What members of the staff may do.

use crate::text_enum::text_enum;
use serde::{Deserialize, Serialize};

text_enum! {
    /// One thing that members of the staff may do. Whoever may change something may see it.
    Permission {
        /// See orders with their payments.
        ViewOrders = "orders.view",
        /// Correct addresses, write notes, send mails again.
        EditOrders = "orders.edit",
        /// Send things out.
        FulfilOrders = "orders.fulfil",
        /// Cancel, and send money back.
        RefundOrders = "orders.refund",
        /// See products that are not on sale yet.
        ViewProducts = "products.view",
        /// Change products, brands, categories, pictures; import and export.
        EditProducts = "products.edit",
        /// Change what is on the shelves.
        EditStock = "stock.edit",
        /// See customers.
        ViewCustomers = "customers.view",
        /// Change customers, and delete them.
        EditCustomers = "customers.edit",
        /// Change coupons.
        EditDiscounts = "discounts.edit",
        /// Change pages.
        EditContent = "content.edit",
        /// See figures about what was sold.
        ViewReports = "reports.view",
        /// See background work, try it again, discard it.
        ManageJobs = "jobs.manage",
        /// Invite, change and disable members of the staff.
        ManageStaff = "staff.manage",
        /// See who did what.
        ViewAudit = "audit.view",
        /// Change what the shop is called, taxes, delivery.
        EditSettings = "settings.edit",
    }
}

impl Permission {
    /// What it allows, for the page of roles.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ViewOrders => "See orders",
            Self::EditOrders => "Correct orders and write notes",
            Self::FulfilOrders => "Send orders out",
            Self::RefundOrders => "Cancel and refund",
            Self::ViewProducts => "See products and stock",
            Self::EditProducts => "Change products",
            Self::EditStock => "Adjust stock",
            Self::ViewCustomers => "See customers",
            Self::EditCustomers => "Change and delete customers",
            Self::EditDiscounts => "Change coupons",
            Self::EditContent => "Change pages",
            Self::ViewReports => "See sales figures",
            Self::ManageJobs => "See and repeat background work",
            Self::ManageStaff => "Manage staff",
            Self::ViewAudit => "See who did what",
            Self::EditSettings => "Change settings",
        }
    }
}

/// What one member of the staff may do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permissions(Vec<Permission>);

impl Permissions {
    /// Every one.
    pub fn all() -> Self {
        Self(Permission::ALL.to_vec())
    }

    /// Those that these words name. A word that a later release knows is no permission yet.
    pub fn from_words<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Self {
        Self(
            words
                .into_iter()
                .filter_map(|word| word.as_ref().parse().ok())
                .collect(),
        )
    }

    /// Whether this is among them.
    pub fn has(&self, permission: Permission) -> bool {
        self.0.contains(&permission)
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = Permission> + '_ {
        self.0.iter().copied()
    }
}
