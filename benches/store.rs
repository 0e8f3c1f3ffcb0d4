//! The store over 10 k, 100 k and 1 M made-up claims: the batch, opening, paging, sorting, filtering, look-ups, the
//! month's report, a commit. Says the median of a few runs and the most memory held.
//!
//! `cargo bench --bench store`, or `cargo bench --bench store -- 10000000` for one size. With `SANTUN_BENCH_STORE=DIR` the
//! store is made in that folder once, kept, and used again by later runs.

use std::hint::black_box;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use santun::domain::claim::{OutcomeEntry, StateEntry, Worker};
use santun::domain::code::*;
use santun::domain::company::CompanySnapshot;
use santun::domain::identity::{AccountNo, ClaimNo, Identity, Kpj, Nik, Npp};
use santun::domain::posting::{of_claim_event, of_voucher_event};
use santun::domain::query::{self, Expr, Field};
use santun::domain::voucher::{Payment, SeriesKey};
use santun::domain::{
    BenefitLine, Claim, ClaimBasics, ClaimEvent, ClaimId, Company, Event, LineNo, Office, Payee, PaymentNo,
    Period, Rupiah, Voucher, VoucherCode, VoucherEvent, VoucherId, VoucherLine,
};
use santun::report::MonthlyBuilder;
use santun::store::{Actor, Batch, Direction, IdempotencyKey, Moment, Sort, Store, StoreError, View};

/// The program's own allocator, so that the figures are the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];
const TODAY: Date = date(2026, 10, 30);

fn main() {
    let asked: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { SIZES.to_vec() } else { asked };
    sizes.into_iter().for_each(measure);
}

fn measure(n_claims: u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let kept = std::env::var_os("SANTUN_BENCH_STORE").map(std::path::PathBuf::from);
    let dir = kept.unwrap_or_else(|| folder.path().to_path_buf()).join(format!("store-{n_claims}"));
    if !dir.join("MANIFEST").exists() {
        fill(&dir, n_claims);
    }
    look(&dir, n_claims);
}

