//! Every operation that writes, with the connection cut after every single byte: of the request on its way there, and of
//! the answer on its way back. Cut anywhere it may have taken effect or not (N5); only what never left is *not sent*.
//! What the whole operations are and do is held in the other files; here they are recorded once and played again.

use crate::cuts::calls;
use crate::recorded::{Break, Recorder, Replay};
use crate::world::{BASIC, World, ids, line};
use async_trait::async_trait;
use bytes::Bytes;
use cb_domain::catalogue::{BillingCycle, Term};
use cb_domain::ids::TenantId;
use cb_partner_center::client::operations::NewUser;
use cb_partner_center::client::{Client, ClientConfig, Failure};
use cb_partner_center::token::FixedToken;
use cb_partner_center::transport::{HttpsTransport, Transport, TransportError};
use cb_partner_center::triage::Operation;
use cb_partner_center::wire;
use cb_sync::remote::{Answer, Call, Outcome, Remote};
use http::{Request, Response, StatusCode};
use std::pin::Pin;
use std::sync::Arc;

/// The role that the reference names.
const ROLE: &str = "62e90394-69f5-4237-9190-012177145e10";
/// In the middle of a message every so many-th byte is tried, unless this variable says otherwise; 1 is each.
const STEP: (&str, usize) = ("CHANNELBOOK_CUTS", 5);
/// Bytes at each end that are always tried.
const EDGE: usize = 48;

/// What came of it, as far as matters here.
#[derive(Debug, PartialEq, Eq)]
enum Came {
    Done,
    NotSent,
    Unknown,
    Other(String),
}

impl From<Outcome> for Came {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done { .. } => Self::Done,
            Outcome::NotSent => Self::NotSent,
            Outcome::Unknown => Self::Unknown,
            other => Self::Other(format!("{other:?}")),
        }
    }
}

fn came<T>(result: Result<T, Failure>) -> Came {
    match result {
        Ok(_) => Came::Done,
        Err(failure) => Outcome::from(failure).into(),
    }
}

type Run = Box<dyn Fn(Arc<Client>) -> Pin<Box<dyn Future<Output = Came> + Send>> + Send + Sync>;

/// An operation that writes, by its name in the reference.
struct Write {
    name: String,
    run: Run,
}

