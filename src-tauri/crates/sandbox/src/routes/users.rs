//! Users of a customer and their roles. A password is taken and never kept; the answer to its reset repeats it, as
//! Partner Center's does.

use super::customer;
use super::paging::page;
use crate::codes;
use crate::http::{Exchange, Fields, Refusal, Reply, Route, Stop, collection, link, may};
use crate::state::customers::Customer;
use crate::state::resources::{self, Kind};
use cb_partner_center::wire;
use serde_json::{Value, json};
use uuid::Uuid;

/// Roles that a user can have.
const ROLES: [(&str, &str); 3] = [
    ("62e90394-69f5-4237-9190-012177145e10", "Global Administrator"),
    ("729827e3-9c14-49f7-bb1b-9608f156bbb8", "Helpdesk Administrator"),
    ("fe930be7-5e62-47db-91af-98c3a49a38b1", "User Account Administrator"),
];

/// Routes of this file.
pub(super) const ROUTES: &[Route] = &[
    Route::get("/v1/customers/{customer}/users", "list_users", list)
        .query(&[may("size", "40"), may("seekOperation", "")])
        .gives(wire::list_schema::<wire::CustomerUser>)
        .refuses(&[403, 404])
        .user_only(),
    Route::post("/v1/customers/{customer}/users", "create_user", create)
        .takes(wire::schema::<wire::CustomerUser>)
        .gives(wire::schema::<wire::CustomerUser>)
        .refuses(&[403, 404, 409])
        .user_only(),
    Route::patch("/v1/customers/{customer}/users/{user}/resetpassword", "reset_password", reset)
        .gives(wire::schema::<wire::CustomerUser>)
        .refuses(&[403, 404])
        .user_only(),
    Route::get("/v1/customers/{customer}/users/{user}/directoryroles", "roles_of_user", roles)
        .gives(wire::list_schema::<wire::DirectoryRole>)
        .refuses(&[403, 404])
        .user_only(),
    Route::get("/v1/customers/{customer}/directoryroles", "list_roles", all_roles)
        .gives(wire::list_schema::<wire::DirectoryRole>)
        .refuses(&[403, 404])
        .user_only(),
    Route::get("/v1/customers/{customer}/directoryroles/{role}/usermembers", "role_members", members)
        .gives(wire::list_schema::<wire::UserMember>)
        .refuses(&[403, 404])
        .user_only(),
    Route::post("/v1/customers/{customer}/directoryroles/{role}/usermembers", "give_role", give)
        .takes(wire::schema::<wire::UserMember>)
        .gives(wire::schema::<wire::UserMember>)
        .refuses(&[403, 404])
        .user_only(),
];

/// The administrator that came with the tenant, and those made since.
fn all(exchange: &Exchange<'_>, customer: &Customer) -> Result<Vec<Value>, Stop> {
    let id = Uuid::new_v5(&customer.id.parse().unwrap_or_default(), b"admin").to_string();
    let country = (!customer.country.is_empty()).then_some(customer.country.as_str());
    let admin = document(customer, &id, country, &format!("admin@{}", customer.domain), None, None, "Administrator");
    let mut users = vec![admin];
    users.extend(resources::of(exchange.tx, Kind::User, &customer.id)?);
    Ok(users)
}

fn document(
    customer: &Customer,
    id: &str,
    location: Option<&str>,
    name: &str,
    first: Option<String>,
    last: Option<String>,
    display: &str,
) -> Value {
    json!({
        "usageLocation": location, "id": id, "userPrincipalName": name, "firstName": first, "lastName": last,
        "displayName": display, "userDomainType": "none", "state": "active",
        "links": {"self": link(&format!("/customers/{}/users/{id}", customer.id))},
        "attributes": {"objectType": "CustomerUser"},
    })
}

fn list(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let users = all(exchange, &customer)?;
    Ok(page(exchange, users, &format!("/customers/{}/users", customer.id))?)
}

