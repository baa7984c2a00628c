//! One operation as it went over the wire, and a server that plays it again with a cut: of the request that changes
//! something, or of its answer, after any byte. Playing again is quick, so that every byte can be tried.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request and its answer, heads included.
#[derive(Clone)]
pub struct Exchange {
    pub request: Vec<u8>,
    pub answer: Vec<u8>,
}

impl Exchange {
    /// Method and address.
    fn line(&self) -> &[u8] {
        line(&self.request)
    }

    /// It changes something.
    fn writes(&self) -> bool {
        [&b"POST "[..], b"PUT ", b"PATCH ", b"DELETE "].iter().any(|method| self.request.starts_with(method))
    }
}

fn line(request: &[u8]) -> &[u8] {
    request.split(|byte| *byte == b'\r').next().unwrap_or_default()
}

/// Where a head ends.
fn head_end(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|part| part == b"\r\n\r\n").map(|at| at + 4)
}

/// How long the whole message is, once its head is there.
fn whole(bytes: &[u8]) -> Option<usize> {
    let end = head_end(bytes)?;
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    Some(end + length.map_or(0, |text| text.trim().parse::<usize>().expect("a length")))
}

/// Reads a message; `None` when the other side has ended before it was whole. The answer to a HEAD is a head only.
async fn read(stream: &mut TcpStream, head_only: bool) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let length = if head_only { head_end(&bytes) } else { whole(&bytes) };
        if length.is_some_and(|length| bytes.len() >= length) {
            return Some(bytes);
        }
        let mut part = [0_u8; 4096];
        match stream.read(&mut part).await {
            Ok(count @ 1..) => bytes.extend_from_slice(&part[..count]),
            Ok(_) | Err(_) => return None,
        }
    }
}

/// Every answer ends its connection: no later request may meet one that is just being closed.
fn closing(answer: &[u8]) -> Vec<u8> {
    let first = answer.windows(2).position(|part| part == b"\r\n").expect("a status line") + 2;
    [&answer[..first], b"connection: close\r\n", &answer[first..]].concat()
}

/// Goes between a client and the server at `to`, and notes what passes.
pub struct Recorder {
    pub base: String,
    passed: Arc<Mutex<Vec<Exchange>>>,
}

impl Recorder {
    pub async fn before(to: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let passed: Arc<Mutex<Vec<Exchange>>> = Arc::default();
        let noted = Arc::clone(&passed);
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.expect("a connection");
                let Some(request) = read(&mut stream, false).await else { continue };
                let mut server = TcpStream::connect(&to).await.expect("the server");
                server.write_all(&request).await.expect("sent on");
                let answer = closing(&read(&mut server, request.starts_with(b"HEAD ")).await.expect("an answer"));
                noted.lock().unwrap().push(Exchange { request, answer: answer.clone() });
                let _ = stream.write_all(&answer).await;
            }
        });
        Self { base, passed }
    }

    /// What has passed since it was last asked.
    pub fn take(&self) -> Vec<Exchange> {
        std::mem::take(&mut *self.passed.lock().unwrap())
    }
}

/// Where the connection breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// After so many bytes of the changing request were taken in.
    Request(usize),
    /// After so many bytes of its answer.
    Answer(usize),
}

/// Plays an operation again.
pub struct Replay {
    pub base: String,
    wanted: Arc<Mutex<Break>>,
    /// Bytes of the changing request and of its answer.
    pub lengths: (usize, usize),
}

impl Replay {
    /// `None` when nothing in it changes anything.
    pub async fn of(exchanges: Vec<Exchange>) -> Option<Self> {
        let write = exchanges.iter().rposition(Exchange::writes)?;
        let lengths = (exchanges[write].request.len(), exchanges[write].answer.len());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let wanted = Arc::new(Mutex::new(Break::Answer(usize::MAX)));
        let order = Arc::clone(&wanted);
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.expect("a connection");
                let order = *order.lock().unwrap();
                serve(&mut stream, &exchanges, write, order).await;
            }
        });
        Some(Self { base, wanted, lengths })
    }

    pub fn break_at(&self, place: Break) {
        *self.wanted.lock().unwrap() = place;
    }
}

async fn serve(stream: &mut TcpStream, exchanges: &[Exchange], write: usize, order: Break) {
    let changes = exchanges[write].line();
    if let Break::Request(bytes) = order {
        // Whether it is the changing request is told by its beginning; of that, not more than wanted is taken in.
        let mut seen = vec![0_u8; changes.len()];
        let mut known = 0;
        while known < seen.len() {
            match stream.peek(&mut seen).await {
                Ok(0) | Err(_) => return,
                Ok(count) => known = count,
            }
        }
        if seen == changes {
            let mut taken = vec![0_u8; bytes];
            let _ = stream.read_exact(&mut taken).await;
            return;
        }
    }
    let Some(request) = read(stream, false).await else { return };
    let Some(at) = exchanges.iter().position(|one| one.line() == line(&request)) else {
        panic!("{} was not asked when it was recorded", String::from_utf8_lossy(line(&request)))
    };
    let answer = &exchanges[at].answer;
    let most = match order {
        Break::Answer(bytes) if exchanges[at].line() == changes => bytes.min(answer.len()),
        Break::Answer(_) | Break::Request(_) => answer.len(),
    };
    let _ = stream.write_all(&answer[..most]).await;
}
