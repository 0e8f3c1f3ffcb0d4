//! What a desk does to one case, as text: `file 09-10, line 100, determine 1 09-15`. Days are of 2026; vouchers and
//! transfers are named by their numbers.

use jiff::civil::Date;
use santun::domain::{
    ClaimCommand, ClaimId, CloseReason, Component, DocumentKind, LineNo, Outcome, PaymentNo, Refusal, Rupiah,
    VoucherCommand, VoucherId, document,
};

use super::fixtures::{Desk, TODAY, basics, line};

fn day(text: &str) -> Date {
    format!("2026-{text}").parse().unwrap_or_else(|_| panic!("{text} is no day"))
}

fn number(text: &str) -> u16 {
    text.parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

fn rupiah(text: &str) -> Rupiah {
    Rupiah::new(i64::from(number(text)))
}

fn voucher_of(text: &str) -> VoucherId {
    VoucherId::new(u64::from(number(text)))
}

/// One step.
pub fn step(desk: &mut Desk, id: ClaimId, text: &str) -> Result<(), Refusal> {
    let words: Vec<&str> = text.split(' ').collect();
    if let Some((voucher, command)) = voucher_step(desk, &words) {
        return desk.voucher(voucher, &command);
    }
    let line_of = |asked: &str| Box::new(line(Component::Transport, rupiah(asked).get()));
    let command = match *words {
        ["file", on] => ClaimCommand::File { date: day(on) },
        ["return", on] => ClaimCommand::Return { date: day(on), note: "kurang".to_owned() },
        ["complete", on] => ClaimCommand::Complete { date: day(on) },
        ["line", asked] => ClaimCommand::AddLine(line_of(asked)),
        ["asks", no, asked] => ClaimCommand::AmendLine { line: LineNo::new(number(no)), new: line_of(asked) },
        ["paper", kind, on] => ClaimCommand::ReceiveDocument {
            kind: DocumentKind::parse(kind).expect("a paper"),
            received: day(on),
            archive: String::new(),
        },
        ["papers", on] => {
            for kind in document::required(&desk.claims[&id]) {
                step(desk, id, &format!("paper {} {on}", kind.code()))?;
            }
            return Ok(());
        }
        ["untick", kind] => {
            ClaimCommand::RemoveDocument { kind: DocumentKind::parse(kind).expect("a paper") }
        }
        ["determine", no, on] => return step(desk, id, &format!("determine {no} 100 {on}")),
        ["determine", no, amount, on] => ClaimCommand::Determine {
            line: LineNo::new(number(no)),
            amount: rupiah(amount),
            date: day(on),
            number: String::new(),
        },
        ["outcome", outcome, on] => {
            ClaimCommand::SetOutcome { outcome: Outcome::parse(outcome).expect("an outcome"), date: day(on) }
        }
        ["close", on] => ClaimCommand::Close { date: day(on), note: "tanpa tagihan".to_owned() },
        ["reject", on] => {
            ClaimCommand::Reject { date: day(on), reason: CloseReason::NotWorkRelated, note: String::new() }
        }
        ["voucher", no, on] => return desk.raise(&[(id, LineNo::new(number(no)))], 0, day(on)).map(|_| ()),
        _ => panic!("{text} is no step"),
    };
    desk.claim(id, &command)
}

fn voucher_step(desk: &Desk, words: &[&str]) -> Option<(VoucherId, VoucherCommand)> {
    let reference = String::new();
    Some(match *words {
        ["pay", no, on] => {
            let amount = desk.vouchers[&voucher_of(no)].unpaid();
            (voucher_of(no), VoucherCommand::Pay { date: day(on), amount, reference })
        }
        ["part", no, amount, on] => {
            (voucher_of(no), VoucherCommand::Pay { date: day(on), amount: rupiah(amount), reference })
        }
        ["back", no, payment, on] => {
            let payment = PaymentNo::new(number(payment));
            let reason = "rekening tutup".to_owned();
            (voucher_of(no), VoucherCommand::ReturnPayment { payment, date: day(on), reason })
        }
        ["void", no, on] => {
            (voucher_of(no), VoucherCommand::Void { date: day(on), reason: "salah penerima".to_owned() })
        }
        _ => return None,
    })
}

/// A work accident of 1 September that was reported, after these steps.
pub fn after(steps: &str) -> (Desk, ClaimId) {
    after_on(TODAY, steps)
}

/// The same at a desk whose day this is.
pub fn after_on(today: Date, steps: &str) -> (Desk, ClaimId) {
    let mut desk = Desk { today, ..Desk::new() };
    let id = desk.register(basics()).expect("registered");
    for text in steps.split(", ") {
        step(&mut desk, id, text).unwrap_or_else(|refusal| panic!("{steps}: {text}: {refusal}"));
    }
    (desk, id)
}
