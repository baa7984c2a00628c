//! Operations that no step of the outbox sends, each a method of its own: they answer what came over the wire.
//!
//! The caller gives the ids of the request; a changing call is sent exactly once (twice if the first token was refused),
//! like the calls of the machine.

mod account;
mod audit;
mod older;
mod users;

pub use audit::AuditQuestion;
pub use users::NewUser;

use crate::client::Client;
use crate::client::exchange::{Ask, Failure};
use crate::triage::Operation::Read;
use crate::wire;
use cb_sync::remote::RequestIds;
use http::Method;
use serde::de::DeserializeOwned;

impl Client {
    /// A changing call with a body and the resource in its answer.
    async fn change<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Vec<u8>,
        ids: RequestIds,
    ) -> Result<T, Failure> {
        let ask = Ask { method, body: Some(body), ..self.get(Read, path) };
        let good = self.exchange(&ask, ids).await?;
        Ok(wire::from_answer(&good.body)?)
    }
}
