//! A practice server on a port of its own and a client of it.

use cb_domain::catalogue::{BillingCycle, SkuKey, Term};
use cb_domain::ids::TenantId;
use cb_domain::operation::{ConfirmAgreement, CreateCustomer, OrderLine};
use cb_partner_center::client::{Client, ClientConfig};
use cb_partner_center::token::{FixedToken, TokenError, TokenSource};
use cb_partner_center::transport::HttpsTransport;
use cb_sandbox::serve::{Fault, FaultRule, Served};
use cb_sandbox::{Options, Sandbox, sample};
use cb_sync::remote::{Answer, Call, Outcome, Remote, RequestIds};
use jiff::SignedDuration;
use secrecy::SecretString;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;
use uuid::Uuid;

pub const RESELLER_MPN: &str = "4871206";
pub const BASIC: (&str, &str) = ("CFQ7TTC0LH18", "0001");
pub const PREMIUM: (&str, &str) = ("CFQ7TTC0LCHC", "0002");

/// Server and client.
pub struct World {
    pub client: Client,
    pub served: Served,
    pub base: String,
    pub tokens: Arc<Counted>,
    _folder: TempDir,
}

/// Always the same token; counts how often a new one was asked for.
pub struct Counted {
    token: FixedToken,
    pub refreshed: AtomicU32,
}

#[async_trait::async_trait]
impl TokenSource for Counted {
    async fn token(&self) -> Result<SecretString, TokenError> {
        self.token.token().await
    }
    async fn refresh(&self, refused: &SecretString) -> Result<SecretString, TokenError> {
        self.refreshed.fetch_add(1, Ordering::SeqCst);
        self.token.refresh(refused).await
    }
}

impl World {
    pub async fn new() -> Self {
        Self::with(&[]).await
    }

    /// With choices by name.
    pub async fn with(choices: &[(&str, &str)]) -> Self {
        let mut options = Options { signs_after: SignedDuration::ZERO, ..Options::default() };
        for (name, value) in choices {
            options.choose(name, value).expect("a choice");
        }
        let folder = tempfile::tempdir().expect("a folder");
        let served = Served::new(Sandbox::open(folder.path(), options).expect("opens"), Vec::new());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(served.clone().serve(listener));
        let transport = HttpsTransport::new(vec!["127.0.0.1".to_owned()]).expect("a client");
        let tokens = Arc::new(Counted { token: FixedToken::new("practice"), refreshed: AtomicU32::new(0) });
        let client = Client::new(Arc::new(transport), tokens.clone(), ClientConfig::new(&base, "de-DE"));
        Self { client, served, base, tokens, _folder: folder }
    }

    /// The next call of that name meets this.
    pub fn next(&self, operation: &str, fault: Fault) {
        self.served.trouble(vec![FaultRule::next(operation, fault)]);
    }

    pub async fn send(&self, call: &Call) -> Outcome {
        self.client.send(call, ids()).await
    }

    pub async fn good(&self, call: &Call) -> Answer {
        match self.send(call).await {
            Outcome::Done { answer, .. } => answer,
            other => panic!("{call:?}: {other:?}"),
        }
    }

    /// A new customer.
    pub async fn customer(&self, prefix: &str) -> TenantId {
        let Answer::Created(created) = self.good(&create(prefix)).await else { panic!("not created") };
        created.tenant
    }

    /// A cart of these plans.
    pub async fn cart(&self, tenant: TenantId, lines: Vec<OrderLine>) -> String {
        let Answer::Cart { cart_id, .. } = self.good(&cart(tenant, lines)).await else { panic!("no cart") };
        cart_id
    }

    /// A customer with an order.
    pub async fn ordered(&self, prefix: &str) -> TenantId {
        let tenant = self.customer(prefix).await;
        let cart_id = self.cart(tenant, vec![line(0, BASIC, Term::P1Y, BillingCycle::Annual)]).await;
        self.good(&Call::CheckoutCart { tenant, cart_id }).await;
        tenant
    }
}

/// New ids for each request, as the driver makes them.
pub fn ids() -> RequestIds {
    RequestIds { request_key: Uuid::new_v4().into(), correlation_id: Uuid::new_v4().into() }
}

/// A customer that is in the sample.
pub fn somebody() -> TenantId {
    sample::tenant_id("baeckereimorgenroete").to_string().parse().expect("a tenant")
}

pub fn payload(prefix: &str) -> Box<CreateCustomer> {
    Box::new(CreateCustomer {
        reseller_tenant: sample::tenant_id(RESELLER_MPN).to_string().parse().expect("a tenant"),
        prefixes: vec![prefix.to_owned()],
        company_name: "Nordwind Bäckerei".to_owned(),
        country: "DE".to_owned(),
        registration_number: None,
        address_line_1: "Deichstraße 12".to_owned(),
        address_line_2: None,
        city: "Hamburg".to_owned(),
        state: None,
        postal_code: Some("20459".to_owned()),
        first_name: "Ana".to_owned(),
        last_name: "Moss".to_owned(),
        email: "ana@nordwind.example".to_owned(),
        phone: Some("+49 40 5550 0100".to_owned()),
        language: "de".to_owned(),
        culture: "de-DE".to_owned(),
        qualification: None,
    })
}

pub fn create(prefix: &str) -> Call {
    Call::CreateCustomer { payload: payload(prefix), prefix_index: 0 }
}

pub fn agreement(tenant: TenantId) -> Call {
    let payload = ConfirmAgreement {
        first_name: "Ana".to_owned(),
        last_name: "Moss".to_owned(),
        email: "ana@nordwind.example".to_owned(),
        phone: None,
        agreed_on: Some("2026-01-05".parse().expect("a day")),
    };
    Call::ConfirmAgreement { tenant, payload }
}

pub fn line(number: u32, (product, sku): (&str, &str), term: Term, cycle: BillingCycle) -> OrderLine {
    OrderLine {
        number,
        subscription_id: Uuid::from_u128(7).into(),
        sku: SkuKey { product_id: product.to_owned(), sku_id: sku.to_owned() },
        title: "Suite".to_owned(),
        quantity: 5,
        term,
        cycle,
        term_price: None,
        custom_end: None,
        base_number: None,
    }
}

pub fn cart(tenant: TenantId, lines: Vec<OrderLine>) -> Call {
    Call::CreateCart { tenant, country: "DE".to_owned(), reseller_partner_id: Some(RESELLER_MPN.to_owned()), lines }
}
