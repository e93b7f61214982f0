//! One file for each kind of page: read the request, one call on the shop, one screen.

pub(crate) mod account;
pub(crate) mod admin;
pub(crate) mod api;
pub(crate) mod cart;
pub(crate) mod category;
pub(crate) mod checkout;
pub(crate) mod content;
pub(crate) mod home;
mod input;
pub(crate) mod lost;
pub(crate) mod machines;
pub(crate) mod media;
pub(crate) mod orders;
pub(crate) mod product;
mod respond;
pub(crate) mod search;
pub(crate) mod styleguide;
mod visitor;
pub(crate) mod webhook;

use crate::failure::Failure;
use axum::response::Response;

/// What a page's handler returns.
pub(crate) type Page = Result<Response, Failure>;
