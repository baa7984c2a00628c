//! The loopback port that the browser comes back to: this machine only, any free port, one redirect, five minutes (W3).
//! Everything else that connects gets a plain refusal and changes nothing, so that another program on this machine can
//! neither finish nor end a sign-in.

use super::browser::Pages;
use super::callback::{self, Callback, LARGEST, Reading};
use super::problem::SignInProblem;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// The person has that long.
const PATIENCE: Duration = Duration::from_secs(300);
/// One connection has that long to say something.
const ONE: Duration = Duration::from_secs(10);
/// Connections at a time; browsers open a few ahead of need.
const AT_ONCE: usize = 32;

/// A port that waits for the redirect.
pub(super) struct Listener {
    four: TcpListener,
    /// `localhost` may mean this one; a machine without it does without.
    six: Option<TcpListener>,
    port: u16,
}

/// What every connection needs.
struct Waiting {
    port: u16,
    state: String,
    pages: Pages,
    found: mpsc::Sender<Callback>,
}

impl Listener {
    pub(super) async fn open() -> Result<Self, SignInProblem> {
        let four = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(|_| SignInProblem::NoPort)?;
        let port = four.local_addr().map_err(|_| SignInProblem::NoPort)?.port();
        let six = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await.ok();
        Ok(Self { four, six, port })
    }

    /// As it is registered, with the port of today: Entra leaves the port of `localhost` out of account.
    pub(super) fn redirect(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Waits for the one redirect.
    pub(super) async fn wait(self, state: String, pages: Pages) -> Result<Callback, SignInProblem> {
        // One place: who comes second finds it taken.
        let (found, mut finds) = mpsc::channel(1);
        let waiting = Arc::new(Waiting { port: self.port, state, pages, found });
        let mut connections = JoinSet::new();
        let until = tokio::time::sleep(PATIENCE);
        tokio::pin!(until);
        let callback = loop {
            tokio::select! {
                () = &mut until => return Err(SignInProblem::TimedOut),
                callback = finds.recv() => break callback,
                stream = accept(&self.four, self.six.as_ref()), if connections.len() < AT_ONCE => {
                    if let Some(stream) = stream {
                        let waiting = Arc::clone(&waiting);
                        connections.spawn(async move {
                            if tokio::time::timeout(ONE, serve(stream, &waiting)).await.is_err() {
                                tracing::debug!("a connection to the sign-in port said nothing");
                            }
                        });
                    }
                }
                Some(_) = connections.join_next() => {}
            }
        };
        callback.ok_or(SignInProblem::NoPort)
    }
}

async fn accept(four: &TcpListener, six: Option<&TcpListener>) -> Option<TcpStream> {
    let accepted = match six {
        Some(six) => tokio::select! { one = four.accept() => one, one = six.accept() => one },
        None => four.accept().await,
    };
    accepted.ok().map(|(stream, _)| stream)
}

async fn serve(mut stream: TcpStream, waiting: &Waiting) {
    let mut head = Vec::new();
    let reading = loop {
        match callback::read(&head, waiting.port, &waiting.state) {
            Reading::More => {}
            read @ (Reading::Foreign(_) | Reading::Ours(_)) => break read,
        }
        let mut part = [0_u8; 2048];
        match stream.read(&mut part).await {
            Ok(count @ 1..) if head.len() < LARGEST => head.extend_from_slice(&part[..count]),
            Ok(_) | Err(_) => return,
        }
    };
    let (status, page, callback) = match reading {
        Reading::Ours(callback) => {
            let page = match &callback {
                Callback::Code(_) => &waiting.pages.done,
                Callback::Refused(_) => &waiting.pages.refused,
            };
            ("200 OK", page.as_str(), Some(callback))
        }
        Reading::Foreign(404) => ("404 Not Found", "", None),
        Reading::Foreign(405) => ("405 Method Not Allowed", "", None),
        Reading::Foreign(421) => ("421 Misdirected Request", "", None),
        Reading::Foreign(431) => ("431 Request Header Fields Too Large", "", None),
        Reading::Foreign(_) | Reading::More => ("400 Bad Request", "", None),
    };
    // The page first: once the redirect is handed on, this port closes.
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r\n\r\n{page}",
        page.len()
    );
    let written = async {
        stream.write_all(answer.as_bytes()).await?;
        stream.shutdown().await
    };
    if let Err(error) = written.await {
        tracing::debug!(%error, "the page after sign-in did not reach the browser");
    }
    if let Some(callback) = callback
        && waiting.found.try_send(callback).is_err()
    {
        tracing::warn!("a second redirect came to the sign-in port");
    }
}
