//! One id type per entity, so that a cart's id never stands where a product's is wanted.
//!
//! All are UUIDs of version 7: they sort by time of making.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// A product.
    ProductId,
    /// A variant: the unit that is bought.
    VariantId,
    /// An option of a product, such as its size.
    OptionId,
    /// One value of an option.
    OptionValueId,
    /// A brand, the maker of products.
    BrandId,
    /// A node of the category tree.
    CategoryId,
    /// A picture as it was taken in.
    AssetId,
    /// A picture's place on a product.
    MediaId,
    /// A place that holds stock.
    LocationId,
    /// A cart.
    CartId,
    /// A row of a cart.
    CartLineId,
    /// An order.
    OrderId,
    /// A row of an order.
    OrderLineId,
    /// Stock held for an order.
    ReservationId,
    /// One attempt to be paid for an order. It is also the idempotency key towards Stripe.
    PaymentId,
    /// Money given back.
    RefundId,
    /// A unit of background work.
    JobId,
    /// A coupon.
    CouponId,
    /// A member of the staff.
    StaffId,
    /// A browser that a member of the staff signed in with.
    StaffSessionId,
    /// A role of the staff.
    RoleId,
    /// A customer with an account.
    CustomerId,
    /// A browser that a customer signed in with.
    CustomerSessionId,
    /// A row of an address book.
    AddressId,
    /// Goods that were sent together.
    FulfilmentId,
}
