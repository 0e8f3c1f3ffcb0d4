//! Clerks at one branch against a model in plain memory: who registered what, who raised, approved, paid and voided which
//! voucher, closed a month or opened it again. The branch is the real desk on a disk that loses power, also in the middle of a commit; a clerk who was not
//! answered tries again with the same key, as a form does. The model knows nothing of journals, views or parts.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::date;
use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;
use santun::desk::{Clock, Desk, DeskError};
use santun::domain::command::{NewClaim, Numbering, RaiseVoucher, SeenLine, SeenVoucher};
use santun::domain::month::MonthStep;
use santun::domain::office::Approval;
use santun::domain::{
    ClaimBasics, ClaimCommand, ClaimNo, Component, Identity, LineNo, Office, Period, Rupiah, VoucherCommand,
    VoucherId, VoucherKind, VoucherState,
};
use santun::store::disk::Disk;
use santun::store::fsck::fsck_on;
use santun::store::tables::VoucherRow;
use santun::store::{Actor, Depth, Mode, Store, View, VoucherFilter};

use crate::domain::fixtures::{basics, line, office};
use crate::support::MODEL_SEQUENCES;

use super::desk::moment;
use super::disks::{CrashModel, Fault, Faulty, MemDisk, Persistence, Twist, twisted};
use super::make::{clerk, key, morning};
use super::together::{ROOT, import};

/// How many clerks sit there.
const CLERKS: usize = 3;

/// What the model knows.
#[derive(Debug, Clone, Default)]
pub struct Books {
    four_eyes: bool,
    /// Amount of each claim's one line; the voucher it is on.
    claims: Vec<(i64, Option<usize>)>,
    vouchers: Vec<Paper>,
    n_imported: usize,
    /// Months of 2026 that are closed: September, then October.
    n_closed: i16,
    /// Who wants the month closed last opened again.
    asked: Option<usize>,
}

/// A voucher.
#[derive(Debug, Clone)]
struct Paper {
    claim: usize,
    maker: usize,
    /// The month of 2026 in whose books and series it is.
    month: i8,
    /// Its number in that series.
    number: u32,
    is_approved: bool,
    paid: i64,
    is_void: bool,
}

/// What a clerk does.
#[derive(Debug, Clone)]
enum Wish {
    Register {
        amount: i64,
    },
    Raise {
        claim: usize,
    },
    Approve {
        voucher: usize,
    },
    Pay {
        voucher: usize,
        half: bool,
    },
    Void {
        voucher: usize,
    },
    Import {
        n: usize,
    },
    /// Closes the first open month.
    Close,
    /// Asks to open the month closed last again.
    AskAgain,
    /// Opens it again.
    OpenAgain,
    Compact,
    /// Opens the store anew.
    Reopen,
}

/// Who does it, and when the power fails meanwhile: at which call of the disk.
#[derive(Debug, Clone)]
pub struct Deed {
    who: usize,
    wish: Wish,
    cut: Option<usize>,
    seed: u64,
}

impl Books {
    /// What a transfer would send.
    fn part(&self, voucher: usize, half: bool) -> i64 {
        let paper = &self.vouchers[voucher];
        let unpaid = self.claims[paper.claim].0 - paper.paid;
        if half { unpaid / 2 } else { unpaid }
    }

    /// Whether the rules allow it, in the model's words.
    fn allows(&self, who: usize, wish: &Wish) -> bool {
        match wish {
            Wish::Raise { claim } => self.claims.get(*claim).is_some_and(|(_, on)| on.is_none()),
            Wish::Approve { voucher } => self.vouchers.get(*voucher).is_some_and(|paper| {
                let may = !self.four_eyes || paper.maker != who;
                !paper.is_void && !paper.is_approved && self.part(*voucher, false) > 0 && may
            }),
            Wish::Pay { voucher, half } => self.vouchers.get(*voucher).is_some_and(|paper| {
                !paper.is_void && (paper.is_approved || !self.four_eyes) && self.part(*voucher, *half) > 0
            }),
            Wish::Void { voucher } => {
                self.vouchers.get(*voucher).is_some_and(|paper| !paper.is_void && paper.paid == 0)
            }
            Wish::Close => self.n_closed < 2 && !(self.four_eyes && self.waits_for_approval()),
            Wish::AskAgain => self.n_closed > 0 && self.asked.is_none(),
            Wish::OpenAgain => self.asked.is_some_and(|asked| asked != who),
            _ => true,
        }
    }

