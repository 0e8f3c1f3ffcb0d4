//! Hostile text in every text field of a claim, of a voucher and of all they name: what reaches the terminal is printable
//! text and our own sequences. Looked at where it leaves, on the raw bytes.

use std::path::Path;

use jiff::civil::date;
use santun::desk::form::Typed;
use santun::desk::{Desk, InitAnswers, init};
use santun::domain::code::{Component, DocumentKind, Outcome, PayeeKind, ReviewMark, RiskGroup, Segment};
use santun::domain::command::{NewClaim, NewLine, RaiseVoucher, SeenLine, SeenVoucher, VoucherCommand};
use santun::domain::company::Registration;
use santun::domain::office::{Approval, Signers, StoreKind};

use santun::domain::{
    AccountNo, ClaimCommand, ClaimEvent, Company, Event, Facility, LineNo, Npp, Payee, Period, Refusal,
    Rupiah, VoucherKind, VoucherMode, Zone,
};
use santun::store::IdempotencyKey;
use santun::tui::writer::FrameWriter;
use santun::words::Lang;
use tempfile::TempDir;

use super::places::PLACES;
use super::real::{RealClerk, clock};
use crate::support::Frozen;

/// What steers a terminal, turns the writing, cannot be seen, towers over its neighbours or is wider than it says.
fn corpus() -> Vec<String> {
    vec![
        (0_u8..0x20).map(char::from).collect(),
        ('\u{7f}'..='\u{9f}').collect(),
        "\x1b[2J\x1b[31;1m\x1b[?1049l\x1b[5;5H".to_owned(),
        "\x1b]0;judul\x07\x1b]52;c;cm0gLXJm\x07\x1b]8;;http://x\x1b\\klik".to_owned(),
        "\x1bP+q544e\x1b\\\x1b_apc\x1b\\\x1b^pm\x1b\\\u{90}dcs\u{9c}".to_owned(),
        "\x1bc\x1b[!p\x1b[?2026h\x1b[?1000h\x1b[6n\x1b[c".to_owned(),
        "\u{202e}kebalik\u{202c}\u{2066}diapit\u{2069}\u{200f}\u{61c}".to_owned(),
        "nol\u{200b}lebar\u{200c}\u{200d}\u{2060}\u{feff}\u{ad}\u{34f}".to_owned(),
        format!("a{}z", "\u{301}".repeat(200)),
        format!("漢{}字", "\u{20dd}".repeat(50)),
        "👩\u{200d}👩\u{200d}👧\u{200d}👦 👍🏽 🇮🇩 ❤\u{fe0f} 1\u{fe0f}\u{20e3} 🏴\u{e0067}\u{e0062}\u{e007f}"
            .to_owned(),
        "baris\r\nkedua\rketiga\ttab\u{2028}pisah\u{85}lagi".to_owned(),
    ]
}

/// The corpus, beginning with another one each time, so that each comes before a narrow column cuts it off.
struct Evil(usize);

/// No name takes more.
const MOST_CHARACTERS: usize = 90;
/// A bank, a reference or an archive place takes no more.
const MOST_TYPED: usize = 30;

impl Evil {
    fn next(&mut self, who: &str) -> String {
        let corpus = corpus();
        self.0 += 1;
        let from = self.0 % corpus.len();
        let all = [&corpus[from..], &corpus[..from]].concat().concat();
        who.chars().chain(all.chars()).take(MOST_CHARACTERS).collect()
    }

    /// The same without what a command refuses.
    fn typed(&mut self, who: &str) -> String {
        self.next(who).chars().filter(|character| !character.is_control()).take(MOST_TYPED).collect()
    }
}

const N_CLAIMS: usize = 12;

