//! Postings from a text table: one line a posting, `month date kind key=value…`.
//!
//! Keys: `c` claim, `l` line, `v` voucher, `p` payment, `rp`, `pph`, `rounding`, `net` (as computed unless said), `clock` (`late:3`, `intime`, `unknown`),
//! `history`, `prog`, `seg`, `place`, `comp`, `out`, `event`, `no`, `code`, `npp`, `firm`, `rs`, `payee`. Underscores in
//! names are blanks. Claim 1 is printed K-1 and voucher 1 V-1 unless `no` and `code` say otherwise.

use jiff::civil::Date;
use santun::domain::clock::ClockMark;
use santun::domain::code::{Component, Origin, Outcome, Place, Programme, Segment};
use santun::domain::id::{ClaimId, LineNo, PaymentNo, VoucherId};
use santun::domain::office::Office;
use santun::domain::posting::{Dimensions, Posting, PostingKind};
use santun::domain::{Period, Rupiah};
use santun::report::section::kind_code;
use santun::report::{MonthlyBuilder, MonthlyReport};

/// The postings of a table.
pub fn postings(table: &str) -> Vec<Posting> {
    let lines = table.lines().map(|line| line.split('#').next().unwrap_or("").trim());
    lines.filter(|line| !line.is_empty()).map(posting).collect()
}

/// A report of the postings as of the 30th.
pub fn report(period: &str, postings: &[Posting]) -> MonthlyReport {
    let period: Period = period.parse().unwrap();
    let mut builder = MonthlyBuilder::new(&office(), period, jiff::civil::date(2026, 10, 30));
    postings.iter().for_each(|posting| builder.add(posting));
    builder.finish()
}

/// An office whose books are open from October 2026.
pub fn office() -> Office {
    let mut office = Office::new("J03", "Contoh Selatan", "2026-10".parse().unwrap()).unwrap();
    office.signers.prepared = "Rina".to_owned();
    office.signers.approved = "Pak Budi".to_owned();
    office
}

fn posting(line: &str) -> Posting {
    let mut words = line.split_whitespace();
    let mut next = || words.next().unwrap_or_else(|| panic!("too short: {line}"));
    let month: Period = next().parse().unwrap_or_else(|_| panic!("month: {line}"));
    let date: Date = next().parse().unwrap_or_else(|_| panic!("date: {line}"));
    let kind = next();
    let kind = PostingKind::ALL.iter().copied().find(|known| kind_code(*known) == kind);
    let mut posting = Posting {
        kind: kind.unwrap_or_else(|| panic!("kind: {line}")),
        month,
        date,
        claim: None,
        line: None,
        voucher: None,
        payment: None,
        amount: Rupiah::ZERO,
        pph: Rupiah::ZERO,
        rounding: Rupiah::ZERO,
        net: Rupiah::ZERO,
        clock: ClockMark::None,
        origin: Origin::Desk,
        by: dimensions(),
    };
    words.clone().for_each(|word| set(&mut posting, word));
    if posting.kind == PostingKind::VoucherRaised && !words.any(|word| word.starts_with("net=")) {
        posting.net = posting.amount - posting.pph + posting.rounding;
    }
    let by = &mut posting.by;
    if let (Some(claim), true) = (posting.claim, by.claim_no.is_empty()) {
        by.claim_no = format!("K-{claim}").into();
    }
    if let (Some(voucher), true) = (posting.voucher, by.code.is_empty()) {
        by.code = format!("V-{voucher}").into();
    }
    posting
}

fn dimensions() -> Dimensions {
    Dimensions {
        programme: Programme::Jkk,
        segment: None,
        component: None,
        place: None,
        outcome: None,
        event_date: None,
        claim_no: "".into(),
        code: "".into(),
        npp: "".into(),
        company: "".into(),
        facility: "".into(),
        payee: "".into(),
        payee_kind: None,
    }
}

fn set(posting: &mut Posting, word: &str) {
    let (key, value) = word.split_once('=').unwrap_or((word, ""));
    let rupiah = || Rupiah::new(value.replace('.', "").parse().unwrap());
    let number = || value.parse::<u64>().unwrap();
    let small = || value.parse::<u16>().unwrap();
    let text = || value.replace('_', " ").into();
    let by = &mut posting.by;
    match key {
        "c" => posting.claim = Some(ClaimId::new(number())),
        "l" => posting.line = Some(LineNo::new(small())),
        "v" => posting.voucher = Some(VoucherId::new(number())),
        "p" => posting.payment = Some(PaymentNo::new(small())),
        "rp" => posting.amount = rupiah(),
        "pph" => posting.pph = rupiah(),
        "rounding" => posting.rounding = rupiah(),
        "net" => posting.net = rupiah(),
        "clock" => posting.clock = clock(value),
        "history" => posting.origin = Origin::History,
        "prog" => by.programme = Programme::parse(value).unwrap(),
        "seg" => by.segment = Some(Segment::parse(value).unwrap()),
        "place" => by.place = Some(Place::parse(value).unwrap()),
        "comp" => by.component = Some(Component::parse(value).unwrap()),
        "out" => by.outcome = Some(Outcome::parse(value).unwrap()),
        "event" => by.event_date = Some(value.parse().unwrap()),
        "no" => by.claim_no = value.into(),
        "code" => by.code = value.into(),
        "npp" => by.npp = value.into(),
        "firm" => by.company = text(),
        "rs" => by.facility = text(),
        "payee" => by.payee = text(),
        _ => panic!("key: {word}"),
    }
}

fn clock(value: &str) -> ClockMark {
    match value.split_once(':') {
        Some(("late", days)) => ClockMark::Late(days.parse().unwrap()),
        None if value == "intime" => ClockMark::InTime,
        None if value == "unknown" => ClockMark::CannotTell,
        _ => panic!("clock: {value}"),
    }
}