fn fill(dir: &std::path::Path, n_claims: u64) {
    let office = Office::new("J03", "Contoh", Period::new(2026, 10).expect("a month")).expect("an office");
    let store = Store::create(dir, &office, &clerk(), &now()).expect("a new store");
    let start = Instant::now();
    let filled = store.import(&key("import"), &clerk(), now(), |_, batch| {
        (0..n_claims).try_for_each(|number| add(batch, &office, number))
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

fn look(dir: &std::path::Path, n_claims: u64) {
    say("open", 9, || drop(Store::open(dir).expect("a store")));
    say("open, outcome = BEROBAT, five rows", 5, || {
        let view = Store::open(dir).expect("a store").view();
        assert!(select(&view, "outcome = BEROBAT", Sort::default()).window(0..5).expect("rows").len() == 5);
    });
    let store = Store::open(dir).expect("a store");
    println!("  open: {} MB of its own", own_megabytes());
    reads(&store.view());
    println!("  after reading: {} MB of its own", own_megabytes());
    raw(dir);
    say("first commit on a fresh handle", 5, || {
        let store = Store::open(dir).expect("a store");
        commit(&store, n_claims);
    });
    say("commit", 9, || commit(&store, n_claims));
    drop(store);
    tail(dir, n_claims);
    println!("  {} MB at most", peak_megabytes());
}

fn reads(view: &View) {
    let by = |column, direction| Sort { column, direction };
    say("all by nearest due date", 5, || drop(select(view, "", Sort::default())));
    say("all by name, downwards", 3, || drop(select(view, "", by(Field::Worker, Direction::Descending))));
    say("all by amount", 5, || drop(select(view, "", by(Field::Determined, Direction::Ascending))));
    say("words in names, numbers and codes", 5, || drop(select(view, "aminah", Sort::default())));
    say("berobat dan menunggu > 5jt", 5, || {
        drop(select(view, "kondisi = berobat dan menunggu > 5jt", Sort::default()));
    });
    say("totals of all", 5, || {
        black_box(view.totals(&Expr::All, TODAY, &AtomicBool::new(false)).expect("totals"));
    });
    let rows = select(view, "", by(Field::Worker, Direction::Ascending));
    let mut page = 0;
    say("a scattered page of 50", 9, || {
        page += rows.len() / 11;
        assert!(!rows.window(page..page + 50).expect("rows").is_empty());
    });
    let neighbours = select(view, "", by(Field::Registered, Direction::Ascending));
    say("a page of neighbours", 9, || drop(neighbours.window(0..50).expect("rows")));
    say("a claim by number", 9, || {
        let id = view.claim_by_no("J-0000077").expect("a look-up").expect("a claim");
        drop(view.claim(id).expect("a claim"));
    });
    let row = view.claim_by_no("J-0000077").expect("a look-up").expect("a claim");
    let identity = view.claim_row(row).expect("a row").expect("a claim").identity;
    say("the claims of a person", 5, || {
        assert!(!view.claims_by_identity(&identity).expect("a look-up").is_empty());
    });
    let month = Period::of(TODAY);
    say("the month's report", 3, || {
        let mut report = MonthlyBuilder::new(view.office(), month, TODAY);
        view.for_each_posting_named(month, month, &mut |posting| report.add(posting)).expect("postings");
        assert!(report.finish().tie_out.unmatched.is_empty(), "the made-up branch is sound");
    });
    say("every posting up to the month", 3, || {
        let mut sum = 0;
        view.for_each_posting(month, &mut |posting| sum += posting.amount.get()).expect("postings");
        assert!(sum > 0);
    });
}

/// Opens behind twenty thousand records that the base does not cover, on claims all over the store: first one after the other
/// as a commit would, then with the overlay that was kept, then folding them anew.
fn tail(dir: &std::path::Path, n_claims: u64) {
    const RECORDS: u64 = 20_000;
    const AT_ONCE: u64 = 100;
    let store = Store::open(dir).expect("a store");
    let mut number = 0;
    while store.view().overlay_size() < RECORDS {
        let ids: Vec<ClaimId> = (0..AT_ONCE)
            .map(|place| {
                ClaimId::new(1 + (number * AT_ONCE + place).wrapping_mul(0x9E37_79B9_7F4A_7C15) % n_claims)
            })
            .filter(|id| store.view().claim(*id).expect("a look-up").is_some())
            .collect();
        number += 1;
        let entry = || OutcomeEntry { outcome: Outcome::Sembuh, date: TODAY, posted: Period::of(TODAY) };
        let events = ids.into_iter().map(|id| Event::Claim(id, ClaimEvent::OutcomeSet(entry()))).collect();
        let name = key(&format!("t{}", store.view().head().seq));
        store.commit(&name, &clerk(), now(), |_| Ok(events)).expect("a commit");
    }
    let n_records = store.view().overlay_size();
    drop(store);
    drop(Store::open(dir).expect("a store"));
    say(&format!("open behind {n_records} records, kept"), 5, || drop(Store::open(dir).expect("a store")));
    println!("  {} MB of its own", own_megabytes());
    let kept = dir.join("parts/overlay/latest.overlay");
    std::fs::remove_file(&kept).expect("it was kept");
    say(&format!("open behind {n_records} records, folded anew"), 1, || {
        drop(Store::open_read_only(dir).expect("a store"));
    });
}

/// The same disk without the store: what a read of all narrow rows, a page, and a durable kilobyte cost by themselves.
fn raw(dir: &std::path::Path) {
    let listed = std::fs::read_dir(dir.join("batches/claims")).expect("the batch's folder");
    let files: Vec<_> = listed.map(|item| item.expect("a file").path()).collect();
    say("raw: the bytes of all narrow rows", 3, || {
        files.iter().for_each(|file| drop(black_box(std::fs::read(file).expect("a file"))));
    });
    say("raw: the bytes of fifty files, or of all", 3, || {
        files.iter().take(50).for_each(|file| drop(black_box(std::fs::read(file).expect("a file"))));
    });
    let path = dir.join("raw.tmp");
    let mut file = std::fs::File::create(&path).expect("a file");
    say("raw: a kilobyte and fdatasync", 9, || {
        std::io::Write::write_all(&mut file, &[7; 1_024]).expect("room");
        file.sync_data().expect("a disk");
    });
    std::fs::remove_file(&path).expect("it was just made");
}

fn select(view: &View, text: &str, sort: Sort) -> santun::store::Rows {
    let expr = query::parse(text, TODAY).expect("a filter");
    view.select(&expr, sort, TODAY, &AtomicBool::new(false), &|_, _| {}).expect("rows")
}

fn commit(store: &Store, n_claims: u64) {
    store.refresh().expect("a store");
    let id = ClaimId::new(1 + store.view().head().seq % n_claims);
    let entry = OutcomeEntry { outcome: Outcome::Sembuh, date: TODAY, posted: Period::of(TODAY) };
    let name = key(&format!("c{}", store.view().head().seq));
    let event = Event::Claim(id, ClaimEvent::OutcomeSet(entry));
    store.commit(&name, &clerk(), now(), |_| Ok(vec![event])).expect("a commit");
}

/// Runs it a few times and says the median.
fn say(what: &str, runs: usize, mut run: impl FnMut()) {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!("  {what}: {:.1} ms", times[runs / 2].as_secs_f64() * 1_000.0);
}

/// One claim with two lines; six of ten are paid.
fn add(batch: &mut Batch, office: &Office, number: u64) -> Result<(), StoreError> {
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
    if number % 10 < 6 {
        voucher(batch, office, &mut claim, number)?;
    }
    batch.claim(&claim)
}

fn voucher(batch: &mut Batch, office: &Office, claim: &mut Claim, number: u64) -> Result<(), StoreError> {
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
        series: Some((SeriesKey::from_text(&code[..13]), u32::try_from(number).expect("a number") + 1)),
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

fn history(number: u64) -> Vec<ClaimEvent> {
    let pick = |salt: u64, n: u64| (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (salt % 24)) % n;
    let month = Period::new(2024, 11).expect("a month").plus(i32::try_from(number % 24).expect("below 24"));
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

fn clerk() -> Actor {
    Actor { user: "rina".to_owned(), uid: 1000, loginuid: 1000, tty: String::new() }
}

fn now() -> Moment {
    Moment::parse("2026-10-30T09:00:00.000+07:00").expect("a moment")
}

fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::new(text).expect("a key")
}

/// The memory of its own that it holds now, without files in the page cache; 0 where the kernel does not say.
fn own_megabytes() -> u64 {
    status("RssAnon:") / 1024
}

/// The most memory held so far, from the kernel; 0 where it does not say.
fn peak_megabytes() -> u64 {
    status("VmHWM:") / 1024
}

fn status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}
