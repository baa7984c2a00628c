//! Mutants: the code with one small fault each, and whether the tests notice. Faults in Rust are made by cargo-mutants,
//! which is installed when it is missing; those in the triggers, which hold for every writer, are made here: a trigger
//! taken out, one of its conditions always or never true, one word less in a list.

use crate::process::{Failure, answer, cargo, run, say};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// So much of a part has to be caught, in percent.
const ENOUGH: usize = 95;
/// Of so many shares one is tried, unless a share is asked for: all of them take a night.
const SHARE: &str = "0/10";
/// How long the tests of one mutant may take, seconds.
const PATIENCE: &str = "150";

/// What belongs together: the files of a package, and the tests that claim to hold them.
struct Part {
    name: &'static str,
    package: &'static str,
    files: &'static [&'static str],
    tests: &'static [&'static str],
}

const PARTS: [Part; 4] = [
    Part { name: "outbox", package: "cb-sync", files: &["src-tauri/crates/sync/src/*.rs"], tests: &[] },
    Part {
        name: "credentials",
        package: "cb-store",
        files: &[
            "src-tauri/crates/store/src/table/secrets.rs",
            "src-tauri/crates/store/src/key.rs",
            "src-tauri/crates/store/src/recovery.rs",
            "src-tauri/crates/store/src/sidecar.rs",
        ],
        tests: &["--lib", "--test", "store", "--", "--skip", "sizes::", "--skip", "lists::"],
    },
    Part {
        name: "seals",
        package: "cb-app",
        files: &["src-tauri/crates/app/src/driver/seal.rs"],
        tests: &["--lib", "--", "driver::", "setup_info::"],
    },
    Part {
        name: "store",
        package: "cb-store",
        files: &["src-tauri/crates/store/src/owner.rs", "src-tauri/crates/store/src/table/*.rs"],
        tests: &["--lib", "--test", "store", "--", "--skip", "sizes::"],
    },
];

/// Figures with which the random families are quick: a mutant that only they would find is not held by anything certain.
const FIGURES: [(&str, &str); 3] =
    [("CHANNELBOOK_SCHEDULES", "200"), ("CHANNELBOOK_RESTORES", "60"), ("CHANNELBOOK_POWER_CUTS", "40")];

/// Tests that claim to hold the triggers, wherever they stand; the quick ones first, which notice most.
const OF_TRIGGERS: [&[&str]; 2] =
    [&["guard_tests::", "transitions::"], &["sessions::", "safe::", "tables::", "tests::"]];

/// What became of the mutants of a part.
#[derive(Default)]
struct Tally {
    caught: usize,
    missed: usize,
    /// Did not compile, so that there was nothing to catch.
    unviable: usize,
}

impl Tally {
    /// Prints the line; whether enough were caught.
    fn told(&self, part: &str) -> bool {
        let tested = self.caught + self.missed;
        println!(
            "mutants {part} tested={tested} caught={} missed={} unviable={}",
            self.caught, self.missed, self.unviable
        );
        tested > 0 && self.caught * 100 >= tested * ENOUGH
    }
}

/// `--shard k/n` for another share, `--part NAME` for one part only.
pub fn mutants(arguments: &[String]) -> Result<(), Failure> {
    let value = |option: &str| arguments.iter().skip_while(|one| *one != option).nth(1).map(String::as_str);
    let share = value("--shard").unwrap_or(SHARE);
    let only = value("--part");
    let mut enough = true;
    if only.is_none_or(|only| only == "triggers") {
        say("mutants of the triggers");
        enough &= triggers(share)?.told("triggers");
    }
    for part in PARTS.iter().filter(|part| only.is_none_or(|only| only == part.name)) {
        install()?;
        say(&format!("mutants of {}", part.name));
        enough &= of_part(part, share)?.told(part.name);
    }
    if enough { Ok(()) } else { Err(Failure::Ended { program: "mutants".to_owned(), code: Some(1) }) }
}

fn install() -> Result<(), Failure> {
    if answer("cargo-mutants", &["--version"]).is_some() {
        return Ok(());
    }
    run(cargo().args(["install", "cargo-mutants", "--locked"]))
}

