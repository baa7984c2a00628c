//! Files in memory, with what a power cut would leave of them: sectors written since the last sync may each be kept or
//! lost, in any combination.

use crate::{Fault, Storage};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Smallest piece that a disk writes whole.
const SECTOR: usize = 512;

/// Something done to a file that a power cut may undo.
#[derive(Debug, Clone)]
enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    Truncate(usize),
}

/// A file as it reads, and as the platter has it.
#[derive(Debug, Clone, Default)]
struct File {
    bytes: Vec<u8>,
    durable: Option<Vec<u8>>,
    since: Vec<Change>,
}

/// What a power cut left, and how many commits had been reported before it.
#[derive(Debug, Clone)]
pub struct Cut {
    /// The files afterwards.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What [`Memory::report`] said last.
    pub reported: i64,
}

#[derive(Debug, Default)]
struct Inner {
    files: BTreeMap<String, File>,
    reported: i64,
    random: u64,
    /// Images made at each call that changes something; `0` records none.
    images: u32,
    cuts: Vec<Cut>,
}

/// The disk. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Memory(Arc<Mutex<Inner>>);

impl Memory {
    /// Empty; before each change `images` power cuts are recorded, drawn from `seed`.
    #[must_use]
    pub fn new(seed: u64, images: u32) -> Self {
        Self(Arc::new(Mutex::new(Inner { random: seed, images, ..Inner::default() })))
    }

    /// All that lies on it goes, and this takes its place; cuts not taken are forgotten.
    pub fn replace(&self, files: &BTreeMap<String, Vec<u8>>) {
        let mut inner = self.0.lock().unwrap();
        inner.cuts.clear();
        inner.files = files
            .iter()
            .map(|(name, bytes)| {
                (name.clone(), File { bytes: bytes.clone(), durable: Some(bytes.clone()), since: Vec::new() })
            })
            .collect();
    }

    /// So many commits were reported as saved.
    pub fn report(&self, commits: i64) {
        self.0.lock().unwrap().reported = commits;
    }

    /// The power cuts recorded since the last call.
    #[must_use]
    pub fn take_cuts(&self) -> Vec<Cut> {
        std::mem::take(&mut self.0.lock().unwrap().cuts)
    }

    fn change<T>(&self, name: &str, act: impl FnOnce(&mut File) -> T) -> Result<T, Fault> {
        let mut inner = self.0.lock().unwrap();
        for _ in 0..inner.images {
            let cut = inner.cut();
            inner.cuts.push(cut);
        }
        inner.files.get_mut(name).map(act).ok_or(Fault::Missing)
    }
}

impl Inner {
    fn draw(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn cut(&mut self) -> Cut {
        // Some cuts keep nearly everything, some nearly nothing: both ends find bugs that the middle does not.
        let kept = [0, 10, 50, 90, 100][usize::try_from(self.draw() % 5).unwrap()];
        let mut files = BTreeMap::new();
        let names: Vec<String> = self.files.keys().cloned().collect();
        for name in names {
            let file = self.files[&name].clone();
            let Some(mut left) = file.durable.clone() else {
                // Never synced, so its name may be missing too.
                if self.draw() % 100 < kept {
                    files.insert(name, self.survivors(Vec::new(), &file.since, kept));
                }
                continue;
            };
            left = self.survivors(left, &file.since, kept);
            files.insert(name, left);
        }
        Cut { files, reported: self.reported }
    }

    fn survivors(&mut self, mut left: Vec<u8>, since: &[Change], kept: u64) -> Vec<u8> {
        for change in since {
            match change {
                Change::Truncate(size) => {
                    if self.draw() % 100 < kept {
                        left.resize(*size, 0);
                    }
                }
                Change::Write { offset, bytes } => {
                    let mut at = 0;
                    while at < bytes.len() {
                        let end = (at + SECTOR - (offset + at) % SECTOR).min(bytes.len());
                        if self.draw() % 100 < kept {
                            put(&mut left, offset + at, &bytes[at..end]);
                        }
                        at = end;
                    }
                }
            }
        }
        left
    }
}

fn put(file: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    let end = offset + bytes.len();
    if file.len() < end {
        file.resize(end, 0);
    }
    file[offset..end].copy_from_slice(bytes);
}

fn index(offset: u64) -> usize {
    usize::try_from(offset).expect("small files")
}

impl Storage for Memory {
    fn has(&self, _name: &str) -> bool {
        true
    }

    fn open(&self, name: &str, create: bool) -> Result<(), Fault> {
        let mut inner = self.0.lock().unwrap();
        if create {
            inner.files.entry(name.to_owned()).or_default();
        }
        if inner.files.contains_key(name) { Ok(()) } else { Err(Fault::Missing) }
    }

    fn exists(&self, name: &str) -> bool {
        self.0.lock().unwrap().files.contains_key(name)
    }

    fn delete(&self, name: &str) -> Result<(), Fault> {
        self.change(name, |_| ())?;
        self.0.lock().unwrap().files.remove(name);
        Ok(())
    }

    fn read(&self, name: &str, offset: u64, buffer: &mut [u8]) -> Result<usize, Fault> {
        let inner = self.0.lock().unwrap();
        let bytes = &inner.files.get(name).ok_or(Fault::Missing)?.bytes;
        let from = index(offset).min(bytes.len());
        let end = (from + buffer.len()).min(bytes.len());
        buffer[..end - from].copy_from_slice(&bytes[from..end]);
        Ok(end - from)
    }

    fn write(&self, name: &str, offset: u64, bytes: &[u8]) -> Result<(), Fault> {
        self.change(name, |file| {
            put(&mut file.bytes, index(offset), bytes);
            file.since.push(Change::Write { offset: index(offset), bytes: bytes.to_vec() });
        })
    }

    fn truncate(&self, name: &str, size: u64) -> Result<(), Fault> {
        self.change(name, |file| {
            file.bytes.resize(index(size), 0);
            file.since.push(Change::Truncate(index(size)));
        })
    }

    fn sync(&self, name: &str) -> Result<(), Fault> {
        self.change(name, |file| {
            file.durable = Some(file.bytes.clone());
            file.since.clear();
        })
    }

    fn size(&self, name: &str) -> Result<u64, Fault> {
        let inner = self.0.lock().unwrap();
        let file = inner.files.get(name).ok_or(Fault::Missing)?;
        Ok(u64::try_from(file.bytes.len()).expect("small files"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_synced_stays_and_what_was_not_may_go() {
        let disk = Memory::new(1, 8);
        disk.open("a", true).unwrap();
        disk.write("a", 0, &[1; 1024]).unwrap();
        disk.sync("a").unwrap();
        drop(disk.take_cuts());
        disk.write("a", 0, &[2; 1024]).unwrap();
        disk.write("a", 1024, &[3; 10]).unwrap();
        disk.sync("a").unwrap();
        let cuts = disk.take_cuts();
        let file = |cut: &Cut| cut.files["a"].clone();
        assert!(cuts.iter().all(|cut| file(cut).len() >= 1024 && file(cut)[..1024].iter().all(|byte| *byte != 0)));
        assert!(cuts.iter().any(|cut| file(cut)[0] == 1) && cuts.iter().any(|cut| file(cut)[0] == 2));
        assert!(cuts.iter().any(|cut| file(cut)[0] != file(cut)[512]), "sectors go one by one");
        disk.write("a", 0, &[4]).unwrap();
        assert_eq!(file(&disk.take_cuts()[0])[..3], [2, 2, 2], "synced by now");
    }
}
