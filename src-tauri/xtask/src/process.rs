//! Running programs and saying what failed.

use std::fmt;
use std::process::Command;

/// Why a command of xtask stopped.
#[derive(Debug)]
pub enum Failure {
    /// A program could not be started.
    Start { program: String, error: std::io::Error },
    /// A program ended with another code than 0.
    Ended { program: String, code: Option<i32> },
    /// Something is missing that only the person can install.
    Missing(Vec<String>),
    /// A file could not be read or written.
    File { path: String, error: std::io::Error },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start { program, error } => write!(f, "{program} could not be started: {error}"),
            Self::Ended { program, code: Some(code) } => write!(f, "{program} ended with code {code}"),
            Self::Ended { program, code: None } => write!(f, "{program} was ended by a signal"),
            Self::Missing(what) => write!(f, "please install first: {}", what.join(" ")),
            Self::File { path, error } => write!(f, "{path}: {error}"),
        }
    }
}

/// Runs a program with this terminal.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().map_err(|error| Failure::Start { program: program.clone(), error })?;
    if status.success() { Ok(()) } else { Err(Failure::Ended { program, code: status.code() }) }
}

/// What a program prints; `None` when it is absent or fails.
pub fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The cargo that runs us.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(crate::root());
    command
}

/// A heading between the parts.
pub fn say(part: &str) {
    println!("\n== {part}");
}