/// A store with it in every text field.
pub fn store() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut evil = Evil(0);
    let answers = InitAnswers {
        code: "J03".to_owned(),
        name: evil.next("Contoh"),
        zone: Zone::Wib,
        programmes: Vec::new(),
        voucher_mode: VoucherMode::Both,
        template: String::new(),
        first_open: Period::new(2026, 10),
        signers: Signers {
            prepared: evil.next("Dibuat"),
            checked: evil.next("Diperiksa"),
            approved: evil.next("Disetujui"),
        },
        approval: Approval::NotNeeded,
        kind: StoreKind::Real,
    };
    let path = folder.path().join("store");
    init(&path, &answers, &clock()).expect("a store can be made");
    let desk = Desk::open(&path, clock()).expect("the store opens");
    for number in 0..N_CLAIMS {
        parties(&desk, number, &mut evil);
        claim(&desk, number, &mut evil);
    }
    vouchers(&desk, &mut evil);
    folder
}

fn npp(number: usize) -> String {
    format!("210004{number:02}")
}

fn parties(desk: &Desk, number: usize, evil: &mut Evil) {
    let company = Company {
        npp: Npp::parse(&npp(number)).expect("a number"),
        name: evil.next("PT"),
        group: evil.next("Grup"),
        business_group: 0,
        kbli: evil.next("1"),
        segment: Segment::Pu,
        registrations: vec![Registration {
            from: Period::new(2024, 1).expect("a month"),
            to: None,
            risk_group: RiskGroup::Medium,
            workers: 120,
        }],
    };
    let facility = Facility {
        name: evil.next(&format!("RS {number}")),
        kind: evil.next("RS"),
        partner: vec![(date(2020, 1, 1), None)],
        bank: evil.next("BRI"),
        account: AccountNo::parse("0099887766").ok(),
        tax_number: None,
    };
    put(desk, vec![Event::Company(company), Event::Facility(facility)]);
}

fn claim(desk: &Desk, number: usize, evil: &mut Evil) {
    let claim_no = format!("K26-{:06}", 100 + number);
    let mut typed = Typed::new();
    for (name, value) in [
        ("claim_no", claim_no.as_str()),
        ("worker", "Budi"),
        ("id_kind", "NIK"),
        ("id_no", &format!("32730141079000{number:02}")),
        ("npp", &npp(number)),
        ("company", "PT"),
        ("wage", "4.800.000"),
        ("event_date", &format!("{:02}/04/2026", number + 1)),
        ("reported_date", &format!("{:02}/04/2026", number + 2)),
        ("place", "DI_TEMPAT"),
        ("type", "TERJEPIT"),
        ("source", "MESIN_PRODUKSI"),
        // Two kinds of accident, so that there is something to group.
        ("body_part", if number.is_multiple_of(2) { "JARI_TANGAN" } else { "KEPALA" }),
        ("facility", "RS"),
    ] {
        typed.set(name, value);
    }
    let basics = typed.claim(desk.today(), &desk.next_claim_no()).expect("the claim can be read");
    let new = NewClaim { basics, numbering: typed.numbering(), restores: None, despite_duplicate: None };
    desk.register(&desk.new_key(), &new).expect("the claim is new");
    let outcome = if number.is_multiple_of(3) { Outcome::Sembuh } else { Outcome::Berobat };
    step(desk, &claim_no, ClaimCommand::SetOutcome { outcome, date: date(2026, 10, 5) });
    step(desk, &claim_no, ClaimCommand::File { date: date(2026, 10, 5) });
    let received = date(2026, 10, 5);
    for kind in [DocumentKind::Kk1, DocumentKind::Kk2, DocumentKind::IdCard] {
        let archive = evil.typed("Rak");
        step(desk, &claim_no, ClaimCommand::ReceiveDocument { kind, received, archive });
    }
    let (mark, note) = (ReviewMark::Question, evil.typed("Tanya"));
    step(desk, &claim_no, ClaimCommand::Review { mark, note });
    let line = NewLine {
        component: Component::Medical,
        span: None,
        payee: Payee {
            kind: PayeeKind::Facility,
            name: evil.typed("RS"),
            bank: evil.typed("BRI"),
            account: AccountNo::parse(&format!("00998877{number:02}")).ok(),
            tax_number: None,
        },
        receipt: evil.typed("Kuitansi"),
        asked: Rupiah::new(1_250_000),
    };
    step(desk, &claim_no, ClaimCommand::AddLine(Box::new(line)));
    beyond_commands(desk, &claim_no, evil);
    let (amount, number) = (Rupiah::new(1_250_000), evil.typed("Surat"));
    let date = date(2026, 10, 12);
    step(desk, &claim_no, ClaimCommand::Determine { line: LineNo::new(1), amount, date, number });
}

