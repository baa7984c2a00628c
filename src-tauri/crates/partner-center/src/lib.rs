//! Partner Center's wire format and client: the only crate that names the HTTP client.

pub mod attention;
pub mod catalogue;
pub mod client;
pub mod explain;
pub mod retry_after;
pub mod sign_in;
pub mod token;
pub mod transport;
pub mod triage;
pub mod wire;
