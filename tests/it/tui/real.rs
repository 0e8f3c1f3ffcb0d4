//! A small real desk: a store in a temporary folder, some claims in every state, and a clerk at the real screen.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use santun::desk::form::Typed;
use santun::desk::{Clock, Desk, InitAnswers, current_actor, init};
use santun::domain::code::{Component, DocumentKind, Outcome, PayeeKind, RiskGroup, Segment};
use santun::domain::command::{NewClaim, NewLine};
use santun::domain::company::Registration;
use santun::domain::office::{Approval, Signers, StoreKind};
use santun::domain::{
    AccountNo, ClaimCommand, ClaimId, Company, DateSpan, Event, Facility, LineNo, Npp, Payee, Period,
    Refusal, Rupiah, VoucherMode, Zone,
};
use santun::tui::app::App;
use santun::tui::effect::{Answer, Draft, Effect, Msg, Task};
use santun::tui::jobs::Perform;
use santun::tui::perform::{Bench, drafts};
use santun::tui::run::run_until_idle;
use santun::tui::theme::{Glyphs, ThemeName};
use santun::words::{Lang, Words};

use super::desk::inputs;

/// Today is 30 October 2026, as in the demonstration.
pub fn clock() -> Clock {
    Clock::Frozen(date(2026, 10, 30).at(9, 0, 0, 0))
}

/// A store with an office, two companies, two hospitals and seven claims.
pub fn store() -> tempfile::TempDir {
    let folder = empty_store();
    let desk = Desk::open(&folder.path().join("store"), clock()).expect("the store opens");
    register_parties(&desk);
    fill(&desk);
    folder
}

/// A store with an office and nothing in it.
pub fn empty_store() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let answers = InitAnswers {
        code: "J03".to_owned(),
        name: "Contoh".to_owned(),
        zone: Zone::Wib,
        programmes: Vec::new(),
        voucher_mode: VoucherMode::Both,
        template: String::new(),
        first_open: Period::new(2026, 10),
        signers: Signers::default(),
        approval: Approval::NotNeeded,
        kind: StoreKind::Real,
    };
    let path = folder.path().join("store");
    init(&path, &answers, &clock()).expect("a store can be made");
    folder
}

fn register_parties(desk: &Desk) {
    let company = |npp: &str, name: &str| {
        Event::Company(Company {
            npp: Npp::parse(npp).unwrap(),
            name: name.to_owned(),
            group: String::new(),
            business_group: 0,
            kbli: String::new(),
            segment: Segment::Pu,
            registrations: vec![Registration {
                from: Period::new(2024, 1).unwrap(),
                to: None,
                risk_group: RiskGroup::Medium,
                workers: 120,
            }],
        })
    };
    let facility = |name: &str, account: &str| {
        Event::Facility(Facility {
            name: name.to_owned(),
            kind: "RS".to_owned(),
            partner: vec![(date(2020, 1, 1), None)],
            bank: "BRI".to_owned(),
            account: Some(AccountNo::parse(account).unwrap()),
            tax_number: None,
        })
    };
    let events = vec![
        company("21000456", "PT Contoh Semen"),
        company("21000789", "CV Contoh Mebel"),
        facility("RS Contoh Sehat", "0099887766"),
        facility("RS Contoh Medika", "0011223344"),
    ];
    let now = desk.clock().moment(Zone::Wib);
    let commit = desk.store().commit(&desk.new_key(), &current_actor(), now, |_| Ok::<_, Refusal>(events));
    commit.expect("parties are taken in");
}

/// Claims: number, worker, identity, company, event, reported, body part.
const CLAIMS: [(&str, &str, &str, &str, &str, &str, &str); 7] = [
    ("K26-000101", "Siti Aminah", "3273014107900001", "21000456", "03/04/2026", "04/04/2026", "JARI_TANGAN"),
    ("K26-000102", "Budi Hartono", "3273010203850002", "21000789", "01/04/2026", "02/04/2026", "KAKI"),
    ("K26-000103", "Made Wirawan", "3273011512880003", "21000456", "14/08/2026", "20/08/2026", "MATA"),
    ("K26-000104", "Yohana Tefa", "3273015506920004", "21000789", "02/09/2026", "03/09/2026", "LENGAN"),
    ("K26-000105", "Rahmat Hidayat", "3273012001790005", "21000456", "20/10/2026", "21/10/2026", "KEPALA"),
    ("K26-000106", "Lestari Ningsih", "3273016311950006", "21000789", "26/10/2026", "27/10/2026", "TANGAN"),
    ("K26-000107", "Agus Contoh", "3273010708810007", "21000456", "05/05/2026", "06/05/2026", "PAHA"),
];

