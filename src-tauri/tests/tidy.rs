//! House rules that no linter knows: who may import whom, files that say what they are for, files that stay readable.
#![allow(clippy::expect_used, reason = "a test may fail loudly")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Allowed edges between our crates (and `testkit`, for tests). Everything else is refused.
const EDGES: &[(&str, &[&str])] = &[
    ("crates/domain", &[]),
    ("crates/sync", &["cb-domain", "cb-testkit"]),
    ("crates/disk-fault", &[]),
    ("crates/report", &[]),
    ("crates/store", &["cb-disk-fault", "cb-domain"]),
    // `cb-sandbox` for tests only: as a real edge it would be a circle, which cargo refuses.
    ("crates/partner-center", &["cb-domain", "cb-sandbox", "cb-sync"]),
    ("crates/sandbox", &["cb-partner-center"]),
    (
        "crates/app",
        &[
            "cb-disk-fault",
            "cb-domain",
            "cb-partner-center",
            "cb-report",
            "cb-sandbox",
            "cb-store",
            "cb-sync",
            "cb-testkit",
        ],
    ),
    ("crates/testkit", &["cb-domain", "cb-sync"]),
    (".", &["cb-app", "cb-domain"]),
    ("xtask", &[]),
];

/// Libraries that only these crates may name.
const RESERVED: &[(&str, &[&str])] = &[
    ("tauri", &["."]),
    ("rusqlite", &["crates/store", "crates/sandbox", "crates/disk-fault"]),
    ("reqwest", &["crates/partner-center"]),
    ("keyring", &["."]),
    ("open", &["."]),
    ("arboard", &["."]),
    ("axum", &["crates/sandbox"]),
    ("krilla", &["crates/report"]),
];

fn backend() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn dependencies(folder: &str) -> BTreeSet<String> {
    let manifest = fs::read_to_string(backend().join(folder).join("Cargo.toml")).expect("each crate has a manifest");
    let mut inside = false;
    let mut names = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.contains("dependencies");
        } else if inside && let Some(name) = line.split(['.', '=', ' ']).next().filter(|name| !name.is_empty()) {
            names.insert(name.to_owned());
        }
    }
    names
}

#[test]
fn crates_import_only_whom_they_may() {
    for (folder, allowed) in EDGES {
        for name in dependencies(folder).iter().filter(|name| name.starts_with("cb-")) {
            assert!(allowed.contains(&name.as_str()), "{folder} may not depend on {name}");
        }
    }
}

#[test]
fn libraries_stay_in_their_rooms() {
    for (library, rooms) in RESERVED {
        for (folder, _) in EDGES {
            let named = dependencies(folder).contains(*library);
            assert!(!named || rooms.contains(folder), "{folder} may not name {library}");
        }
    }
}

#[test]
fn the_sandbox_knows_the_wire_and_nothing_else_of_the_client() {
    for file in sources(&backend().join("crates/sandbox/src")) {
        let text = fs::read_to_string(&file).expect("a source file");
        for line in text.lines().filter(|line| line.contains("cb_partner_center::")) {
            let fine = line.contains("cb_partner_center::wire") || line.trim_start().starts_with("//");
            assert!(fine, "{} uses more than the wire types: {line}", file.display());
        }
    }
}

#[test]
fn every_file_says_what_it_is_for_and_stays_readable() {
    for file in sources(&backend()) {
        let text = fs::read_to_string(&file).expect("a source file");
        let opening = text.lines().find(|line| !line.starts_with("#!")).unwrap_or_default();
        assert!(opening.starts_with("//!"), "{} does not say what it is for", file.display());
        let lines = text.lines().count();
        assert!(lines <= 600, "{} has {lines} lines, 600 are the most", file.display());
    }
}

#[test]
fn commands_hold_no_decision() {
    for file in sources(&backend().join("src/commands")) {
        let text = fs::read_to_string(&file).expect("a source file");
        for word in ["if ", "match ", "for ", "while ", ".lock("] {
            let found = text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word));
            assert!(!found, "{} decides something: `{word}`", file.display());
        }
    }
}

#[test]
fn every_command_is_declared_once_and_given_to_one_window() {
    let built = fs::read_to_string(backend().join("build.rs")).expect("build.rs");
    let capability = |name: &str| fs::read_to_string(backend().join("capabilities").join(name)).expect("a capability");
    let (main, reveal) = (capability("main.json"), capability("reveal.json"));
    for file in sources(&backend().join("src/commands")) {
        let text = fs::read_to_string(&file).expect("a source file");
        for line in text.lines().filter(|line| line.starts_with("pub ") && line.contains("fn ")) {
            let name = line.split("fn ").nth(1).and_then(|rest| rest.split('(').next()).expect("a function name");
            assert!(built.contains(&format!("\"{name}\"")), "{name} is missing in build.rs");
            let permission = format!("\"allow-{}\"", name.replace('_', "-"));
            let windows = [&main, &reveal].iter().filter(|text| text.contains(&permission)).count();
            assert_eq!(windows, 1, "{name} must be given to exactly one window");
        }
    }
}

/// All Rust files below a folder, without what is built or generated.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the project").flatten() {
        let path = entry.path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "target" && name != "gen") {
                files.extend(sources(&path));
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
