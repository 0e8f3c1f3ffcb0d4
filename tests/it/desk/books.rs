//! The monthly report from kept sums against the naive twin: all postings of a real store walked from the first day, for
//! every month, before and after further work, before and after a compaction, with kept files that are whole, damaged
//! and gone.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use santun::desk::{Desk, ImportWish, Mode};
use santun::domain::claim::OutcomeEntry;
use santun::domain::voucher::VoidMark;
use santun::domain::{ClaimEvent, ClaimId, Event, Outcome, Period, VoucherEvent, VoucherId, VoucherState};
use santun::intake::dialect::Said;
use santun::report::monthly::BookStatus;
use santun::report::{MonthlyBuilder, MonthlyReport};
use santun::store::{Depth, Repaired, Store};
use santun::words::{Lang, Words};
use tempfile::TempDir;

use crate::store::make::{Dice, clerk, key, morning, office};
use crate::store::view::birth;
use crate::support::sources::root;
use crate::tui::branch::branch;
use crate::tui::real::clock;

/// The committed branch in `store` of a folder; its postings lie in batches.
pub fn committed() -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let store = dir.path().join("store");
    drop(Store::create(&store, &office(), &clerk(), &morning()).expect("a new store"));
    let desk = Desk::open(&store, clock()).expect("a desk");
    let files = ["claims", "benefits", "vouchers", "payments", "companies", "facilities"];
    let files = files.map(|name| root().join(format!("sample-data/{name}.csv"))).to_vec();
    let wish = ImportWish { files, mode: Mode::OnlyNew, rejects: None, said: Said::default() };
    desk.import(&wish, Path::new("none"), &Words::new(Lang::Id)).expect("imported");
    dir
}

fn months(desk: &Desk) -> Vec<Period> {
    let mut months = desk.view().old_months();
    months.push(Period::of(desk.today()));
    months.sort_unstable();
    months.dedup();
    months.retain(|month| *month <= Period::of(desk.today()));
    assert!(months.len() > 6, "the branch has a history");
    // The first one, one in the middle, and the last ones, in which there is work.
    let (first, middle) = (months[0], months[months.len() / 2]);
    let mut some = vec![first, middle];
    some.extend(months.split_off(months.len() - 2));
    some
}

/// The report as a walk over all postings gives it. These books opened with the month that is open: what lies before it is
/// history, which no posting says.
fn walked(desk: &Desk, period: Period, like: &MonthlyReport) -> MonthlyReport {
    let view = desk.view();
    let gaps = like.vouchers.gaps.clone();
    let mut builder = MonthlyBuilder::new(view.office(), period, desk.today()).with_gaps(gaps);
    view.for_each_posting(period, &mut |posting| builder.add(posting)).expect("postings");
    let mut report = builder.finish();
    if period < view.office().first_open {
        report.status = BookStatus::History;
    }
    report
}

#[track_caller]
fn check_every_month(desk: &Desk) {
    for period in months(desk) {
        let report = desk.monthly(period).expect("a report");
        assert!(report == walked(desk, period, &report), "{period}");
    }
}

fn kept_files(folder: &Path) -> Vec<PathBuf> {
    let listed = std::fs::read_dir(folder.join("parts/sums"));
    let mut files: Vec<PathBuf> =
        listed.into_iter().flatten().map(|entry| entry.expect("a name").path()).collect();
    files.sort();
    files
}

/// Work on old and new records: outcomes, a void of a paid and of an unpaid voucher of history, new claims.
fn work(desk: &Desk, seed: u64) {
    let view = desk.view();
    let mut dice = Dice(seed);
    let mut events = Vec::new();
    let (today, posted) = (date(2026, 10, 30), Period::of(desk.today()));
    // Those of history have the first numbers.
    for _ in 0..20 {
        let id = ClaimId::new(1 + dice.below(150));
        let outcome = dice.pick(Outcome::ALL);
        events.push(Event::Claim(id, ClaimEvent::OutcomeSet(OutcomeEntry { outcome, date: today, posted })));
    }
    let ids = (1..view.next_voucher_id().get()).rev().map(VoucherId::new);
    let live = ids.filter(|id| {
        let voucher = view.voucher(*id).expect("a look-up");
        voucher.is_some_and(|voucher| voucher.state != VoucherState::Void)
    });
    for id in live.step_by(7).take(6) {
        let mark = VoidMark { date: today, reason: "salah rekening".to_owned(), posted };
        events.push(Event::Voucher(id, VoucherEvent::Voided(mark)));
    }
    for place in 0..3 {
        events.extend(birth(&mut dice, ClaimId::new(view.next_claim_id().get() + place)));
    }
    let name = key(&format!("work-{seed}"));
    desk.store().commit(&name, &clerk(), morning(), |_| Ok(events)).expect("committed");
}

