//! What the webview sees of an error: a code of the closed list and problems by field path. The chain goes to the
//! log once, here, without personal data.

use cb_app::error::{AppError, ErrorCode};
use cb_app::views::FieldProblem;

/// An error at the rim.
#[derive(Debug, Clone, serde::Serialize, specta::Type)]
pub struct CommandError {
    /// What to present; the UI has one table from code to presentation.
    pub code: ErrorCode,
    /// Validation problems by field path.
    pub fields: Vec<FieldProblem>,
}

/// Result of a command.
pub type CommandResult<T> = Result<T, CommandError>;

impl From<AppError> for CommandError {
    fn from(error: AppError) -> Self {
        let code = error.code();
        if matches!(code, ErrorCode::Internal | ErrorCode::DiskFull | ErrorCode::DiskFailed) {
            tracing::error!(error = %chain(&error), "command failed");
        }
        let fields = if let AppError::Validation(fields) = error { fields } else { Vec::new() };
        Self { code, fields }
    }
}

/// The error with its sources. Error types carry no personal data by rule, so their texts may be logged.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    text
}
