//! The wire: routes, and what every exchange has in common (headers, byte order mark, memory, faults).

mod body;
mod exchange;
mod reply;

pub(crate) use body::Fields;
pub(crate) use exchange::{Exchange, Shared, ask, get, head, patch, post, put};
pub(crate) use reply::{Refusal, Reply, ReplyBody, Stop, collection, link};

use crate::routes;
use crate::sandbox::Inner;
use std::sync::Arc;

/// Header of an answer that was carried out and is to be treated as lost.
pub const LOST_HEADER: &str = "x-sandbox-lost";
/// Status of such an answer.
pub const LOST_STATUS: u16 = 599;
/// Header of an answer that comes from the `MS-RequestId` memory.
pub const REPEATED_HEADER: &str = "x-sandbox-repeated";

/// All routes over one state.
pub(crate) fn router(inner: Arc<Inner>) -> axum::Router {
    routes::all().fallback(exchange::unknown_path).with_state(inner)
}
