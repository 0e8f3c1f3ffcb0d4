//! Several processes at one store: every code once, no number left out, and each sees what the others did.

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Child, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::branch::Office;

/// A store with so many claims, each with one determined line that waits.
pub fn waiting(n_claims: usize) -> (Office, Vec<String>) {
    let office = Office::empty();
    let numbers = fill(&office, n_claims);
    (office, numbers)
}

/// Takes so many claims into a store, each with one determined line that waits.
pub fn fill(office: &Office, n_claims: usize) -> Vec<String> {
    let mut claims = "claim_no,programme,segment,case_kind,worker,npp,company,event_date,reported_date,filed_date,complete_date,outcome,outcome_date,status\n".to_owned();
    let mut benefits =
        "claim_no,line,component,payee_kind,payee,bank,account,asked,determined,determined_date\n".to_owned();
    let numbers: Vec<String> = (1..=n_claims).map(|no| format!("K-{no}")).collect();
    for number in &numbers {
        claims += &format!(
            "{number},JKK,PU,KK,Pekerja {number},A1234567,PT Semen,2026-08-01,2026-08-02,2026-08-20,2026-08-21,BEROBAT,2026-08-02,DITETAPKAN\n"
        );
        benefits +=
            &format!("{number},1,PERAWATAN,FASKES,RS Harapan,BNI,9876543210,250000,250000,2026-09-01\n");
    }
    let files = [office.file("claims.csv", &claims), office.file("benefits.csv", &benefits)];
    office.run(&["import", &files[0], &files[1]]).ok();
    numbers
}

/// Every issued voucher: its number by its code. Panics when a number is missing, twice, or fsck finds fault.
pub fn sound_series(office: &Office) -> BTreeMap<String, u64> {
    let listed = office.json(&["voucher", "list"]);
    let listed = listed.as_array().expect("an array");
    let mut found = BTreeMap::new();
    for voucher in listed {
        let code = voucher["code"].as_str().expect("a text").to_owned();
        let twice = found.insert(code, voucher["seq"].as_u64().expect("issued vouchers have a number"));
        assert_eq!(twice, None, "{voucher}");
    }
    let numbers: Vec<u64> = found.values().copied().collect::<BTreeSet<_>>().into_iter().collect();
    assert_eq!(numbers, (1..=listed.len() as u64).collect::<Vec<_>>(), "a gap or a twin");
    let claims: BTreeSet<&str> = listed.iter().filter_map(|voucher| voucher["claims"][0].as_str()).collect();
    assert_eq!(claims.len(), listed.len(), "a line stands on two vouchers");
    let fsck = office.json(&["fsck", "--full"]);
    assert_eq!(fsck["ok"], true, "{fsck:#}");
    let report = office.json(&["report", "2026-10"]);
    assert_eq!(
        (&report["tie_out"]["difference"], report["vouchers"]["gaps"].as_array().map(Vec::len)),
        (&0.into(), Some(0))
    );
    found
}

#[test]
fn what_one_issues_the_other_lists() {
    let (office, numbers) = waiting(3);
    for (place, number) in numbers.iter().enumerate() {
        let code = office.run(&["voucher", "issue", number]).ok();
        assert!(office.run(&["voucher", "list"]).ok().contains(code.trim()), "{code}");
        let waiting = office.waiting_claims();
        assert_eq!(waiting, numbers[place + 1..]);
    }
}

/// Four clerks go through the same claims, each from another place: each claim gets one voucher, from whoever is first.
#[test]
fn four_clerks_issue_at_once_for_the_same_claims() {
    let (office, numbers) = waiting(12);
    let acknowledged = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for clerk in 0..4 {
            let (office, numbers, acknowledged) = (&office, &numbers, &acknowledged);
            scope.spawn(move || {
                for step in 0..numbers.len() {
                    let number = &numbers[(clerk * 3 + step) % numbers.len()];
                    let output = office.run(&["voucher", "issue", number]);
                    let codes: Vec<String> = output.stdout.lines().map(str::to_owned).collect();
                    match output.code {
                        0 => assert_eq!(codes.len(), 1, "{output:?}"),
                        // Someone else was first: a refusal with a sentence, and no code.
                        1 => assert!(codes.is_empty() && output.stderr.len() > 10, "{output:?}"),
                        _ => panic!("{output:?}"),
                    }
                    acknowledged.lock().expect("no clerk panicked").extend(codes);
                }
            });
        }
    });
    let mut acknowledged = acknowledged.into_inner().expect("no clerk panicked");
    acknowledged.sort();
    let listed: Vec<String> = sound_series(&office).into_keys().collect();
    assert_eq!(listed, acknowledged);
    assert_eq!(listed.len(), numbers.len());
}

/// Issues under kill -9: so many processes die at moments drawn from the seed. Returns how many were killed and how
/// many codes had been acknowledged.
pub fn kills(n_kills: usize, n_clerks: usize, seed: u64) -> (usize, usize) {
    let (office, numbers) = waiting(n_kills * 3);
    let state = Mutex::new((numbers.clone(), Vec::new(), 0_usize));
    std::thread::scope(|scope| {
        for clerk in 0..n_clerks {
            let (office, state) = (&office, &state);
            let mut dice = Xoshiro256PlusPlus::seed_from_u64(seed + clerk as u64);
            // Follows how long an issue takes here and now, so that kills fall everywhere from before its start to
            // behind its end.
            let mut longest_ms = 100;
            scope.spawn(move || {
                loop {
                    let number = {
                        let mut state = state.lock().expect("no clerk panicked");
                        if state.2 >= n_kills {
                            return;
                        }
                        let Some(number) = state.0.pop() else { return };
                        number
                    };
                    let mut command = office.frozen.command(&["voucher", "issue", &number]);
                    let child =
                        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
                    let (codes, killed) =
                        kill_after(child.expect("it starts"), dice.gen_range(1..longest_ms));
                    longest_ms =
                        if killed { longest_ms * 4 / 3 } else { longest_ms * 2 / 3 }.clamp(10, 4_000);
                    let mut state = state.lock().expect("no clerk panicked");
                    if killed && codes.is_empty() {
                        // Perhaps it was issued all the same: then the next who tries is refused.
                        state.0.insert(0, number);
                    }
                    state.1.extend(codes);
                    state.2 += usize::from(killed);
                }
            });
        }
    });
    let (_, acknowledged, n_killed) = state.into_inner().expect("no clerk panicked");
    // The store goes on: every claim that still waits gets its number.
    for number in office.waiting_claims().iter().take(5) {
        office.run(&["voucher", "issue", number]).ok();
    }
    let listed = sound_series(&office);
    for code in &acknowledged {
        assert!(listed.contains_key(code), "{code} was shown and is lost");
    }
    (n_killed, acknowledged.len())
}

/// The whole lines a process wrote, and whether it died by our hand.
fn kill_after(mut child: Child, milliseconds: u64) -> (Vec<String>, bool) {
    std::thread::sleep(Duration::from_millis(milliseconds));
    // It may have ended by itself: then there is nothing to kill.
    let _ = child.kill();
    let output = child.wait_with_output().expect("our child");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let codes =
        text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')).map(str::to_owned).collect();
    (codes, output.status.code().is_none())
}

#[test]
fn a_few_kills_lose_nothing_that_was_shown() {
    let (n_killed, _) = kills(6, 2, 7);
    assert!(n_killed >= 6);
}
