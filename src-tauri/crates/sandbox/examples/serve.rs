//! `cargo xtask sandbox`: the practice Partner Center and its sign-in authority as servers on loopback. Prints their
//! addresses as one JSON line once both answer.

use cb_sandbox::authority::Authority;
use cb_sandbox::serve::{Arguments, Served};
use cb_sandbox::{Sandbox, bearers_of};
use std::error::Error;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::read(std::env::args().skip(1))?;
    if let Some(text) = &arguments.print {
        println!("{text}");
        return Ok(());
    }
    let mut options = arguments.options()?;
    let authority = Authority::new(options.clock.clone());
    if !arguments.no_auth {
        options.bearers = bearers_of(&authority);
    }
    let forgotten = tempfile::tempdir()?;
    let folder = arguments.data.clone().unwrap_or_else(|| forgotten.path().to_path_buf());
    let sandbox = Sandbox::open(&folder, options)?;
    sandbox.grow(arguments.customers)?;
    let listen = |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let (api, signs_in) = (listen(arguments.port).await?, listen(arguments.authority_port).await?);
    let (api_at, authority_at) = (api.local_addr()?, signs_in.local_addr()?);
    println!("{{\"api\":\"http://{api_at}\",\"authority\":\"http://{authority_at}\"}}");
    std::io::stdout().flush()?;
    let served = Served::new(sandbox, arguments.faults).serve(api);
    tokio::try_join!(served, async { axum::serve(signs_in, authority.router()).await })?;
    Ok(())
}
