//! Real files whose calls can be made to fail: once, or from one call on as if the process had been killed there.

use crate::{Fault, Storage};
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::sync::{Arc, Mutex};

/// Calls that change a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// Making it.
    Create,
    /// Writing.
    Write,
    /// Cutting.
    Truncate,
    /// Syncing: a commit.
    Sync,
    /// Deleting.
    Delete,
}

/// What is to go wrong. Calls are counted from 1 since the plan was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Plan {
    /// The call that fails; 0 for none.
    pub at: u64,
    /// All calls after it fail too, reads included: nothing reaches the disk any more.
    pub for_good: bool,
    /// Every call that changes something fails, reads do not: a disk that takes nothing until the next plan.
    pub dry: bool,
    /// What the failure says; [`Fault::Io`] when not given.
    pub fault: Option<Fault>,
}

#[derive(Debug, Default)]
struct Inner {
    plan: Plan,
    calls: u64,
    failed: bool,
    log: Vec<Call>,
    open: HashMap<String, File>,
}

/// The disk. Clones share it.
#[derive(Debug, Clone)]
pub struct Failing {
    inner: Arc<Mutex<Inner>>,
    only: &'static str,
}

impl Failing {
    /// For files whose name contains `only`.
    #[must_use]
    pub fn new(only: &'static str) -> Self {
        Self { inner: Arc::default(), only }
    }

    /// Makes a plan and counts anew.
    pub fn plan(&self, plan: Plan) {
        let mut inner = self.inner.lock().unwrap();
        inner.plan = plan;
        (inner.calls, inner.failed) = (0, false);
        inner.log.clear();
    }

    /// The plan in force.
    #[must_use]
    pub fn plan_now(&self) -> Plan {
        self.inner.lock().unwrap().plan
    }

    /// Calls that changed something since the plan was made, in order.
    #[must_use]
    pub fn log(&self) -> Vec<Call> {
        self.inner.lock().unwrap().log.clone()
    }

    /// Whether the planned call has failed.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.inner.lock().unwrap().failed
    }

    fn change<T>(
        &self,
        call: Call,
        act: impl FnOnce(&mut HashMap<String, File>) -> std::io::Result<T>,
    ) -> Result<T, Fault> {
        let mut inner = self.inner.lock().unwrap();
        inner.calls += 1;
        inner.log.push(call);
        let due = inner.plan.at != 0 && inner.calls == inner.plan.at;
        let dead = inner.failed && inner.plan.for_good;
        if due || dead || inner.plan.dry {
            inner.failed = true;
            return Err(inner.plan.fault.unwrap_or(Fault::Io));
        }
        act(&mut inner.open).map_err(|_| Fault::Io)
    }

    fn look<T>(&self, name: &str, act: impl FnOnce(&File) -> std::io::Result<T>) -> Result<T, Fault> {
        let inner = self.inner.lock().unwrap();
        if inner.failed && inner.plan.for_good {
            return Err(Fault::Io);
        }
        act(inner.open.get(name).ok_or(Fault::Missing)?).map_err(|_| Fault::Io)
    }
}

fn absent() -> std::io::Error {
    std::io::Error::from(std::io::ErrorKind::NotFound)
}

impl Storage for Failing {
    fn has(&self, name: &str) -> bool {
        name.contains(self.only)
    }

    fn open(&self, name: &str, create: bool) -> Result<(), Fault> {
        let make = |open: &mut HashMap<String, File>| {
            let file = OpenOptions::new().read(true).write(true).create(create).truncate(false).open(name)?;
            open.insert(name.to_owned(), file);
            Ok(())
        };
        if create && !self.exists(name) {
            return self.change(Call::Create, make);
        }
        let mut inner = self.inner.lock().unwrap();
        make(&mut inner.open).map_err(|_| Fault::Missing)
    }

    fn exists(&self, name: &str) -> bool {
        std::path::Path::new(name).exists()
    }

    fn delete(&self, name: &str) -> Result<(), Fault> {
        if !self.exists(name) {
            return Err(Fault::Missing);
        }
        self.change(Call::Delete, |open| {
            open.remove(name);
            std::fs::remove_file(name)
        })
    }

    fn read(&self, name: &str, offset: u64, buffer: &mut [u8]) -> Result<usize, Fault> {
        self.look(name, |file| {
            let mut done = 0;
            while done < buffer.len() {
                let more = file.read_at(&mut buffer[done..], offset + u64::try_from(done).unwrap())?;
                if more == 0 {
                    break;
                }
                done += more;
            }
            Ok(done)
        })
    }

    fn write(&self, name: &str, offset: u64, bytes: &[u8]) -> Result<(), Fault> {
        self.change(Call::Write, |open| open.get(name).ok_or_else(absent)?.write_all_at(bytes, offset))
    }

    fn truncate(&self, name: &str, size: u64) -> Result<(), Fault> {
        self.change(Call::Truncate, |open| open.get(name).ok_or_else(absent)?.set_len(size))
    }

    /// A kill, unlike a power cut, loses nothing that was written: no need to wait for the real disk.
    fn sync(&self, _name: &str) -> Result<(), Fault> {
        self.change(Call::Sync, |_| Ok(()))
    }

    fn size(&self, name: &str) -> Result<u64, Fault> {
        self.look(name, |file| Ok(file.metadata()?.len()))
    }
}