/// What no command takes can stand in a store all the same: it was written by an older program, or by another one.
fn beyond_commands(desk: &Desk, claim_no: &str, evil: &mut Evil) {
    let claim = desk.find_claim(claim_no).expect("the claim is there");
    let mut basics = claim.basics.clone();
    basics.worker.name = evil.next("Budi");
    basics.company.as_mut().expect("an employer").name = evil.next("PT");
    basics.facility = evil.next("RS");
    basics.notes = evil.next("Catatan");
    let mut line = claim.lines[0].clone();
    line.payee.name = evil.next("RS");
    line.payee.bank = evil.next("BRI");
    line.receipt = evil.next("Kuitansi");
    put(
        desk,
        vec![
            Event::Claim(claim.id, ClaimEvent::Amended { basics: Box::new(basics), booked: None }),
            Event::Claim(claim.id, ClaimEvent::LineAmended { line: Box::new(line), booked: None }),
        ],
    );
}

/// Writes events as they are.
fn put(desk: &Desk, events: Vec<Event>) {
    let now = desk.clock().moment(Zone::Wib);
    let actor = santun::desk::current_actor();
    let committed = desk.store().commit(&desk.new_key(), &actor, now, |_| Ok::<_, Refusal>(events));
    committed.expect("events are taken in");
}

fn step(desk: &Desk, claim_no: &str, command: ClaimCommand) {
    let id = desk.find_claim(claim_no).expect("the claim is there").id;
    desk.claim(&desk.new_key(), id, None, &command)
        .unwrap_or_else(|error| panic!("{claim_no} {command:?}: {error}"));
}

/// Three vouchers: void, paid and returned, still to pay. The other lines wait.
fn vouchers(desk: &Desk, evil: &mut Evil) {
    for number in 0..3 {
        let claim = desk.find_claim(&format!("K26-{:06}", 100 + number)).expect("the claim is there");
        let wish = RaiseVoucher {
            kind: VoucherKind::Issued,
            code: String::new(),
            date: date(2026, 10, 20),
            lines: vec![SeenLine::of(&claim, &claim.lines[0])],
            pph: Rupiah::ZERO,
            rounding: Rupiah::ZERO,
            description: evil.typed("Untuk"),
        };
        let id = desk.raise(&desk.new_key(), &wish).expect("the line waits").id;
        let date = date(2026, 10, 21);
        let commands = match number {
            0 => vec![VoucherCommand::Void { date, reason: evil.typed("Salah") }],
            1 => vec![
                VoucherCommand::Pay { date, amount: Rupiah::new(1_250_000), reference: evil.typed("TRF") },
                VoucherCommand::ReturnPayment {
                    payment: santun::domain::PaymentNo::new(1),
                    date,
                    reason: evil.typed("Tutup"),
                },
            ],
            _ => Vec::new(),
        };
        for command in commands {
            let voucher = desk.store().view().voucher(id).expect("it is read").expect("it is there");
            let key: IdempotencyKey = desk.new_key();
            desk.voucher(&key, id, SeenVoucher::of(&voucher), &command)
                .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        }
    }
}

/// Nobody's draft is offered to the next clerk.
pub fn without_drafts(folder: &Path) {
    let _ = std::fs::remove_dir_all(folder.join("store/drafts"));
}

