//! The money hangs together to the rupiah.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use santun::domain::voucher::{CodeParts, CodeTemplate, check_holds};
use santun::domain::{
    Component, Outcome, Payee, PayeeKind, PaymentState, Period, ProcessState, Programme, Rupiah, VoucherKind,
    VoucherState,
};
use santun::sample::{OFFICE, VoucherRow};

use super::{Rows, both};

fn live(rows: &Rows) -> impl Iterator<Item = &VoucherRow> {
    rows.vouchers.iter().filter(|voucher| voucher.status.is_live())
}

#[test]
fn gross_is_the_sum_of_the_lines_and_net_follows() {
    for branch in both() {
        let mut sums: BTreeMap<&str, (Rupiah, &str, PayeeKind)> = BTreeMap::new();
        for line in &branch.rows.benefits {
            let Some(code) = &line.voucher else { continue };
            let (amount, _) = line.determined.expect("only determined lines are on vouchers");
            let entry =
                sums.entry(code.as_str()).or_insert((Rupiah::ZERO, line.account.as_str(), line.payee_kind));
            entry.0 += amount;
            assert_eq!((entry.1, entry.2), (line.account.as_str(), line.payee_kind), "one payee on {code}");
        }
        let mut n_live = 0;
        for voucher in live(&branch.rows) {
            n_live += 1;
            let (gross, account, kind) = sums[voucher.code.as_str()];
            assert_eq!((voucher.gross, voucher.account.as_str(), voucher.payee_kind), (gross, account, kind));
            assert_eq!(voucher.net, voucher.gross - voucher.pph + voucher.rounding, "{}", voucher.code);
        }
        assert_eq!(n_live, sums.len(), "no line is on a void or unknown voucher");
    }
}

#[test]
fn payments_are_the_net_of_paid_vouchers_and_of_no_other() {
    for branch in both() {
        let mut arrived: BTreeMap<&str, Rupiah> = BTreeMap::new();
        let mut returns = 0;
        for payment in &branch.rows.payments {
            let sum = arrived.entry(payment.voucher.as_str()).or_default();
            match payment.status {
                PaymentState::Paid => *sum += payment.amount,
                PaymentState::Returned => returns += 1,
            }
            assert_eq!(payment.returned_date.is_some(), payment.status == PaymentState::Returned);
        }
        assert!(returns > 10, "some transfers come back");
        for voucher in &branch.rows.vouchers {
            let sum = arrived.remove(voucher.code.as_str()).unwrap_or_default();
            match voucher.status {
                VoucherState::Paid => assert_eq!(sum, voucher.net, "{}", voucher.code),
                VoucherState::Void => assert_eq!(sum, Rupiah::ZERO, "{}", voucher.code),
                _ => assert!(sum < voucher.net, "{}", voucher.code),
            }
        }
        assert!(arrived.is_empty(), "payments without a voucher: {arrived:?}");
    }
}

#[test]
fn a_returned_transfer_is_sent_again_or_still_owed() {
    for branch in both() {
        let owed: BTreeSet<&str> = branch
            .rows
            .vouchers
            .iter()
            .filter(|voucher| voucher.status == VoucherState::Returned)
            .map(|voucher| voucher.code.as_str())
            .collect();
        for (place, payment) in branch.rows.payments.iter().enumerate() {
            if payment.status == PaymentState::Paid {
                continue;
            }
            let again = branch.rows.payments.get(place + 1).filter(|next| next.voucher == payment.voucher);
            match again {
                Some(again) => {
                    assert!(Some(again.date) > payment.returned_date && again.amount == payment.amount)
                }
                None => assert!(owed.contains(payment.voucher.as_str()), "{}", payment.voucher),
            }
        }
    }
}

#[test]
fn issued_codes_are_ours_without_a_gap_and_in_the_order_of_dates() {
    let template = CodeTemplate::parse(CodeTemplate::DEFAULT).expect("the default");
    let payee = Payee {
        kind: PayeeKind::Company,
        name: String::new(),
        bank: String::new(),
        account: None,
        tax_number: None,
    };
    for branch in both() {
        let mut series: BTreeMap<(Programme, Period), Vec<&VoucherRow>> = BTreeMap::new();
        for voucher in branch.rows.vouchers.iter().filter(|voucher| voucher.kind == VoucherKind::Issued) {
            assert!(check_holds(voucher.code.as_str()), "{}", voucher.code);
            series.entry((voucher.programme, Period::of(voucher.date))).or_default().push(voucher);
        }
        for ((programme, posted), vouchers) in series {
            let mut last = date(2000, 1, 1);
            for (place, voucher) in vouchers.iter().enumerate() {
                let parts =
                    CodeParts { programme, office: OFFICE, posted, date: voucher.date, payee: &payee };
                let number = template.number_in(&parts, &voucher.code);
                assert_eq!(number, u32::try_from(place + 1).ok(), "{}", voucher.code);
                assert!(voucher.date >= last, "{} goes back", voucher.code);
                last = voucher.date;
            }
        }
    }
}

