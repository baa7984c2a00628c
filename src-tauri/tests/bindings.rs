//! The committed TypeScript is what Rust generates today. `CHANNELBOOK_WRITE_BINDINGS=1` writes it anew.
#![allow(clippy::expect_used, reason = "a test may fail loudly")]

use std::path::Path;

#[test]
fn the_committed_bindings_are_current() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/shared/ipc/bindings.ts");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let fresh = folder.path().join("bindings.ts");
    let typescript = specta_typescript::Typescript::default()
        .header("// Generated from the Rust commands by the test `bindings`; do not edit.\n// @ts-nocheck: unused helpers are part of the generator's preamble.\n");
    channelbook_lib::bindings::builder().export(typescript, &fresh).expect("the types can be exported");
    let text = std::fs::read_to_string(&fresh).expect("the export is there");
    if std::env::var_os("CHANNELBOOK_WRITE_BINDINGS").is_some() {
        std::fs::create_dir_all(committed.parent().expect("a folder")).expect("the folder can be made");
        std::fs::write(&committed, &text).expect("the bindings can be written");
    }
    let held = std::fs::read_to_string(&committed).unwrap_or_default();
    assert_eq!(held, text, "run the test once with CHANNELBOOK_WRITE_BINDINGS=1 and commit the file");
}