/// Fails unless the bytes are printable text and sequences of the frame writer.
#[track_caller]
fn assert_ours(what: &str, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{what}: {error}"));
    let mut rest = text;
    while let Some(at) = rest.find('\x1b') {
        assert_printable(what, &rest[..at]);
        let sequence = &rest[at..];
        let is_body = |c: char| c.is_ascii_digit() || matches!(c, ';' | '?');
        let body = sequence.strip_prefix("\x1b[").unwrap_or_else(|| panic!("{what}: {sequence:.12?}"));
        let end = body.find(|c| !is_body(c)).unwrap_or_else(|| panic!("{what}: {sequence:.12?}"));
        let (numbers, last) = (&body[..end], body[end..].chars().next());
        let is_ours = match last {
            Some('m' | 'H') => !numbers.contains('?'),
            Some('C' | 'X') => numbers.chars().all(|c| c.is_ascii_digit()),
            Some('K') => numbers.is_empty(),
            Some('J') => numbers == "2",
            Some('h' | 'l') => matches!(numbers, "?2026" | "?25"),
            _ => false,
        };
        assert!(is_ours, "{what}: {:?}", &body[..end + last.map_or(0, char::len_utf8)]);
        rest = &body[end + 1..];
    }
    assert_printable(what, rest);
}

/// Fails at a character that steers, turns or hides, and at a tower of accents.
#[track_caller]
fn assert_printable(what: &str, text: &str) {
    let mut n_combining = 0;
    for character in text.chars() {
        let is_hidden = matches!(u32::from(character),
            0xad | 0x34f | 0x61c | 0x180e | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f
            | 0xfe00..=0xfe0f | 0xfeff | 0xfff9..=0xfffb | 0xe0000..=0xe0fff);
        assert!(!character.is_control() && !is_hidden, "{what}: {character:?} in {text:?}");
        let is_combining = matches!(u32::from(character), 0x300..=0x36f | 0x20d0..=0x20ff);
        n_combining = if is_combining { n_combining + 1 } else { 0 };
        assert!(n_combining <= 4, "{what}: a tower in {text:?}");
    }
}

#[test]
fn the_eye_for_hostile_bytes_sees_them() {
    assert_ours(
        "ours",
        "\x1b[?2026h\x1b[0m\x1b[?25l\x1b[2J\x1b[1;2H\x1b[1;31mé漢\x1b[3C\x1b[K\x1b[12X\x1b[?2026l".as_bytes(),
    );
    for hostile in corpus() {
        let seen = std::panic::catch_unwind(|| assert_ours("planted", hostile.as_bytes()));
        assert!(seen.is_err(), "{hostile:?} was let through");
    }
}

#[test]
fn only_printable_text_and_our_own_sequences_reach_the_terminal() {
    let folder = store();
    for (name, keys) in PLACES {
        for (lang, size) in [(Lang::Id, (80, 24)), (Lang::En, (200, 50))] {
            without_drafts(folder.path());
            let mut clerk = RealClerk::with(folder.path(), lang, size);
            let mut bytes = Vec::new();
            let mut writer = FrameWriter::new(&mut bytes);
            let (frame, cursor) = clerk.buffer();
            writer.show(&frame, cursor).expect("memory takes all");
            clerk.press(keys);
            let (frame, cursor) = clerk.buffer();
            writer.show(&frame, cursor).expect("memory takes all");
            assert_ours(name, &bytes);
        }
    }
}

#[test]
fn commands_print_it_harmlessly() {
    let folder = store();
    let store = folder.path().join("store");
    let frozen = Frozen::new().with("SANTUN_STORE", &store.to_string_lossy());
    let no_such = folder.path().join("\x1b[2J\u{202e}.csv");
    std::fs::write(&no_such, "bukan,\x1b[2J,klaim\n1,2,3\n").expect("a file");
    let no_such = no_such.to_string_lossy().into_owned();
    let commands: [&[&str]; 12] = [
        &["claims"],
        &["claims", "--unmask"],
        &["claim", "show", "K26-000100"],
        &["claim", "show", "K26-000101"],
        &["today"],
        &["voucher", "list"],
        &["report", "2026-10"],
        &["rank", "companies"],
        &["log"],
        &["import", &no_such],
        &["inspect", &no_such],
        &["claim", "show", "\x1b[2J"],
    ];
    for (command, lang) in commands.into_iter().flat_map(|command| [(command, "id"), (command, "en")]) {
        let output = frozen.run(&[&["--lang", lang], command].concat());
        for (name, text) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            text.lines().for_each(|line| assert_printable(&format!("{command:?} {name}"), line));
        }
        assert!(!(output.stdout.is_empty() && output.stderr.is_empty()), "{command:?} says something");
    }
}
