//! Partner Center's wire format and client: the only crate that names the HTTP client.

pub mod wire;
