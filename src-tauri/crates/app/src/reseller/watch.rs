//! When the network comes back by itself, resellers are looked at: who is fit to order is then known again before
//! anybody puts work into an order, without a press.

use super::look;
use crate::{App, OpenBook};
use std::sync::Arc;

/// Looks each time that Partner Center can be reached again, at most once per interval, until the book is closed.
pub(crate) fn watch(app: &App, open: &Arc<OpenBook>) {
    let came_back = open.driver.came_back();
    let (inner, open) = (Arc::downgrade(&app.inner), Arc::downgrade(open));
    tokio::spawn(async move {
        loop {
            came_back.notified().await;
            let (Some(inner), Some(open)) = (inner.upgrade(), open.upgrade()) else { return };
            look(&inner, &open, false);
        }
    });
}
