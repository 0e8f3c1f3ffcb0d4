//! A made-up branch: work accident claims of twenty-four months with two lines each, of a hundred ninety-seven paid and
//! closed. And what the benches over it have in common.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use santun::domain::claim::{OutcomeEntry, StateEntry, Worker};
use santun::domain::code::*;
use santun::domain::company::CompanySnapshot;
use santun::domain::identity::{AccountNo, ClaimNo, Identity, Kpj, Nik, Npp};
use santun::domain::posting::{of_claim_event, of_voucher_event};
use santun::domain::voucher::{Payment, SeriesKey};
use santun::domain::{
    BenefitLine, Claim, ClaimBasics, ClaimEvent, Company, LineNo, Office, Payee, PaymentNo, Period, Rupiah,
    Voucher, VoucherCode, VoucherEvent, VoucherId, VoucherLine,
};
use santun::store::{Actor, Batch, IdempotencyKey, Moment, Store, StoreError};

/// The day of all benches.
pub const TODAY: Date = date(2026, 10, 30);

/// The sizes that were asked for, or these.
pub fn sizes(usual: &[u64]) -> Vec<u64> {
    let asked: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    if asked.is_empty() { usual.to_vec() } else { asked }
}

/// The store of so many claims: that of an earlier run in the folder `SANTUN_BENCH_STORE`, or made now; in a folder of
/// its own, which goes with the guard, where nothing is to be kept.
pub fn store(n_claims: u64) -> (PathBuf, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let kept = std::env::var_os("SANTUN_BENCH_STORE").map(PathBuf::from);
    let dir = kept.unwrap_or_else(|| folder.path().to_path_buf()).join(format!("store-{n_claims}"));
    if !dir.join("MANIFEST").exists() {
        fill(&dir, n_claims);
    }
    (dir, folder)
}

fn fill(dir: &Path, n_claims: u64) {
    let office = Office::new("J03", "Contoh", Period::new(2026, 10).expect("a month")).expect("an office");
    let store = Store::create(dir, &office, &clerk(), &now()).expect("a new store");
    let start = Instant::now();
    let mut given = [0; MONTHS];
    let filled = store.import(&key("import"), &clerk(), now(), |_, batch| {
        // Month by month, as imports are made: what a month holds is written when it is whole.
        for month in 0..MONTHS as u64 {
            (month..n_claims)
                .step_by(MONTHS)
                .try_for_each(|number| add(batch, &office, number, &mut given))?;
            batch.claims_are_whole(month_of(month))?;
            batch.books_are_whole(month_of(month))?;
        }
        Ok::<(), StoreError>(())
    });
    let counts = filled.expect("a batch").counts;
    println!(
        "{n_claims} claims, {} vouchers, {} postings: batch {:.1} s, {} MB at most",
        counts.vouchers,
        counts.postings,
        start.elapsed().as_secs_f64(),
        peak_megabytes()
    );
}

/// As printed.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// Runs this program again with these arguments, so that memory is that of what is asked, and prints what it prints.
pub fn apart(what: &str, arguments: &[&str]) {
    let program = std::env::current_exe().expect("this program");
    let output = std::process::Command::new(program).args(arguments).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    print!("  {what}: {}", String::from_utf8_lossy(&output.stdout));
}

/// What stands behind a word among the arguments.
pub fn argument(word: &str) -> Option<String> {
    let arguments: Vec<String> = std::env::args().collect();
    let at = arguments.iter().position(|argument| argument == word)?;
    arguments.get(at + 1).cloned()
}

pub fn clerk() -> Actor {
    Actor { user: "rina".to_owned(), uid: 1000, loginuid: 1000, tty: String::new() }
}

pub fn now() -> Moment {
    Moment::parse("2026-10-30T09:00:00.000+07:00").expect("a moment")
}

pub fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::new(text).expect("a key")
}

/// The most memory held so far, from the kernel; 0 where it does not say.
pub fn peak_megabytes() -> u64 {
    status("VmHWM:") / 1024
}

