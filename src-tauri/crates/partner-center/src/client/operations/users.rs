//! Users of a customer, their passwords, roles, and the customer's licences.

use crate::client::exchange::{Ask, Failure};
use crate::client::{Client, encoded};
use crate::triage::Operation::Read;
use crate::wire;
use cb_domain::ids::TenantId;
use cb_sync::remote::RequestIds;
use http::Method;
use serde::Serialize;
use zeroize::Zeroize;

/// A user to be made. No `Debug`: it carries a password.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewUser {
    /// ISO country in which the licences are used.
    pub usage_location: String,
    /// Sign-in name in a domain of the customer.
    pub user_principal_name: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Name as shown.
    pub display_name: String,
    /// Password, to be changed at the first sign-in.
    pub password_profile: Password,
    attributes: wire::Attributes,
}

/// A password in a request.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Password {
    password: wire::Secret,
    force_change_password: bool,
}

/// A password to be set.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Reset {
    password_profile: Password,
    attributes: wire::Attributes,
}

impl NewUser {
    /// A user with a password that has to be changed.
    #[must_use]
    pub fn new(name: &str, first: &str, last: &str, country: &str, password: wire::Secret) -> Self {
        Self {
            usage_location: country.to_owned(),
            user_principal_name: name.to_owned(),
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            display_name: format!("{first} {last}"),
            password_profile: Password { password, force_change_password: true },
            attributes: wire::Attributes::of("CustomerUser"),
        }
    }
}

impl Client {
    /// Users of a customer.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn users(&self, tenant: TenantId, ids: RequestIds) -> Result<Vec<wire::CustomerUser>, Failure> {
        Ok(self.all(Read, &format!("/customers/{tenant}/users?size=500"), ids).await?.0)
    }

    /// Makes a user.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn create_user(
        &self,
        tenant: TenantId,
        user: &NewUser,
        ids: RequestIds,
    ) -> Result<wire::CustomerUser, Failure> {
        self.change(Method::POST, &format!("/customers/{tenant}/users"), wire::to_body(user), ids).await
    }

    /// Sets a user's password. The answer repeats it, so it is wiped unread.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn reset_password(
        &self,
        tenant: TenantId,
        user: &str,
        password: wire::Secret,
        ids: RequestIds,
    ) -> Result<(), Failure> {
        let path = format!("/customers/{tenant}/users/{}/resetpassword", encoded(user));
        let body = Reset {
            password_profile: Password { password, force_change_password: true },
            attributes: wire::Attributes::of("CustomerUser"),
        };
        let ask = Ask { method: Method::PATCH, body: Some(wire::to_body(&body)), ..self.get(Read, &path) };
        let good = self.exchange(&ask, ids).await?;
        if let Ok(mut bytes) = good.body.try_into_mut() {
            bytes.as_mut().zeroize();
        }
        Ok(())
    }

    /// Who has a role.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn role_members(
        &self,
        tenant: TenantId,
        role: &str,
        ids: RequestIds,
    ) -> Result<Vec<wire::UserMember>, Failure> {
        let path = format!("/customers/{tenant}/directoryroles/{}/usermembers", encoded(role));
        Ok(self.all(Read, &path, ids).await?.0)
    }

    /// The roles of a user.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn roles_of(
        &self,
        tenant: TenantId,
        user: &str,
        ids: RequestIds,
    ) -> Result<Vec<wire::DirectoryRole>, Failure> {
        let path = format!("/customers/{tenant}/users/{}/directoryroles", encoded(user));
        Ok(self.all(Read, &path, ids).await?.0)
    }

    /// Gives a user a role.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn give_role(
        &self,
        tenant: TenantId,
        role: &str,
        user: &wire::CustomerUser,
        ids: RequestIds,
    ) -> Result<wire::UserMember, Failure> {
        let path = format!("/customers/{tenant}/directoryroles/{}/usermembers", encoded(role));
        let member = wire::UserMember {
            display_name: user.display_name.clone(),
            user_principal_name: user.user_principal_name.clone(),
            id: user.id.clone(),
            attributes: Some(wire::Attributes::of("UserMember")),
            ..wire::UserMember::default()
        };
        self.change(Method::POST, &path, wire::to_body(&member), ids).await
    }

    /// Licences of a customer, by product.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn licences(&self, tenant: TenantId, ids: RequestIds) -> Result<Vec<wire::SubscribedSku>, Failure> {
        Ok(self.all(Read, &format!("/customers/{tenant}/subscribedskus?licenseGroupIds=group1"), ids).await?.0)
    }
}
