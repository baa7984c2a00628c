//! Time as the sandbox sees it: handed in, so that tests and the app's fixed clock decide what today is.

use jiff::Timestamp;
use std::sync::Arc;

/// Tells the time.
pub type WallClock = Arc<dyn Fn() -> Timestamp + Send + Sync>;
