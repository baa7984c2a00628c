//! A body of 50 MB is held once at most, and one that is read piece by piece is not held at all. A binary of its own: what
//! other tests hold would be counted too. The figures are the system's own, which only Linux tells this way.
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "tests stop at the first surprise")]

use bytes::Bytes;
use cb_partner_center::transport::{HttpsTransport, Transport};
use http::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const MB: usize = 1024 * 1024;
const BODY: usize = 50 * MB;
/// Buffers, pages that the allocator keeps, and what the runtime needs.
const BESIDES: usize = 12 * MB;

/// Serves bodies of 50 MB without ever holding one; `announced` says how long they are beforehand.
async fn serve(announced: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://{}/v1.0/sheet", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0_u8; 2048];
            let _ = stream.read(&mut asked).await;
            let length = if announced { format!("content-length: {BODY}\r\n") } else { String::new() };
            let head = format!("HTTP/1.1 200 OK\r\n{length}connection: close\r\n\r\n");
            stream.write_all(head.as_bytes()).await.unwrap();
            let piece = vec![b'x'; 64 * 1024];
            for _ in 0..BODY / piece.len() {
                stream.write_all(&piece).await.unwrap();
            }
        }
    });
    uri
}

/// Bytes of this process in memory: the most so far, or now.
fn resident(name: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim_matches([':', ' ', '\t']).trim_end_matches(" kB").trim().parse::<usize>().unwrap() * 1024
}

/// How much more than before was held at the worst moment.
async fn peak<T>(work: impl Future<Output = T>) -> (usize, T) {
    // The most so far begins anew.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = resident("VmRSS");
    let done = work.await;
    (resident("VmHWM").saturating_sub(before), done)
}

#[tokio::test]
async fn fifty_megabytes_are_held_once_or_not_at_all() {
    let transport = HttpsTransport::new(vec!["127.0.0.1".to_owned()]).expect("a client");
    let get = |uri: &str| Request::get(uri).body(Bytes::new()).unwrap();
    let (announced, unannounced) = (serve(true).await, serve(false).await);

    for uri in [&announced, &unannounced] {
        let mut length = 0;
        let mut sink = |piece: &[u8]| length += piece.len();
        let (most, answer) = peak(transport.download(get(uri), &mut sink)).await;
        assert_eq!(answer.unwrap().status(), 200);
        assert_eq!(length, BODY);
        assert!(most < BESIDES, "piece by piece, and yet {} MB were held", most / MB);
    }

    let (most, answer) = peak(transport.send(get(&announced))).await;
    assert_eq!(answer.unwrap().body().len(), BODY);
    assert!(most > BODY / 2, "else nothing is measured: {} MB", most / MB);
    assert!(most < BODY + BESIDES, "held more than once: {} MB", most / MB);
}
