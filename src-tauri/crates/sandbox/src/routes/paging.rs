//! Pages of a list that is at hand: a token says where the next one begins.

use crate::codes;
use crate::http::{Exchange, Refusal, Reply, collection};
use serde_json::{Value, json};

/// What continuation tokens start with.
const TOKEN_START: &str = "AAEAAA";
/// Most items on a page.
const PAGE: usize = 500;

/// The page that is asked for; `uri` is the list's, with its query as far as that narrows it.
pub(super) fn page(exchange: &Exchange<'_>, items: Vec<Value>, uri: &str) -> Result<Reply, Refusal> {
    let size = match exchange.query("size").map(str::parse::<usize>) {
        None | Some(Ok(0)) => PAGE,
        Some(Ok(size)) => size.min(PAGE),
        Some(Err(_)) => return Err(Refusal::new(400, codes::BAD_VALUE, "The size is not a number")),
    };
    let start = match exchange.query("seekOperation").and(exchange.header("ms-continuationtoken")) {
        None => 0,
        Some(token) => token
            .strip_prefix(TOKEN_START)
            .and_then(|tail| usize::from_str_radix(tail, 16).ok())
            .ok_or_else(|| Refusal::new(400, codes::BAD_VALUE, "The continuation token is not valid"))?,
    };
    let total = items.len();
    let on_page: Vec<Value> = items.into_iter().skip(start).take(size).collect();
    let next = start.saturating_add(on_page.len());
    let mark = if uri.contains('?') { '&' } else { '?' };
    let sized = format!("{uri}{mark}size={size}");
    let mut answer = collection(on_page, &sized);
    if exchange.world.options.choices.total_of_whole {
        answer["totalCount"] = json!(total);
    }
    if next < total {
        answer["links"]["next"] = json!({
            "uri": format!("{sized}&seekOperation=Next"), "method": "GET",
            "headers": [{"key": "MS-ContinuationToken", "value": format!("{TOKEN_START}{next:08X}")}],
        });
    }
    Ok(Reply::ok(answer))
}
