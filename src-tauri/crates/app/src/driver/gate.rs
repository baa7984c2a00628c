//! The way to Partner Center for everything that asks in the background: closed while the person works offline.

use super::Shared;
use async_trait::async_trait;
use cb_sync::remote::{Call, Outcome, Remote, RequestIds};
use std::sync::Arc;

/// A remote that sends nothing while *Work offline* is on.
pub(super) struct Gate {
    pub(super) shared: Arc<Shared>,
    /// A practice catalogue comes out of this very process: fetching it sends nothing anywhere.
    pub(super) catalogue_is_local: bool,
}

#[async_trait]
impl Remote for Gate {
    async fn send(&self, call: &Call, ids: RequestIds) -> Outcome {
        let local = self.catalogue_is_local && matches!(call, Call::Catalogue { .. });
        if !local && self.shared.status(|status| status.queue.work_offline || status.stopping) {
            return Outcome::NotSent;
        }
        self.shared.remote.send(call, ids).await
    }
}