fn of_part(part: &Part, share: &str) -> Result<Tally, Failure> {
    let place = crate::target().join("mutants");
    let out = place.join(part.name);
    make(&out)?;
    let mut command = cargo();
    // Each mutant is built in a copy of the tree, for which an unoptimised build is the quicker one.
    command.args(["mutants", "--package", part.package, "--shard", share, "--sharding", "round-robin"]);
    command.args(["--jobs", "1", "--timeout", PATIENCE, "--colors", "never", "--output"]).arg(&out);
    for package in ["cb-sync", "cb-store", "cb-testkit"] {
        command.arg(format!("--cargo-arg=--config=profile.dev.package.{package}.opt-level=1"));
    }
    for file in part.files {
        command.args(["--file", file]);
    }
    command.arg("--").args(part.tests).envs(FIGURES).env("CARGO_TARGET_DIR", place.join("build"));
    // Its own code says that some were missed, which is no failure of the command.
    let status = command.status().map_err(|error| Failure::Start { program: "cargo mutants".to_owned(), error })?;
    let listed = |name: &str| lines(&out.join("mutants.out").join(name));
    let tally = Tally {
        // A mutant that makes the tests last for ever is noticed by that.
        caught: listed("caught.txt") + listed("timeout.txt"),
        missed: listed("missed.txt"),
        unviable: listed("unviable.txt"),
    };
    let ran = matches!(status.code(), Some(0 | 2 | 3));
    if ran { Ok(tally) } else { Err(Failure::Ended { program: "cargo mutants".to_owned(), code: status.code() }) }
}

fn make(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| Failure::File { path: folder.display().to_string(), error })
}

fn lines(file: &Path) -> usize {
    std::fs::read_to_string(file).map_or(0, |text| text.lines().count())
}

/// One fault in a trigger.
struct Mutant {
    what: String,
    sql: String,
}

fn triggers(share: &str) -> Result<Tally, Failure> {
    let (number, of) =
        share.split_once('/').and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?))).unwrap_or((0, 10));
    let of: usize = of;
    let all: Vec<Mutant> = newest_triggers()?.iter().flat_map(|(name, sql)| mutants_of(name, sql)).collect();
    let tests = test_binaries()?;
    if noticed(&tests, "")? != Noticed::Nothing {
        return Err(Failure::Ended { program: "the tests without a mutant".to_owned(), code: None });
    }
    let mut tally = Tally::default();
    for mutant in all.iter().enumerate().filter(|(at, _)| at % of.max(1) == number).map(|(_, one)| one) {
        match noticed(&tests, &mutant.sql)? {
            Noticed::Mutant => tally.caught += 1,
            Noticed::NoSql => tally.unviable += 1,
            Noticed::Nothing => {
                tally.missed += 1;
                println!("MISSED {}", mutant.what);
            }
        }
    }
    Ok(tally)
}

/// What the tests say of a mutant.
#[derive(PartialEq, Eq)]
enum Noticed {
    Nothing,
    Mutant,
    /// It is none: SQLite does not take it.
    NoSql,
}

/// Code with which a test ends whose seeded SQL is refused, as the store's migrations set it.
const REFUSED: i32 = 77;

fn noticed(tests: &[PathBuf], sql: &str) -> Result<Noticed, Failure> {
    for (names, test) in OF_TRIGGERS.into_iter().flat_map(|names| tests.iter().map(move |test| (names, test))) {
        let mut command = Command::new(test);
        command.args(names).env("CHANNELBOOK_SEEDED_SQL", sql);
        command.current_dir(crate::root().join("src-tauri/crates/store"));
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        let status = status.map_err(|error| Failure::Start { program: test.display().to_string(), error })?;
        match status.code() {
            Some(0) => {}
            Some(REFUSED) => return Ok(Noticed::NoSql),
            Some(_) | None => return Ok(Noticed::Mutant),
        }
    }
    Ok(Noticed::Nothing)
}

/// Built with the feature that lets SQL from the environment into a new book.
fn test_binaries() -> Result<Vec<PathBuf>, Failure> {
    let mut command = cargo();
    command.args(["test", "--package", "cb-store", "--features", "seeded", "--lib", "--test", "store", "--no-run"]);
    let output = command
        .args(["--message-format", "json"])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Failure::Start { program: "cargo test".to_owned(), error })?;
    if !output.status.success() {
        return Err(Failure::Ended { program: "cargo test".to_owned(), code: output.status.code() });
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let found = text.lines().filter_map(|line| line.split_once("\"executable\":\"")?.1.split('"').next());
    Ok(found.map(PathBuf::from).collect())
}