/// A line of the kernel's about this process, in kilobytes.
pub fn status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}

/// Months, and the numbers given in each.
const MONTHS: usize = 24;
type Given = [u32; MONTHS];

fn add(batch: &mut Batch, office: &Office, number: u64, given: &mut Given) -> Result<(), StoreError> {
    let id = batch.next_claim_id();
    let mut claim: Option<Claim> = None;
    for event in history(number) {
        let before = claim.clone();
        match &mut claim {
            Some(claim) => claim.apply(&event),
            None => claim = Claim::born(id, &event),
        }
        for posting in of_claim_event(before.as_ref(), claim.as_ref().expect("it is born"), &event) {
            batch.posting(&posting)?;
        }
    }
    let mut claim = claim.expect("it is born");
    if number.is_multiple_of(997) {
        let npp = claim.basics.company.as_ref().expect("every claim has one").npp.clone();
        batch.company(&Company {
            npp,
            name: claim.company_name().to_owned(),
            group: String::new(),
            business_group: 1,
            kbli: String::new(),
            segment: Segment::Pu,
            registrations: Vec::new(),
        })?;
    }
    if number % 100 < 97 {
        let series = &mut given[usize::try_from(number).expect("it fits") % MONTHS];
        *series += 1;
        voucher(batch, office, &mut claim, *series)?;
        let before = claim.clone();
        let day = claim.registered.last_day();
        let closed = ClaimEvent::StateSet(StateEntry {
            state: ProcessState::Closed,
            date: day,
            posted: claim.registered,
            reason: None,
            note: String::new(),
        });
        claim.apply(&closed);
        for posting in of_claim_event(Some(&before), &claim, &closed) {
            batch.posting(&posting)?;
        }
    }
    batch.claim(&claim)
}

fn voucher(batch: &mut Batch, office: &Office, claim: &mut Claim, number: u32) -> Result<(), StoreError> {
    let id: VoucherId = batch.next_voucher_id();
    let lines: Vec<VoucherLine> = claim
        .lines
        .iter()
        .map(|line| VoucherLine {
            claim: claim.id,
            claim_no: claim.basics.claim_no.as_str().to_owned(),
            line: line.no,
            amount: line.determined(),
        })
        .collect();
    let gross: Rupiah = lines.iter().map(|line| line.amount).sum();
    let posted = claim.registered;
    let code = format!("JKK-J03-{:02}{:02}-{number:07}", posted.year() % 100, posted.month());
    let raised = Voucher {
        id,
        revision: 1,
        code: VoucherCode::parse(&code).expect("a code"),
        external_code: String::new(),
        kind: VoucherKind::Recorded,
        origin: Origin::History,
        series: Some((SeriesKey::from_text(&code[..13]), number)),
        programme: Programme::Jkk,
        date: posted.last_day(),
        posted,
        state: VoucherState::Proposed,
        payee: claim.lines[0].payee.clone(),
        lines,
        gross,
        pph: Rupiah::ZERO,
        rounding: Rupiah::ZERO,
        net: gross,
        description: String::new(),
        prepared_by: "rina".to_owned(),
        prepared_id: None,
        approved_by: String::new(),
        payments: Vec::new(),
        void: None,
    };
    let payment = Payment {
        no: PaymentNo::new(1),
        date: posted.last_day(),
        amount: gross,
        reference: format!("TRF{number}"),
        state: PaymentState::Paid,
        returned_date: None,
    };
    let events = [VoucherEvent::Raised(Box::new(raised)), VoucherEvent::Paid { payment, posted }];
    let mut voucher: Option<Voucher> = None;
    for event in events {
        let before = voucher.clone();
        match &mut voucher {
            Some(voucher) => voucher.apply(&event),
            None => voucher = Voucher::born(&event),
        }
        let after = voucher.as_ref().expect("it is born");
        for posting in of_voucher_event(office, before.as_ref(), after, &event, &|_| Some(&*claim)) {
            batch.posting(&posting)?;
        }
        claim.apply_voucher(after, &event);
    }
    batch.voucher(&voucher.expect("it is born"))
}