fn fill(desk: &Desk) {
    for (claim_no, worker, id_no, npp, event, reported, body_part) in CLAIMS {
        let values = [
            ("claim_no", claim_no),
            ("worker", worker),
            ("id_kind", "NIK"),
            ("id_no", id_no),
            ("npp", npp),
            ("company", if npp == "21000456" { "PT Contoh Semen" } else { "CV Contoh Mebel" }),
            ("wage", "4.800.000"),
            ("event_date", event),
            ("event_time", "10:20"),
            ("reported_date", reported),
            ("reported_time", "09:00"),
            ("place", "DI_TEMPAT"),
            ("type", "TERJEPIT"),
            ("source", "MESIN_PRODUKSI"),
            ("body_part", body_part),
            ("facility", "RS Contoh Sehat"),
        ];
        let mut typed = Typed::new();
        values.iter().for_each(|(name, value)| typed.set(name, *value));
        let basics = typed.claim(desk.today(), &desk.next_claim_no()).expect("the claims can be read");
        let new = NewClaim { basics, numbering: typed.numbering(), restores: None, despite_duplicate: None };
        desk.register(&desk.new_key(), &new).expect("the claims are new");
    }
    // Under treatment, filed, all papers but two; its first half-year of STMB was paid in part.
    for claim_no in ["K26-000101", "K26-000102", "K26-000107"] {
        step(desk, claim_no, outcome(Outcome::Berobat, 10));
        step(desk, claim_no, ClaimCommand::File { date: date(2026, 10, 5) });
        for kind in [DocumentKind::Kk1, DocumentKind::Kk2, DocumentKind::MemberCard, DocumentKind::IdCard] {
            let received = date(2026, 10, 5);
            step(desk, claim_no, ClaimCommand::ReceiveDocument { kind, received, archive: String::new() });
        }
    }
    step(desk, "K26-000104", outcome(Outcome::Sembuh, 20));
    // Determined and waiting for its voucher.
    let line = NewLine {
        component: Component::Stmb,
        span: DateSpan::new(date(2026, 4, 2), date(2026, 9, 30)),
        payee: Payee {
            kind: PayeeKind::Company,
            name: "CV Contoh Mebel".to_owned(),
            bank: "Mandiri".to_owned(),
            account: Some(AccountNo::parse("1370011223344").unwrap()),
            tax_number: None,
        },
        receipt: String::new(),
        asked: Rupiah::new(28_800_000),
    };
    step(desk, "K26-000102", ClaimCommand::AddLine(Box::new(line)));
    let (amount, number) = (Rupiah::new(28_800_000), String::new());
    step(
        desk,
        "K26-000102",
        ClaimCommand::Determine { line: LineNo::new(1), amount, date: date(2026, 10, 12), number },
    );
}

fn outcome(outcome: Outcome, day: i8) -> ClaimCommand {
    ClaimCommand::SetOutcome { outcome, date: date(2026, 10, day) }
}

fn step(desk: &Desk, claim_no: &str, command: ClaimCommand) {
    let id: ClaimId = desk.find_claim(claim_no).expect("the claim is there").id;
    desk.claim(&desk.new_key(), id, None, &command)
        .unwrap_or_else(|error| panic!("{claim_no} {command:?}: {error}"));
}

/// A clerk at the real screen on a real store.
pub struct RealClerk {
    pub app: App,
    pub bench: Arc<Bench>,
    /// What the loop would have done: copies, the end.
    pub effects: Vec<Effect>,
    held: BTreeMap<String, Draft>,
    perform: Perform<Task, Answer>,
    size: (u16, u16),
}