fn write<F>(name: &str, run: impl Fn(Arc<Client>) -> F + Send + Sync + 'static) -> Write
where
    F: Future<Output = Came> + Send + 'static,
{
    Write { name: name.to_owned(), run: Box::new(move |client| Box::pin(run(client))) }
}

fn remote(name: &str, call: Call) -> Write {
    write(name, move |client| {
        let call = call.clone();
        async move { client.send(&call, ids()).await.into() }
    })
}

/// One that is asked of the client itself: the outbox has no call for it.
macro_rules! direct {
    ($name:expr, |$client:ident| $ask:expr) => {
        write($name, move |$client| async move { came($ask.await) })
    };
}

/// All of them, in an order in which each can be carried out.
async fn writes(world: &World) -> Vec<Write> {
    let tenant = world.ordered("nordwind").await;
    let of_outbox = calls(world, tenant).await.into_iter().filter_map(|asked| {
        let call = (asked.call)(0);
        (Operation::from(&call) != Operation::Read).then(|| remote(asked.name, call))
    });
    let mut all: Vec<Write> = of_outbox.collect();
    let Answer::Subscriptions(owned) = world.good(&Call::ListSubscriptions { tenant }).await else {
        panic!("no subscriptions")
    };
    let subscription = owned[0].remote_id.clone().expect("an id");
    all.push(remote("set_record", Call::SetRecord { tenant, subscription, partner_id: "4873318".to_owned() }));
    all.extend(of_carts_and_older_orders(world, tenant).await);
    let user_tenant = world.customer("westwind").await;
    all.extend(of_users(world, user_tenant).await);
    let (leaving, gone) = (world.customer("ostwind").await, world.customer("fallwind").await);
    all.push(direct!("remove_relationship", |client| client.remove_relationship(leaving, ids())));
    all.push(direct!("delete_customer", |client| client.delete_customer(gone, ids())));
    all
}

async fn of_carts_and_older_orders(world: &World, tenant: TenantId) -> Vec<Write> {
    let cart_id = world.cart(tenant, vec![line(0, BASIC, Term::P1Y, BillingCycle::Annual)]).await;
    let mut cart = world.client.cart(tenant, &cart_id, ids()).await.expect("a cart");
    cart.partner_on_record_attestation_accepted = Some(true);
    let offers = world.client.older_offers("DE", ids()).await.expect("offers");
    let base = offers.iter().find(|one| one.has_add_ons == Some(true)).expect("one with add-ons").id.clone();
    let item = |offer: &str, parent: Option<String>| wire::OrderLineItem {
        offer_id: Some(offer.to_owned()),
        quantity: Some(3),
        parent_subscription_id: parent,
        ..wire::OrderLineItem::default()
    };
    let order = wire::Order { line_items: Some(vec![item(&base, None)]), ..wire::Order::default() };
    let placed = world.client.place_older_order(tenant, &order, ids()).await.expect("an order");
    let addons = world.client.older_addons(&base, "DE", ids()).await.expect("add-ons");
    let bought = placed.line_items.expect("lines")[0].subscription_id.clone();
    let more = wire::Order { line_items: Some(vec![item(&addons[0].id, bought)]), ..wire::Order::default() };
    let id = placed.id.expect("an id");
    vec![
        write("replace_cart", move |client| {
            let (cart_id, cart) = (cart_id.clone(), cart.clone());
            async move { came(client.replace_cart(tenant, &cart_id, &cart, ids()).await) }
        }),
        write("create_order", move |client| {
            let order = order.clone();
            async move { came(client.place_older_order(tenant, &order, ids()).await) }
        }),
        write("update_order", move |client| {
            let (id, more) = (id.clone(), more.clone());
            async move { came(client.change_older_order(tenant, &id, &more, ids()).await) }
        }),
    ]
}

async fn of_users(world: &World, tenant: TenantId) -> Vec<Write> {
    let secret = || wire::Secret::new("Xy4!example".to_owned());
    let new = NewUser::new("ana@westwind.onmicrosoft.com", "Ana", "Moss", "DE", secret());
    let user = world.client.create_user(tenant, &new, ids()).await.expect("a user");
    let id = user.id.clone().expect("an id");
    vec![
        write("create_user", move |client| {
            let new = NewUser::new("ben@westwind.onmicrosoft.com", "Ben", "Moss", "DE", secret());
            async move { came(client.create_user(tenant, &new, ids()).await) }
        }),
        write("reset_password", move |client| {
            let id = id.clone();
            async move { came(client.reset_password(tenant, &id, secret(), ids()).await) }
        }),
        write("give_role", move |client| {
            let user = user.clone();
            async move { came(client.give_role(tenant, ROLE, &user, ids()).await) }
        }),
    ]
}

/// Bugs planted on purpose, in what carries the requests: each must be caught.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bug {
    None,
    /// What broke off counts as never sent.
    BrokenIsNotSent,
    /// What broke off counts as an answer without a body.
    BrokenIsDone,
}

struct Planted(HttpsTransport, Bug);

#[async_trait]
impl Transport for Planted {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let sent = self.0.send(request).await;
        match (sent, self.1) {
            (Err(TransportError::Unknown), Bug::BrokenIsNotSent) => Err(TransportError::NotSent),
            (Err(TransportError::Unknown), Bug::BrokenIsDone) => {
                let mut empty = Response::new(Bytes::new());
                *empty.status_mut() = StatusCode::NO_CONTENT;
                Ok(empty)
            }
            (sent, _) => sent,
        }
    }
}

fn client(base: &str) -> Arc<Client> {
    planted(base, Bug::None)
}

fn planted(base: &str, bug: Bug) -> Arc<Client> {
    let transport = Planted(HttpsTransport::new(vec!["127.0.0.1".to_owned()]).expect("a client"), bug);
    Arc::new(Client::new(Arc::new(transport), Arc::new(FixedToken::new("practice")), ClientConfig::new(base, "de-DE")))
}

