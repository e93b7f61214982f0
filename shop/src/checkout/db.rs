//! The checkout's own SQL: what applies at a destination.

use crate::Result;
use domain::checkout::Tax;
use sqlx::PgConnection;

/// What applies at a destination.
#[derive(Debug, Clone)]
pub(crate) struct Terms {
    /// The destination (ISO 3166-1 alpha-2).
    pub(crate) country: String,
    /// Its tax.
    pub(crate) tax: Tax,
    /// The rate that prices on the shelf include, in basis points.
    pub(crate) home_rate: u32,
    /// The ways to have it sent there; empty only where nothing is delivered anywhere.
    pub(crate) methods: Vec<Method>,
    /// Every country that is delivered to.
    pub(crate) countries: Vec<String>,
    /// The shop's time zone.
    pub(crate) time_zone: String,
}

impl Terms {
    /// Of a shop that delivers nowhere yet: things can be looked at, and none can be ordered.
    pub(super) fn nowhere(home: String, time_zone: String) -> Self {
        Self {
            country: home,
            tax: Tax {
                name: "Tax".to_owned(),
                rate: 0,
                included: true,
            },
            home_rate: 0,
            methods: Vec::new(),
            countries: Vec::new(),
            time_zone,
        }
    }
}

/// A way to have it sent.
#[derive(Debug, Clone, serde::Deserialize)]
pub(crate) struct Method {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) price: i64,
    pub(crate) free_over: Option<i64>,
    pub(crate) min_days: u16,
    pub(crate) max_days: u16,
}

impl Method {
    /// What it costs for things that come to so much after the discount.
    pub(crate) fn cost(&self, things: i64) -> i64 {
        if self.free_over.is_some_and(|from| things >= from) {
            0
        } else {
            self.price
        }
    }
}

/// One statement; `None` where nothing is delivered to the country.
pub(crate) async fn terms(
    db: &mut PgConnection,
    country: &str,
    home: &str,
) -> Result<Option<Terms>> {
    let row = sqlx::query!(
        r#"select z.zone_id,
                  coalesce(t.name, 'Tax') as "tax_name!", coalesce(t.rate, 0) as "rate!", coalesce(t.included, true) as "included!",
                  coalesce((select rate from tax_rate where country = $2 and category = 'standard'), 0) as "home_rate!",
                  (select json_agg(json_build_object('code', m.code, 'name', m.name, 'description', m.description,
                                                     'price', m.price, 'free_over', m.free_over,
                                                     'min_days', m.min_days, 'max_days', m.max_days) order by m.position)
                   from shipping_method m where m.zone_id = z.zone_id and m.is_active)::text as methods,
                  array(select c.country from shipping_zone_country c
                        where exists (select 1 from shipping_method m where m.zone_id = c.zone_id and m.is_active)
                        order by 1) as "countries!",
                  coalesce((select value ->> 'time_zone' from setting where key = 'shop'), 'UTC') as "time_zone!"
           from shipping_zone_country z
           left join tax_rate t on t.country = z.country and t.category = 'standard'
           where z.country = $1"#,
        country,
        home,
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let Some(methods) = row.methods else {
        return Ok(None);
    };
    Ok(Some(Terms {
        country: country.to_owned(),
        tax: Tax {
            name: row.tax_name,
            rate: u32::try_from(row.rate).unwrap_or(0),
            included: row.included,
        },
        home_rate: u32::try_from(row.home_rate).unwrap_or(0),
        methods: serde_json::from_str(&methods)?,
        countries: row.countries,
        time_zone: row.time_zone,
    }))
}

/// The first country that something is delivered to.
pub(super) async fn first_country(db: &mut PgConnection) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "select c.country from shipping_zone_country c join shipping_method m on m.zone_id = c.zone_id and m.is_active
         order by c.country limit 1"
    )
    .fetch_optional(db)
    .await?)
}

/// The name of the shop's time zone.
pub(super) async fn time_zone(db: &mut PgConnection) -> Result<String> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce((select value ->> 'time_zone' from setting where key = 'shop'), 'UTC') as "zone!""#
    )
    .fetch_one(db)
    .await?)
}
