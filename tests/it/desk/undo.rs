//! Taking back what was done: for each action the way back or the reason why there is none; and what is taken back leaves
//! claim and books as they were.

use std::ops::ControlFlow;

use jiff::civil::Date;
use santun::desk::undo::{Deed, Standing, alike};
use santun::desk::{Desk, DeskError};
use santun::domain::claim::Review;
use santun::domain::code::{CloseReason, Component, DocumentKind, Outcome, ReviewMark, VoucherKind};
use santun::domain::command::{NewClaim, Numbering, RaiseVoucher, SeenLine, SeenVoucher};
use santun::domain::{
    Claim, ClaimCommand, ClaimEvent, Event, LineNo, PaymentNo, ProcessState, Rupiah, VoucherCommand, Zone,
    document,
};
use santun::store::{Actor, Depth, VoucherFilter, fsck};
use santun::words::{Lang, Words};

use crate::domain::fixtures::{basics, line};
use crate::domain::table::rows;
use crate::store::make::Dice;
use crate::tui::real::{clock, empty_store};

const CLAIM: &str = "K26-000001";

fn words() -> Words {
    Words::new(Lang::Id)
}

fn desk_of(folder: &tempfile::TempDir) -> Desk {
    Desk::open(&folder.path().join("store"), clock()).expect("the store opens")
}

/// A desk with one claim, reported.
fn desk(folder: &tempfile::TempDir) -> Desk {
    let desk = desk_of(folder);
    let new =
        NewClaim { basics: basics(), numbering: Numbering::Paper, restores: None, despite_duplicate: None };
    desk.register(&desk.new_key(), &new).expect("it is new");
    desk
}

fn claim(desk: &Desk) -> std::sync::Arc<Claim> {
    desk.find_claim(CLAIM).expect("the claim is there")
}

fn day(text: &str) -> Date {
    format!("2026-{text}").parse().unwrap_or_else(|_| panic!("{text} is no day"))
}

