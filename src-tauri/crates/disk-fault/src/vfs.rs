//! The glue between SQLite's C interface and [`Storage`]. All unsafe code is here.
#![allow(unsafe_code, reason = "SQLite's VFS is a C interface; nothing of it is in the app")]

use crate::{Fault, Storage};
use rusqlite::ffi;
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::sync::{Mutex, OnceLock, PoisonError};

/// What stands behind a registered name.
struct Registered {
    storage: Box<dyn Storage>,
    /// The system's own VFS: for names that don't lie here, for time and randomness.
    system: *mut ffi::sqlite3_vfs,
}

/// An open file as SQLite holds it: its memory begins with the base struct.
#[repr(C)]
struct OpenFile {
    base: ffi::sqlite3_file,
    handle: *mut Handle,
}

struct Handle {
    registered: &'static Registered,
    name: String,
    delete_on_close: bool,
}

/// Those that were registered as default, by address: SQLite knows only the last one, and tests of one process share it.
static DEFAULTS: Mutex<Vec<usize>> = Mutex::new(Vec::new());

/// Registers a VFS for the rest of the process; `default` makes it the one that connections take by themselves. Several
/// may be default: each has the files that lie with it.
pub fn register(name: &str, storage: impl Storage + 'static, default: bool) {
    static SYSTEM: OnceLock<usize> = OnceLock::new();
    // SAFETY: a NULL name asks for the default VFS, which lives as long as the process. It is looked up once, before
    // any of ours can have become the default.
    let system = *SYSTEM.get_or_init(|| unsafe { ffi::sqlite3_vfs_find(std::ptr::null()) } as usize);
    let system = system as *mut ffi::sqlite3_vfs;
    // SAFETY: just found, never unregistered; only plain numbers are read.
    let (size, longest) = unsafe { ((*system).szOsFile, (*system).mxPathname) };
    let registered = Box::leak(Box::new(Registered { storage: Box::new(storage), system }));
    let own = c_int::try_from(size_of::<OpenFile>()).expect("small");
    let vfs = Box::leak(Box::new(ffi::sqlite3_vfs {
        iVersion: 1,
        szOsFile: own.max(size),
        mxPathname: longest,
        pNext: std::ptr::null_mut(),
        zName: CString::new(name).expect("a plain name").into_raw(),
        pAppData: std::ptr::from_mut(registered).cast(),
        xOpen: Some(open),
        xDelete: Some(delete),
        xAccess: Some(access),
        xFullPathname: Some(full_pathname),
        xDlOpen: None,
        xDlError: None,
        xDlSym: None,
        xDlClose: None,
        xRandomness: Some(randomness),
        xSleep: Some(sleep),
        xCurrentTime: Some(current_time),
        xGetLastError: None,
        xCurrentTimeInt64: None,
        xSetSystemCall: None,
        xGetSystemCall: None,
        xNextSystemCall: None,
    }));
    if default {
        let address = std::ptr::from_ref::<Registered>(registered) as usize;
        DEFAULTS.lock().unwrap_or_else(PoisonError::into_inner).push(address);
    }
    // SAFETY: the struct is complete and leaked, so it outlives every connection.
    let code = unsafe { ffi::sqlite3_vfs_register(vfs, c_int::from(default)) };
    assert_eq!(code, ffi::SQLITE_OK, "the VFS was refused");
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 1,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(lock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: None,
    xShmLock: None,
    xShmBarrier: None,
    xShmUnmap: None,
    xFetch: None,
    xUnfetch: None,
};

fn registered(vfs: *mut ffi::sqlite3_vfs) -> &'static Registered {
    // SAFETY: SQLite hands back the VFS that `register` leaked, whose data is a leaked `Registered`.
    unsafe { &*(*vfs).pAppData.cast::<Registered>() }
}

/// With whom a file lies: this VFS, another one that was registered as default, or the system.
fn owner(vfs: *mut ffi::sqlite3_vfs, name: &str) -> Option<&'static Registered> {
    let own = registered(vfs);
    if own.storage.has(name) {
        return Some(own);
    }
    let all = DEFAULTS.lock().unwrap_or_else(PoisonError::into_inner);
    // SAFETY: addresses of leaked `Registered`, which are never changed.
    all.iter().map(|at| unsafe { &*(*at as *const Registered) }).find(|one| one.storage.has(name))
}

