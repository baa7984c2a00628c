//! `cargo xtask sandbox [--port N] [--data FOLDER]`: the practice Partner Center as a server on loopback. Prints its
//! address as one JSON line. Without a folder its state is forgotten when it ends. Port 0 means any free one.

use cb_sandbox::{Options, Sandbox};
use std::error::Error;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let port: u16 = value("--port").map_or(Ok(0), |port| port.parse())?;
    let forgotten = tempfile::tempdir()?;
    let folder = value("--data").map_or_else(|| forgotten.path().to_path_buf(), PathBuf::from);
    let sandbox = Sandbox::open(&folder, Options::default())?;
    let listener = tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
    println!("{{\"api\":\"http://{}\"}}", listener.local_addr()?);
    std::io::stdout().flush()?;
    axum::serve(listener, sandbox.router()).await?;
    Ok(())
}