    /// Whether a voucher of the month that is to be closed, or of an earlier one, has no second person yet.
    fn waits_for_approval(&self) -> bool {
        let waits = |paper: &Paper| !paper.is_void && !paper.is_approved && paper.paid == 0;
        self.vouchers.iter().any(|paper| i16::from(paper.month) <= 9 + self.n_closed && waits(paper))
    }

    /// The month in whose books a paper of October goes now.
    fn month(&self) -> i8 {
        if self.n_closed == 2 { 11 } else { 10 }
    }

    fn apply(&mut self, who: usize, wish: &Wish) {
        match wish {
            Wish::Register { amount } => self.claims.push((*amount, None)),
            Wish::Raise { claim } => {
                self.claims[*claim].1 = Some(self.vouchers.len());
                let month = self.month();
                let n_before = self.vouchers.iter().filter(|paper| paper.month == month).count();
                self.vouchers.push(Paper {
                    claim: *claim,
                    maker: who,
                    month,
                    number: u32::try_from(n_before).expect("few") + 1,
                    is_approved: false,
                    paid: 0,
                    is_void: false,
                });
            }
            Wish::Approve { voucher } => self.vouchers[*voucher].is_approved = true,
            Wish::Pay { voucher, half } => self.vouchers[*voucher].paid += self.part(*voucher, *half),
            Wish::Void { voucher } => {
                self.vouchers[*voucher].is_void = true;
                let claim = self.vouchers[*voucher].claim;
                self.claims[claim].1 = None;
            }
            Wish::Import { n } => self.n_imported += n,
            Wish::Close => (self.n_closed, self.asked) = (self.n_closed + 1, None),
            Wish::AskAgain => self.asked = Some(who),
            Wish::OpenAgain => (self.n_closed, self.asked) = (self.n_closed - 1, None),
            Wish::Compact | Wish::Reopen => {}
        }
    }
}

impl ReferenceStateMachine for Books {
    type State = Books;
    type Transition = Deed;

    fn init_state() -> BoxedStrategy<Books> {
        any::<bool>().prop_map(|four_eyes| Books { four_eyes, ..Books::default() }).boxed()
    }

    fn transitions(state: &Books) -> BoxedStrategy<Deed> {
        let (claims, vouchers) = (state.claims.len().max(1), state.vouchers.len().max(1));
        let wish = prop_oneof![
            4 => (1..5_000_i64).prop_map(|thousands| Wish::Register { amount: thousands * 2_000 }),
            5 => (0..claims).prop_map(|claim| Wish::Raise { claim }),
            4 => (0..vouchers).prop_map(|voucher| Wish::Approve { voucher }),
            4 => (0..vouchers, any::<bool>()).prop_map(|(voucher, half)| Wish::Pay { voucher, half }),
            2 => (0..vouchers).prop_map(|voucher| Wish::Void { voucher }),
            1 => (1..4_usize).prop_map(|n| Wish::Import { n }),
            1 => Just(Wish::Compact),
            2 => Just(Wish::Close),
            1 => Just(Wish::AskAgain),
            1 => Just(Wish::OpenAgain),
            1 => Just(Wish::Reopen),
        ];
        let cut = prop_oneof![3 => Just(None), 1 => (0..40_usize).prop_map(Some)];
        (0..CLERKS, wish, cut, any::<u64>())
            .prop_map(|(who, wish, cut, seed)| Deed { who, wish, cut, seed })
            .boxed()
    }

    fn apply(mut state: Books, deed: &Deed) -> Books {
        if state.allows(deed.who, &deed.wish) {
            state.apply(deed.who, &deed.wish);
        }
        state
    }
}

/// A branch: a disk, what of it is durable, and the clerks' programs.
pub struct Branch {
    memory: MemDisk,
    durable: CrashModel,
    desks: Vec<Desk>,
    n_keys: usize,
    /// What the books said before the last deed.
    before: Books,
}

