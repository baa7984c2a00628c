//! How a request leaves the machine. Practice hands it to the sandbox's router, live to HTTPS; the client can't tell.

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use http::{Method, Request, Response};
use std::time::Duration;

/// Why no whole answer came. In doubt it is `Unknown` (N5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// Nothing left this machine: the name was not found, no connection, no secure channel, or a host not allowed.
    #[error("the request was not sent")]
    NotSent,
    /// Bytes left, no whole answer came back.
    #[error("no whole answer came back")]
    Unknown,
}

/// Why there is no transport at all.
#[derive(Debug, thiserror::Error)]
pub enum TransportSetup {
    /// The HTTP client could not be made, for example without the system's root certificates.
    #[error("the HTTPS client could not be made")]
    Client(#[from] reqwest::Error),
}

/// Takes a body piece by piece.
pub type Sink<'s> = dyn FnMut(&[u8]) + Send + 's;

/// Sends one request and waits for its whole answer. Never follows a redirect, never sends twice.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends it.
    ///
    /// # Errors
    /// When no whole answer came, and whether the request left.
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError>;

    /// Sends it and hands the body of a good answer to `sink` in pieces; the response then has none. The body of any
    /// other answer is in the response.
    ///
    /// # Errors
    /// When no whole answer came. The sink may have got a part of it.
    async fn download(&self, request: Request<Bytes>, sink: &mut Sink<'_>) -> Result<Response<Bytes>, TransportError> {
        let response = self.send(request).await?;
        if !response.status().is_success() {
            return Ok(response);
        }
        let (head, body) = response.into_parts();
        sink(&body);
        Ok(Response::from_parts(head, Bytes::new()))
    }
}

/// N4's limits.
const CONNECT: Duration = Duration::from_secs(10);
const READ: Duration = Duration::from_secs(60);
const WRITE: Duration = Duration::from_secs(180);
/// A download that is read piece by piece may take longer than an answer.
const DOWNLOAD: Duration = Duration::from_secs(600);
/// What a server announces is believed up to here.
const MOST_ANNOUNCED: usize = 64 * 1024 * 1024;
/// A refusal is a page at most.
const LARGEST_REFUSAL: usize = 4 * 1024 * 1024;
/// A price sheet is some 40 MB; more than this is no answer of the service.
const LARGEST_BODY: usize = 256 * 1024 * 1024;

/// HTTPS to the hosts that are allowed; plain HTTP to this machine only.
pub struct HttpsTransport {
    client: reqwest::Client,
    hosts: Vec<String>,
}

impl HttpsTransport {
    /// A transport that talks to these hosts and to no other.
    ///
    /// # Errors
    /// When the HTTP client can't be made.
    pub fn new(hosts: Vec<String>) -> Result<Self, TransportSetup> {
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .tls_version_min(reqwest::tls::Version::TLS_1_2)
            .build()?;
        Ok(Self { client, hosts })
    }

    async fn execute(&self, request: Request<Bytes>, patience: Duration) -> Result<reqwest::Response, TransportError> {
        if !self.allows(&request) {
            tracing::warn!("request to a host that is not allowed");
            return Err(TransportError::NotSent);
        }
        let mut request = reqwest::Request::try_from(request).map_err(|_| TransportError::NotSent)?;
        *request.timeout_mut() = Some(patience);
        self.client.execute(request).await.map_err(|error| told_apart(&error))
    }

