//! The wire: routes, and what every exchange has in common (headers, byte order mark, memory, faults).

mod body;
mod describe;
mod exchange;
mod refusals;
mod reply;
mod route;
mod spelling;

pub(crate) use body::Fields;
pub(crate) use describe::openapi;
pub(crate) use exchange::{Exchange, Outcome, Troubles, respond};
pub(crate) use refusals::{expired, throttled, without_mfa};
pub(crate) use reply::{Refusal, Reply, ReplyBody, Stop, collection, link};
pub(crate) use route::{Query, Route, may, must};
pub(crate) use spelling::spelled_as;

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
    let mut router = axum::Router::new();
    for route in routes::table() {
        router = router.route(route.path, route.served());
    }
    let router: axum::Router = router.fallback(exchange::unknown_path).with_state(inner);
    // Paths are matched in any case too, which has to happen before the routes are looked at.
    axum::Router::new().fallback_service(router).layer(axum::middleware::map_request(spelling::canonical))
}