impl Branch {
    fn new(books: &Books) -> Branch {
        let memory = MemDisk::new();
        let approval = if books.four_eyes { Approval::FourEyes } else { Approval::NotNeeded };
        let office = Office { approval, ..office() };
        let disk: Arc<dyn Disk> = Arc::new(memory.clone());
        drop(Store::create_on(disk, Path::new(ROOT), &office, &clerk(), &morning()).expect("a store"));
        let durable = CrashModel::durable(&memory.snapshot());
        let mut branch = Branch { memory, durable, desks: Vec::new(), n_keys: 0, before: books.clone() };
        branch.memory.record();
        branch.desks = (0..CLERKS).map(|who| branch.sit_down(who, &branch.plain())).collect();
        branch
    }

    fn plain(&self) -> Arc<dyn Disk> {
        Arc::new(self.memory.clone())
    }

    fn sit_down(&self, who: usize, disk: &Arc<dyn Disk>) -> Desk {
        let store = Store::open_on(Arc::clone(disk), Path::new(ROOT), Mode::Write).expect("it opens");
        let _ = store.settle(&clerk(), morning());
        Desk::of(store, Clock::Frozen(date(2026, 11, 2).at(9, 0, 0, 0)), actor(who))
    }

    fn power_cut(&mut self, seed: u64) {
        self.desks.clear();
        self.memory.take_steps().iter().for_each(|step| self.durable.apply(step));
        let image = self.durable.crash(&mut Xoshiro256PlusPlus::seed_from_u64(seed));
        self.durable = CrashModel::durable(&image.snapshot());
        self.memory = image;
        self.memory.record();
        self.desks = (0..CLERKS).map(|who| self.sit_down(who, &self.plain())).collect();
    }

    /// Does it; with a cut at a call of the disk first half, and then again with the same keys.
    fn work(&mut self, deed: &Deed) -> Result<(), DeskError> {
        let name = format!("k{}", self.n_keys);
        self.n_keys += 1;
        if let Some(at) = deed.cut {
            let dying = Arc::new(Faulty::new(Fault::Errno(5), at, Persistence::Always));
            let disk = twisted(self.plain(), Arc::clone(&dying) as Arc<dyn Twist>);
            // The machine may die while the program starts, too.
            if let Ok(store) = Store::open_on(disk, Path::new(ROOT), Mode::Write) {
                let half = Desk::of(store, *self.desks[deed.who].clock(), actor(deed.who));
                let _ = self.by(&half, deed, &name);
            }
            // A disk that fails may have left POISON before the power went.
            self.power_cut(deed.seed);
            self.clear_poison();
            if self.before.allows(deed.who, &deed.wish) && self.has_happened(deed) {
                return Ok(());
            }
        }
        self.by(&self.desks[deed.who], deed, &name)
    }

    /// Whether what was done to a month half first was done: it has no key of the clerk's to ask with.
    fn has_happened(&self, deed: &Deed) -> bool {
        let view = self.desks[deed.who].view();
        let n_closed = i16::try_from(view.office().first_open.since(Period::new(2026, 9).expect("a month")))
            .expect("few months");
        let last = view.month_deeds().last();
        match deed.wish {
            Wish::Close => n_closed > self.before.n_closed,
            Wish::AskAgain => last.is_some_and(|last| matches!(last.step, MonthStep::ReopenAsked { .. })),
            Wish::OpenAgain => n_closed < self.before.n_closed,
            _ => false,
        }
    }

    fn clear_poison(&mut self) {
        if self.memory.paths().contains(&Path::new("/s/lock/POISON").to_path_buf()) {
            let forward = &mut |_, _| std::ops::ControlFlow::Continue(());
            let disk = self.plain();
            let repaired =
                santun::store::fsck::repair_on(&disk, Path::new(ROOT), &clerk(), morning(), forward);
            assert_eq!(repaired.expect("looked at"), santun::store::Repaired::Yes);
            self.desks = (0..CLERKS).map(|who| self.sit_down(who, &self.plain())).collect();
        }
    }

