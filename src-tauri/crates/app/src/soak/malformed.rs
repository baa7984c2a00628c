//! Commands with malformed input (W2, D2): ids that are none, or another thing's; texts, numbers and words of every wrong
//! kind; structures with parts missing; a review that is not the one on disk. A command refuses, or only reads. It never
//! panics, never calls it a fault of its own, and never writes a byte of the book.

mod commands;
mod complete;

use super::{figure, seed};
use crate::App;
use crate::driver::bench::Bench;
use crate::error::{AppError, ErrorCode};
use crate::views::*;
use cb_testkit::Seeded;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Inputs of each command with each submission: all of them together are close to a hundred thousand. The long run has ten
/// times as many.
const INPUTS: u64 = 1_000;

/// What a command has to do with malformed input.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Must {
    Refuse,
    /// It may answer, with nothing perhaps.
    Read,
}

/// `None` when the input is refused before the command: it is not of its types.
type Done = Pin<Box<dyn Future<Output = Option<Result<(), AppError>>> + Send>>;

struct Command {
    name: &'static str,
    must: Must,
    /// Where in the arguments that stands which is malformed in every input; empty for anywhere.
    at: &'static str,
    /// Arguments as they should be, in their order.
    sample: Value,
    call: Arc<dyn Fn(App, Value) -> Done + Send + Sync>,
}

/// A command by its use case: the shell's commands do nothing but convert and call it (`tests/tidy.rs`).
fn command<T, V, R>(
    name: &'static str,
    must: Must,
    at: &'static str,
    sample: Value,
    call: impl Fn(App, T) -> R + Send + Sync + 'static,
) -> Command
where
    T: DeserializeOwned,
    V: Send + 'static,
    R: Future<Output = Result<V, AppError>> + Send + 'static,
{
    let call = move |app, given| -> Done {
        match serde_json::from_value::<T>(given) {
            Err(_) => Box::pin(std::future::ready(None)),
            Ok(typed) => {
                let going = call(app, typed);
                Box::pin(async move { Some(going.await.map(|_| ())) })
            }
        }
    };
    Command { name, must, at, sample, call: Arc::new(call) }
}

/// Ids and a draft that the book does have.
struct Known {
    customer: String,
    onboarding: String,
    operation: String,
    reseller: String,
    subscription: String,
    session: String,
    draft: DraftView,
}

impl Known {
    fn ids(&self) -> [&String; 7] {
        let Self { customer, onboarding, operation, reseller, subscription, session, draft } = self;
        [customer, onboarding, operation, reseller, subscription, session, &draft.id]
    }
}

const TEXTS: [&str; 18] = [
    "",
    " ",
    "\0",
    "\u{202e}x",
    "null",
    "-1",
    "1e999",
    "'; DROP TABLE operations; --",
    "%00%ff",
    "../../book.db",
    "\u{feff}",
    "{\"id\":1}",
    "\u{fdfa}",
    "\r\n\t",
    "\"",
    "*",
    "NEAR(",
    "00000000-0000-0000-0000-000000000000",
];

const NUMBERS: [i64; 7] = [i64::MIN, -1, 0, 1, 4_294_967_295, 4_294_967_296, i64::MAX];

/// Draws what is malformed.
struct Spoiler {
    random: Seeded,
    ids: Vec<String>,
}

impl Spoiler {
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.random.below(u64::try_from(end).unwrap())).unwrap()
    }

    fn text(&mut self) -> String {
        match self.below(8) {
            0 => (0..self.below(40))
                .filter_map(|_| char::from_u32(u32::try_from(self.random.below(0x11_0000)).unwrap()))
                .collect(),
            1 => "x".repeat(self.below(300)),
            2 if self.below(50) == 0 => "ü".repeat(70_000),
            _ => TEXTS[self.below(TEXTS.len())].to_owned(),
        }
    }

    /// No id, one of nothing, or one of another thing.
    fn id(&mut self, own: &Value) -> Value {
        match self.below(4) {
            0 => json!(self.random.uuid().to_string()),
            1 => {
                let others: Vec<String> = self.ids.iter().filter(|id| own != id.as_str()).cloned().collect();
                json!(others[self.below(others.len())])
            }
            _ => json!(self.text()),
        }
    }

    fn any(&mut self) -> Value {
        match self.below(12) {
            0 => Value::Null,
            1 => json!(self.below(2) == 0),
            2 => json!(NUMBERS[self.below(NUMBERS.len())]),
            3 => json!(self.random.draw()),
            4 => json!(1e300),
            5 => json!([]),
            6 => json!({ "x": [] }),
            7 => (0..60).fold(Value::Null, |inner, _| json!([inner])),
            _ => json!(self.text()),
        }
    }

    /// One place of a value becomes something else, or goes.
    fn spoil(&mut self, value: &mut Value) {
        match value {
            Value::Array(all) if !all.is_empty() && self.below(8) > 0 => {
                let at = self.below(all.len());
                self.spoil(&mut all[at]);
            }
            Value::Object(all) if !all.is_empty() && self.below(8) > 0 => {
                let key = all.keys().nth(self.below(all.len())).cloned().unwrap();
                if self.below(10) == 0 {
                    all.remove(&key);
                } else {
                    self.spoil(&mut all[&key]);
                }
            }
            other => *other = self.any(),
        }
    }

    fn input(&mut self, command: &Command) -> Value {
        let mut input = command.sample.clone();
        // What always has to be wrong is put in last. The list of arguments itself stays one.
        if command.at.is_empty() || self.below(2) == 0 {
            let at = self.below(input.as_array().unwrap().len());
            self.spoil(&mut input[at]);
        }
        if let Some(place) = input.pointer_mut(command.at).filter(|_| !command.at.is_empty()) {
            *place = self.id(&command.sample.pointer(command.at).unwrap().clone());
        }
        input
    }
}