impl RealClerk {
    pub fn new(folder: &Path) -> Self {
        RealClerk::with(folder, Lang::Id, (80, 24))
    }

    pub fn with(folder: &Path, lang: Lang, size: (u16, u16)) -> Self {
        RealClerk::begin(folder, lang, size, Glyphs::Unicode, ThemeName::Dark)
    }

    pub fn looking(folder: &Path, glyphs: Glyphs, theme: ThemeName) -> Self {
        RealClerk::begin(folder, Lang::Id, (80, 24), glyphs, theme)
    }

    /// A clerk on another day than the usual one.
    pub fn on(folder: &Path, clock: Clock) -> Self {
        let desk = Desk::open(&folder.join("store"), clock).expect("the store opens");
        RealClerk::at(desk, Lang::Id, (80, 24), Glyphs::Unicode, ThemeName::Dark)
    }

    fn begin(folder: &Path, lang: Lang, size: (u16, u16), glyphs: Glyphs, theme: ThemeName) -> Self {
        let desk = Desk::open(&folder.join("store"), clock()).expect("the store opens");
        RealClerk::at(desk, lang, size, glyphs, theme)
    }

    fn at(desk: Desk, lang: Lang, size: (u16, u16), glyphs: Glyphs, theme: ThemeName) -> Self {
        let bench = Arc::new(Bench::new(desk, Words::new(lang), glyphs));
        let perform = bench.into_perform();
        let mut app = santun::tui::app(&bench, theme).expect("the screen begins");
        let start = app.start(size.0, size.1);
        let mut clerk = RealClerk { app, bench, effects: Vec::new(), held: BTreeMap::new(), perform, size };
        clerk.do_all(start);
        clerk
    }

    /// Presses keys.
    pub fn press(&mut self, script: &str) -> &mut Self {
        for input in inputs(script) {
            self.send(Msg::Input(input));
        }
        self
    }

    pub fn send(&mut self, msg: Msg) {
        let effects = self.app.update(msg);
        self.do_all(effects);
    }

    /// As the loop: drafts that are held reach the disk when the screen ends.
    fn do_all(&mut self, effects: Vec<Effect>) {
        for effect in run_until_idle(&mut self.app, &self.perform, effects) {
            match effect {
                Effect::HoldDraft(draft) => drop(self.held.insert(draft.form.clone(), draft)),
                Effect::Quit => {
                    for draft in self.held.values() {
                        drafts::write(&self.bench, draft).expect("drafts can be kept");
                    }
                    drafts::end(&self.bench);
                    self.effects.push(Effect::Quit);
                }
                Effect::Speak(lang) => {
                    let held: Vec<Draft> = self.held.values().cloned().collect();
                    let speak = santun::tui::speak(&self.bench, self.app.theme());
                    let (app, perform) = speak(lang, &held);
                    (self.app, self.perform) = (app.going_on_from(&self.app), perform);
                    let start = self.app.start(self.size.0, self.size.1);
                    self.do_all(start);
                }
                other => self.effects.push(other),
            }
        }
    }

    /// Quits and starts again on the same store.
    pub fn again(&mut self, folder: &Path) -> RealClerk {
        self.press("q");
        assert!(self.effects.contains(&Effect::Quit), "{}", self.screen());
        RealClerk::with(folder, self.bench.words.lang(), self.size)
    }

    pub fn buffer(&self) -> (Buffer, Option<Position>) {
        let (width, height) = self.app.size();
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = self.app.view(&mut buffer);
        (buffer, cursor)
    }

    pub fn screen(&self) -> String {
        super::snapshot::text(&self.buffer().0)
    }

    /// Compares the screen with its snapshot.
    pub fn shows(&mut self, name: &str) -> &mut Self {
        super::snapshot::check(name, &self.screen());
        self
    }

    /// Fails with the screen unless it contains this text.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(text), "no {text:?} in\n{screen}");
        self
    }

    /// Fails with the screen if it contains this text.
    #[track_caller]
    pub fn misses(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "{text:?} in\n{screen}");
        self
    }
}
