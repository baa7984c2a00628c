//! Connections cut at every byte offset of every operation's answer (S, N5): the client calls the outcome unknown, never
//! done and never refused, and the repeat under the same key doubles nothing.

use super::Tally;
use super::server::{Chooser, Fate, Server};
use super::world::{Ordered, Truth, folder, names};
use async_trait::async_trait;
use cb_domain::ids::{RequestKey, TenantId};
use cb_domain::operation::{ConfirmAgreement, OrderLine};
use cb_partner_center::client::{Client, ClientConfig};
use cb_partner_center::token::FixedToken;
use cb_partner_center::transport::HttpsTransport;
use cb_sandbox::{Options, Sandbox};
use cb_sync::remote::{Answer, Call, Outcome, Remote, RequestIds};
use cb_testkit::build;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Cuts nothing.
const WHOLE: usize = usize::MAX;

/// Bugs planted on purpose: each must be caught.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bug {
    None,
    /// An answer that was cut counts as a request that never left.
    SaysNotSent,
    /// What is repeated goes under a key of its own.
    NewKeyEachTime,
}

/// The client, with the bug planted into it.
struct Planted {
    client: Client,
    bug: Bug,
}

#[async_trait]
impl Remote for Planted {
    async fn send(&self, call: &Call, ids: RequestIds) -> Outcome {
        let request_key = match self.bug {
            Bug::NewKeyEachTime => RequestKey(uuid::Uuid::new_v4()),
            Bug::None | Bug::SaysNotSent => ids.request_key,
        };
        match self.client.send(call, RequestIds { request_key, ..ids }).await {
            Outcome::Unknown if self.bug == Bug::SaysNotSent => Outcome::NotSent,
            outcome => outcome,
        }
    }
}

struct Line {
    client: Planted,
    at: Arc<AtomicUsize>,
    tally: Tally,
}

impl Line {
    /// Cuts the answers to one call at every byte, then lets it through. All repeats carry the same key. `None` when
    /// the outcome of one was called something else than unknown, or when the repeat brings no answer.
    async fn cut(&mut self, call: &Call) -> Option<Answer> {
        let key = RequestKey(uuid::Uuid::new_v4());
        let ids = || RequestIds { request_key: key, correlation_id: uuid::Uuid::new_v4().into() };
        for end in 0.. {
            self.at.store(end, Ordering::SeqCst);
            match self.client.send(call, ids()).await {
                Outcome::Unknown => self.tally.runs += 1,
                // Agreements have no memory of keys: refused as attested already, when the answer is long enough to say.
                Outcome::Done { .. } | Outcome::Refused { .. } => break,
                other => return self.harmed(call, Some(end), &other),
            }
        }
        self.at.store(WHOLE, Ordering::SeqCst);
        match self.client.send(call, ids()).await {
            Outcome::Done { answer, .. } => Some(answer),
            Outcome::Refused { code: 600_061, .. } => Some(Answer::AgreementConfirmed),
            other => self.harmed(call, None, &other),
        }
    }

    fn harmed<T>(&mut self, call: &Call, cut: Option<usize>, outcome: &Outcome) -> Option<T> {
        if self.client.bug == Bug::None {
            println!("{call:?} cut at {cut:?}: {outcome:?}");
        }
        self.tally.lost += 1;
        None
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n5_s8_an_answer_cut_at_any_byte_is_unknown_and_its_repeat_doubles_nothing() {
    let tally = onboard(Bug::None).await;
    tally.print("byte-cuts");
    assert!(tally.runs > 3_000, "{tally:?}");
    assert_eq!((tally.lost, tally.doubled), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n5_s8_a_client_that_takes_a_cut_for_something_else_is_caught() {
    for bug in [Bug::SaysNotSent, Bug::NewKeyEachTime] {
        let tally = onboard(bug).await;
        assert!(tally.lost > 0, "{bug:?} was not caught: {tally:?}");
    }
}

/// Each call of an onboarding, its answers cut everywhere; ends at the first that came to harm.
async fn onboard(bug: Bug) -> Tally {
    let place = folder();
    let sandbox = Sandbox::open(place.path(), Options::default()).unwrap();
    let truth = Truth::of(&sandbox);
    let ordered = truth.order().await;
    let at = Arc::new(AtomicUsize::new(WHOLE));
    let wanted = Arc::clone(&at);
    // What a call asks before its own request is not cut: prices and availabilities of a cart.
    let choose: Chooser = Arc::new(move |parts| {
        let end = wanted.load(Ordering::SeqCst);
        let asks = parts.method == http::Method::GET && parts.uri.path().contains("/products");
        if asks || end == WHOLE { Fate::Served } else { Fate::Cut(end) }
    });
    let server = Server::start(sandbox.clone(), choose).await;
    let transport = Arc::new(HttpsTransport::new(vec!["127.0.0.1".to_owned()]).unwrap());
    let config = ClientConfig::new(&format!("http://127.0.0.1:{}", server.port), "en-US");
    let client = Client::new(transport, Arc::new(FixedToken::new("practice")), config);
    let mut line = Line { client: Planted { client, bug }, at, tally: Tally::default() };
    let whole = all_calls(&mut line, &ordered).await;
    // Nothing was judged of what did not come to its end.
    if whole.is_some() {
        (line.tally.lost, line.tally.doubled) = truth.judge(0, 1, &ordered).await;
    }
    line.tally
}

async fn all_calls(line: &mut Line, ordered: &Ordered) -> Option<()> {
    let (name, prefix) = names(0, 0);
    let mut payload = build::create_customer(&name, &[&prefix], ordered.reseller.tenant_id.unwrap());
    payload.phone = Some("+49 40 1234567".into());
    let create = Call::CreateCustomer { payload: Box::new(payload), prefix_index: 0 };
    let Answer::Created(created) = line.cut(&create).await? else { panic!("no customer") };
    assert!(created.password.is_some(), "the repeated answer brings the password");
    let tenant: TenantId = created.tenant;
    line.cut(&Call::AgreementStatus { tenant }).await?;
    let agreement = ConfirmAgreement {
        first_name: "Ana".into(),
        last_name: "Moos".into(),
        email: "ana@example.com".into(),
        phone: None,
        agreed_on: Some(jiff::civil::date(2026, 1, 14)),
    };
    line.cut(&Call::ConfirmAgreement { tenant, payload: agreement }).await?;
    let lines: Vec<OrderLine> = ordered.lines.clone();
    let reseller_partner_id = ordered.reseller.partner_id.clone();
    let cart = Call::CreateCart { tenant, country: "DE".into(), reseller_partner_id, lines };
    let Answer::Cart { cart_id, .. } = line.cut(&cart).await? else { panic!("no cart") };
    let Answer::CheckedOut(bought) = line.cut(&Call::CheckoutCart { tenant, cart_id }).await? else {
        panic!("nothing bought")
    };
    assert!(!bought.orders.is_empty() && bought.errors.is_empty());
    line.cut(&Call::ListOrders { tenant }).await?;
    line.cut(&Call::ListSubscriptions { tenant }).await?;
    line.cut(&Call::FindCustomer { domain_prefix: prefix }).await?;
    Some(())
}
