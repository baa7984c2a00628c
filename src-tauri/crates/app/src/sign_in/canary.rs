//! Tokens, codes and verifiers lie nowhere but in the keychain: not in files, not in the log at its most talkative, not in
//! anything that a screen is given, not in an error, not in an address that another program is started with.

use super::tests::World;
use crate::App;
use crate::error::AppResult;
use crate::host::Keychain;
use crate::views::{ConnectionForm, SignInStep, SignInTrouble, SignInWay};
use cb_sandbox::authority::ACCOUNTS;
use cb_sandbox::serve::{Fault, FaultRule};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tracing_subscriber::fmt::MakeWriter;

/// What was said, to be looked through afterwards.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<u8>>>);

impl Said {
    fn push(&self, text: &str) {
        self.0.lock().unwrap().extend_from_slice(text.as_bytes());
    }
}

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Said {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Pieces of each secret, in the forms in which it might lie somewhere: as it is, base64, hex, UTF-16, percent-encoded.
pub(super) fn traces(secrets: &[String]) -> BTreeSet<Vec<u8>> {
    use base64::Engine;
    let mut all = BTreeSet::new();
    for secret in secrets {
        // A token has parts: each is a secret of its own, except the first, which says only how it is signed.
        let parts: Vec<&str> = secret.split('.').filter(|part| part.len() >= 24).collect();
        let skip = usize::from(parts.len() == 3);
        for part in parts.into_iter().skip(skip) {
            let end = &part[part.len() - 24..];
            all.insert(end.as_bytes().to_vec());
            all.insert(hex::encode(end).into_bytes());
            all.insert(end.encode_utf16().flat_map(u16::to_le_bytes).collect());
            all.insert(end.bytes().flat_map(|byte| format!("%{byte:02X}").into_bytes()).collect());
            for shift in 0..3 {
                // Wherever it begins within three bytes, this much of it always looks the same.
                let text = base64::engine::general_purpose::STANDARD_NO_PAD.encode(&end.as_bytes()[shift..][..21]);
                all.insert(text.into_bytes());
            }
        }
    }
    all
}

/// The first trace that lies in these bytes, which may be many millions.
pub(super) fn found(bytes: &[u8], traces: &BTreeSet<Vec<u8>>) -> Option<String> {
    let pair = |bytes: &[u8]| (usize::from(bytes[0]) << 8) | usize::from(bytes[1]);
    let mut begins = vec![false; 1 << 16];
    traces.iter().for_each(|trace| begins[pair(trace)] = true);
    (0..bytes.len().saturating_sub(1)).filter(|at| begins[pair(&bytes[*at..])]).find_map(|at| {
        let hit = traces.iter().find(|trace| bytes[at..].starts_with(trace))?;
        Some(String::from_utf8_lossy(hit).into_owned())
    })
}

/// What the screen gets, or the error in all its forms.
fn screen<T: Serialize>(said: &Said, answer: AppResult<T>) {
    match answer {
        Ok(view) => said.push(&serde_json::to_string(&view).unwrap()),
        Err(error) => {
            said.push(&format!("{error} {error:?} {:?}", error.code()));
            let mut cause = std::error::Error::source(&error);
            while let Some(error) = cause {
                said.push(&format!("{error} {error:?}"));
                cause = error.source();
            }
        }
    }
}

/// Everything that a screen of a live workspace reads.
async fn look(app: &App, said: &Said) {
    screen(said, Ok(app.sign_in_state()));
    screen(said, app.start_view().await);
    screen(said, app.signed_in().await);
    screen(said, app.sync_state().await);
    screen(said, app.connection().await);
    screen(said, app.workspaces().await);
    screen(said, app.search("a".to_owned()).await);
}

pub(super) fn files(folder: &Path, act: &mut impl FnMut(&Path, &[u8])) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        match entry.path() {
            path if path.is_dir() => files(&path, act),
            path => act(&path, &std::fs::read(&path).unwrap()),
        }
    }
}