#[test]
fn codes_are_unique_and_older_years_have_recorded_ones() {
    for branch in both() {
        let mut seen = BTreeSet::new();
        for voucher in &branch.rows.vouchers {
            assert!(seen.insert(voucher.code.normalised()), "{} twice", voucher.code);
            let recorded = voucher.kind == VoucherKind::Recorded;
            assert_eq!(recorded, voucher.date < date(2024, 11, 1), "{}", voucher.code);
            let code = voucher.code.as_str();
            let old_style = code.len() == 10 && code[2..].bytes().all(|byte| byte.is_ascii_digit());
            assert_eq!(recorded, old_style, "{code}");
        }
        assert!(branch.rows.vouchers.iter().any(|voucher| voucher.kind == VoucherKind::Recorded));
    }
}

#[test]
fn voids_keep_their_number_and_say_why_and_what_they_held() {
    for branch in both() {
        let lines: BTreeMap<String, Rupiah> = branch
            .rows
            .benefits
            .iter()
            .filter_map(|line| Some((format!("{}#{}", line.claim_no, line.line), line.determined?.0)))
            .collect();
        let voids: Vec<_> =
            branch.rows.vouchers.iter().filter(|voucher| voucher.status == VoucherState::Void).collect();
        assert!(!voids.is_empty());
        for voucher in voids {
            assert!(voucher.void_date.expect("voided on a day") >= voucher.date);
            assert!(!voucher.void_reason.is_empty());
            let held: Rupiah = voucher.void_lines.split(' ').map(|line| lines[line]).sum();
            assert_eq!(held, voucher.gross, "{}", voucher.code);
        }
    }
}

#[test]
fn a_hospital_is_paid_for_many_claims_at_once() {
    for branch in both() {
        let mut claims: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for line in branch.rows.benefits.iter().filter(|line| line.payee_kind == PayeeKind::Facility) {
            if let Some(code) = &line.voucher {
                claims.entry(code.as_str()).or_default().insert(line.claim_no.as_str());
            }
        }
        let most = claims.values().map(BTreeSet::len).max().expect("hospitals are paid");
        assert!(most >= 20, "{most}");
    }
}

#[test]
fn a_case_is_closed_exactly_when_its_outcome_is_final_and_nothing_waits() {
    for branch in both() {
        let paid: BTreeSet<&str> = branch
            .rows
            .vouchers
            .iter()
            .filter(|voucher| voucher.status == VoucherState::Paid)
            .map(|voucher| voucher.code.as_str())
            .collect();
        let mut settled: BTreeMap<&str, bool> = BTreeMap::new();
        for line in &branch.rows.benefits {
            let is_paid = line.voucher.as_ref().is_some_and(|code| paid.contains(code.as_str()));
            *settled.entry(line.claim_no.as_str()).or_insert(true) &= is_paid;
        }
        for claim in &branch.rows.claims {
            if matches!(claim.status, ProcessState::Rejected | ProcessState::Cancelled) {
                assert!(claim.close_reason.is_some() && settled.get(claim.claim_no.as_str()) != Some(&true));
                continue;
            }
            let is_final = claim.programme != Programme::Jkk || claim.outcome.is_some_and(Outcome::is_final);
            let over = is_final && settled.get(claim.claim_no.as_str()) == Some(&true);
            assert_eq!(claim.status == ProcessState::Closed, over, "{}", claim.claim_no);
            assert_eq!(claim.closed_as.is_some(), over, "{}", claim.claim_no);
        }
    }
}

#[test]
fn stmb_follows_the_wage_and_goes_to_the_employer_who_kept_paying() {
    for branch in both() {
        let claims: BTreeMap<&str, _> =
            branch.rows.claims.iter().map(|claim| (claim.claim_no.as_str(), claim)).collect();
        let mut n_long = 0;
        for line in branch.rows.benefits.iter().filter(|line| line.component == Component::Stmb) {
            let claim = claims[line.claim_no.as_str()];
            let month = match claim.wage_unit.code() {
                "HARI" => claim.wage.get() * 25,
                _ => claim.wage.get(),
            };
            let (from, to) = line.span.expect("STMB has days");
            let day = |date: jiff::civil::Date| i64::from((date - claim.event_date).get_days());
            // Sixtieths of a month: two for a day of the first 360, one for a day after them.
            let parts: i64 = (day(from)..=day(to)).map(|day| if day <= 360 { 2 } else { 1 }).sum();
            n_long += usize::from(day(to) > 360);
            if let Some((amount, _)) = line.determined {
                assert_eq!(amount.get(), (month * parts + 30) / 60, "{} {}", line.claim_no, line.line);
            }
            let wanted = if claim.npp.is_some() { PayeeKind::Company } else { PayeeKind::Participant };
            assert_eq!(line.payee_kind, wanted);
        }
        assert!(n_long > 5, "some are past twelve months: {n_long}");
    }
}

#[test]
fn deaths_go_to_the_heirs_and_disabilities_to_the_worker() {
    for branch in both() {
        for line in &branch.rows.benefits {
            let wanted = match line.component {
                Component::Death | Component::Funeral | Component::Scholarship => PayeeKind::Heir,
                Component::PartialAnatomical | Component::PartialFunctional | Component::TotalDisability => {
                    PayeeKind::Participant
                }
                _ => continue,
            };
            assert_eq!(line.payee_kind, wanted, "{} {}", line.claim_no, line.line);
        }
    }
}
