//! System packages: installed on Debian and Ubuntu as root, named elsewhere.

use crate::process::{Failure, answer, run};
use std::path::Path;
use std::process::Command;

/// Needed to build and to open the window.
const BUILD: &[&str] = &["build-essential", "pkg-config", "perl", "libwebkit2gtk-4.1-dev"];

/// Needed to drive the real window without a screen, with a keychain and a mail handler of the test's own.
const TEST: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "openbox",
    "xdotool",
    "xdg-utils",
    "imagemagick",
    "gnome-keyring",
    "sqlite3",
    "libsecret-tools",
    "dbus-x11",
    "fonts-dejavu-core",
    "procps",
    "poppler-utils",
];

/// Installs what the build needs.
pub fn install_build_packages() -> Result<(), Failure> {
    install(BUILD)
}

/// Installs what the tests need.
pub fn install_test_packages() -> Result<(), Failure> {
    install(TEST)
}

/// Installs the browser that one journey is run in when it is asked for: it is larger than all the rest together.
pub fn install_browser() -> Result<(), Failure> {
    install(&["chromium", "chromium-driver"])
}

/// Installs packages by name where we may; says which are missing where we may not.
pub fn install(packages: &[&str]) -> Result<(), Failure> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    if !Path::new("/usr/bin/dpkg-query").exists() {
        let present = answer("pkg-config", &["--exists", "webkit2gtk-4.1"]).is_some();
        return if present { Ok(()) } else { Err(missing(packages)) };
    }
    let absent: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if absent.is_empty() {
        return Ok(());
    }
    if answer("id", &["-u"]).as_deref() != Some("0") {
        return Err(missing(&absent));
    }
    println!("installing {}", absent.join(" "));
    run(apt().args(["update", "-qq"]))?;
    run(apt().args(["install", "--yes", "--no-install-recommends", "-qq"]).args(&absent))
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").stdout(std::process::Stdio::null());
    command
}

fn missing(packages: &[&str]) -> Failure {
    Failure::Missing(packages.iter().map(|&name| name.to_owned()).collect())
}

fn is_installed(package: &str) -> bool {
    answer("dpkg-query", &["--show", "--showformat=${Status}", package])
        .is_some_and(|status| status == "install ok installed")
}