/// Bytes after which a message of that length is cut; `offset` has other bytes tried of each operation.
fn places(length: usize, offset: usize) -> impl Iterator<Item = usize> {
    let (name, usual) = STEP;
    let step = std::env::var(name).ok().and_then(|text| text.parse::<usize>().ok()).unwrap_or(usual).max(1);
    (0..length).filter(move |at| *at < EDGE || length - at <= EDGE || (at + offset).is_multiple_of(step))
}

/// Plays it again with every cut; gives how many there were.
async fn cut_everywhere(write: &Write, replay: &Replay, offset: usize) -> u32 {
    let client = client(&replay.base);
    let (asked, answered) = replay.lengths;
    let mut tried = 0;
    let breaks = places(asked, offset).map(Break::Request).chain(places(answered, offset).map(Break::Answer));
    for place in breaks {
        replay.break_at(place);
        let came = (write.run)(Arc::clone(&client)).await;
        assert_eq!(came, Came::Unknown, "{} cut at {place:?} of {:?}", write.name, replay.lengths);
        tried += 1;
    }
    replay.break_at(Break::Answer(answered));
    assert_eq!((write.run)(client).await, Came::Done, "{}: the whole answer is taken", write.name);
    tried
}

#[tokio::test(flavor = "multi_thread")]
async fn n5_every_write_cut_at_every_byte_of_request_and_answer_is_unknown() {
    let world = World::new().await;
    let recorder = Recorder::before(world.base.strip_prefix("http://").expect("loopback").to_owned()).await;
    let recording = client(&recorder.base);
    let mut plays = tokio::task::JoinSet::new();
    let mut names = Vec::new();
    for (offset, write) in writes(&world).await.into_iter().enumerate() {
        recorder.take();
        assert_eq!((write.run)(Arc::clone(&recording)).await, Came::Done, "{}", write.name);
        let replay = Replay::of(recorder.take()).await.unwrap_or_else(|| panic!("{} writes nothing", write.name));
        names.push(write.name.clone());
        plays.spawn(async move { cut_everywhere(&write, &replay, offset).await });
    }
    let tried: u32 = plays.join_all().await.into_iter().sum();
    // Each write of section 4 of the reference; licences of users are left out of the first version.
    for name in [
        "create_customer",
        "update_profile",
        "remove_relationship",
        "delete_customer",
        "confirm_agreement",
        "create_cart",
        "replace_cart",
        "checkout",
        "create_order",
        "update_order",
        "change_subscription",
        "set_record",
        "create_transition",
        "set_support_contact",
        "create_user",
        "reset_password",
        "give_role",
    ] {
        assert!(names.iter().any(|one| one == name), "{name} is not among {names:?}");
    }
    println!("family=cuts runs={tried} lost=0 doubled=0 ok=1");
}

/// The same halves of answers, met by a client with a bug.
#[tokio::test]
async fn n5_a_client_that_takes_a_cut_for_something_else_is_caught() {
    let world = World::new().await;
    let recorder = Recorder::before(world.base.strip_prefix("http://").expect("loopback").to_owned()).await;
    let recording = client(&recorder.base);
    let mut caught = std::collections::BTreeMap::new();
    for write in writes(&world).await {
        recorder.take();
        assert_eq!((write.run)(Arc::clone(&recording)).await, Came::Done, "{}", write.name);
        let replay = Replay::of(recorder.take()).await.unwrap_or_else(|| panic!("{} writes nothing", write.name));
        for bug in [Bug::BrokenIsNotSent, Bug::BrokenIsDone] {
            let wrong = planted(&replay.base, bug);
            replay.break_at(Break::Answer(replay.lengths.1 / 2));
            let came = (write.run)(wrong).await;
            *caught.entry(format!("{bug:?}")).or_insert(0) += u32::from(came != Came::Unknown);
        }
    }
    // A write whose answer has a body that is read is unknown without one: only those without any believe it.
    assert!(caught["BrokenIsNotSent"] >= 17 && caught["BrokenIsDone"] > 0, "{caught:?}");
}

#[tokio::test]
async fn n5_no_write_without_a_connection_counts_as_sent() {
    let world = World::new().await;
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}", nobody.local_addr().expect("an address"));
    drop(nobody);
    for write in writes(&world).await {
        assert_eq!((write.run)(client(&base)).await, Came::NotSent, "{}", write.name);
    }
}
