//! The practice Partner Center on a loopback port, with a network before it that loses, cuts and refuses as told.

use bytes::Bytes;
use cb_sandbox::Sandbox;
use http::request::Parts;
use http_body_util::{BodyExt, Full};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Answered.
    Served,
    /// Lost on its way.
    LostBefore,
    /// Carried out, its answer lost.
    LostAfter,
    /// Carried out, its answer ends after so many bytes.
    Cut(usize),
    /// Carried out under another request id: the server has forgotten the first one.
    Forgotten,
    /// 429.
    Throttled,
    /// 500 after it was carried out.
    Broken,
}

/// Chooses the fate of a request.
pub(super) type Chooser = Arc<dyn Fn(&Parts) -> Fate + Send + Sync>;

/// The running server.
pub(super) struct Server {
    pub(super) port: u16,
    busy: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    pub(super) async fn start(sandbox: Sandbox, choose: Chooser) -> Self {
        Self::start_slow(sandbox, choose, Duration::ZERO).await
    }

    /// Each answer comes after `latency`.
    pub(super) async fn start_slow(sandbox: Sandbox, choose: Chooser, latency: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let busy = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&busy);
        let task = tokio::spawn(async move {
            loop {
                let Ok((stream, _)) = listener.accept().await else { continue };
                let (sandbox, choose, counter) = (sandbox.clone(), Arc::clone(&choose), Arc::clone(&counter));
                counter.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    if !latency.is_zero() {
                        tokio::time::sleep(latency).await;
                    }
                    // A client that was killed leaves a broken stream: nothing to do about it.
                    let _ = exchange(stream, &sandbox, &choose).await;
                    counter.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { port, busy, task }
    }

    /// Waits until all that had reached the server is done: what a killed client sent takes effect before it lives
    /// again, or long after in a time that flies.
    pub(super) fn settle(&self) {
        while self.busy.load(Ordering::SeqCst) > 0 {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn exchange(mut stream: TcpStream, sandbox: &Sandbox, choose: &Chooser) -> std::io::Result<()> {
    let Some((parts, body)) = request(&mut stream).await? else { return Ok(()) };
    let fate = choose(&parts);
    let mut parts = parts;
    match fate {
        Fate::LostBefore => return Ok(()),
        Fate::Throttled => {
            return stream
                .write_all(b"HTTP/1.1 429 Too Many Requests\r\nretry-after: 2\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                .await;
        }
        Fate::Forgotten => {
            let other = uuid::Uuid::new_v4().to_string();
            parts.headers.insert("ms-requestid", http::HeaderValue::from_str(&other).unwrap());
        }
        Fate::Served | Fate::LostAfter | Fate::Cut(_) | Fate::Broken => {}
    }
    let request = http::Request::from_parts(parts, Full::new(body));
    let Ok(response) = sandbox.router().oneshot(request).await;
    let (head, body) = response.into_parts();
    let body = body.collect().await.map_err(std::io::Error::other)?.to_bytes();
    let mut answer = format!("HTTP/1.1 {} -\r\n", head.status.as_u16()).into_bytes();
    for (name, value) in &head.headers {
        answer.extend_from_slice(format!("{name}: ").as_bytes());
        answer.extend_from_slice(value.as_bytes());
        answer.extend_from_slice(b"\r\n");
    }
    answer.extend_from_slice(format!("content-length: {}\r\nconnection: close\r\n\r\n", body.len()).as_bytes());
    answer.extend_from_slice(&body);
    match fate {
        Fate::LostAfter => Ok(()),
        Fate::Broken => stream.write_all(b"HTTP/1.1 500 -\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await,
        Fate::Cut(end) => stream.write_all(&answer[..end.min(answer.len())]).await,
        Fate::Served | Fate::Forgotten | Fate::LostBefore | Fate::Throttled => stream.write_all(&answer).await,
    }
}

/// Reads one request; `None` when the client went away first.
async fn request(stream: &mut TcpStream) -> std::io::Result<Option<(Parts, Bytes)>> {
    let mut read = Vec::new();
    let mut chunk = [0_u8; 8192];
    let head_end = loop {
        if let Some(at) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        match stream.read(&mut chunk).await? {
            0 => return Ok(None),
            more => read.extend_from_slice(&chunk[..more]),
        }
    };
    let head = String::from_utf8_lossy(&read[..head_end]).into_owned();
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap_or_default().split(' ');
    let (method, path) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
    let mut builder = http::Request::builder().method(method).uri(path);
    let mut length = 0;
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        if name.eq_ignore_ascii_case("content-length") {
            length = value.parse().unwrap_or(0);
        }
        builder = builder.header(name, value);
    }
    while read.len() < head_end + length {
        match stream.read(&mut chunk).await? {
            0 => return Ok(None),
            more => read.extend_from_slice(&chunk[..more]),
        }
    }
    let body = Bytes::copy_from_slice(&read[head_end..head_end + length]);
    let (parts, ()) = builder.body(()).map_err(std::io::Error::other)?.into_parts();
    Ok(Some((parts, body)))
}