/// The month that a claim is of.
fn month_of(number: u64) -> Period {
    let place = i32::try_from(number % MONTHS as u64).expect("there are few months");
    Period::new(2024, 11).expect("a month").plus(place)
}

fn history(number: u64) -> Vec<ClaimEvent> {
    let pick = |salt: u64, n: u64| (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (salt % 24)) % n;
    let month = month_of(number);
    let day = month.first_day();
    let place = |n: usize| usize::try_from(pick(n as u64, 97)).expect("small");
    let names = ["Siti Aminah", "Budi Santoso", "Agus Wibowo", "Dewi Lestari", "I Made Ginting"];
    let company = pick(5, 3_000);
    let basics = ClaimBasics {
        claim_no: ClaimNo::parse(&format!("J-{number:07}")).expect("a number"),
        programme: Programme::Jkk,
        segment: Segment::ALL[place(1) % 3],
        case_kind: Some(CaseKind::Kk),
        worker: Worker {
            name: format!("{} {}", names[place(2) % 5], pick(3, 100_000)),
            identity: Identity::Nik(
                Nik::parse(&format!("3273000101{:06}", 900_000 + number % 90_000))
                    .unwrap_or_else(|_| Nik::parse("3273000101010001").expect("a sound number")),
            ),
            kpj: Kpj::parse(&format!("{number:011}")).ok(),
            birth_date: Some(date(1990, 2, 3)),
            sex: Some(Sex::Male),
        },
        company: Some(CompanySnapshot {
            npp: Npp::parse(&format!("NPP{company:05}")).expect("a number"),
            name: format!("PT Maju Jaya {company}"),
            risk_group: None,
        }),
        wage: None,
        event_date: day,
        event_time: None,
        reported_date: Some(day),
        reported_time: None,
        place: Some(Place::ALL[place(6) % 3]),
        accident_type: Some(AccidentType::ALL[place(7) % 10]),
        source: Some(Source::ALL[place(8) % 18]),
        body_part: Some(BodyPart::ALL[place(9) % 11]),
        icd10: None,
        facility: format!("RS Harapan {}", pick(10, 60)),
        days_off: Some(14),
        notes: String::new(),
    };
    let state = |state| StateEntry { state, date: day, posted: month, reason: None, note: String::new() };
    let mut events = vec![
        ClaimEvent::Registered {
            basics: Box::new(basics),
            state: state(ProcessState::StageOne),
            origin: Origin::History,
            restores: None,
            despite_duplicate: String::new(),
        },
        ClaimEvent::Filed(state(ProcessState::Filed)),
        ClaimEvent::OutcomeSet(OutcomeEntry {
            outcome: if number % 10 < 4 { Outcome::Sembuh } else { Outcome::Berobat },
            date: day,
            posted: month,
        }),
    ];
    for no in 1..=2 {
        let amount = Rupiah::new(500_000 + i64::try_from(pick(11, 9_000_000)).expect("small"));
        events.push(ClaimEvent::LineAdded {
            line: Box::new(BenefitLine {
                no: LineNo::new(no),
                component: Component::Medical,
                span: None,
                payee: Payee {
                    kind: PayeeKind::Facility,
                    name: format!("RS Harapan {}", pick(10, 60)),
                    bank: "BRI".to_owned(),
                    account: AccountNo::parse(&format!("{:010}", pick(10, 60))).ok(),
                    tax_number: None,
                },
                account_by: None,
                receipt: String::new(),
                asked: amount,
                complete_date: None,
                determination: None,
                voucher: None,
                free_since: None,
            }),
            booked: None,
        });
        let (line, number) = (LineNo::new(no), String::new());
        events.push(ClaimEvent::LineDetermined { line, amount, date: day, number, posted: month });
    }
    events
}
