//! Workspaces on disk: one folder each under `books`, with a plain `workspace.json` that names it. The file is
//! written last, so a folder without one was never finished and is left alone.

use super::settings::write_whole;
use crate::error::AppResult;
use crate::views::{WorkspaceColour, WorkspaceKind, WorkspaceView};
use cb_domain::ids::WorkspaceId;
use std::path::{Path, PathBuf};

const FILE: &str = "workspace.json";

/// What a live workspace may have; purple says *practice* at all times.
pub(crate) const LIVE_COLOURS: [WorkspaceColour; 5] = [
    WorkspaceColour::Teal,
    WorkspaceColour::Steel,
    WorkspaceColour::Bronze,
    WorkspaceColour::Berry,
    WorkspaceColour::Slate,
];

/// The folder of a workspace.
pub(crate) fn folder(data_dir: &Path, id: WorkspaceId) -> PathBuf {
    data_dir.join("books").join(id.to_string())
}

/// Name of the book's key in the keychain.
pub(crate) fn key_name(id: &str) -> String {
    format!("book-{id}")
}

/// A new practice workspace. Its name stays empty: the screen says it in the person's language.
pub(crate) fn practice(data_dir: &Path, id: WorkspaceId) -> WorkspaceView {
    WorkspaceView {
        id: id.to_string(),
        name: String::new(),
        kind: WorkspaceKind::Practice,
        colour: WorkspaceColour::Purple,
        folder: folder(data_dir, id).display().to_string(),
    }
}

/// A new live workspace, called as our company is, in a colour that no other of this laptop has while there is one.
pub(crate) fn live(data_dir: &Path, id: WorkspaceId, company: &str) -> WorkspaceView {
    let taken: Vec<WorkspaceColour> = list(data_dir).into_iter().map(|one| one.colour).collect();
    let free = LIVE_COLOURS.into_iter().find(|colour| !taken.contains(colour));
    WorkspaceView {
        id: id.to_string(),
        name: company.trim().chars().take(60).collect(),
        kind: WorkspaceKind::Live,
        colour: free.unwrap_or(WorkspaceColour::Teal),
        folder: folder(data_dir, id).display().to_string(),
    }
}

/// A colour's word in the journal.
pub(crate) fn word(colour: WorkspaceColour) -> &'static str {
    match colour {
        WorkspaceColour::Purple => "purple",
        WorkspaceColour::Teal => "teal",
        WorkspaceColour::Steel => "steel",
        WorkspaceColour::Bronze => "bronze",
        WorkspaceColour::Berry => "berry",
        WorkspaceColour::Slate => "slate",
    }
}

/// All finished workspaces.
pub(crate) fn list(data_dir: &Path) -> Vec<WorkspaceView> {
    let Ok(entries) = std::fs::read_dir(data_dir.join("books")) else { return Vec::new() };
    let mut found: Vec<WorkspaceView> = entries.flatten().filter_map(|entry| read(&entry.path())).collect();
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

/// The folder may have been moved (portable use): where it lies now counts, not what the file says.
fn read(folder: &Path) -> Option<WorkspaceView> {
    let bytes = std::fs::read(folder.join(FILE)).ok()?;
    let mut workspace: WorkspaceView = serde_json::from_slice(&bytes).ok()?;
    workspace.folder = folder.display().to_string();
    Some(workspace)
}

/// Writes the name plate.
pub(crate) fn write(workspace: &WorkspaceView) -> AppResult<()> {
    write_whole(&Path::new(&workspace.folder).join(FILE), &serde_json::to_vec_pretty(workspace)?)
}

/// Folders that other programs copy or that lie on a network would tear a live database apart (D9).
pub(crate) fn is_unsafe(data_dir: &Path) -> bool {
    const SYNCED: [&str; 6] =
        ["onedrive", "dropbox", "google drive", "googledrive", "icloud drive", "mobile documents"];
    let text = data_dir.display().to_string().to_lowercase();
    let network = text.starts_with(r"\\") && !text.starts_with(r"\\?\");
    network
        || data_dir.components().any(|part| {
            let part = part.as_os_str().to_string_lossy().to_lowercase();
            SYNCED.iter().any(|name| part == *name || (*name == "onedrive" && part.starts_with("onedrive - ")))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_live_workspace_has_a_colour_of_its_own_while_there_is_one() {
        let data = tempfile::tempdir().unwrap();
        let mut given = Vec::new();
        for number in 1..=6_u128 {
            let workspace = live(data.path(), WorkspaceId(uuid::Uuid::from_u128(number)), "Nordlicht Cloud GmbH");
            std::fs::create_dir_all(&workspace.folder).unwrap();
            write(&workspace).unwrap();
            given.push(workspace.colour);
        }
        assert_eq!(given[..5], LIVE_COLOURS);
        assert_eq!(given[5], WorkspaceColour::Teal, "there is no sixth");
    }

    #[test]
    fn synced_and_network_folders_are_refused() {
        for path in ["/home/a/OneDrive/books", "/home/a/OneDrive - Firma GmbH", "/home/a/Dropbox", r"\\server\share"] {
            assert!(is_unsafe(Path::new(path)), "{path} is not safe for a live database");
        }
        for path in ["/home/a/.local/share/app", "/home/a/dropboxes", "/srv/books"] {
            assert!(!is_unsafe(Path::new(path)), "{path} is an ordinary folder");
        }
    }
}
