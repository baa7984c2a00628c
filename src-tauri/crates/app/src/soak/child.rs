//! The process that is killed: the real book, the real driver and the real client, told by its environment what to do.
//! It says on its standard output what it has saved.

use super::host::{FlyingClock, host};
use super::world::{Ordered, is_over, key, operations, story, submit};
use crate::host::Clock;
use crate::views::{Language, WorkspaceColour, WorkspaceKind, WorkspaceView};
use crate::{App, OpenBook};
use async_trait::async_trait;
use cb_domain::operation::{Operation, OperationState};
use cb_partner_center::client::{Client, ClientConfig};
use cb_partner_center::token::FixedToken;
use cb_partner_center::transport::HttpsTransport;
use cb_store::{Book, StoreError};
use cb_sync::person::{Action, actions};
use cb_sync::remote::{Answer, Call, Outcome, Remote, RequestIds};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Variable with the orders for a life, JSON.
pub(super) const ORDERS: &str = "CHANNELBOOK_TEST_LIFE";

/// Bugs planted on purpose: the suite must catch each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Bug {
    None,
    /// "Saved" is said before it is.
    SaysTooEarly,
    /// After a checkout without an answer it makes a new cart and buys that.
    NewCartOnTimeOut,
}

/// What a life is for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Life {
    pub(super) folder: PathBuf,
    pub(super) port: u16,
    /// Start of the test's time, milliseconds.
    pub(super) start: i64,
    pub(super) run: u64,
    pub(super) life: u64,
    /// How many customers are to be onboarded in this run.
    pub(super) customers: u64,
    pub(super) ordered: Ordered,
    pub(super) bug: Bug,
}

/// A client with the planted bug.
struct Hasty {
    inner: Client,
    cart: Mutex<Option<Call>>,
}

#[async_trait]
impl Remote for Hasty {
    async fn send(&self, call: &Call, ids: RequestIds) -> Outcome {
        if matches!(call, Call::CreateCart { .. }) {
            *self.cart.lock().unwrap() = Some(call.clone());
        }
        let outcome = self.inner.send(call, ids).await;
        let again = self.cart.lock().unwrap().clone();
        if let (Call::CheckoutCart { tenant, .. }, Outcome::Unknown, Some(again)) = (call, &outcome, again) {
            let fresh = || RequestIds { request_key: uuid::Uuid::new_v4().into(), ..ids };
            if let Outcome::Done { answer: Answer::Cart { cart_id, .. }, .. } = self.inner.send(&again, fresh()).await {
                return self.inner.send(&Call::CheckoutCart { tenant: *tenant, cart_id }, fresh()).await;
            }
        }
        outcome
    }
}

/// Lives until all is done, or until it is killed.
pub(super) async fn live(life: Life) {
    let start = jiff::Timestamp::from_millisecond(life.start).unwrap();
    let clock = FlyingClock::since(start);
    let host = host(clock, life.folder.clone(), life.run.wrapping_mul(7_919) ^ (life.life << 40));
    let book = loop {
        match Book::open(&life.folder.join("book"), &key()) {
            Ok(book) => break book,
            Err(StoreError::Locked) => tokio::time::sleep(Duration::from_millis(1)).await,
            Err(error) => panic!("the book does not open: {error}"),
        }
    };
    let transport = Arc::new(HttpsTransport::new(vec!["127.0.0.1".to_owned()]).unwrap());
    let config = ClientConfig::new(&format!("http://127.0.0.1:{}", life.port), "en-US");
    let client = Client::new(transport, Arc::new(FixedToken::new("practice")), config);
    let remote: Arc<dyn Remote> = match life.bug {
        Bug::NewCartOnTimeOut => Arc::new(Hasty { inner: client, cart: Mutex::default() }),
        Bug::None | Bug::SaysTooEarly => Arc::new(client),
    };
    let workspace = WorkspaceView {
        id: String::new(),
        name: String::new(),
        kind: WorkspaceKind::Practice,
        colour: WorkspaceColour::Purple,
        folder: String::new(),
    };
    println!("found {}", submitted(&operations(&book).await));
    let app = App::new(host.clone(), life.folder.clone(), Language::En);
    let open = Arc::new(OpenBook::start(&host, workspace, book.clone(), remote, None).await.unwrap());
    *app.inner.open.write().await = Some(Arc::clone(&open));
    loop {
        let all = operations(&book).await;
        let submitted = submitted(&all);
        if submitted < life.customers {
            if life.bug == Bug::SaysTooEarly {
                println!("submitted {submitted}");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            submit(&book, &life.ordered, life.run, submitted, clock.now()).await;
            println!("submitted {submitted}");
            open.wake();
        } else if is_over(&all) {
            println!("done");
            open.stop().await;
            return;
        } else if all.iter().all(|one| is_asked_or_waits(one, &all)) {
            person(&app, &all).await;
        }
        tokio::time::sleep(Duration::from_millis(3)).await;
    }
}

/// Customers submitted, counted by the first operation of each.
pub(super) fn submitted(all: &[Operation]) -> u64 {
    u64::try_from(all.iter().filter(|one| one.parents.is_empty()).count()).unwrap()
}

/// Nothing goes on here by itself: it is over, needs the person, or depends on something that does.
fn is_asked_or_waits(one: &Operation, all: &[Operation]) -> bool {
    match one.state {
        OperationState::Confirmed | OperationState::Cancelled | OperationState::NeedsAttention => true,
        OperationState::InFlight | OperationState::Unknown => false,
        OperationState::Queued => all.iter().filter(|other| one.parents.contains(&other.id)).any(|parent| {
            matches!(parent.state, OperationState::NeedsAttention | OperationState::Queued)
                && is_asked_or_waits(parent, all)
        }),
    }
}

/// A person who presses what is offered, looking again before giving their word.
async fn person(app: &App, all: &[Operation]) {
    let Some(asked) = all.iter().find(|one| one.state == OperationState::NeedsAttention) else { return };
    let offered = actions(asked);
    let id = asked.id.to_string();
    let looked = asked.updated_at.as_millisecond() % 2 == 0;
    let done = if offered.contains(&Action::CheckAgain) && looked {
        app.check_operation_again(id).await
    } else if offered.contains(&Action::SendAgain) {
        app.send_operation_again(id).await
    } else if offered.contains(&Action::ApproveAgain) {
        let approval = app.operation_detail(id.clone()).await.map(|detail| detail.approval).unwrap_or_default();
        app.approve_operation_again(id, approval).await
    } else {
        app.check_operation_again(id).await
    };
    assert!(done.is_ok(), "{done:?}\n{}", story(all));
}
