//! Programs that know nothing of this project, let loose on the practice server: a client made from Microsoft's own
//! description of Partner Center, and schemathesis on the server's description of itself. Their Python packages go into
//! target/, never into the system.

use crate::process::{Failure, answer, cargo, run};
use crate::{root, system, target};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// So many seconds schemathesis goes on inventing requests; its fixed list it ends however slow the machine is.
const BUDGET: &str = "40";
/// Only a program that hangs takes longer.
const PATIENCE: Duration = Duration::from_secs(600);
/// What counts: nothing breaks, and nothing is answered that was not described.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_schema_conformance,unsupported_method";

fn scripts() -> PathBuf {
    root().join("src-tauri/crates/sandbox/tests/python")
}

fn folder() -> PathBuf {
    target().join("python")
}

fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Failure {
    let path = path.display().to_string();
    move |error| Failure::File { path, error }
}

/// Installs what `requirements.txt` names, when it changed since the last time.
pub fn install() -> Result<(), Failure> {
    if answer("python3", &["-c", "import venv, ensurepip"]).is_none() {
        system::install(&["python3", "python3-venv"])?;
    }
    let list = scripts().join("requirements.txt");
    let mark = folder().join("installed");
    let wanted = fs::read(&list).map_err(file(&list))?;
    if fs::read(&mark).is_ok_and(|held| held == wanted) {
        return Ok(());
    }
    run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder()))?;
    run(Command::new(folder().join("bin/pip")).args(["install", "--quiet", "--requirement"]).arg(&list))?;
    fs::write(&mark, wanted).map_err(file(&mark))
}

/// The server, ended with its owner.
struct Server {
    child: Child,
    api: String,
}

impl Server {
    fn start() -> Result<Self, Failure> {
        run(cargo().args(["build", "--quiet", "--package", "cb-sandbox", "--example", "serve"]))?;
        let program = target().join("debug/examples/serve");
        let started = Command::new(&program)
            .args(["--no-auth", "--bom", "off", "--choice", "direct-signature=0"])
            .stdout(Stdio::piped())
            .spawn();
        let name = program.display().to_string();
        let mut child = started.map_err(|error| Failure::Start { program: name.clone(), error })?;
        let mut line = String::new();
        if let Some(output) = child.stdout.take() {
            // A line that can't be read is no address, which is told below.
            let _ = BufReader::new(output).read_line(&mut line);
        }
        let api =
            line.split("\"api\":\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
        let server = Self { child, api };
        if server.api.is_empty() { Err(Failure::Ended { program: name, code: None }) } else { Ok(server) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Lets both loose.
pub fn meet() -> Result<(), Failure> {
    install()?;
    let server = Server::start()?;
    run(Command::new(folder().join("bin/python")).arg(scripts().join("independent_client.py")).arg(&server.api))?;
    bounded(
        Command::new(folder().join("bin/schemathesis"))
            .arg("run")
            .arg(format!("{}/openapi.json", server.api))
            .args(["--header", "Authorization: Bearer practice", "--phases", "coverage,fuzzing"])
            .args(["--max-examples", "5", "--max-time", BUDGET, "--generation-deterministic", "--workers", "2"])
            .args(["--checks", CHECKS])
            .current_dir(folder()),
    )
}

/// Runs a program, but no longer than its patience.
fn bounded(command: &mut Command) -> Result<(), Failure> {
    let program = command.get_program().to_string_lossy().into_owned();
    let failed = |error| Failure::Start { program: program.clone(), error };
    let mut child = command.spawn().map_err(failed)?;
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(failed)? {
            return if status.success() { Ok(()) } else { Err(Failure::Ended { program, code: status.code() }) };
        }
        if started.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            return Err(Failure::Ended { program: format!("{program} (after {} s)", PATIENCE.as_secs()), code: None });
        }
        thread::sleep(Duration::from_millis(200));
    }
}