/// The triggers that forbid something, as the last migration has left them.
fn newest_triggers() -> Result<BTreeMap<String, String>, Failure> {
    let folder = crate::root().join("src-tauri/crates/store");
    let read = |path: PathBuf| {
        std::fs::read_to_string(&path).map_err(|error| Failure::File { path: path.display().to_string(), error })
    };
    let order = read(folder.join("src/migrate.rs"))?;
    let mut found = BTreeMap::new();
    for name in order.split("include_str!(\"../").skip(1).filter_map(|rest| rest.split('"').next()) {
        let sql = read(folder.join(name))?;
        for trigger in sql.split("CREATE TRIGGER ").skip(1).filter_map(|rest| rest.split_once("END;")) {
            let name = trigger.0.split_whitespace().next().unwrap_or_default().to_owned();
            if trigger.0.contains("raise(ABORT") {
                found.insert(name, format!("CREATE TRIGGER {}END;", trigger.0));
            }
        }
    }
    Ok(found)
}

fn mutants_of(name: &str, sql: &str) -> Vec<Mutant> {
    let mut all = vec![Mutant { what: format!("{name}: taken out"), sql: format!("DROP TRIGGER IF EXISTS {name};") }];
    let mut with = |what: String, from: usize, to: usize, new: &str| {
        let changed = format!("{}{new}{}", &sql[..from], &sql[to..]);
        all.push(Mutant { what: format!("{name}: {what}"), sql: format!("DROP TRIGGER IF EXISTS {name}; {changed}") });
    };
    for (from, to) in terms(sql) {
        for truth in ["TRUE", "FALSE"] {
            with(format!("{} is {truth}", &sql[from..to]), from, to, truth);
        }
    }
    for (from, to) in lists(sql) {
        let words: Vec<&str> = sql[from..to].split(", ").collect();
        for gone in words.iter().filter(|_| words.len() > 1) {
            let kept: Vec<&str> = words.iter().filter(|word| *word != gone).copied().collect();
            with(format!("{} without {gone}", &sql[from..to]), from, to, &kept.join(", "));
        }
    }
    all
}

/// Where the conditions of a trigger stand: comparisons of a column, counts of what a result has, and what exists.
fn terms(sql: &str) -> Vec<(usize, usize)> {
    let starts = ["OLD.", "NEW.", "EXISTS (", "coalesce("].into_iter().flat_map(|start| sql.match_indices(start));
    let mut all: Vec<(usize, usize)> = starts.filter_map(|(at, _)| Some((at, at + term(&sql[at..])?))).collect();
    all.sort_unstable();
    all
}

/// How long the condition is that begins here; none when this is the right side of one.
fn term(text: &str) -> Option<usize> {
    if text.starts_with("EXISTS (") {
        return closing(text);
    }
    let left = if text.starts_with("coalesce(") { closing(text)? } else { word(text) };
    let operator = [" <> ", " = ", " > ", " IS NOT ", " IS ", " NOT IN ", " IN "];
    let rest = text.get(left..)?;
    let right = left + operator.into_iter().find(|one| rest.starts_with(one))?.len();
    let value = text.get(right..)?;
    let length = match value.chars().next()? {
        '(' => closing(value)?,
        '\'' => value[1..].find('\'')? + 2,
        _ => word(value),
    };
    let end = right + length;
    Some(if text[end..].starts_with(" + 1") { end + 4 } else { end })
}

/// Length of a name, a number or a word.
fn word(text: &str) -> usize {
    text.find(|one: char| !one.is_alphanumeric() && one != '_' && one != '.').unwrap_or(text.len())
}

/// How far it is to the end of the first pair of brackets.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, one) in text.char_indices() {
        match one {
            '(' => depth += 1,
            ')' if depth == 1 => return Some(at + 1),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Where lists of words stand, without their brackets.
fn lists(sql: &str) -> Vec<(usize, usize)> {
    sql.match_indices("('").filter_map(|(at, _)| Some((at + 1, at + sql[at..].find(')')?))).collect()
}