/// What is wrong with a command, if anything.
async fn faults(bench: &Bench, app: &App, command: &Command, ids: &[String], inputs: u64) -> Vec<String> {
    let before = bench.bytes();
    let mut spoiler = Spoiler { random: Seeded::new(seed() ^ 0xBAD), ids: ids.to_vec() };
    let last = Arc::new(Mutex::new(Value::Null));
    let (call, seen, app) = (Arc::clone(&command.call), Arc::clone(&last), app.clone());
    let all: Vec<Value> = (0..inputs).map(|_| spoiler.input(command)).collect();
    let must = command.must;
    let run = tokio::spawn(async move {
        for input in all {
            seen.lock().unwrap().clone_from(&input);
            match call(app.clone(), input).await {
                Some(Err(error)) if error.code() == ErrorCode::Internal => {
                    return Some(format!("failed with {error:?}"));
                }
                Some(Ok(())) if must == Must::Refuse => return Some("did it".to_owned()),
                Some(Ok(()) | Err(_)) | None => {}
            }
        }
        None
    });
    let said = match run.await {
        Ok(said) => said,
        Err(_) => Some("panicked".to_owned()),
    };
    let wrote = (bench.bytes() != before).then(|| "wrote".to_owned());
    let tell = |what: String| format!("{} {what} at or before {}", command.name, *last.lock().unwrap());
    said.into_iter().chain(wrote).map(tell).collect()
}

/// A book with one customer whose order waits in a session that holds, and with a draft; nothing goes on in it.
async fn desk(bench: &Bench) -> (App, Known) {
    let app = bench.open().await;
    app.set_work_offline(true).await.unwrap();
    let session = app.start_session("Kiel".into(), "Ana Moos".into(), true).await.unwrap().id;
    let submitted = bench.submit(&app).await;
    let open = app.open_book().await.unwrap();
    let id = submitted.customer;
    let (customer, subscriptions) = open
        .book
        .read(move |db| Ok((db.customers().get(id)?.unwrap(), db.subscriptions().of_customer(id)?)))
        .await
        .unwrap();
    let reseller = customer.reseller_id.unwrap().to_string();
    let draft = app.start_customer_draft(reseller.clone()).await.unwrap();
    let known = Known {
        customer: submitted.customer.to_string(),
        onboarding: submitted.onboarding.to_string(),
        operation: submitted.operations[0].to_string(),
        subscription: subscriptions[0].id.to_string(),
        reseller,
        session,
        draft,
    };
    let mut before = bench.bytes();
    loop {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let now = bench.bytes();
        if now == before {
            return (app, known);
        }
        before = now;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w2_d2_no_malformed_input_makes_a_command_panic_or_write() {
    let bench = Bench::in_folder(61, crate::driver::bench::Kill::default(), super::world::folder());
    let (app, known) = desk(&bench).await;
    let ids: Vec<String> = known.ids().into_iter().cloned().collect();
    let inputs = figure("CHANNELBOOK_MALFORMED", INPUTS);
    let commands = commands::all(&known);
    let names: BTreeSet<&str> = commands.iter().map(|one| one.name).collect();
    assert_eq!(complete::gaps(&names), Vec::<String>::new());
    let without: BTreeSet<&str> = names.iter().copied().filter(|name| *name != "submit_draft").collect();
    assert_eq!(complete::gaps(&without), ["submit_draft is in no list"], "one that is forgotten is found");
    let mut found = Vec::new();
    for command in &commands {
        found.extend(faults(&bench, &app, command, &ids, inputs).await);
    }
    // What is written by mistake is lost or doubled: this family knows no other harm.
    let runs = inputs * u64::try_from(commands.len()).unwrap();
    println!("malformed runs={runs} lost={} doubled=0 seed={}", found.len(), seed());
    assert!(found.is_empty(), "{found:#?}");
    assert!(commands.len() > 80, "{}", commands.len());
}

/// The suite is only worth something if it finds the bugs that are there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w2_d2_a_command_that_panics_writes_or_takes_it_is_caught() {
    let bench = Bench::in_folder(62, crate::driver::bench::Kill::default(), super::world::folder());
    let (app, known) = desk(&bench).await;
    let ids: Vec<String> = known.ids().into_iter().cloned().collect();
    let sample = || json!([known.operation]);
    let panics = command("panics", Must::Refuse, "/0", sample(), |_, (id,): (String,)| async move {
        let id: uuid::Uuid = id.parse().unwrap();
        if id.is_nil() { Ok(()) } else { Err(AppError::NotFound) }
    });
    let panics_inside = command("panics inside", Must::Refuse, "/0", sample(), |app, (id,): (String,)| async move {
        let open = app.open_book().await?;
        let read = open.book.read(move |db| Ok(db.settings().get(&id)?.unwrap())).await?;
        if read.is_empty() { Ok(()) } else { Err(AppError::NotFound) }
    });
    let writes = command("writes", Must::Refuse, "/0", sample(), |app, (id,): (String,)| async move {
        let open = app.open_book().await?;
        open.book.write(move |tx| tx.set_setting("seen", &id)).await?;
        Err::<(), _>(AppError::NotFound)
    });
    let takes = command("takes", Must::Refuse, "/0", sample(), |_, (_,): (String,)| async move { Ok(()) });
    for (bug, said) in [(panics, "panicked"), (panics_inside, "failed with"), (writes, "wrote"), (takes, "did it")] {
        let found = faults(&bench, &app, &bug, &ids, 50).await;
        assert!(found.iter().any(|fault| fault.contains(said)), "{} was not caught: {found:?}", bug.name);
    }
}
