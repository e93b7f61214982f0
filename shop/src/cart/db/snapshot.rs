//! Reading a cart with everything that its price depends on.

use crate::{CartToken, Error, Result};
use domain::{
    CartId, CartLineId, ProductId, VariantId, catalog::Picture, checkout::Tax, promotions::Coupon,
};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// A cart with everything that its price depends on, read at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    pub(crate) id: CartId,
    pub(crate) lines: Vec<SnapshotLine>,
    /// The code that was entered, where it can be used now.
    pub(crate) coupon: Option<Coupon>,
    /// The code that was entered, where it can be used no more.
    pub(crate) ended_code: Option<String>,
    /// The tax of the shop's own country.
    pub(crate) home_tax: Tax,
    /// From here on the shop's own country has free delivery.
    pub(crate) free_over: Option<i64>,
}

/// A row of a snapshot.
#[derive(Debug, Clone)]
pub(crate) struct SnapshotLine {
    pub(crate) id: CartLineId,
    pub(crate) variant: VariantId,
    pub(crate) product: ProductId,
    pub(crate) sku: String,
    pub(crate) handle: String,
    pub(crate) title: String,
    pub(crate) label: String,
    pub(crate) picture: Option<Picture>,
    /// What one costs on the shelf.
    pub(crate) price: i64,
    /// What one cost when it was put in.
    pub(crate) price_then: i64,
    pub(crate) quantity: i32,
    /// What this cart can have: what nobody holds, and what its own order holds.
    pub(crate) available: i32,
    pub(crate) for_sale: bool,
    pub(crate) weight_grams: i32,
}

impl SnapshotLine {
    /// Whether all of it can be bought now.
    pub(crate) const fn can_be_had(&self) -> bool {
        self.for_sale && self.available >= self.quantity
    }
}

/// Reads the cart of a cookie, priced for `country`, in two statements.
pub(crate) async fn snapshot(
    db: &PgPool,
    token: &CartToken,
    country: &str,
    now: Timestamp,
) -> Result<Option<Snapshot>> {
    let mut connection = db.acquire().await?;
    read(&mut connection, token, country, now).await
}

/// The same inside a transaction, the cart being locked until its end.
pub(crate) async fn lock(
    tx: &mut PgConnection,
    token: &CartToken,
    country: &str,
    now: Timestamp,
) -> Result<Option<Snapshot>> {
    sqlx::query_scalar!(
        "select id from cart where token_hash = $1 for update",
        token.hash()
    )
    .fetch_optional(&mut *tx)
    .await?;
    read(tx, token, country, now).await
}

async fn read(
    db: &mut PgConnection,
    token: &CartToken,
    country: &str,
    now: Timestamp,
) -> Result<Option<Snapshot>> {
    let cart = sqlx::query!(
        r#"select c.id, c.coupon_code as entered, k.code as "code?", k.kind as "kind?", k.value as "value?",
                  coalesce(t.name, 'Tax') as "tax_name!", coalesce(t.rate, 0) as "tax_rate!",
                  (select min(m.free_over) from shipping_zone_country z join shipping_method m on m.zone_id = z.zone_id
                   where z.country = $2 and m.is_active) as free_over
           from cart c
           left join coupon k on k.code = c.coupon_code and k.archived_at is null
               and (k.starts_at is null or k.starts_at <= $3) and (k.ends_at is null or k.ends_at > $3)
               and (k.usage_limit is null or k.used < k.usage_limit)
           left join tax_rate t on t.country = $2 and t.category = 'standard'
           where c.token_hash = $1"#,
        token.hash(),
        country,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(cart) = cart else { return Ok(None) };
    let lines = lines(db, cart.id).await?;
    let coupon = match (cart.code, cart.kind, cart.value) {
        (Some(code), Some(kind), Some(value)) => {
            let kind = kind
                .parse()
                .map_err(|error| Error::Stored(format!("coupon: {error}")))?;
            Some(Coupon { code, kind, value })
        }
        _ => None,
    };
    let rate = u32::try_from(cart.tax_rate).unwrap_or(0);
    Ok(Some(Snapshot {
        id: CartId(cart.id),
        lines,
        ended_code: cart.entered.filter(|_| coupon.is_none()),
        coupon,
        home_tax: Tax {
            name: cart.tax_name,
            rate,
            included: true,
        },
        free_over: cart.free_over,
    }))
}

async fn lines(db: &mut PgConnection, cart: Uuid) -> Result<Vec<SnapshotLine>> {
    let rows = sqlx::query!(
        r#"select l.id, l.variant_id, l.quantity, l.unit_price, v.sku, v.price, v.weight_grams, p.id as product_id,
                  p.handle, p.title,
                  concat_ws(', ', v1.name, v2.name, v3.name) as "label!",
                  json_build_object('hash', a.hash, 'widths', a.widths, 'width', a.width, 'height', a.height,
                                    'tone', a.tone, 'alt', m.alt)::text as picture,
                  a.id as "asset?",
                  (p.status = 'active' and v.archived_at is null) as "for_sale!",
                  (coalesce((select sum(s.on_hand - s.allocated - s.reserved) from stock_level s
                             where s.variant_id = v.id), 0)
                   -- What an order of this cart holds while it is being paid is there for this cart.
                   + coalesce((select sum(r.quantity) from reservation r join "order" o on o.id = r.order_id
                               where r.variant_id = v.id and r.status = 'held'
                                 and o.cart_id = l.cart_id and o.status = 'pending'), 0))::int as "available!"
           from cart_line l
           join variant v on v.id = l.variant_id
           join product p on p.id = v.product_id
           left join option_value v1 on v1.id = v.option1_value_id
           left join option_value v2 on v2.id = v.option2_value_id
           left join option_value v3 on v3.id = v.option3_value_id
           left join product_media m on m.id = coalesce(v.media_id,
               (select f.id from product_media f where f.product_id = p.id order by f.position limit 1))
           left join asset a on a.id = m.asset_id
           where l.cart_id = $1
           order by l.created_at, l.id"#,
        cart,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let picture = match (row.asset, row.picture) {
                (Some(_), Some(json)) => Some(serde_json::from_str(&json)?),
                _ => None,
            };
            Ok(SnapshotLine {
                id: CartLineId(row.id),
                variant: VariantId(row.variant_id),
                product: ProductId(row.product_id),
                sku: row.sku,
                handle: row.handle,
                title: row.title,
                label: row.label,
                picture,
                price: row.price,
                price_then: row.unit_price,
                quantity: row.quantity,
                available: row.available,
                for_sale: row.for_sale,
                weight_grams: row.weight_grams,
            })
        })
        .collect()
}
