//! `/v1/customers`.

use serde::Deserialize;
use serde_json::Value;

use super::error::ApiError;
use super::list::{self, Range};
use super::schema::{Param, Shape, optional};
use super::shapes::{ANY_ADDRESS, SHIPPING, check_email};
use super::{Call, Endpoint, get, page, post};
use crate::world::Row;
use crate::world::customer::{Customer, Details};
use crate::{ids, render};

const DETAILS: &[Param] = &[
    optional("email", Shape::Text),
    optional("name", Shape::Text),
    optional("phone", Shape::Text),
    optional("description", Shape::Text),
    optional("address", ANY_ADDRESS),
    optional("shipping", SHIPPING),
    optional("metadata", Shape::Metadata),
];

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    post("customers", DETAILS, create),
    get("customers/{id}", &[], retrieve),
    page(
        "customers",
        &[
            optional("created", Shape::Range),
            optional("email", Shape::Text),
        ],
        list_customers,
    ),
];

fn create(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let details: Details = call.read()?;
    check_email(details.email.as_deref(), "email")?;
    let customer = Customer {
        id: ids::random("cus_", 14),
        created: call.now.seconds(),
        details,
    };
    let view = render::customer(&customer);
    call.world.add_customer(call.now, customer);
    Ok(view)
}

fn retrieve(call: &mut Call<'_>) -> Result<Value, ApiError> {
    call.world
        .customers
        .get(&call.id)
        .map(render::customer)
        .ok_or_else(|| ApiError::no_such("customer", &call.id, "id"))
}

fn list_customers(call: &mut Call<'_>) -> Result<Value, ApiError> {
    #[derive(Deserialize)]
    struct Filter {
        #[serde(default)]
        created: Range,
        email: Option<String>,
    }
    let filter: Filter = call.read()?;
    let rows = call.world.customers.iter().rev().filter(|customer| {
        filter.created.holds(customer.created())
            && (filter.email.is_none() || customer.details.email == filter.email)
    });
    list::page(call, "/v1/customers", rows, render::customer)
}
