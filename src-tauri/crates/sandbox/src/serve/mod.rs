//! The sandbox as a server of its own on loopback: the API, its description, and troubles on demand.
//!
//! | path | what |
//! | --- | --- |
//! | `GET /openapi.json` | the description of the API |
//! | `GET`, `POST`, `DELETE /sandbox/faults` | [`FaultRule`]s: those left, more of them, none |
//! | `GET`, `PUT /sandbox/day` | the switches of the day ([`crate::Faults`]) |
//! | `GET`, `DELETE /sandbox/calls` | how often each call was made: method, path, query and page; begin anew |
//! | `GET /sandbox/choices` | the table of choices |
//! | `POST /sandbox/customers/{id}/changed` | somebody changes a customer past the client |
//!
//! None of these needs a token. Everything else is the API.

mod arguments;
mod board;
mod calls;
mod cut;
mod fault;
mod trouble;

pub use arguments::{Arguments, HELP, Misread};
pub use fault::{Fault, FaultRule};

use crate::{Faults, Sandbox, SandboxError, choices, http};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use board::Board;
use calls::Calls;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::net::TcpListener;

/// The sandbox with its board of troubles, ready to be served.
#[derive(Clone)]
pub struct Served {
    sandbox: Sandbox,
    board: Arc<Board>,
    calls: Arc<Calls>,
}

impl Served {
    /// With these troubles to begin with.
    #[must_use]
    pub fn new(sandbox: Sandbox, rules: Vec<FaultRule>) -> Self {
        Self { sandbox, board: Arc::new(Board::new(rules)), calls: Arc::default() }
    }

    /// Adds troubles, as a POST to `/sandbox/faults` does.
    pub fn trouble(&self, rules: Vec<FaultRule>) {
        self.board.add(rules);
    }

    /// Ends all troubles, as a DELETE of `/sandbox/faults` does.
    pub fn clear_troubles(&self) {
        self.board.clear();
    }

    /// The rules that have not been used up.
    #[must_use]
    pub fn troubles_left(&self) -> Vec<FaultRule> {
        self.board.left()
    }

    /// How often each call was made.
    #[must_use]
    pub fn calls(&self) -> BTreeMap<String, u32> {
        self.calls.all()
    }

    /// Serves until the listener fails.
    ///
    /// # Errors
    /// When the listener does.
    pub async fn serve(self, listener: TcpListener) -> Result<(), std::io::Error> {
        let service = self.router().into_make_service_with_connect_info::<cut::Cut>();
        axum::serve(cut::Cuttable(listener), service).await
    }

    fn router(&self) -> Router {
        let controls = Router::new()
            .route("/openapi.json", get(async || Json(http::openapi())))
            .route("/sandbox/faults", get(left).post(add).delete(clear))
            .route("/sandbox/day", get(day).put(set_day))
            .route("/sandbox/calls", get(calls).delete(forget_calls))
            .route("/sandbox/choices", get(async || choices::table()))
            .route("/sandbox/customers/{customer}/changed", post(changed))
            .with_state(self.clone());
        let api = Router::new()
            .fallback_service(self.sandbox.router())
            .layer(middleware::from_fn_with_state(self.clone(), trouble::around));
        controls.fallback_service(api)
    }
}

/// The description of the API, as it is served.
#[must_use]
pub fn openapi() -> serde_json::Value {
    http::openapi()
}

async fn left(State(served): State<Served>) -> Json<Vec<FaultRule>> {
    Json(served.board.left())
}

async fn add(State(served): State<Served>, Json(rules): Json<Vec<FaultRule>>) -> StatusCode {
    served.board.add(rules);
    StatusCode::NO_CONTENT
}

async fn clear(State(served): State<Served>) -> StatusCode {
    served.board.clear();
    StatusCode::NO_CONTENT
}

async fn calls(State(served): State<Served>) -> Json<BTreeMap<String, u32>> {
    Json(served.calls.all())
}

async fn forget_calls(State(served): State<Served>) -> StatusCode {
    served.calls.clear();
    StatusCode::NO_CONTENT
}

async fn day(State(served): State<Served>) -> Response {
    served.sandbox.faults().map_or_else(|error| broken(&error), |day| Json(day).into_response())
}

async fn set_day(State(served): State<Served>, Json(day): Json<Faults>) -> Response {
    match served.sandbox.set_faults(day) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => broken(&error),
    }
}

async fn changed(State(served): State<Served>, Path(customer): Path<String>) -> Response {
    match served.sandbox.change_customer(&customer) {
        Ok(true) => StatusCode::NO_CONTENT.into_response(),
        Ok(false) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => broken(&error),
    }
}

fn broken(error: &SandboxError) -> Response {
    tracing::error!(error = %error, "practice server");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
