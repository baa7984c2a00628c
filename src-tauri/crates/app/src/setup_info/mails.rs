//! Mails about a new customer, opened in the default program. Opened is not sent.

use crate::App;
use crate::error::{AppError, AppResult};
use crate::views::{Language, MailView};
use cb_domain::customer::Customer;
use cb_domain::ids::OnboardingId;
use cb_domain::mail::{
    AdminAccessMail, Mail, MailLanguage, ResetMail, SetupMail, admin_access_mail, mailto, reset_mail, setup_mail,
};
use cb_domain::reseller::Reseller;
use std::sync::Arc;

/// Who a Submit was about.
struct About {
    customer: Customer,
    reseller: Option<Reseller>,
    user_name: String,
}

impl App {
    /// To the customer: user name, sign-in address and agreement link, never the password.
    ///
    /// # Errors
    /// `NotFound`, `NoBook`, store errors.
    pub async fn open_setup_mail(&self, onboarding_id: String, language: Language) -> AppResult<MailView> {
        let about = self.about(&onboarding_id).await?;
        let mail = setup_mail(
            mail_language(language),
            &SetupMail {
                to: &about.customer.contact_email,
                contact_name: &about.customer.contact_name,
                customer_name: &about.customer.name,
                user_name: &about.user_name,
                reseller_name: about.reseller.as_ref().map(|one| one.name.as_str()).unwrap_or_default(),
            },
        );
        Ok(self.open_mail(mail).await)
    }

    /// To the reseller: how to ask the customer for admin access (GDAP), which no longer comes with the order.
    ///
    /// # Errors
    /// `NotFound` also when no reseller is named.
    pub async fn open_admin_access_mail(&self, onboarding_id: String, language: Language) -> AppResult<MailView> {
        let about = self.about(&onboarding_id).await?;
        let reseller = about.reseller.ok_or(AppError::NotFound)?;
        let tenant = about.customer.tenant_id.map(|tenant| tenant.to_string()).unwrap_or_default();
        let mail = admin_access_mail(
            mail_language(language),
            &AdminAccessMail {
                to: &reseller.contact_email,
                contact_name: &reseller.contact_name,
                reseller_name: &reseller.name,
                customer_name: &about.customer.name,
                domain: &format!("{}.onmicrosoft.com", about.customer.domain_prefix),
                tenant_id: &tenant,
            },
        );
        Ok(self.open_mail(mail).await)
    }

    /// To the reseller: how to set a new password once the temporary one is gone. Needs no password and brings none.
    ///
    /// # Errors
    /// `NotFound` also when no reseller is named.
    pub async fn open_reset_mail(&self, onboarding_id: String, language: Language) -> AppResult<MailView> {
        let about = self.about(&onboarding_id).await?;
        let reseller = about.reseller.ok_or(AppError::NotFound)?;
        let mail = reset_mail(
            mail_language(language),
            &ResetMail {
                to: &reseller.contact_email,
                contact_name: &reseller.contact_name,
                customer_name: &about.customer.name,
                user_name: &about.user_name,
            },
        );
        Ok(self.open_mail(mail).await)
    }

    async fn about(&self, onboarding_id: &str) -> AppResult<About> {
        let id: OnboardingId = onboarding_id.parse()?;
        let open = self.open_book().await?;
        open.book
            .read(move |db| {
                let Some(onboarding) = db.onboardings().get(id)? else { return Ok(None) };
                let Some(customer) = db.customers().get(onboarding.customer_id)? else { return Ok(None) };
                let reseller = onboarding.reseller_id.map(|id| db.resellers().get(id)).transpose()?.flatten();
                let user_name = super::view(db, id)?.map(|view| view.user_name).unwrap_or_default();
                Ok(Some(About { customer, reseller, user_name }))
            })
            .await?
            .ok_or(AppError::NotFound)
    }

    async fn open_mail(&self, mail: Mail) -> MailView {
        let mailer = Arc::clone(&self.inner.host.mailer);
        let opened = match mailto(&mail) {
            Ok(link) => tokio::task::spawn_blocking(move || mailer.open(&link)).await.unwrap_or(false),
            // The screen offers the text to copy instead.
            Err(_) => false,
        };
        MailView { opened, to: mail.to, subject: mail.subject, body: mail.body }
    }
}

fn mail_language(language: Language) -> MailLanguage {
    match language {
        Language::De => MailLanguage::De,
        Language::En => MailLanguage::En,
    }
}