fn handle<'a>(file: *mut ffi::sqlite3_file) -> &'a Handle {
    // SAFETY: our methods are only called on files that `open` filled in and `close` has not yet emptied.
    unsafe { &*(*file.cast::<OpenFile>()).handle }
}

fn text(name: *const c_char) -> String {
    // SAFETY: SQLite passes a name that ends in NUL.
    unsafe { CStr::from_ptr(name) }.to_string_lossy().into_owned()
}

fn code(fault: Fault, io: c_int) -> c_int {
    match fault {
        Fault::Io | Fault::Missing => io,
        Fault::Full => ffi::SQLITE_FULL,
    }
}

fn answer(done: Result<(), Fault>, io: c_int) -> c_int {
    done.map_or_else(|fault| code(fault, io), |()| ffi::SQLITE_OK)
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    let whose = if name.is_null() { None } else { owner(vfs, &text(name)) };
    let Some(registered) = whose else {
        let system = registered(vfs).system;
        // SAFETY: the same arguments go on to the system's VFS; the memory is large enough for either kind of file.
        return unsafe {
            (*system).xOpen.map_or(ffi::SQLITE_CANTOPEN, |open| open(system, name, file, flags, out_flags))
        };
    };
    let name = text(name);
    // SAFETY: SQLite gives `szOsFile` bytes, of which ours are the first.
    unsafe { (*file).pMethods = std::ptr::null() };
    if registered.storage.open(&name, flags & ffi::SQLITE_OPEN_CREATE != 0).is_err() {
        return ffi::SQLITE_CANTOPEN;
    }
    let delete_on_close = flags & ffi::SQLITE_OPEN_DELETEONCLOSE != 0;
    let handle = Box::into_raw(Box::new(Handle { registered, name, delete_on_close }));
    // SAFETY: as above; `out_flags` may be NULL and is then left alone.
    unsafe {
        (*file.cast::<OpenFile>()).handle = handle;
        (*file).pMethods = &raw const METHODS;
        if !out_flags.is_null() {
            *out_flags = flags;
        }
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: `open` made this box; SQLite closes a file once.
    let handle = unsafe { Box::from_raw((*file.cast::<OpenFile>()).handle) };
    if handle.delete_on_close {
        let _ = handle.registered.storage.delete(&handle.name);
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn read(file: *mut ffi::sqlite3_file, buffer: *mut c_void, length: c_int, offset: i64) -> c_int {
    let handle = handle(file);
    let length = usize::try_from(length).unwrap_or_default();
    // SAFETY: SQLite gives a buffer of this length for the call.
    let buffer = unsafe { std::slice::from_raw_parts_mut(buffer.cast::<u8>(), length) };
    match handle.registered.storage.read(&handle.name, u64::try_from(offset).unwrap_or_default(), buffer) {
        Ok(read) if read == length => ffi::SQLITE_OK,
        Ok(read) => {
            buffer[read..].fill(0);
            ffi::SQLITE_IOERR_SHORT_READ
        }
        Err(fault) => code(fault, ffi::SQLITE_IOERR_READ),
    }
}

unsafe extern "C" fn write(file: *mut ffi::sqlite3_file, bytes: *const c_void, length: c_int, offset: i64) -> c_int {
    let handle = handle(file);
    // SAFETY: SQLite gives that many bytes for the call.
    let bytes = unsafe { std::slice::from_raw_parts(bytes.cast::<u8>(), usize::try_from(length).unwrap_or_default()) };
    let done = handle.registered.storage.write(&handle.name, u64::try_from(offset).unwrap_or_default(), bytes);
    answer(done, ffi::SQLITE_IOERR_WRITE)
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, size: i64) -> c_int {
    let handle = handle(file);
    let done = handle.registered.storage.truncate(&handle.name, u64::try_from(size).unwrap_or_default());
    answer(done, ffi::SQLITE_IOERR)
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _flags: c_int) -> c_int {
    let handle = handle(file);
    answer(handle.registered.storage.sync(&handle.name), ffi::SQLITE_IOERR)
}

unsafe extern "C" fn file_size(file: *mut ffi::sqlite3_file, size: *mut i64) -> c_int {
    let handle = handle(file);
    match handle.registered.storage.size(&handle.name) {
        Ok(found) => {
            // SAFETY: SQLite gives a place for the answer.
            unsafe { *size = i64::try_from(found).unwrap_or(i64::MAX) };
            ffi::SQLITE_OK
        }
        Err(fault) => code(fault, ffi::SQLITE_IOERR),
    }
}

/// Tests have one connection at a time.
unsafe extern "C" fn lock(_file: *mut ffi::sqlite3_file, _level: c_int) -> c_int {
    ffi::SQLITE_OK
}

unsafe extern "C" fn check_reserved_lock(_file: *mut ffi::sqlite3_file, held: *mut c_int) -> c_int {
    // SAFETY: SQLite gives a place for the answer.
    unsafe { *held = 0 };
    ffi::SQLITE_OK
}

/// Nothing is ever mapped into memory, and that can be asked.
unsafe extern "C" fn file_control(_file: *mut ffi::sqlite3_file, op: c_int, argument: *mut c_void) -> c_int {
    if op != ffi::SQLITE_FCNTL_MMAP_SIZE {
        return ffi::SQLITE_NOTFOUND;
    }
    // SAFETY: with this question SQLite gives a place for a 64-bit number.
    unsafe { *argument.cast::<i64>() = 0 };
    ffi::SQLITE_OK
}

unsafe extern "C" fn sector_size(_file: *mut ffi::sqlite3_file) -> c_int {
    512
}

/// As the system's own VFS: a write harms no byte beside it.
unsafe extern "C" fn device_characteristics(_file: *mut ffi::sqlite3_file) -> c_int {
    ffi::SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

unsafe extern "C" fn delete(vfs: *mut ffi::sqlite3_vfs, name: *const c_char, sync_folder: c_int) -> c_int {
    if let Some(registered) = owner(vfs, &text(name)) {
        return match registered.storage.delete(&text(name)) {
            Ok(()) => ffi::SQLITE_OK,
            Err(Fault::Missing) => ffi::SQLITE_IOERR_DELETE_NOENT,
            Err(Fault::Io | Fault::Full) => ffi::SQLITE_IOERR_DELETE,
        };
    }
    let system = registered(vfs).system;
    // SAFETY: the same arguments go on to the system's VFS.
    unsafe { (*system).xDelete.map_or(ffi::SQLITE_IOERR, |delete| delete(system, name, sync_folder)) }
}

unsafe extern "C" fn access(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    flags: c_int,
    answer: *mut c_int,
) -> c_int {
    if let Some(registered) = owner(vfs, &text(name)) {
        // SAFETY: SQLite gives a place for the answer.
        unsafe { *answer = c_int::from(registered.storage.exists(&text(name))) };
        return ffi::SQLITE_OK;
    }
    let system = registered(vfs).system;
    // SAFETY: the same arguments go on to the system's VFS.
    unsafe { (*system).xAccess.map_or(ffi::SQLITE_IOERR, |access| access(system, name, flags, answer)) }
}

unsafe extern "C" fn full_pathname(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    length: c_int,
    whole: *mut c_char,
) -> c_int {
    let system = registered(vfs).system;
    // SAFETY: the same arguments go on to the system's VFS.
    unsafe { (*system).xFullPathname.map_or(ffi::SQLITE_CANTOPEN, |full| full(system, name, length, whole)) }
}

unsafe extern "C" fn randomness(vfs: *mut ffi::sqlite3_vfs, length: c_int, bytes: *mut c_char) -> c_int {
    let system = registered(vfs).system;
    // SAFETY: the same arguments go on to the system's VFS.
    unsafe { (*system).xRandomness.map_or(0, |random| random(system, length, bytes)) }
}

unsafe extern "C" fn sleep(vfs: *mut ffi::sqlite3_vfs, microseconds: c_int) -> c_int {
    let system = registered(vfs).system;
    // SAFETY: the same arguments go on to the system's VFS.
    unsafe { (*system).xSleep.map_or(0, |sleep| sleep(system, microseconds)) }
}

unsafe extern "C" fn current_time(vfs: *mut ffi::sqlite3_vfs, now: *mut f64) -> c_int {
    let system = registered(vfs).system;
    // SAFETY: the same arguments go on to the system's VFS.
    unsafe { (*system).xCurrentTime.map_or(ffi::SQLITE_ERROR, |time| time(system, now)) }
}