    fn allows(&self, request: &Request<Bytes>) -> bool {
        let uri = request.uri();
        let Some(host) = uri.host() else { return false };
        if !self.hosts.iter().any(|allowed| allowed.eq_ignore_ascii_case(host)) {
            return false;
        }
        match uri.scheme_str() {
            Some("https") => true,
            Some("http") => is_loopback(host),
            Some(_) | None => false,
        }
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.eq_ignore_ascii_case("localhost")
        || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Only what happens before the first byte of the request is "not sent".
fn told_apart(error: &reqwest::Error) -> TransportError {
    if error.is_connect() || error.is_builder() { TransportError::NotSent } else { TransportError::Unknown }
}

#[async_trait]
impl Transport for HttpsTransport {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let patience = if request.method() == Method::GET || request.method() == Method::HEAD { READ } else { WRITE };
        let mut answer = self.execute(request, patience).await?;
        let largest = if answer.status().is_success() { LARGEST_BODY } else { LARGEST_REFUSAL };
        // Room for the whole body at once: growing would hold it twice.
        let announced = answer.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
        let mut body = BytesMut::with_capacity(announced.min(MOST_ANNOUNCED).min(largest));
        while let Some(chunk) = answer.chunk().await.map_err(|_| TransportError::Unknown)? {
            if body.len().saturating_add(chunk.len()) > largest {
                return Err(TransportError::Unknown);
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = Response::new(body.freeze());
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(response)
    }

    async fn download(&self, request: Request<Bytes>, sink: &mut Sink<'_>) -> Result<Response<Bytes>, TransportError> {
        let mut answer = self.execute(request, DOWNLOAD).await?;
        let good = answer.status().is_success();
        let mut refusal = BytesMut::new();
        let mut length = 0_usize;
        while let Some(chunk) = answer.chunk().await.map_err(|_| TransportError::Unknown)? {
            length = length.saturating_add(chunk.len());
            if length > if good { LARGEST_BODY } else { LARGEST_REFUSAL } {
                return Err(TransportError::Unknown);
            }
            if good {
                sink(&chunk);
            } else {
                refusal.extend_from_slice(&chunk);
            }
        }
        let mut response = Response::new(refusal.freeze());
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(response)
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;

    fn to(uri: &str) -> Request<Bytes> {
        Request::get(uri).body(Bytes::new()).expect("uri")
    }

    #[test]
    fn n4_only_allowed_hosts_and_plain_http_only_to_this_machine() {
        let hosts = ["api.partnercenter.microsoft.com", "127.0.0.1", "example.com"].map(str::to_owned).to_vec();
        let transport = HttpsTransport::new(hosts).expect("client");
        assert!(transport.allows(&to("https://api.partnercenter.microsoft.com/v1/customers")));
        assert!(transport.allows(&to("https://API.partnercenter.microsoft.com/v1/customers")));
        assert!(transport.allows(&to("http://127.0.0.1:8080/v1/customers")));
        assert!(!transport.allows(&to("http://example.com/v1/customers")));
        assert!(!transport.allows(&to("https://api.partnercenter.microsoft.com.evil.example/")));
        assert!(!transport.allows(&to("https://other.example/")));
        assert!(!transport.allows(&to("/v1/customers")));
    }

    #[tokio::test]
    async fn n5_an_answer_cut_at_any_byte_is_unknown_and_no_connection_is_not_sent() {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        const WHOLE: &str = "HTTP/1.1 201 Created\r\ncontent-length: 10\r\ndate: x\r\n\r\n{\"id\":\"a\"}";
        let transport = HttpsTransport::new(vec!["127.0.0.1".to_owned()]).expect("client");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("port");
        let port = listener.local_addr().expect("address").port();
        let uri = format!("http://127.0.0.1:{port}/v1/customers");
        let server = tokio::spawn(async move {
            for end in 0..=WHOLE.len() {
                let (mut stream, _) = listener.accept().await.expect("connection");
                let mut buffer = [0_u8; 1024];
                let _ = stream.read(&mut buffer).await;
                let _ = stream.write_all(&WHOLE.as_bytes()[..end]).await;
            }
        });
        for end in 0..WHOLE.len() {
            assert_eq!(transport.send(to(&uri)).await.err(), Some(TransportError::Unknown), "cut at {end}");
        }
        let whole = transport.send(to(&uri)).await.expect("whole answer");
        assert_eq!((whole.status().as_u16(), whole.body().as_ref()), (201, &br#"{"id":"a"}"#[..]));
        server.await.expect("server");
        assert_eq!(transport.send(to(&uri)).await.err(), Some(TransportError::NotSent));
        assert_eq!(transport.send(to("https://other.example/")).await.err(), Some(TransportError::NotSent));
    }
}
