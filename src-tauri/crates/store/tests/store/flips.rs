//! Flipped bits and cut ends of the book's file (D5): each is told at the start, the file is set aside as it was, no new
//! book is made in its place, and nothing panics.

use crate::support::*;
use cb_store::{Book, StoreError};
use std::fs;
use std::path::Path;

/// Damaged files with each submission; the long run has ten thousand.
const FLIPS: u64 = 400;

fn figure(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Numbers that come out the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }
}

/// One bit other than it was, up to a page of garbage, or a part of the file.
fn damage(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut damaged = bytes.to_vec();
    let at = dice.below(bytes.len());
    match dice.below(4) {
        0 => damaged.truncate(at),
        1 => {
            let end = (at + 1 + dice.below(4096)).min(damaged.len());
            for byte in &mut damaged[at..end] {
                *byte ^= u8::try_from(1 + dice.below(255)).unwrap();
            }
        }
        _ => damaged[at] ^= 1 << dice.below(8),
    }
    damaged
}

/// What is wrong with the way that this damage is met; `None` when it is told and kept.
fn met(folder: &Path, damaged: &[u8]) -> Option<String> {
    let opened = std::panic::catch_unwind(|| Book::open(folder, &key()));
    match opened {
        Err(_) => Some("panicked".to_owned()),
        Ok(Err(StoreError::Corrupt { moved_to })) => {
            let kept = fs::read(moved_to.join("book.db")).is_ok_and(|kept| kept == damaged);
            let anew = folder.join("book.db").exists();
            (!kept || anew).then(|| format!("kept {kept}, made anew {anew}"))
        }
        Ok(other) => Some(format!("{other:?}")),
    }
}

#[tokio::test]
async fn d5_no_flipped_bit_and_no_cut_passes_for_a_book() {
    let (runs, seed) = (figure("CHANNELBOOK_FLIPS", FLIPS), figure("CHANNELBOOK_SEED", 1));
    let whole = tempfile::tempdir().unwrap();
    let book = create(whole.path());
    with_operation(&book).await;
    book.close().await;
    let bytes = fs::read(whole.path().join("book.db")).unwrap();
    let plain = fs::read(whole.path().join("book.json")).unwrap();
    let memory = Path::new("/dev/shm");
    let lanes = 2;
    let found: Vec<String> = std::thread::scope(|scope| {
        let lane = |lane: u64| {
            let (bytes, plain) = (&bytes, &plain);
            scope.spawn(move || {
                let mut found = Vec::new();
                for run in (lane..runs).step_by(2) {
                    let copy =
                        if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
                    let damaged = damage(bytes, &mut Dice(seed ^ (run << 20)));
                    fs::write(copy.path().join("book.db"), &damaged).unwrap();
                    fs::write(copy.path().join("book.json"), plain).unwrap();
                    found.extend(met(copy.path(), &damaged).map(|what| format!("run {run}: {what}")));
                }
                found
            })
        };
        (0..lanes).map(lane).collect::<Vec<_>>().into_iter().flat_map(|lane| lane.join().unwrap()).collect()
    });
    println!("flips runs={runs} lost={} doubled=0 seed={seed}", found.len());
    assert!(found.is_empty(), "{found:#?}");
    // The suite finds what passes for a book: the file as it was.
    assert!(met(whole.path(), &bytes).is_some());
}
