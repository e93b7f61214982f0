//! What happens around every request.

pub(crate) mod address;
pub(crate) mod capacity;
pub(crate) mod headers;
pub(crate) mod origin;
pub(crate) mod patience;
pub(crate) mod request;
