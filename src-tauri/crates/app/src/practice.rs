//! The switches that play the day in a practice workspace.

use crate::App;
use crate::error::{AppError, AppResult};
use crate::transport::Cable;
use crate::views::PracticeView;
use cb_domain::topic::Topic;
use cb_sandbox::{Faults, Sandbox};

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

    /// Sets the switches; what waits is tried again at once, so that the day's change is seen.
    ///
    /// # Errors
    /// `NotAllowed` in a live workspace.
    pub async fn set_practice(&self, switches: PracticeView) -> AppResult<PracticeView> {
        let open = self.open_book().await?;
        let day = open.practice.as_ref().ok_or(AppError::NotAllowed)?;
        let PracticeView { network_off, slow_ms, lose_next_answer, domain_taken, under_review, throttled } = switches;
        // A minute at most: longer than that is not slow but off.
        let faults = Faults { slow_ms: slow_ms.min(60_000), lose_next_answer, domain_taken, under_review, throttled };
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
        self.practice().await
    }
}

fn view(faults: Faults, network_off: bool) -> PracticeView {
    let Faults { slow_ms, lose_next_answer, domain_taken, under_review, throttled } = faults;
    PracticeView { network_off, slow_ms, lose_next_answer, domain_taken, under_review, throttled }
}

/// The sandbox's state is a file: not on an async thread.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, cb_sandbox::SandboxError> + Send + 'static,
) -> AppResult<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| AppError::Sandbox(Box::new(error))),
        Err(error) => Err(AppError::Sandbox(Box::new(error))),
    }
}
