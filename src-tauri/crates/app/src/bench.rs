//! For `cargo xtask bench` only: the open book and its key, so that SQLite's share of the work is timed on the same file.

pub use crate::sample::invent::Inventor;

use crate::App;
use crate::error::{AppError, AppResult};
use cb_store::{Book, BookKey};

impl App {
    /// The open book.
    ///
    /// # Errors
    /// `NoBook` when none is open.
    pub async fn bench_book(&self) -> AppResult<Book> {
        Ok(self.open_book().await?.book.clone())
    }

    /// Key of the open book.
    ///
    /// # Errors
    /// `NoBook` when none is open.
    pub fn bench_key(&self) -> AppResult<BookKey> {
        self.inner.keys.book_key().ok_or(AppError::NoBook)
    }
}
