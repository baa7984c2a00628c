//! Where a live workspace connects to: the cloud, the tenant, the app's id, and the rules for what the person types.

use uuid::Uuid;

/// One of Microsoft's clouds, or an endpoint of one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cloud {
    /// Worldwide.
    Commercial,
    /// US Government.
    UsGovernment,
    /// China, operated by 21Vianet.
    China,
    /// A test server: https, or http on this machine only.
    Custom,
}

/// Partner Center worldwide; US Government uses the same host.
const API: &str = "https://api.partnercenter.microsoft.com";
/// Partner Center in China.
const CHINA_API: &str = "https://partner.partnercenterapi.microsoftonline.cn";

/// What was typed, exactly as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionForm {
    /// Cloud.
    pub cloud: Cloud,
    /// Tenant id or domain.
    pub tenant: String,
    /// Application (client) id.
    pub client: String,
    /// Address of a custom Partner Center; unused otherwise.
    pub api: String,
    /// Address of its sign-in; unused otherwise.
    pub authority: String,
}

/// A checked form.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Connection {
    /// Cloud.
    pub cloud: Cloud,
    /// Tenant id or domain, small letters.
    pub tenant: String,
    /// Application (client) id.
    pub client: Uuid,
    /// Scheme and host of Partner Center, no slash at the end.
    pub api: String,
    /// Scheme and host of the sign-in, no slash at the end.
    pub authority: String,
    /// For what access tokens are asked.
    pub audience: String,
}

/// Fields of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConnectionField {
    /// Tenant.
    Tenant,
    /// Application id.
    Client,
    /// Custom Partner Center.
    Api,
    /// Its sign-in.
    Authority,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionProblem {
    /// Empty.
    Required,
    /// Neither an id nor a domain.
    TenantForm,
    /// Not an id.
    ClientForm,
    /// The tenant's id once more: the two were mixed up.
    ClientIsTenant,
    /// Not an address.
    AddressForm,
    /// `http` to another machine: a token would be read on the way.
    AddressNotSecure,
    /// More than scheme, host and port.
    AddressTooLong,
}

impl ConnectionForm {
    /// What is wrong with it, or what it comes to.
    ///
    /// # Errors
    /// All problems, by field.
    pub fn check(&self) -> Result<Connection, Vec<(ConnectionField, ConnectionProblem)>> {
        use ConnectionField as F;
        let mut problems = Vec::new();
        let mut keep = |field, problem| problems.push((field, problem));
        let tenant = tenant_of(&self.tenant).map_err(|problem| keep(F::Tenant, problem)).ok();
        let client = client_of(&self.client, tenant.as_deref()).map_err(|problem| keep(F::Client, problem)).ok();
        let (api, authority) = match self.cloud {
            Cloud::Commercial => fixed(API, "https://login.microsoftonline.com"),
            Cloud::UsGovernment => fixed(API, "https://login.microsoftonline.us"),
            Cloud::China => fixed(CHINA_API, "https://login.partner.microsoftonline.cn"),
            Cloud::Custom => (
                address_of(&self.api).map_err(|problem| keep(F::Api, problem)).ok(),
                address_of(&self.authority).map_err(|problem| keep(F::Authority, problem)).ok(),
            ),
        };
        match (tenant, client, api, authority) {
            (Some(tenant), Some(client), Some(api), Some(authority)) => {
                let audience = if self.cloud == Cloud::China { CHINA_API } else { API }.to_owned();
                Ok(Connection { cloud: self.cloud, tenant, client, api, authority, audience })
            }
            _ => Err(problems),
        }
    }
}

impl Connection {
    /// Host names that requests of this connection go to.
    #[must_use]
    pub fn hosts(&self) -> Vec<String> {
        let host = |text: &str| url::Url::parse(text).ok().and_then(|url| url.host_str().map(str::to_owned));
        let mut hosts: Vec<String> = [&self.api, &self.authority].into_iter().filter_map(|text| host(text)).collect();
        if self.api == API {
            // Price sheets have a host of their own.
            hosts.push("api.partner.microsoft.com".to_owned());
        }
        hosts
    }
}

fn fixed(api: &str, authority: &str) -> (Option<String>, Option<String>) {
    (Some(api.to_owned()), Some(authority.to_owned()))
}

fn tenant_of(typed: &str) -> Result<String, ConnectionProblem> {
    let text = typed.trim().to_ascii_lowercase();
    if text.is_empty() {
        return Err(ConnectionProblem::Required);
    }
    if let Some(id) = id_of(&text) {
        return if id.is_nil() { Err(ConnectionProblem::TenantForm) } else { Ok(id.to_string()) };
    }
    let label = |part: &str| {
        (1..=63).contains(&part.len())
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    let parts: Vec<&str> = text.split('.').collect();
    let ending = parts.last().is_some_and(|last| last.len() >= 2 && last.chars().any(|c| c.is_ascii_alphabetic()));
    let domain = parts.len() >= 2 && text.len() <= 253 && ending && parts.iter().all(|part| label(part));
    if domain { Ok(text) } else { Err(ConnectionProblem::TenantForm) }
}

fn client_of(typed: &str, tenant: Option<&str>) -> Result<Uuid, ConnectionProblem> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(ConnectionProblem::Required);
    }
    let id = id_of(text).filter(|id| !id.is_nil()).ok_or(ConnectionProblem::ClientForm)?;
    if tenant == Some(id.to_string().as_str()) { Err(ConnectionProblem::ClientIsTenant) } else { Ok(id) }
}

