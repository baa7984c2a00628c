//! A route as data: what serves it and what describes it stand together, so that the two can't part. The router and
//! the OpenAPI description are both made from these.

use super::exchange::{Action, Shared, run};
use axum::extract::{RawPathParams, Request, State};
use axum::routing::{MethodFilter, MethodRouter, on};
use cb_partner_center::wire;
use serde_json::Value;

/// Whether an action may change the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Reads,
    Changes,
}

/// A method of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
}

impl Verb {
    /// As OpenAPI writes it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Head => "head",
            Self::Post => "post",
            Self::Put => "put",
            Self::Patch => "patch",
            Self::Delete => "delete",
        }
    }

    fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Head => MethodFilter::HEAD,
            Self::Post => MethodFilter::POST,
            Self::Put => MethodFilter::PUT,
            Self::Patch => MethodFilter::PATCH,
            Self::Delete => MethodFilter::DELETE,
        }
    }
}

/// Makes a schema.
pub(crate) type Schema = fn() -> Value;

/// What a good answer carries.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Carries {
    Nothing,
    Json(Schema),
    Csv,
}

/// A query parameter: its name, an example, and whether a request without it is refused.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Query {
    pub(crate) name: &'static str,
    pub(crate) example: &'static str,
    pub(crate) required: bool,
}

/// A query parameter that may be left out.
pub(crate) const fn may(name: &'static str, example: &'static str) -> Query {
    Query { name, example, required: false }
}

/// A query parameter that is needed.
pub(crate) const fn must(name: &'static str, example: &'static str) -> Query {
    Query { name, example, required: true }
}

/// One route.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Route {
    pub(crate) verb: Verb,
    pub(crate) path: &'static str,
    /// Its name in the description.
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) action: Action,
    /// Statuses of good answers.
    pub(crate) good: &'static [u16],
    pub(crate) carries: Carries,
    /// Statuses of refusals of its own; those that any route may answer with are added.
    pub(crate) refuses: &'static [u16],
    pub(crate) query: &'static [Query],
    pub(crate) body: Option<Schema>,
    /// Needs a signed-in user (403 with 900329 for an application alone).
    pub(crate) user_only: bool,
}

impl Route {
    const fn new(verb: Verb, kind: Kind, path: &'static str, name: &'static str, action: Action) -> Self {
        Self {
            verb,
            path,
            name,
            kind,
            action,
            good: &[200],
            carries: Carries::Nothing,
            refuses: &[],
            query: &[],
            body: None,
            user_only: false,
        }
    }

    /// A GET.
    pub(crate) const fn get(path: &'static str, name: &'static str, action: Action) -> Self {
        Self::new(Verb::Get, Kind::Reads, path, name, action)
    }

    /// A HEAD.
    pub(crate) const fn head(path: &'static str, name: &'static str, action: Action) -> Self {
        Self::new(Verb::Head, Kind::Reads, path, name, action)
    }

    /// A POST that only asks.
    pub(crate) const fn ask(path: &'static str, name: &'static str, action: Action) -> Self {
        Self::new(Verb::Post, Kind::Reads, path, name, action)
    }

    /// A POST that makes something.
    pub(crate) const fn post(path: &'static str, name: &'static str, action: Action) -> Self {
        Self { good: &[201], ..Self::new(Verb::Post, Kind::Changes, path, name, action) }
    }

    /// A PUT.
    pub(crate) const fn put(path: &'static str, name: &'static str, action: Action) -> Self {
        Self::new(Verb::Put, Kind::Changes, path, name, action)
    }

    /// A PATCH.
    pub(crate) const fn patch(path: &'static str, name: &'static str, action: Action) -> Self {
        Self::new(Verb::Patch, Kind::Changes, path, name, action)
    }

    /// A DELETE.
    pub(crate) const fn delete(path: &'static str, name: &'static str, action: Action) -> Self {
        Self { good: &[204], ..Self::new(Verb::Delete, Kind::Changes, path, name, action) }
    }

    /// With these good statuses.
    pub(crate) const fn good(self, good: &'static [u16]) -> Self {
        Self { good, ..self }
    }

    /// Answering with this.
    pub(crate) const fn gives(self, schema: Schema) -> Self {
        Self { carries: Carries::Json(schema), ..self }
    }

    /// Answering with CSV.
    pub(crate) const fn gives_csv(self) -> Self {
        Self { carries: Carries::Csv, ..self }
    }

    /// Refusing with these statuses too.
    pub(crate) const fn refuses(self, refuses: &'static [u16]) -> Self {
        Self { refuses, ..self }
    }

    /// Asked with these.
    pub(crate) const fn query(self, query: &'static [Query]) -> Self {
        Self { query, ..self }
    }

    /// Taking this body.
    pub(crate) const fn takes(self, body: Schema) -> Self {
        Self { body: Some(body), ..self }
    }

    /// For signed-in users only.
    pub(crate) const fn user_only(self) -> Self {
        Self { user_only: true, ..self }
    }

    /// As the router serves it.
    pub(super) fn served(&'static self) -> MethodRouter<Shared> {
        on(self.verb.filter(), move |state: State<Shared>, params: RawPathParams, request: Request| {
            run(state, params, request, self)
        })
    }
}

/// Shape of any refusal.
pub(crate) fn refusal_schema() -> Value {
    wire::schema::<wire::ServiceError>()
}
