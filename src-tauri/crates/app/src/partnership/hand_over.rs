//! Handing a mail to the person's own program: by a mail link, or as an unsent message in a file when that is too long.

use crate::App;
use crate::views::{HandOverKind, MailHandOver};
use cb_domain::mail::{Mail, MailProblem, mailto, unsent_message};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folder below the data folder in which unsent messages lie until the next start.
const FOLDER: &str = "unsent";

impl App {
    /// Hands a mail over. What came of it is in the answer; the text is there to be copied whatever came of it.
    pub(crate) async fn hand_over(&self, mail: Mail) -> MailHandOver {
        let mailer = Arc::clone(&self.inner.host.mailer);
        let kind = match mailto(&mail) {
            Ok(link) => {
                let opened = tokio::task::spawn_blocking(move || mailer.open(&link)).await.unwrap_or(false);
                if opened { HandOverKind::Opened } else { HandOverKind::NoProgram }
            }
            Err(MailProblem::TooLong) => {
                let message = unsent_message(&mail, self.inner.host.random.request_id(), self.inner.host.clock.now());
                let folder = self.inner.data_dir.join(FOLDER);
                let name = format!("{}.eml", self.inner.host.random.request_id());
                let opened =
                    tokio::task::spawn_blocking(move || match message.map(|bytes| write(&folder, &name, &bytes)) {
                        Ok(Ok(file)) => mailer.open_file(&file),
                        Ok(Err(error)) => {
                            tracing::warn!(%error, "an unsent message could not be written");
                            false
                        }
                        Err(_) => false,
                    });
                if opened.await.unwrap_or(false) { HandOverKind::OpenedAsFile } else { HandOverKind::NoProgram }
            }
            Err(MailProblem::Address | MailProblem::ControlCharacter) => HandOverKind::NoProgram,
        };
        MailHandOver { kind, to: mail.to, subject: mail.subject, body: mail.body }
    }

    /// Messages of earlier runs are not needed any more, and they are not encrypted.
    pub(crate) fn clear_unsent(&self) {
        let folder = self.inner.data_dir.join(FOLDER);
        if folder.exists()
            && let Err(error) = std::fs::remove_dir_all(&folder)
        {
            tracing::warn!(%error, "old unsent messages could not be removed");
        }
    }
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let file = folder.join(name);
    std::fs::write(&file, bytes)?;
    Ok(file)
}