fn number(text: &str) -> u16 {
    text.parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

/// What a step asks of the claim; none: it is about a voucher.
fn command(claim: &Claim, words: &[&str]) -> Option<Vec<ClaimCommand>> {
    let rupiah = |text: &str| Rupiah::new(i64::from(number(text)) * 1_000);
    let new = |asked: &str| Box::new(line(Component::Transport, rupiah(asked).get()));
    let determine = |no: u16, amount: &str, on: &str| ClaimCommand::Determine {
        line: LineNo::new(no),
        amount: rupiah(amount),
        date: day(on),
        number: String::new(),
    };
    let paper = |kind: &str| DocumentKind::parse(kind).expect("a paper");
    let receive = |kind, on: &str, archive: &str| ClaimCommand::ReceiveDocument {
        kind,
        received: day(on),
        archive: archive.to_owned(),
    };
    let note = String::new();
    let one = match *words {
        ["file", on] => ClaimCommand::File { date: day(on) },
        ["return", on] => ClaimCommand::Return { date: day(on), note: "kurang".to_owned() },
        ["complete", on] => ClaimCommand::Complete { date: day(on) },
        ["line", asked] => ClaimCommand::AddLine(new(asked)),
        ["asks", no, asked] => ClaimCommand::AmendLine { line: LineNo::new(number(no)), new: new(asked) },
        ["tick", kind, on] => receive(paper(kind), on, ""),
        ["archive", kind, on, place] => receive(paper(kind), on, place),
        ["untick", kind] => ClaimCommand::RemoveDocument { kind: paper(kind) },
        ["papers", on] => {
            return Some(document::missing(claim).into_iter().map(|kind| receive(kind, on, "")).collect());
        }
        ["papers-but-one", on] => {
            let missing = document::missing(claim).into_iter().skip(1);
            return Some(missing.map(|kind| receive(kind, on, "")).collect());
        }
        ["determine", no, amount, on] => determine(number(no), amount, on),
        ["added", amount, on] => {
            let no = claim.lines.iter().map(|line| line.no.get()).max().unwrap_or(0) + 1;
            return Some(vec![ClaimCommand::AddLine(new(amount)), determine(no, amount, on)]);
        }
        ["outcome", outcome, on] => {
            ClaimCommand::SetOutcome { outcome: Outcome::parse(outcome).expect("an outcome"), date: day(on) }
        }
        ["notes", text] => {
            let mut basics = claim.basics.clone();
            basics.notes = text.to_owned();
            ClaimCommand::Amend(Box::new(basics))
        }
        ["reported", on] => {
            let mut basics = claim.basics.clone();
            basics.reported_date = (on != "-").then(|| day(on));
            ClaimCommand::Amend(Box::new(basics))
        }
        ["number", text] => {
            let mut basics = claim.basics.clone();
            basics.claim_no = santun::domain::ClaimNo::parse(text).expect("a number");
            ClaimCommand::Amend(Box::new(basics))
        }
        ["checked"] => ClaimCommand::Review { mark: ReviewMark::Checked, note },
        ["question", text] => ClaimCommand::Review { mark: ReviewMark::Question, note: text.to_owned() },
        ["apart", reason] => ClaimCommand::TellApart { reason: reason.to_owned() },
        ["close", on] => ClaimCommand::Close { date: day(on), note: "tidak ada lagi".to_owned() },
        ["reject", on] => ClaimCommand::Reject { date: day(on), reason: CloseReason::NotParticipant, note },
        ["cancel", on] => ClaimCommand::Cancel { date: day(on), reason: CloseReason::Withdrawn, note },
        _ => return None,
    };
    Some(vec![one])
}

fn raise(desk: &Desk, kind: VoucherKind, code: &str) {
    let claim = claim(desk);
    let waiting = claim.lines.iter().filter(|line| line.waits_for_voucher());
    let wish = RaiseVoucher {
        kind,
        code: code.to_owned(),
        date: desk.today(),
        lines: waiting.map(|line| SeenLine::of(&claim, line)).collect(),
        pph: Rupiah::ZERO,
        rounding: Rupiah::ZERO,
        description: String::new(),
    };
    desk.raise(&desk.new_key(), &wish).expect("a line waits");
}

/// One action.
fn step(desk: &Desk, text: &str) {
    let words: Vec<&str> = text.split(' ').collect();
    let now = desk.find_claim(CLAIM).or_else(|_| desk.find_claim("K26-000999")).expect("the claim");
    if let Some(commands) = command(&now, &words) {
        desk.claim_all(&desk.new_key(), now.id, None, &commands).unwrap_or_else(|e| panic!("{text}: {e}"));
        return;
    }
    let voucher = || {
        let row = desk.vouchers(&VoucherFilter::default(), Some(1)).expect("readable").remove(0);
        desk.view().voucher(row.id).expect("readable").expect("there")
    };
    let today = desk.today();
    let command = match *words.as_slice() {
        ["issue"] => return raise(desk, VoucherKind::Issued, ""),
        ["record", code] => return raise(desk, VoucherKind::Recorded, code),
        ["undo"] => return undo(desk, &newest(desk)).expect("there is a way back"),
        ["approve"] => VoucherCommand::Approve,
        ["pay"] => VoucherCommand::Pay { date: today, amount: voucher().unpaid(), reference: String::new() },
        ["back"] => {
            let reason = "ditolak".to_owned();
            VoucherCommand::ReturnPayment { payment: PaymentNo::new(1), date: today, reason }
        }
        ["void"] => VoucherCommand::Void { date: today, reason: "salah".to_owned() },
        _ => panic!("{text} is no step"),
    };
    let voucher = voucher();
    desk.voucher(&desk.new_key(), voucher.id, SeenVoucher::of(&voucher), &command)
        .unwrap_or_else(|error| panic!("{text}: {error}"));
}

fn newest(desk: &Desk) -> Deed {
    desk.deeds(&words()).expect("the day can be read").deeds.remove(0)
}

fn undo(desk: &Desk, deed: &Deed) -> Result<(), DeskError> {
    match &deed.standing {
        Standing::Open(plan) => desk.undo(plan),
        Standing::Stays(refusal) => Err(refusal.clone().into()),
        Standing::Undone(_) => panic!("it was taken back already"),
    }
}

/// What the month's report says in all: open cases, *Diajukan*, what is owed, what is on vouchers.
fn totals(desk: &Desk) -> String {
    let report = desk.monthly(desk.month_to_report()).expect("a report");
    let owed = &report.payable;
    let filed: Rupiah = report.regulator.iter().take(1).map(|row| row.amount).sum();
    format!(
        "open {} filed {} owed {} determined {} faults {}",
        report.cases.open_end,
        filed.grouped(),
        owed.end.grouped(),
        (owed.determined + owed.corrected).grouped(),
        report.tie_out.unmatched.len(),
    )
}

/// steps before | the action | `back`, or why there is no way back
const WAYS: &str = "
    # papers
    -                                               | tick KTP 10-02             | back
    tick KTP 10-02                                  | untick KTP                 | back
    tick KTP 10-02                                  | archive KTP 10-05 L3       | back
    file 09-10, line 100, papers-but-one 09-20      | papers 09-25               | back
    file 09-10, line 100, papers 09-20              | untick KTP                 | back
    file 09-10, line 100, complete 09-20            | tick KTP 09-25             | back
    file 09-10, line 100                            | complete 09-20             | back
    # what the paper said
    -                                               | notes alamat               | back
    -                                               | number K26-000999          | back
    -                                               | reported 09-05             | back
    reported -                                      | reported 09-05             | undo-reported
    -                                               | apart beda                 | undo-told-apart
    apart beda                                      | apart lain                 | back
    # marks
    -                                               | checked                    | back
    checked                                         | question siapa             | back
    question siapa                                  | checked                    | back
    # lines
    -                                               | line 100                   | back
    file 09-10                                      | line 100                   | back
    file 09-10, papers 09-20                        | line 100                   | back
    file 09-10, line 100                            | asks 1 120                 | back
    file 09-10, line 100                            | determine 1 90 10-12       | back
    file 09-10, line 100                            | determine 1 0 10-12        | back
    file 09-10, line 100, determine 1 90 10-12      | determine 1 80 10-20       | back
    file 09-10, line 100, determine 1 90 10-12      | asks 1 120                 | back
    file 09-10                                      | added 100 10-12            | back
    file 09-10, line 100, determine 1 90 10-12      | added 50 10-13             | back
    # the course of a case
    -                                               | file 09-10                 | undo-filed
    file 09-10, papers 09-20                        | return 10-01               | back
    file 09-10, return 10-01                        | file 10-02                 | undo-filed
    file 09-10                                      | reject 10-10               | back
    file 09-10, line 100, determine 1 90 10-12      | reject 10-20               | back
    -                                               | cancel 10-10               | back
    outcome SEMBUH 10-02                            | close 10-10                | back
    file 09-10, outcome SEMBUH 10-02, close 10-10   | line 100                   | back
    file 09-10, outcome SEMBUH 10-02, line 100      | determine 1 0 10-12        | back
    # outcomes
    -                                               | outcome BEROBAT 10-02      | undo-outcome-first
    outcome BEROBAT 10-02                           | outcome SEMBUH 10-20       | back
    outcome BEROBAT 10-02                           | outcome SEMBUH 10-30       | undo-outcome-same-day
    outcome SEMBUH 10-02                            | outcome BEROBAT 10-30      | back
    # vouchers and money
    file 09-10, line 100, determine 1 90 10-12      | issue                      | back
    file 09-10, line 100, determine 1 90 10-12      | record ABC123              | back
    file 09-10, line 100, determine 1 90 10-12, issue           | approve        | undo-approved
    file 09-10, line 100, determine 1 90 10-12, issue           | pay            | undo-paid
    file 09-10, line 100, determine 1 90 10-12, issue, pay      | back           | undo-returned
    file 09-10, line 100, determine 1 90 10-12, issue           | void           | undo-voided
    # an undo is an action like others
    tick KTP 10-02                                  | undo                       | back
    file 09-10, line 100                            | undo                       | back
    file 09-10, line 100, determine 1 90 10-12      | undo                       | back
    file 09-10, added 100 10-12                     | undo                       | back
    file 09-10, papers 09-20, return 10-01          | undo                       | back
    file 09-10, reject 10-10                        | undo                       | back
    outcome SEMBUH 10-02, close 10-10               | undo                       | back
    checked                                         | undo                       | back
    outcome BEROBAT 10-02, outcome SEMBUH 10-20     | undo                       | back
    file 09-10, line 100, determine 1 90 10-12, issue | undo                     | undo-voided";

/// What becomes of one row of the table; empty: as expected.
fn way(before: &str, act: &str, expected: &str) -> Result<(), String> {
    let folder = empty_store();
    let desk = desk(&folder);
    before.split(", ").filter(|text| *text != "-").for_each(|text| step(&desk, text));
    let (was, books) = (claim(&desk), totals(&desk));
    step(&desk, act);
    let deed = newest(&desk);
    let found = match undo(&desk, &deed) {
        Ok(()) => "back",
        Err(DeskError::Refused(refusal)) => refusal.code,
        Err(error) => return Err(error.to_string()),
    };
    if found != expected {
        return Err(found.to_owned());
    }
    if found != "back" {
        return Ok(());
    }
    let now = claim(&desk);
    if !alike(&now, &was) {
        return Err(format!("{now:#?}\n{was:#?}"));
    }
    if totals(&desk) != books {
        return Err(format!("{} {books}", totals(&desk)));
    }
    let after = desk.deeds(&words()).expect("readable").deeds;
    let known = after.iter().find(|known| known.seq == deed.seq).expect("it is still listed");
    if !matches!(known.standing, Standing::Undone(_)) {
        return Err(format!("{known:?}"));
    }
    drop(desk);
    let sound = fsck(&folder.path().join("store"), Depth::Full, &mut |_, _| ControlFlow::Continue(()));
    if sound.expect("it can be looked at").is_sound() { Ok(()) } else { Err("not sound".to_owned()) }
}

#[test]
fn every_action_has_its_way_back_or_its_reason() {
    let failed: Vec<String> = rows::<3>(WAYS)
        .iter()
        .filter_map(|[before, act, expected]| {
            let found = way(before, act, expected).err()?;
            Some(format!("{before} | {act} | {expected}: {found}"))
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// What a clerk may do in any order; what the rules refuse is passed over.
const ACTS: &[&str] = &[
    "tick KTP 10-02",
    "untick KTP",
    "archive KTP 10-05 L3",
    "papers 10-06",
    "untick KK1",
    "file 09-10",
    "return 10-01",
    "line 100",
    "asks 1 120",
    "determine 1 90 10-12",
    "determine 1 0 10-13",
    "added 50 10-14",
    "determine 2 40 10-15",
    "outcome BEROBAT 09-20",
    "outcome SEMBUH 10-20",
    "outcome CACAT_FUNGSI 10-21",
    "notes alamat",
    "notes lain",
    "checked",
    "question siapa",
    "reject 10-29",
    "cancel 10-29",
    "close 10-29",
    "complete 10-10",
    "issue",
    "pay",
];

/// Whatever was done before: what can be taken back leaves claim and books as they were, and taking that back leaves
/// them as they had become.
#[test]
fn back_and_forth_again_from_anywhere() {
    let (mut n_back, mut n_forth) = (0, 0);
    for seed in 1..=6 {
        let folder = empty_store();
        let desk = desk(&folder);
        let mut dice = Dice(seed);
        let mut story = Vec::new();
        for _ in 0..28 {
            let act = dice.pick(ACTS);
            let (was, books) = (claim(&desk), totals(&desk));
            if !try_step(&desk, act) {
                continue;
            }
            story.push(act);
            let (is, then) = (claim(&desk), totals(&desk));
            if dice.below(3) == 0 || !matches!(newest(&desk).standing, Standing::Open(_)) {
                continue;
            }
            undo(&desk, &newest(&desk)).unwrap_or_else(|error| panic!("{seed} {story:?}: {error}"));
            assert!(alike(&claim(&desk), &was), "{seed} {story:?}: {:#?}\n{was:#?}", claim(&desk));
            assert_eq!(totals(&desk), books, "{seed} {story:?}");
            n_back += 1;
            story.push("undo");
            if !matches!(newest(&desk).standing, Standing::Open(_)) {
                continue;
            }
            undo(&desk, &newest(&desk)).unwrap_or_else(|error| panic!("{seed} {story:?} again: {error}"));
            assert!(alike(&claim(&desk), &is), "{seed} {story:?} again: {:#?}\n{is:#?}", claim(&desk));
            assert_eq!(totals(&desk), then, "{seed} {story:?} again");
            n_forth += 1;
            story.push("undo");
        }
    }
    assert!(n_back > 20 && n_forth > 15, "{n_back} {n_forth}");
}

/// A step, if the rules let it.
fn try_step(desk: &Desk, text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let now = claim(desk);
    match command(&now, &words) {
        Some(commands) if commands.is_empty() => false,
        Some(commands) => desk.claim_all(&desk.new_key(), now.id, None, &commands).is_ok(),
        None if text == "issue" => {
            let waits = now.lines.iter().any(|line| line.waits_for_voucher());
            if waits {
                step(desk, text);
            }
            waits
        }
        None => {
            let waits = now.lines.iter().any(|line| line.waits_for_payment());
            if waits {
                step(desk, text);
            }
            waits
        }
    }
}

fn standing_of(desk: &Desk, what: &str) -> Standing {
    let deeds = desk.deeds(&words()).expect("readable").deeds;
    let found = deeds.into_iter().find(|deed| deed.what.contains(what));
    found.unwrap_or_else(|| panic!("no {what}")).standing
}

fn refusal(standing: Standing) -> String {
    match standing {
        Standing::Stays(refusal) => refusal.to_string(),
        other => panic!("it can: {other:?}"),
    }
}

/// Another clerk marks the claim, by a hand of their own.
fn another_marks(desk: &Desk) {
    let other = Actor { user: "siti".to_owned(), uid: 4_242, loginuid: 4_242, tty: String::new() };
    let claim = claim(desk);
    let review = Review {
        mark: ReviewMark::Checked,
        revision: claim.revision + 1,
        by: "siti".to_owned(),
        note: String::new(),
    };
    let events = vec![Event::Claim(claim.id, ClaimEvent::Reviewed(review))];
    let now = desk.clock().moment(Zone::Wib);
    desk.store().commit(&desk.new_key(), &other, now, |_| Ok(events)).expect("siti may");
}

#[test]
fn what_another_clerk_has_touched_stays_and_is_said_by_whom() {
    let folder = empty_store();
    let desk = desk(&folder);
    step(&desk, "tick KTP 10-02");
    let seen = newest(&desk);
    another_marks(&desk);
    // The page still shows the way back; the commit looks again.
    assert!(matches!(&seen.standing, Standing::Open(_)));
    let refused = undo(&desk, &seen).expect_err("siti was faster");
    assert_eq!(refused.to_string(), "undo-changed-by by=siti at=09:00");
    assert_eq!(refusal(newest(&desk).standing), "undo-changed-by by=siti at=09:00");
    let deeds = desk.deeds(&words()).expect("readable").deeds;
    assert!(deeds.iter().all(|deed| !deed.what.contains("DIPERIKSA")), "siti's own deed is not mine");
}

#[test]
fn one_goes_back_from_the_end() {
    let folder = empty_store();
    let desk = desk(&folder);
    step(&desk, "tick KTP 10-02");
    step(&desk, "tick KARTU_PESERTA 10-03");
    let paper = |kind: DocumentKind| words().text(&kind.key());
    let ktp = paper(DocumentKind::IdCard);
    assert!(refusal(standing_of(&desk, &ktp)).starts_with("undo-later-first"));
    step(&desk, "undo");
    assert!(matches!(standing_of(&desk, &ktp), Standing::Open(_)));
}

/// The same page confirmed twice is one undo.
#[test]
fn an_undo_given_twice_is_one() {
    let folder = empty_store();
    let desk = desk(&folder);
    step(&desk, "tick KTP 10-02");
    let deed = newest(&desk);
    undo(&desk, &deed).expect("taken back");
    let revision = claim(&desk).revision;
    undo(&desk, &deed).expect("the same command");
    assert_eq!(claim(&desk).revision, revision);
}

#[test]
fn a_new_claim_is_cancelled_and_comes_back() {
    let folder = empty_store();
    let desk = desk(&folder);
    undo(&desk, &newest(&desk)).expect("nothing rests on it");
    assert_eq!(claim(&desk).state(), ProcessState::Cancelled);
    undo(&desk, &newest(&desk)).expect("the undo is an action too");
    assert_eq!(claim(&desk).state(), ProcessState::StageOne);
    let titles: Vec<String> =
        desk.deeds(&words()).expect("readable").deeds.into_iter().map(|d| d.what).collect();
    assert!(titles[0].contains("mengurungkan"), "{titles:?}");
}

#[test]
fn what_lies_in_the_base_is_said_to_be_out_of_reach() {
    let folder = empty_store();
    let desk = desk(&folder);
    step(&desk, "tick KTP 10-02");
    desk.compact().expect("a new base");
    step(&desk, "checked");
    let deeds = desk.deeds(&words()).expect("readable");
    assert_eq!(deeds.deeds.len(), 1);
    assert!(deeds.swallowed.is_some());
}
