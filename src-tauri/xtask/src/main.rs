//! The project's own commands. `cargo xtask run` and `cargo xtask test` each do all the set-up on a fresh machine.

mod mutants;
mod outsiders;
mod process;
mod soak;
mod system;
mod ui;

use process::{Failure, cargo, run, say};
use std::env;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

const HELP: &str = "\
cargo xtask run [-- ARGS]     set up, build and open the window
cargo xtask test              everything: lints, unit tests, the real window
cargo xtask lint              formatting, clippy, tsc, eslint, texts
cargo xtask e2e [NAME]        the real window only; `chromium` signs in in a real browser
cargo xtask outsiders         strangers to this project against the practice server
cargo xtask screens           a picture of every page into target/screens
cargo xtask bench [--sizes N,N]  times of commands and of lists at any size, also into target/bench.json
                  --cpu: time on a processor, for a machine that does other things meanwhile
cargo xtask bench --start [N]    first start of the real window, N times: click to Home
cargo xtask bench --window [N]   scrolling, start and memory of the real window with N customers
cargo xtask soak [FIGURES]    long runs: --schedules N --kills N --power-cuts N --restores N --onboardings N --parsers N --cuts N --malformed N --reveals N --change-points N --flips N --starts N --clicks N --seed N
cargo xtask mutants [--shard k/n] [--part NAME]  one small fault in the code at a time, and whether the tests notice
cargo xtask sandbox [ARGS]    the practice Partner Center as a server on loopback
cargo xtask bindings          write the generated TypeScript anew";

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.filter(|argument| argument != "--").collect();
    // Asked what there is, nothing is begun: some of it runs for hours.
    let asks = rest.iter().any(|argument| argument == "--help" || argument == "-h");
    let done = match command.as_str() {
        // The practice server tells its own options.
        "sandbox" => sandbox(&rest),
        _ if asks => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        "run" => open_window(&rest),
        "test" => test(),
        "lint" => set_up(false).and_then(|()| lint()),
        "e2e" => end_to_end("run.mjs", &rest),
        "outsiders" => system::install_build_packages().and_then(|()| outsiders::meet()),
        "screens" => end_to_end("screens.mjs", &rest),
        "bench" => system::install_build_packages().and_then(|()| bench(&rest)),
        "soak" => system::install_build_packages().and_then(|()| soak::soak(&rest)),
        "mutants" => system::install_build_packages().and_then(|()| mutants::mutants(&rest)),
        "bindings" => set_up(false).and_then(|()| bindings()),
        _ => {
            println!("{HELP}");
            return if command.is_empty() || command == "help" { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).map_or(here.clone(), PathBuf::from)
}

/// Where cargo puts what it builds.
fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

fn set_up(for_tests: bool) -> Result<(), Failure> {
    system::install_build_packages()?;
    if for_tests {
        system::install_test_packages()?;
    }
    ui::install()
}

fn open_window(arguments: &[String]) -> Result<(), Failure> {
    set_up(false)?;
    build()?;
    run(Command::new(target().join("debug/channelbook")).args(arguments))
}

/// The UI is embedded, so it is built first.
fn build() -> Result<(), Failure> {
    ui::build()?;
    run(cargo().args(["build", "--package", "channelbook"]))
}

fn lint() -> Result<(), Failure> {
    run(cargo().args(["fmt", "--all", "--check"]))?;
    ui::ensure_built()?;
    run(cargo().args(["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]))?;
    // What measures is built on demand only, and would rot unseen.
    run(cargo().args([
        "clippy",
        "--package",
        "cb-app",
        "--features",
        "bench",
        "--examples",
        "--",
        "--deny",
        "warnings",
    ]))?;
    ui::npm(&["run", "types"])?;
    ui::npm(&["run", "lint"])?;
    ui::npm(&["run", "texts"])
}

fn test() -> Result<(), Failure> {
    set_up(true)?;
    say("lint");
    ui::build()?;
    lint()?;
    say("tests of the UI");
    ui::npm(&["run", "test"])?;
    say("tests of the backend");
    run(cargo().args(["test", "--workspace"]))?;
    say("strangers against the practice server");
    outsiders::meet()?;
    say("the real window");
    run(cargo().args(["build", "--package", "channelbook"]))?;
    ui::node_script("e2e/run.mjs", &[])
}

fn end_to_end(script: &str, arguments: &[String]) -> Result<(), Failure> {
    set_up(true)?;
    if arguments.iter().any(|argument| argument.contains("chromium")) {
        system::install_browser()?;
    }
    build()?;
    // The journey to a live workspace talks to the practice Partner Center as a server.
    run(cargo().args(["build", "--quiet", "--package", "cb-sandbox", "--example", "serve"]))?;
    // And the one with a falsified journal needs somebody to falsify it.
    run(cargo().args(["build", "--quiet", "--package", "cb-store", "--example", "tamper"]))?;
    ui::node_script(&format!("e2e/{script}"), arguments)
}

/// In a profile of its own: optimised, yet built within minutes.
fn bench(arguments: &[String]) -> Result<(), Failure> {
    if arguments.iter().any(|argument| argument == "--window") {
        return bench_window(arguments);
    }
    if arguments.iter().any(|argument| argument == "--start") {
        return bench_start(arguments);
    }
    let example = |name: &str, features: &str| {
        run(cargo()
            .args(["run", "--profile", "measure", "--quiet", "--package", "cb-app", "--features", features])
            .args(["--example", name, "--"])
            .args(arguments))
    };
    if !arguments.iter().any(|argument| argument == "--sizes") {
        example("bench", "bench")?;
    }
    say("lists at any size");
    example("sizes", "bench")
}

/// The built app in a real window, beside an empty window of the same toolkit.
fn bench_window(arguments: &[String]) -> Result<(), Failure> {
    set_up(true)?;
    ui::build()?;
    run(cargo().args(["build", "--profile", "measure", "--package", "channelbook", "--bins", "--example", "empty"]))?;
    let rest: Vec<String> = arguments.iter().filter(|argument| *argument != "--window").cloned().collect();
    let binary = target().join("measure/channelbook");
    run(Command::new("node")
        .arg("e2e/window.mjs")
        .args(rest)
        .current_dir(root().join("ui"))
        .env("CHANNELBOOK_BINARY", binary))
}

/// From the press on *Try it out* to Home, in the real window, on a fresh machine each time.
fn bench_start(arguments: &[String]) -> Result<(), Failure> {
    set_up(true)?;
    ui::build()?;
    run(cargo().args(["build", "--profile", "measure", "--package", "channelbook", "--bins"]))?;
    let rest: Vec<String> = arguments.iter().filter(|argument| *argument != "--start").cloned().collect();
    run(Command::new("node")
        .arg("e2e/start-time.mjs")
        .args(rest)
        .current_dir(root().join("ui"))
        .env("CARGO_TARGET_DIR", target())
        .env("CHANNELBOOK_BINARY", target().join("measure/channelbook")))
}

fn sandbox(arguments: &[String]) -> Result<(), Failure> {
    run(cargo().args(["run", "--quiet", "--package", "cb-sandbox", "--example", "serve", "--"]).args(arguments))
}

fn bindings() -> Result<(), Failure> {
    ui::ensure_built()?;
    run(cargo().args(["test", "--package", "channelbook", "--test", "bindings"]).env("CHANNELBOOK_WRITE_BINDINGS", "1"))
}
