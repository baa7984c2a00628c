//! Name and colour of the open workspace: what tells it from others at a glance.

use super::workspaces;
use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{WorkspaceColour, WorkspaceView};
use cb_domain::journal::{FieldChange, JournalContent, JournalDraft, JournalKind};
use cb_domain::topic::Topic;
use std::collections::BTreeSet;

/// Characters of a workspace's name, as the top bar has room for them.
const LONGEST_NAME: usize = 60;

impl App {
    /// Renames the open workspace; an empty name brings back the default one.
    ///
    /// # Errors
    /// `NoBook`, file errors.
    pub async fn rename_workspace(&self, name: String) -> AppResult<WorkspaceView> {
        let mut workspace = self.open_book().await?.workspace();
        let before = std::mem::replace(&mut workspace.name, name.trim().chars().take(LONGEST_NAME).collect());
        let change = FieldChange::new("value", before, workspace.name.clone());
        self.change_plate(workspace, "workspace_name", change).await
    }

    /// Gives the open workspace another colour.
    ///
    /// # Errors
    /// `NotAllowed` for a practice workspace and for purple: that colour says *practice* at all times. `NoBook`, file
    /// errors.
    pub async fn colour_workspace(&self, colour: WorkspaceColour) -> AppResult<WorkspaceView> {
        let mut workspace = self.open_book().await?.workspace();
        if !workspaces::LIVE_COLOURS.contains(&workspace.colour) || !workspaces::LIVE_COLOURS.contains(&colour) {
            return Err(AppError::NotAllowed);
        }
        let before = std::mem::replace(&mut workspace.colour, colour);
        if before == colour {
            return Ok(workspace);
        }
        let word = |colour: WorkspaceColour| workspaces::word(colour).to_owned();
        self.change_plate(workspace, "workspace_colour", FieldChange::new("colour", word(before), word(colour))).await
    }

    async fn change_plate(
        &self,
        workspace: WorkspaceView,
        reason: &str,
        change: FieldChange,
    ) -> AppResult<WorkspaceView> {
        let open = self.open_book().await?;
        let reason = reason.to_owned();
        // The plate is part of the book: nothing of one that may only be read changes (D7).
        let written = open
            .book
            .write(move |tx| {
                tx.tell(&JournalDraft {
                    reason,
                    content: JournalContent { changes: vec![change], ..JournalContent::default() },
                    ..JournalDraft::new(JournalKind::SettingChanged)
                })
            })
            .await?;
        self.publish(&written.topics);
        workspaces::write(&workspace)?;
        *open.workspace.write().unwrap_or_else(std::sync::PoisonError::into_inner) = workspace.clone();
        self.publish(&BTreeSet::from([Topic::Workspace]));
        Ok(workspace)
    }
}

#[cfg(test)]
mod tests {
    use crate::error::ErrorCode;
    use crate::fakes::Fakes;
    use crate::sign_in::tests::World;
    use crate::views::{JournalFilter, Language, WorkspaceColour};
    use crate::{App, views::StartKind};

    #[tokio::test(flavor = "multi_thread")]
    async fn a_live_workspace_keeps_its_new_colour_and_the_journal_tells_of_it() {
        let world = World::with(31, 0).await;
        world.connect().await;
        let changed = world.app.colour_workspace(WorkspaceColour::Berry).await.unwrap();
        assert_eq!(changed.colour, WorkspaceColour::Berry);
        assert_eq!(
            world.app.colour_workspace(WorkspaceColour::Purple).await.unwrap_err().code(),
            ErrorCode::NotAllowed,
            "purple says practice"
        );
        let told = world.app.journal(JournalFilter::default(), None).await.unwrap();
        let entry = told.rows.iter().find(|row| row.reason == "workspace_colour").unwrap();
        let change = &entry.changes[0];
        assert_eq!((change.field.as_str(), change.before.as_str(), change.after.as_str()), ("colour", "teal", "berry"));
        world.app.shut_down().await;
        let again = world.app.start_view().await.unwrap();
        assert_eq!(again.workspace.unwrap().colour, WorkspaceColour::Berry);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_practice_workspace_stays_purple() {
        let (fakes, folder) = (Fakes::new(32), tempfile::tempdir().unwrap());
        let app = App::new(fakes.host(), folder.path().to_path_buf(), Language::En);
        assert_eq!(app.try_it_out().await.unwrap().kind, StartKind::Ready);
        let refused = app.colour_workspace(WorkspaceColour::Teal).await.unwrap_err();
        assert_eq!(refused.code(), ErrorCode::NotAllowed);
        assert_eq!(app.start_view().await.unwrap().workspace.unwrap().colour, WorkspaceColour::Purple);
    }
}