/// Compares the report of every month at every turn of a branch.
pub fn every_month_of(dir: &TempDir) {
    let folder = dir.path().join("store");
    let desk = Desk::open(&folder, clock()).expect("a desk");
    check_every_month(&desk);
    let n_kept = kept_files(&folder).len();
    assert!(n_kept >= months(&desk).len(), "one for each month that was looked at");
    // Another handle reads what was kept, and keeps nothing more.
    check_every_month(&Desk::open_to_read(&folder, clock()).expect("a desk"));
    work(&desk, 5);
    check_every_month(&desk);
    assert_eq!(kept_files(&folder).len(), n_kept, "the base is the same");
    let last = Period::of(desk.today());
    desk.compact().expect("compacted");
    let key = desk.view().old_books(last);
    assert!(desk.store().kept_sums(&key).is_some(), "a compaction carries the sums on");
    check_every_month(&desk);
    work(&desk, 6);
    check_every_month(&Desk::open(&folder, clock()).expect("a desk"));
}

#[test]
fn what_was_kept_is_used_and_what_is_damaged_is_not() {
    let dir = branch(150);
    let folder = dir.path().join("store");
    let desk = Desk::open(&folder, clock()).expect("a desk");
    let last = Period::of(desk.today());
    let report = desk.monthly(last).expect("a report");
    let path = kept_files(&folder)
        .into_iter()
        .find(|path| path.file_name().expect("a name").to_string_lossy().starts_with(&last.to_string()));
    let path = path.expect("its sums are kept");
    let bytes = std::fs::read(&path).expect("read");
    let fresh = || Desk::open(&folder, clock()).expect("a desk").monthly(last).expect("a report");
    // Every few bytes one bit.
    for at in (0..bytes.len()).step_by(bytes.len() / 3) {
        let mut wrong = bytes.clone();
        wrong[at] ^= 4;
        std::fs::write(&path, &wrong).expect("written");
        let found = santun::store::fsck(&folder, Depth::Quick, &mut |_, _| ControlFlow::Continue(()))
            .expect("looked");
        let codes: Vec<&str> = found.problems.iter().map(|problem| problem.code).collect();
        assert!(codes.contains(&"S219"), "{codes:?}");
        assert!(fresh() == report, "byte {at}");
        assert_eq!(std::fs::read(&path).expect("read"), bytes, "made anew");
    }
    std::fs::remove_file(&path).expect("removed");
    assert!(fresh() == report);
    // Whole by its checksum: it is what the report is made of.
    let text = String::from_utf8(std::fs::read(&path).expect("read")).expect("text");
    let (head, body) = text.split_once('\n').expect("a first line");
    let body = body.replacen("\"history\":", "\"history\":1", 1);
    let head = format!("{}{:08x}", &head[..head.len() - 8], crc32c::crc32c(body.as_bytes()));
    std::fs::write(&path, format!("{head}\n{body}")).expect("written");
    assert!(fresh() != report, "the sums that were kept are used");
    // A repair takes away what is not whole.
    std::fs::write(&path, b"santun-sums").expect("written");
    drop(desk);
    let mended = santun::store::repair(&folder, &clerk(), morning(), &mut |_, _| ControlFlow::Continue(()))
        .expect("repaired");
    assert_eq!(mended, Repaired::Yes);
    assert!(kept_files(&folder).iter().all(|file| std::fs::metadata(file).expect("a file").len() > 100));
    assert!(fresh() == report);
}