    fn by(&self, desk: &Desk, deed: &Deed, name: &str) -> Result<(), DeskError> {
        let books = &self.before;
        match &deed.wish {
            Wish::Register { amount } => register(desk, books.claims.len(), *amount, name),
            Wish::Raise { claim } if *claim < books.claims.len() => {
                desk.refresh()?;
                let found = desk.find_claim(&number(*claim))?;
                let lines = vec![SeenLine::of(&found, &found.lines[0])];
                desk.raise(&key(name), &issue(lines)).map(drop)
            }
            Wish::Approve { voucher } => take(desk, books, *voucher, name, &VoucherCommand::Approve),
            Wish::Pay { voucher, half } if *voucher < books.vouchers.len() => {
                let amount = Rupiah::new(books.part(*voucher, *half));
                let (date, reference) = (date(2026, 10, 8), name.to_owned());
                take(desk, books, *voucher, name, &VoucherCommand::Pay { date, amount, reference })
            }
            Wish::Void { voucher } => {
                let reason = "salah penerima".to_owned();
                take(desk, books, *voucher, name, &VoucherCommand::Void { date: date(2026, 10, 8), reason })
            }
            Wish::Import { n } => {
                let numbers: Vec<String> =
                    (0..*n).map(|at| format!("IMP-{}", books.n_imported + at)).collect();
                let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
                import(desk.store(), name, &numbers).map(drop).map_err(|error| match error {
                    santun::store::ImportError::Stopped(error) | santun::store::ImportError::Store(error) => {
                        error.into()
                    }
                    other => panic!("{other}"),
                })
            }
            Wish::Close => {
                desk.refresh()?;
                desk.close_month(&desk.month_plan(month(books.n_closed))?, "uji").map(drop)
            }
            Wish::AskAgain => desk.ask_reopening(month(books.n_closed - 1), "uji").map(drop),
            Wish::OpenAgain => desk.reopen_month(month(books.n_closed - 1)).map(drop),
            Wish::Compact => desk.store().compact(&clerk(), moment(60)).map(drop).map_err(DeskError::from),
            Wish::Raise { .. } | Wish::Pay { .. } | Wish::Reopen => Ok(()),
        }
    }
}

/// The month after so many from September 2026 on.
fn month(n_after: i16) -> Period {
    Period::new(2026, 9).expect("a month").plus(i32::from(n_after))
}

fn actor(who: usize) -> Actor {
    let uid = 1001 + u32::try_from(who).expect("few");
    Actor { user: format!("clerk{who}"), uid, loginuid: uid, tty: "pts/1".to_owned() }
}

fn number(claim: usize) -> String {
    format!("K26-{:06}", claim + 1)
}

/// Two commands, each with a key of its own: a clerk who was cut off does both again.
fn register(desk: &Desk, place: usize, amount: i64, name: &str) -> Result<(), DeskError> {
    let mut basics = ClaimBasics { claim_no: ClaimNo::parse(&number(place)).expect("a number"), ..basics() };
    basics.worker.identity = Identity::parse("NIK", &format!("32730001010{place:05}")).expect("a number");
    basics.worker.name = format!("Pekerja {place}");
    let new = NewClaim { basics, numbering: Numbering::Paper, restores: None, despite_duplicate: None };
    let born = desk.register(&key(&format!("{name}-a")), &new)?;
    let paper = date(2026, 10, 5);
    let commands = [
        ClaimCommand::File { date: date(2026, 9, 10) },
        ClaimCommand::AddLine(Box::new(line(Component::Medical, amount))),
        ClaimCommand::Determine {
            line: LineNo::new(1),
            amount: Rupiah::new(amount),
            date: paper,
            number: String::new(),
        },
    ];
    desk.claim_all(&key(&format!("{name}-b")), born.id, None, &commands).map(drop)
}

fn issue(lines: Vec<SeenLine>) -> RaiseVoucher {
    RaiseVoucher {
        kind: VoucherKind::Issued,
        code: String::new(),
        date: date(2026, 10, 8),
        lines,
        pph: Rupiah::ZERO,
        rounding: Rupiah::ZERO,
        description: String::new(),
    }
}

/// A command to the voucher of a place, as its clerk sees it now; none when there is no such voucher.
fn take(
    desk: &Desk,
    books: &Books,
    place: usize,
    name: &str,
    command: &VoucherCommand,
) -> Result<(), DeskError> {
    if place >= books.vouchers.len() {
        return Ok(());
    }
    desk.refresh()?;
    let id = voucher_of(&desk.view(), &books.vouchers[place]);
    let voucher = desk.view().voucher(id)?.expect("the model knows it");
    desk.voucher(&key(name), id, SeenVoucher::of(&voucher), command).map(drop)
}

