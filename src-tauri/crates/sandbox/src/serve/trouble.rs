//! What happens around a call when troubles befall it.

use super::Served;
use super::cut::Cut;
use super::fault::Fault;
use crate::http::{LOST_HEADER, Outcome, Refusal, Troubles, expired, respond, throttled, without_mfa};
use crate::{Choices, codes, routes};
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use std::time::Duration;

/// What is decided about a call before it is carried out.
#[derive(Default)]
struct Plan {
    delay: Duration,
    troubles: Troubles,
    /// Instead of the call's own answer; `true` when the call is carried out all the same.
    instead: Option<(Outcome, bool)>,
    lost_before: bool,
    cut: Option<usize>,
    without_bom: bool,
    doubled: bool,
}

/// The layer around the API.
pub(super) async fn around(State(served): State<Served>, request: Request, next: Next) -> Response {
    let method = request.method().as_str().to_owned();
    let name = routes::name_of(&method, request.uri().path());
    served.calls.count(&method, request.uri(), request.headers());
    let met = served.board.meet(name, &method, request.uri().path());
    let cut = request.extensions().get::<ConnectInfo<Cut>>().map(|info| info.0.clone());
    let plan = plan(met, &served);
    if !plan.delay.is_zero() {
        tokio::time::sleep(plan.delay).await;
    }
    if plan.lost_before {
        return broken(cut.as_ref(), 0);
    }
    let headers = request.headers().clone();
    let mut answer = match plan.instead {
        Some((outcome, false)) => told(&served, outcome, &headers),
        Some((outcome, true)) => {
            carried_out(request, next, plan.troubles).await;
            told(&served, outcome, &headers)
        }
        None => carried_out(request, next, plan.troubles).await,
    };
    if answer.headers().contains_key(LOST_HEADER) {
        return broken(cut.as_ref(), 0);
    }
    if plan.doubled {
        double(&mut answer);
    }
    if plan.without_bom {
        answer = without_bom(answer).await;
    }
    if let Some(cut) = &cut {
        // An answer that came through whole left a rest behind, which is not the next one's limit.
        cut.after(plan.cut.unwrap_or(usize::MAX));
    }
    answer
}

fn plan(met: Vec<Fault>, served: &Served) -> Plan {
    let choices = served.sandbox.choices();
    let now = served.sandbox.now();
    let mut plan = Plan::default();
    for fault in met {
        match fault {
            Fault::LostBefore => plan.lost_before = true,
            Fault::LostAfter => plan.cut = Some(0),
            Fault::Cut { after } => plan.cut = Some(after),
            Fault::Delay { ms } => plan.delay += Duration::from_millis(ms),
            Fault::Throttled { retry_after } => {
                plan.instead = Some((waiting(throttled(choices, now), retry_after), false));
            }
            Fault::Answer { status, code, data, newer, carried_out, retry_after } => {
                let outcome = match code {
                    None => Outcome::bare(status),
                    Some(code) if newer => Outcome::refused(&Refusal::newer(status, code, "Practice", "On demand")),
                    Some(code) => Outcome::refused(&Refusal::with_data(status, code, "On demand", &data)),
                };
                plan.instead = Some((waiting(outcome, retry_after), carried_out));
            }
            Fault::Html { status, carried_out } => plan.instead = Some((Outcome::page(status), carried_out)),
            Fault::TokenExpired => plan.instead = Some((expired(), false)),
            Fault::Mfa => plan.instead = Some((without_mfa(choices), false)),
            Fault::AccountReview => {
                let text = "The customer's account is under review";
                plan.instead = Some((Outcome::refused(&Refusal::new(403, codes::UNDER_REVIEW, text)), false));
            }
            Fault::StaleAvailability => plan.troubles.stale_availability = true,
            Fault::PartialCheckout => plan.troubles.partial_checkout = true,
            Fault::HalfCreated => plan.troubles.half_created = true,
            Fault::ForgottenRequestId => plan.troubles.forgotten = true,
            Fault::OrderLag { seconds } => plan.troubles.order_lag = Some(seconds),
            Fault::WithoutBom => plan.without_bom = true,
            Fault::DoubledHeaders => plan.doubled = true,
        }
    }
    plan
}

fn waiting(outcome: Outcome, retry_after: Option<String>) -> Outcome {
    match retry_after {
        Some(wait) => outcome.with("retry-after", wait),
        None => outcome,
    }
}

async fn carried_out(mut request: Request, next: Next, troubles: Troubles) -> Response {
    request.extensions_mut().insert(troubles);
    next.run(request).await
}

fn told(served: &Served, outcome: Outcome, headers: &HeaderMap) -> Response {
    let choices: &Choices = served.sandbox.choices();
    respond(outcome, headers, served.sandbox.now(), choices)
}

/// An answer that nobody gets. Where the connection can't be cut (in process) it says so.
fn broken(cut: Option<&Cut>, bytes: usize) -> Response {
    if let Some(cut) = cut {
        cut.after(bytes);
    }
    let mut lost = Response::new(Body::empty());
    *lost.status_mut() = StatusCode::from_u16(crate::LOST_STATUS).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    lost.headers_mut().insert(LOST_HEADER, http::HeaderValue::from_static("1"));
    lost
}

fn double(answer: &mut Response) {
    for name in ["ms-requestid", "ms-correlationid", "x-locale"] {
        let once = answer.headers().get(name).and_then(|value| value.to_str().ok());
        if let Some(Ok(twice)) = once.map(|once| format!("{once},{once}").parse()) {
            answer.headers_mut().insert(name, twice);
        }
    }
}

async fn without_bom(answer: Response) -> Response {
    let (mut head, body) = answer.into_parts();
    // It was counted with the mark.
    head.headers.remove(http::header::CONTENT_LENGTH);
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let bare = bytes.strip_prefix(cb_partner_center::wire::BOM).map(<[u8]>::to_vec);
    Response::from_parts(head, bare.map_or_else(|| Body::from(bytes), Body::from))
}
