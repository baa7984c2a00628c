//! The protocol gone through without chance (S1–S10): one onboarding, and at every request every mishap, at every point a
//! kill, alone and each two of them together. What the random schedules may pass by is looked at here, all of it.
//!
//! Changes of what exists (licences, auto-renew, a cancellation, an upgrade, a profile, a support contact, the reseller of
//! record) are no kinds of this world. They go through the same `step`, `turn`, `transition` and queue, and each is one
//! operation without parents that reads before it writes; but what they are judged by, the subscription as the book
//! and Partner Center have it, is nothing that is held here. Each mishap at each of their requests, and a death at each
//! call of the disk, is `soak::changes` of cb-app, over the real book and server; two mishaps at once are tried nowhere.

use super::world::{Bug, World};
use cb_testkit::Faults;
use cb_testkit::fake::Mishap;

const MISHAPS: [Mishap; 6] =
    [Mishap::NotSent, Mishap::LostBefore, Mishap::LostAfter, Mishap::Late, Mishap::Throttled, Mishap::SignIn];

/// One thing that goes wrong.
#[derive(Debug, Clone, Copy)]
enum Wrong {
    /// With the request of this number.
    Request(u64, Mishap),
    /// The process dies at this point.
    Killed(u64),
}

fn world(wrong: &[Wrong], bug: Bug) -> World {
    let mut world = World::new(11, Faults::default(), bug).with_one_customer();
    world.crash_percent = 0;
    for one in wrong {
        match *one {
            Wrong::Request(number, mishap) => world.remote.with(|state| state.mishaps.push((number, mishap))),
            Wrong::Killed(point) => world.dies_at.push(point),
        }
    }
    world.run();
    world
}

/// Everything that can go wrong in a run in which this goes wrong already, behind it.
fn behind(first: &[Wrong], bug: Bug) -> Vec<Wrong> {
    let ran = world(first, bug);
    let (requests, points) = (ran.remote.with(|state| state.requests), ran.points);
    // Each pair once: requests before kills, and each by its number.
    let (from_request, from_point) = match first.last() {
        None => (0, 0),
        Some(Wrong::Request(number, _)) => (number + 1, 0),
        Some(Wrong::Killed(point)) => (requests, point + 1),
    };
    let wrong = (from_request..requests).flat_map(|number| MISHAPS.map(|mishap| Wrong::Request(number, mishap)));
    wrong.chain((from_point..points).map(Wrong::Killed)).collect()
}

/// What harms, of each two things that can go wrong; the number of runs beside it. With `first`, it ends there.
fn harms(bug: Bug, first: bool) -> (u64, Vec<Vec<Wrong>>) {
    let lanes = 2;
    let all = behind(&[], bug);
    let found = std::sync::Mutex::new((0_u64, Vec::new()));
    std::thread::scope(|scope| {
        for lane in 0..lanes {
            let (all, found) = (&all, &found);
            scope.spawn(move || {
                for one in all.iter().skip(lane).step_by(lanes) {
                    let mut runs = vec![vec![*one]];
                    runs.extend(behind(&[*one], bug).into_iter().map(|other| vec![*one, other]));
                    for run in runs {
                        let world = world(&run, bug);
                        let mut found = found.lock().unwrap();
                        found.0 += 1;
                        if world.doubled() || world.lost() {
                            found.1.push(run);
                        }
                        if first && !found.1.is_empty() {
                            return;
                        }
                    }
                }
            });
        }
    });
    found.into_inner().unwrap()
}

#[test]
fn s1_to_s10_no_mishap_and_no_two_of_them_lose_or_double_anything() {
    let calm = world(&[], Bug::None);
    assert!(!calm.doubled() && !calm.lost(), "{}", calm.story());
    let (runs, harmed) = harms(Bug::None, false);
    println!("every-mishap runs={runs} harmed={}", harmed.len());
    if let Some(run) = harmed.first() {
        panic!("{} of {runs} harm something, {run:?} first:\n{}", harmed.len(), world(run, Bug::None).story());
    }
    assert!(runs > 2_000, "only {runs}");
}

#[test]
fn s1_s2_s3_s8_planted_bugs_are_caught_without_chance() {
    for bug in [Bug::NewKeyAfterUnknown, Bug::NewCartOnTimeOut, Bug::CartIdInMemoryOnly, Bug::DirectOrdersWithNewKeys] {
        let (runs, harmed) = harms(bug, true);
        assert!(!harmed.is_empty(), "{bug:?} was not caught in {runs} runs");
    }
}
