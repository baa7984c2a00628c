//! Settings of this installation: a small plain file beside the books. It holds nothing about customers.

use crate::error::AppResult;
use crate::views::{Language, SettingsView, ThemeChoice};
use std::io::Write;
use std::path::Path;

const FILE: &str = "settings.json";

/// What the file holds.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Settings {
    #[serde(flatten)]
    pub(crate) view: SettingsView,
    /// Workspace opened last; empty before the first one.
    #[serde(default)]
    pub(crate) last_workspace: String,
    /// Size of everything on screen, in percent. Apart from the view that screens write back, so that a screen which
    /// stores another setting never brings back the size of a moment ago.
    #[serde(default = "whole")]
    pub(crate) zoom: u32,
    /// This installation. A book that another one opened last is looked at first (D8).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) install_id: Option<uuid::Uuid>,
    /// What was last typed to connect to Partner Center; no secret is among it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) connection: Option<crate::views::ConnectionForm>,
}

/// The size that nobody has changed, in percent.
fn whole() -> u32 {
    100
}

impl Settings {
    fn first(language: Language) -> Self {
        let view = SettingsView { language, theme: ThemeChoice::System, last_route: String::new() };
        Self { view, last_workspace: String::new(), zoom: whole(), install_id: None, connection: None }
    }
}

/// Reads the settings. An absent or unreadable file means the defaults: settings must never stand between a person
/// and the book.
pub(crate) fn read(data_dir: &Path, system_language: Language) -> Settings {
    std::fs::read(data_dir.join(FILE))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_else(|| Settings::first(system_language))
}

/// Writes the settings.
pub(crate) fn write(data_dir: &Path, settings: &Settings) -> AppResult<()> {
    write_whole(&data_dir.join(FILE), &serde_json::to_vec_pretty(settings)?)
}

/// Writes a file so that a crash leaves the old or the new one, never half of it.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> AppResult<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let next = path.with_extension("next");
    let mut file = std::fs::File::create(&next)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&next, path)?;
    Ok(())
}