/// Signs in, syncs, meets every trouble, signs out; on one thread, so that all of it is heard.
async fn day(log: &Said, said: &Said) {
    let world = World::with(21, 0).await;
    let wrong = ConnectionForm { tenant: "nobody.example".to_owned(), ..world.form.clone() };
    screen(said, world.app.begin_sign_in(wrong, SignInWay::Browser).await);
    world.step(SignInStep::Failed).await;
    look(&world.app, said).await;
    screen(said, world.app.make_live_workspace().await);
    // Somebody without a second factor, and somebody without a role: tokens came, and were not taken.
    for account in [&ACCOUNTS[2], &ACCOUNTS[3]] {
        world.sign_in(account).await;
        look(&world.app, said).await;
    }
    world.app.begin_sign_in(world.form.clone(), SignInWay::DeviceCode).await.unwrap();
    for _ in 0..2000 {
        if world.app.sign_in_state().step == SignInStep::WaitingForDevice {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    look(&world.app, said).await;
    let _ = world.app.cancel_sign_in();
    world.sign_in(&ACCOUNTS[0]).await;
    look(&world.app, said).await;
    // The keychain does not take it.
    world.fakes.keychain.refuse(true);
    screen(said, world.app.make_live_workspace().await);
    world.fakes.keychain.refuse(false);
    screen(said, world.app.make_live_workspace().await);
    look(&world.app, said).await;
    world.synced().await;
    look(&world.app, said).await;

    let html = Fault::Html { status: 502, carried_out: false };
    world.served.trouble(vec![
        FaultRule::next("list_resellers", Fault::Cut { after: 300 }),
        FaultRule::next("list_resellers", html),
        FaultRule::next("list_customers", Fault::TokenExpired),
    ]);
    world.authority.expire_access_tokens();
    screen(said, world.app.sync_now().await);
    screen(said, world.app.send_now().await);
    for _ in 0..2000 {
        if world.served.troubles_left().is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    look(&world.app, said).await;
    world.authority.revoke_refresh_tokens();
    world.authority.expire_access_tokens();
    screen(said, world.app.send_now().await);
    world.trouble(Some(SignInTrouble::Revoked)).await;
    look(&world.app, said).await;
    world.sign_in_again(&ACCOUNTS[1]).await;
    look(&world.app, said).await;
    world.sign_in_again(&ACCOUNTS[0]).await;
    look(&world.app, said).await;

    // The keychain has the newest of them, and says so by no name.
    let names = world.fakes.keychain.names();
    let kept = names.iter().filter_map(|name| world.fakes.keychain.get(name).ok());
    let secrets = world.authority.secrets();
    let shelved = kept.filter(|entry| secrets.iter().any(|secret| entry.as_slice() == secret.as_bytes())).count();
    assert_eq!(shelved, 1, "the refresh token lies in the keychain: else nothing is proven here");
    said.push(&names.join(" "));
    // Addresses that the browser is started with are arguments of a process, which others on the machine can read.
    said.push(&world.fakes.browser.0.lock().unwrap().join(" "));
    said.push(&world.served.calls().into_keys().collect::<Vec<_>>().join(" "));
    screen(said, world.app.sign_out().await);
    look(&world.app, said).await;
    world.app.shut_down().await;

    let traces = traces(&secrets);
    assert!(traces.len() > 100, "{} secrets went to and fro", secrets.len());
    assert_eq!(found(&log.0.lock().unwrap(), &traces), None, "the log tells a secret");
    assert_eq!(found(&said.0.lock().unwrap(), &traces), None, "a screen, an error or an address tells a secret");
    let mut looked = 0;
    files(&world.folder.path().join("data"), &mut |path, bytes| {
        looked += 1;
        assert_eq!(found(bytes, &traces), None, "{}", path.display());
    });
    assert!(looked >= 3, "there are files to look into");
}

#[test]
fn w3_no_token_code_or_verifier_lies_in_a_log_a_screen_an_error_an_address_or_a_file() {
    let (log, said) = (Said::default(), Said::default());
    let listen = || {
        let all = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
        all.with_writer(log.clone()).finish()
    };
    // Every thread of this runtime is heard, those that may block as well.
    let dispatch = tracing::Dispatch::new(listen());
    let of_threads = dispatch.clone();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .on_thread_start(move || std::mem::forget(tracing::dispatcher::set_default(&of_threads)))
        .build()
        .unwrap();
    tracing::dispatcher::with_default(&dispatch, || runtime.block_on(day(&log, &said)));
    let heard = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(heard.contains("a sign-in came to nothing"), "the log was heard");
    assert!(heard.contains("TRACE"), "at its most talkative");
}

#[test]
fn the_search_finds_a_secret_in_each_of_its_forms() {
    use base64::Engine;
    let secret = "aaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.ccccCCCCdddd0123456789EEEEffff".to_owned();
    let traces = traces(std::slice::from_ref(&secret));
    let base64 = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    for form in [
        secret.clone().into_bytes(),
        format!("Bearer {secret}").into_bytes(),
        hex::encode(&secret).into_bytes(),
        secret.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        base64(&secret).into_bytes(),
        base64(&format!("x{secret}")).into_bytes(),
        base64(&format!("xy{secret}")).into_bytes(),
    ] {
        assert!(found(&form, &traces).is_some(), "{}", String::from_utf8_lossy(&form));
    }
    assert_eq!(found(b"nothing of it", &traces), None);
}
