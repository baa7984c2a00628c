//! The switches that play the day in a practice workspace.

use crate::App;
use crate::error::{AppError, AppResult};
use crate::host::{Clock, Host};
use crate::transport::Cable;
use crate::views::PracticeView;
use async_trait::async_trait;
use cb_domain::customer::Customer;
use cb_domain::operation::OperationKind;
use cb_domain::topic::Topic;
use cb_sandbox::{Faults, Sandbox};
use cb_store::{CustomerPageQuery, Db, StoreError};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// Setting: *network off*, which is not the sandbox's business.
pub(crate) const NETWORK_OFF: &str = "practice.network_off";

/// The sandbox behind an open practice workspace.
#[derive(Debug, Clone)]
pub(crate) struct PracticeDay {
    /// The practice Partner Center.
    pub(crate) sandbox: Sandbox,
    /// The cable to it.
    pub(crate) cable: Cable,
}

impl PracticeDay {
    /// A host whose monotonic clock goes with the practice clock: moved ahead, waiting times are over.
    pub(crate) fn host(&self, host: &Host) -> Host {
        let (clock, sandbox) = (Arc::clone(&host.clock), self.sandbox.clone());
        Host { clock: Arc::new(PracticeClock { clock, sandbox }), ..host.clone() }
    }
}

struct PracticeClock {
    clock: Arc<dyn Clock>,
    sandbox: Sandbox,
}

#[async_trait]
impl Clock for PracticeClock {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }
    fn steady(&self) -> Duration {
        self.clock.steady().saturating_add(Duration::try_from(self.sandbox.ahead()).unwrap_or_default())
    }
    fn time_zone(&self) -> jiff::tz::TimeZone {
        self.clock.time_zone()
    }
    async fn sleep(&self, duration: Duration) {
        self.clock.sleep(duration).await;
    }
}

impl App {
    /// The switches as they stand.
    ///
    /// # Errors
    /// `NotAllowed` in a live workspace.
    pub async fn practice(&self) -> AppResult<PracticeView> {
        let open = self.open_book().await?;
        let day = open.practice.as_ref().ok_or(AppError::NotAllowed)?;
        let sandbox = day.sandbox.clone();
        let faults = blocking(move || sandbox.faults()).await?;
        Ok(view(faults, day.cable.is_out()))
    }

    /// Somebody changes contact and street of a customer in Partner Center, past the app. Answers with the customer's
    /// name.
    ///
    /// # Errors
    /// `NotAllowed` in a live workspace; `NotFound` when the book has no customer that exists there.
    pub async fn change_customer_elsewhere(&self) -> AppResult<String> {
        let open = self.open_book().await?;
        let day = open.practice.as_ref().ok_or(AppError::NotAllowed)?;
        let customer = open.book.read(to_change).await?.ok_or(AppError::NotFound)?;
        let tenant = customer.tenant_id.ok_or(AppError::NotFound)?;
        let sandbox = day.sandbox.clone();
        let changed = blocking(move || sandbox.change_customer(&tenant.to_string())).await?;
        if changed { Ok(customer.name) } else { Err(AppError::NotFound) }
    }

    /// Sets the switches; what waits is tried again at once, so that the day's change is seen.
    ///
    /// # Errors
    /// `NotAllowed` in a live workspace.
    pub async fn set_practice(&self, switches: PracticeView) -> AppResult<PracticeView> {
        let open = self.open_book().await?;
        let day = open.practice.as_ref().ok_or(AppError::NotAllowed)?;
        let PracticeView {
            network_off,
            slow_ms,
            lose_next_answer,
            domain_taken,
            under_review,
            throttled,
            agreement_refused,
            prices_up,
            partial_checkout,
            ordered_elsewhere,
        } = switches;
        let faults = Faults {
            // A minute at most: longer than that is not slow but off.
            slow_ms: slow_ms.min(60_000),
            lose_next_answer,
            domain_taken,
            under_review,
            throttled,
            agreement_refused,
            prices_up,
            partial_checkout,
            ordered_elsewhere,
        };
        let sandbox = day.sandbox.clone();
        blocking(move || sandbox.set_faults(faults)).await?;
        let value = if network_off { "1" } else { "0" };
        let written = open
            .book
            .write(move |tx| {
                tx.set_setting(NETWORK_OFF, value)?;
                tx.touch(Topic::Practice);
                Ok(())
            })
            .await?;
        day.cable.set_out(network_off);
        self.publish(&written.topics);
        open.driver.hurry();
        if !network_off {
            crate::reseller::look(&self.inner, &open, false);
        }
        self.practice().await
    }
}

fn view(faults: Faults, network_off: bool) -> PracticeView {
    let Faults {
        slow_ms,
        lose_next_answer,
        domain_taken,
        under_review,
        throttled,
        agreement_refused,
        prices_up,
        partial_checkout,
        ordered_elsewhere,
    } = faults;
    PracticeView {
        network_off,
        slow_ms,
        lose_next_answer,
        domain_taken,
        under_review,
        throttled,
        agreement_refused,
        prices_up,
        partial_checkout,
        ordered_elsewhere,
    }
}

/// The customer that somebody changes past the app: one whose change waits here, so that the two meet; else the one that
/// was edited last; else the first of the book.
fn to_change(db: &Db) -> Result<Option<Customer>, StoreError> {
    let waiting = db
        .operations()
        .open()?
        .into_iter()
        .rev()
        .find(|one| one.payload.kind() == OperationKind::UpdateCustomerProfile)
        .map(|one| one.customer_id);
    let chosen = match waiting {
        Some(id) => Some(id),
        None => db.profiles().newest()?,
    };
    match chosen {
        Some(id) => db.customers().get(id),
        None => Ok(db
            .customers()
            .page(&CustomerPageQuery { limit: 1, ..CustomerPageQuery::default() })?
            .rows
            .into_iter()
            .next()
            .map(|row| row.customer)),
    }
}

/// The sandbox's state is a file: not on an async thread.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, cb_sandbox::SandboxError> + Send + 'static,
) -> AppResult<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| AppError::Sandbox(Box::new(error))),
        Err(error) => Err(AppError::Sandbox(Box::new(error))),
    }
}
