//! The loopback port over real connections: what ends a sign-in, and what must not.

use crate::sign_in::SignInProblem;
use crate::sign_in::browser::Pages;
use crate::sign_in::callback::Callback;
use crate::sign_in::listener::Listener;
use secrecy::ExposeSecret;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

fn pages() -> Pages {
    Pages { done: "<p>all done</p>".to_owned(), refused: "<p>not done</p>".to_owned() }
}

fn port_of(listener: &Listener) -> u16 {
    listener.redirect().rsplit(':').next().unwrap().parse().unwrap()
}

/// A listener that waits for the state `s`.
async fn waiting() -> (u16, JoinHandle<Result<Callback, SignInProblem>>) {
    let listener = Listener::open().await.unwrap();
    (port_of(&listener), tokio::spawn(listener.wait("s".to_owned(), pages())))
}

async fn say(port: u16, head: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    // A connection that is cut is an answer too.
    let _ = stream.read_to_string(&mut answer).await;
    answer
}

async fn get(port: u16, target: &str) -> String {
    say(port, &format!("GET {target} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n")).await
}

fn code(ended: Result<Callback, SignInProblem>) -> String {
    match ended.unwrap() {
        Callback::Code(code) => code.expose_secret().to_owned(),
        Callback::Refused(problem) => panic!("{problem:?}"),
    }
}

#[tokio::test]
async fn w3_whatever_is_not_the_redirect_is_refused_and_the_sign_in_goes_on() {
    let (port, ended) = waiting().await;
    for (head, status) in [
        (format!("GET /?code=evil&state=x HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"), 400),
        (format!("GET /?code=evil HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"), 400),
        (format!("GET /other?code=evil&state=s HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"), 404),
        (format!("GET /favicon.ico HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"), 404),
        (format!("POST /?code=evil&state=s HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"), 405),
        (format!("GET /?code=evil&state=s HTTP/1.1\r\nHost: evil.example:{port}\r\n\r\n"), 421),
        (format!("GET /?code=evil&state=s HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"), 421),
        ("\r\n\r\n".to_owned(), 400),
        (format!("GET /?{} HTTP/1.1\r\n", "a".repeat(17_000)), 431),
    ] {
        let answer = say(port, &head).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{status}: {answer}");
        assert!(!answer.contains("evil"), "nothing of it comes back");
    }
    // One that hangs up half-way.
    TcpStream::connect(("127.0.0.1", port)).await.unwrap().write_all(b"GET /?co").await.unwrap();
    assert!(!ended.is_finished());
    let answer = get(port, "/?code=mine&state=s").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains("all done"), "{answer}");
    assert!(answer.contains("Cache-Control: no-store") && answer.contains("Referrer-Policy: no-referrer"));
    assert_eq!(code(ended.await.unwrap()), "mine");
}

#[tokio::test]
async fn w3_one_use_the_first_redirect_counts_and_the_port_closes() {
    let (port, ended) = waiting().await;
    // The second one is connected before the first is told, as a browser that reloads is.
    let mut second = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    get(port, "/?code=first&state=s").await;
    let head = format!("GET /?code=second&state=s HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    let _ = second.write_all(head.as_bytes()).await;
    assert_eq!(code(ended.await.unwrap()), "first");
    let refused = tokio::time::timeout(Duration::from_secs(20), async {
        while TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            tokio::task::yield_now().await;
        }
    });
    refused.await.expect("nobody listens any more");
}

#[tokio::test]
async fn w3_a_refusal_of_the_authority_ends_it_with_the_other_page() {
    let (port, ended) = waiting().await;
    let answer = get(port, "/?error=access_denied&error_description=AADSTS65004%3A+no&state=s").await;
    assert!(answer.contains("not done"), "{answer}");
    match ended.await.unwrap().unwrap() {
        Callback::Refused(problem) => assert_eq!(problem, SignInProblem::Declined),
        Callback::Code(_) => panic!("no code came"),
    }
}

#[tokio::test]
async fn w3_two_sign_ins_have_a_port_each_and_don_t_take_each_others_redirect() {
    let (one, two) = (Listener::open().await.unwrap(), Listener::open().await.unwrap());
    let (first, second) = (port_of(&one), port_of(&two));
    assert_ne!(first, second, "a port in use is never asked for");
    let one = tokio::spawn(one.wait("one".to_owned(), pages()));
    let two = tokio::spawn(two.wait("two".to_owned(), pages()));
    assert!(get(first, "/?code=b&state=two").await.starts_with("HTTP/1.1 400"));
    assert!(get(second, "/?code=a&state=one").await.starts_with("HTTP/1.1 400"));
    get(first, "/?code=a&state=one").await;
    get(second, "/?code=b&state=two").await;
    assert_eq!((code(one.await.unwrap()), code(two.await.unwrap())), ("a".to_owned(), "b".to_owned()));
}

#[tokio::test]
async fn w3_many_silent_connections_do_not_keep_the_redirect_out() {
    let (port, ended) = waiting().await;
    let mut silent = Vec::new();
    for _ in 0..20 {
        silent.push(TcpStream::connect(("127.0.0.1", port)).await.unwrap());
    }
    get(port, "/?code=mine&state=s").await;
    assert_eq!(code(ended.await.unwrap()), "mine");
}

#[tokio::test(start_paused = true)]
async fn w3_nobody_comes_for_five_minutes() {
    let listener = Listener::open().await.unwrap();
    let from = tokio::time::Instant::now();
    let ended = listener.wait("s".to_owned(), pages()).await;
    assert_eq!(ended.err(), Some(SignInProblem::TimedOut));
    assert!((300..=301).contains(&from.elapsed().as_secs()));
}

#[tokio::test(start_paused = true)]
async fn w3_who_connects_and_says_nothing_is_hung_up_on() {
    let listener = Listener::open().await.unwrap();
    let mut silent = TcpStream::connect(("127.0.0.1", port_of(&listener))).await.unwrap();
    let ended = listener.wait("s".to_owned(), pages()).await;
    assert_eq!(ended.err(), Some(SignInProblem::TimedOut));
    let mut rest = Vec::new();
    assert_eq!(silent.read_to_end(&mut rest).await.unwrap_or_default(), 0, "without a word");
}
