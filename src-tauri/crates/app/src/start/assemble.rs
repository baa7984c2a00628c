//! Puts an open workspace together: book, way to Partner Center, driver.

use crate::error::{AppError, AppResult};
use crate::host::Host;
use crate::views::WorkspaceView;
use crate::{App, OpenBook};
use cb_store::Book;
use std::path::Path;

/// Fills a new practice book from the sandbox that lies beside it.
pub(super) async fn fill(host: &Host, book: &Book, folder: &Path) -> AppResult<()> {
    let _ = (host, book, folder);
    Err(AppError::NotAllowed)
}

/// Connects an opened book and starts its driver.
pub(super) async fn open(app: &App, workspace: WorkspaceView, book: Book) -> AppResult<OpenBook> {
    let _ = (app, workspace, book);
    Err(AppError::NotAllowed)
}

/// Stops the driver and closes the book.
pub(super) async fn close(open: &OpenBook) {
    let _ = open;
}