/// An id as Microsoft's pages show it; also in braces, as some tools copy it.
fn id_of(text: &str) -> Option<Uuid> {
    let bare = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or(text);
    (bare.len() == 36).then(|| bare.parse().ok()).flatten()
}

fn address_of(typed: &str) -> Result<String, ConnectionProblem> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(ConnectionProblem::Required);
    }
    let url = url::Url::parse(text).map_err(|_| ConnectionProblem::AddressForm)?;
    let here = match url.host() {
        Some(url::Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => return Err(ConnectionProblem::AddressForm),
    };
    match url.scheme() {
        "https" => {}
        "http" if here => {}
        "http" => return Err(ConnectionProblem::AddressNotSecure),
        _ => return Err(ConnectionProblem::AddressForm),
    }
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if !bare || !url.username().is_empty() || url.password().is_some() {
        return Err(ConnectionProblem::AddressTooLong);
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ConnectionField as F;
    use ConnectionProblem as P;

    const TENANT: &str = "5b1f7c62-93d4-4e0a-8a57-0f1e62c94b10";
    const CLIENT: &str = "1d0c4a3e-58b6-4f29-9e63-3b7ad25f8801";

    fn form(tenant: &str, client: &str) -> ConnectionForm {
        ConnectionForm {
            cloud: Cloud::Commercial,
            tenant: tenant.to_owned(),
            client: client.to_owned(),
            api: String::new(),
            authority: String::new(),
        }
    }

    #[test]
    fn a_tenant_is_an_id_or_a_domain() {
        for (typed, kept) in [
            (TENANT, Ok(TENANT)),
            ("  {5B1F7C62-93D4-4E0A-8A57-0F1E62C94B10} ", Ok(TENANT)),
            ("Nordhafen.onmicrosoft.com", Ok("nordhafen.onmicrosoft.com")),
            ("nordhafen.example", Ok("nordhafen.example")),
            ("", Err(P::Required)),
            ("   ", Err(P::Required)),
            ("nordhafen", Err(P::TenantForm)),
            ("ada@nordhafen.example", Err(P::TenantForm)),
            ("https://nordhafen.example", Err(P::TenantForm)),
            ("-a.example", Err(P::TenantForm)),
            ("a..example", Err(P::TenantForm)),
            ("10.0.0.1", Err(P::TenantForm)),
            ("5b1f7c6293d44e0a8a570f1e62c94b10", Err(P::TenantForm)),
            ("00000000-0000-0000-0000-000000000000", Err(P::TenantForm)),
            ("organizations/../x.y", Err(P::TenantForm)),
        ] {
            assert_eq!(tenant_of(typed), kept.map(str::to_owned), "{typed}");
        }
    }

    #[test]
    fn the_apps_id_is_not_the_tenants() {
        assert_eq!(form(TENANT, CLIENT).check().unwrap().client.to_string(), CLIENT);
        for (typed, problem) in [
            ("", P::Required),
            ("channelbook", P::ClientForm),
            (TENANT, P::ClientIsTenant),
            (&CLIENT[..35], P::ClientForm),
        ] {
            assert_eq!(form(TENANT, typed).check(), Err(vec![(F::Client, problem)]), "{typed}");
        }
        assert_eq!(form("", "").check(), Err(vec![(F::Tenant, P::Required), (F::Client, P::Required)]));
    }

    #[test]
    fn each_cloud_has_its_hosts() {
        for (cloud, hosts) in [
            (
                Cloud::Commercial,
                vec!["api.partnercenter.microsoft.com", "login.microsoftonline.com", "api.partner.microsoft.com"],
            ),
            (
                Cloud::UsGovernment,
                vec!["api.partnercenter.microsoft.com", "login.microsoftonline.us", "api.partner.microsoft.com"],
            ),
            (Cloud::China, vec!["partner.partnercenterapi.microsoftonline.cn", "login.partner.microsoftonline.cn"]),
        ] {
            assert_eq!(ConnectionForm { cloud, ..form(TENANT, CLIENT) }.check().unwrap().hosts(), hosts);
        }
    }

    #[test]
    fn an_endpoint_of_ones_own_is_https_or_this_machine() {
        for (typed, kept) in [
            ("https://pc.example", Ok("https://pc.example")),
            ("https://pc.example:8443/", Ok("https://pc.example:8443")),
            ("http://127.0.0.1:4000", Ok("http://127.0.0.1:4000")),
            ("http://localhost:4000/", Ok("http://localhost:4000")),
            ("http://[::1]:4000", Ok("http://[::1]:4000")),
            ("http://pc.example", Err(P::AddressNotSecure)),
            ("http://127.0.0.1.evil.example", Err(P::AddressNotSecure)),
            ("http://192.168.0.4:80", Err(P::AddressNotSecure)),
            ("ftp://localhost", Err(P::AddressForm)),
            ("pc.example", Err(P::AddressForm)),
            ("https://pc.example/v1", Err(P::AddressTooLong)),
            ("https://a:b@pc.example", Err(P::AddressTooLong)),
            ("https://pc.example?x=1", Err(P::AddressTooLong)),
            ("", Err(P::Required)),
        ] {
            assert_eq!(address_of(typed), kept.map(str::to_owned), "{typed}");
        }
        let custom = ConnectionForm { cloud: Cloud::Custom, ..form(TENANT, CLIENT) };
        assert_eq!(custom.check(), Err(vec![(F::Api, P::Required), (F::Authority, P::Required)]));
    }
}