/// The voucher with a paper's number in its series: a series has no gap and no twin.
fn voucher_of(view: &View, paper: &Paper) -> VoucherId {
    let rows = view.vouchers(&VoucherFilter::default()).expect("readable");
    let (month, number) = (format!("-26{:02}-", paper.month), paper.number);
    let is_it = |row: &&VoucherRow| {
        row.series
            .as_ref()
            .is_some_and(|(series, found)| *found == number && series.as_str().contains(&month))
    };
    let found: Vec<VoucherId> = rows.iter().filter(is_it).map(|row| row.id).collect();
    assert_eq!(found.len(), 1, "number {number} of the series of month {}", paper.month);
    found[0]
}

impl StateMachineTest for Branch {
    type SystemUnderTest = Branch;
    type Reference = Books;

    fn init_test(books: &Books) -> Branch {
        Branch::new(books)
    }

    fn apply(mut branch: Branch, books: &Books, deed: Deed) -> Branch {
        if matches!(deed.wish, Wish::Reopen) {
            if deed.cut.is_some() {
                branch.power_cut(deed.seed);
            }
            branch.desks[deed.who] = branch.sit_down(deed.who, &branch.plain());
        } else {
            let is_allowed = branch.before.allows(deed.who, &deed.wish);
            match branch.work(&deed) {
                Ok(()) => {
                    assert!(is_allowed || is_about_nothing(&branch.before, &deed.wish), "{deed:?} was done")
                }
                Err(DeskError::Refused(refusal)) => assert!(!is_allowed, "{deed:?}: {refusal}"),
                Err(error) => panic!("{deed:?}: {error}"),
            }
        }
        branch.before = books.clone();
        branch
    }

    fn check_invariants(branch: &Branch, books: &Books) {
        let desk = &branch.desks[branch.n_keys % CLERKS];
        desk.refresh().expect("readable");
        let view = desk.view();
        assert_eq!(view.n_claims(), (books.claims.len() + books.n_imported) as u64);
        for (place, (amount, on)) in books.claims.iter().enumerate() {
            let claim = desk.find_claim(&number(place)).expect("registered");
            let sums = claim.sums();
            let paid = on.map_or(0, |voucher| books.vouchers[voucher].paid);
            assert_eq!((sums.determined.get(), sums.paid.get()), (*amount, paid), "{}", number(place));
            assert_eq!(claim.lines[0].voucher.is_some(), on.is_some());
        }
        assert_eq!(view.vouchers(&VoucherFilter::default()).expect("readable").len(), books.vouchers.len());
        assert_eq!(view.office().first_open, month(books.n_closed));
        for paper in &books.vouchers {
            let voucher = view.voucher(voucher_of(&view, paper)).expect("readable").expect("raised");
            assert_eq!(
                (voucher.paid().get(), voucher.state == VoucherState::Void),
                (paper.paid, paper.is_void)
            );
            assert_eq!(!voucher.approved_by.is_empty(), paper.is_approved);
        }
    }

    fn teardown(branch: Branch) {
        let disk = branch.plain();
        let found =
            fsck_on(&disk, Path::new(ROOT), Depth::Full, &mut |_, _| std::ops::ControlFlow::Continue(()));
        let found = found.expect("readable");
        assert!(found.is_sound(), "{:?}", found.problems);
    }
}

/// Whether the wish is about a record that is not there: then nothing is asked of the desk.
fn is_about_nothing(books: &Books, wish: &Wish) -> bool {
    match wish {
        Wish::Raise { claim } => *claim >= books.claims.len(),
        Wish::Approve { voucher } | Wish::Pay { voucher, .. } | Wish::Void { voucher } => {
            *voucher >= books.vouchers.len()
        }
        _ => false,
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig {
        cases: if cfg!(debug_assertions) { 40 } else { MODEL_SEQUENCES },
        failure_persistence: None,
        max_shrink_iters: 60,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_branch_does_what_its_model_does(sequential 1..14 => Branch);
}