fn create(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let body = Fields::new(&exchange.body);
    let required = ["userPrincipalName", "displayName", "usageLocation"].map(|name| (name, body.at(name))).into_iter();
    let password = ("passwordProfile.password", body.at("passwordProfile").at("password"));
    let missing: Vec<String> = required
        .chain([password])
        .filter(|(_, field)| field.text().is_none())
        .map(|(name, _)| name.to_owned())
        .collect();
    if !missing.is_empty() {
        return Err(Refusal::with_data(400, codes::DETAILS_MISSING, "User details are missing", &missing).into());
    }
    let text = |name: &str| body.at(name).text().unwrap_or_default();
    let name = text("userPrincipalName");
    let ours = name.rsplit_once('@').is_some_and(|(_, domain)| domain.eq_ignore_ascii_case(&customer.domain));
    if !ours {
        let data = ["userPrincipalName".to_owned()];
        return Err(Refusal::with_data(400, codes::INPUT, "The name is not in the customer's domain", &data).into());
    }
    let taken = |user: &Value| user["userPrincipalName"].as_str().is_some_and(|one| one.eq_ignore_ascii_case(&name));
    if all(exchange, &customer)?.iter().any(taken) {
        return Err(Refusal::new(409, codes::USER_EXISTS, "A user with this name exists").into());
    }
    let id = Uuid::new_v4().to_string();
    let location = text("usageLocation").to_ascii_uppercase();
    let user = document(
        &customer,
        &id,
        Some(&location),
        &name,
        body.at("firstName").text(),
        body.at("lastName").text(),
        &text("displayName"),
    );
    resources::put(exchange.tx, Kind::User, &customer.id, &id, exchange.now.as_second(), &user)?;
    Ok(Reply::created(user))
}

fn find(exchange: &Exchange<'_>, customer: &Customer, id: &str) -> Result<Value, Stop> {
    let found = all(exchange, customer)?
        .into_iter()
        .find(|user| user["id"].as_str().is_some_and(|one| one.eq_ignore_ascii_case(id)));
    found.ok_or_else(|| Refusal::new(404, codes::USER, "The user was not found").into())
}

fn reset(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let mut user = find(exchange, &customer, exchange.param("user"))?;
    let profile = Fields::new(&exchange.body).at("passwordProfile");
    let Some(password) = profile.at("password").text() else {
        let data = ["passwordProfile.password".to_owned()];
        return Err(Refusal::with_data(400, codes::DETAILS_MISSING, "The password is missing", &data).into());
    };
    user["passwordProfile"] =
        json!({"password": password, "forceChangePassword": profile.at("forceChangePassword").switch()});
    Ok(Reply::ok(user))
}

fn role(id: &str) -> Result<(&'static str, &'static str), Refusal> {
    let found = ROLES.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(id));
    found.ok_or_else(|| Refusal::new(404, codes::USER, "The role was not found"))
}

fn role_wire((id, name): (&str, &str)) -> Value {
    json!({"name": name, "id": id, "attributes": {"objectType": "DirectoryRole"}})
}

fn all_roles(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let items = ROLES.into_iter().map(role_wire).collect();
    Ok(Reply::ok(collection(items, &format!("/customers/{}/directoryroles", customer.id))))
}

fn roles(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let user = find(exchange, &customer, exchange.param("user"))?;
    let id = user["id"].as_str().unwrap_or_default();
    let mut items = Vec::new();
    for one in ROLES {
        if in_role(exchange, &customer, one.0)?.iter().any(|member| member["id"] == id) {
            items.push(role_wire(one));
        }
    }
    Ok(Reply::ok(collection(items, &format!("/customers/{}/users/{id}/directoryroles", customer.id))))
}

/// The administrator that came with the tenant is in the first role without being put there.
fn in_role(exchange: &Exchange<'_>, customer: &Customer, role: &str) -> Result<Vec<Value>, Stop> {
    let mut members = Vec::new();
    if let (true, Some(admin)) = (role == ROLES[0].0, all(exchange, customer)?.first()) {
        members.push(member(admin, role));
    }
    members.extend(resources::of(exchange.tx, Kind::RoleMember, &format!("{}/{role}", customer.id))?);
    Ok(members)
}

fn member(user: &Value, role: &str) -> Value {
    json!({
        "displayName": user["displayName"], "userPrincipalName": user["userPrincipalName"], "roleId": role,
        "id": user["id"], "attributes": {"objectType": "UserMember"},
    })
}

fn members(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let (role, _) = role(exchange.param("role"))?;
    let items = in_role(exchange, &customer, role)?;
    Ok(Reply::ok(collection(items, &format!("/customers/{}/directoryroles/{role}/usermembers", customer.id))))
}

fn give(exchange: &Exchange<'_>) -> Result<Reply, Stop> {
    let customer = customer(exchange)?;
    let (role, _) = role(exchange.param("role"))?;
    let id = Fields::new(&exchange.body).at("id").text().unwrap_or_default();
    let user = find(exchange, &customer, &id)?;
    let member = member(&user, role);
    let owner = format!("{}/{role}", customer.id);
    resources::put(exchange.tx, Kind::RoleMember, &owner, &id, exchange.now.as_second(), &member)?;
    Ok(Reply::created(member))
}
