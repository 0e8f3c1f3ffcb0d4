//! Papers come in their order, and none from after today.

use std::collections::BTreeMap;

use jiff::civil::Date;
use santun::domain::Programme;
use santun::sample::TODAY;

use super::both;

/// Known dates never go back.
fn in_order(what: &str, dates: &[Option<Date>]) {
    let known: Vec<Date> = dates.iter().copied().flatten().collect();
    assert!(known.is_sorted(), "{what}: {dates:?}");
    assert!(known.iter().all(|date| *date <= TODAY), "{what}: after today: {dates:?}");
}

#[test]
fn a_claim_has_its_papers_in_order() {
    for branch in both() {
        for claim in &branch.rows.claims {
            let no = claim.claim_no.as_str();
            let papers = [
                Some(claim.birth_date),
                Some(claim.event_date),
                claim.reported_date,
                claim.filed_date,
                claim.complete_date,
            ];
            in_order(no, &papers);
            in_order(no, &[Some(claim.event_date), claim.outcome_date, claim.closed_date]);
            in_order(no, &[claim.complete_date.or(claim.filed_date), claim.closed_date]);
            in_order(no, &[claim.reported_date.or(claim.filed_date), Some(claim.registered_date)]);
            in_order(no, &[Some(claim.registered_date), claim.closed_date]);
            assert_eq!(claim.reported_date.is_some(), claim.programme == Programme::Jkk, "{no}");
            assert_eq!(claim.closed_date.is_some(), claim.closed_as.is_some(), "{no}");
            if claim.reported_date == Some(claim.event_date) {
                let hours = (claim.event_time, claim.reported_time);
                assert!(!matches!(hours, (Some(event), Some(reported)) if reported < event), "{no}");
            }
        }
    }
}

#[test]
fn money_moves_after_its_papers() {
    for branch in both() {
        let rows = &branch.rows;
        let claims: BTreeMap<&str, _> =
            rows.claims.iter().map(|claim| (claim.claim_no.as_str(), claim)).collect();
        let vouchers: BTreeMap<&str, _> =
            rows.vouchers.iter().map(|voucher| (voucher.code.as_str(), voucher)).collect();
        let mut paid: BTreeMap<&str, Vec<Date>> = BTreeMap::new();
        for payment in &rows.payments {
            in_order(&payment.reference, &[Some(payment.date), payment.returned_date]);
            paid.entry(payment.voucher.as_str()).or_default().push(payment.date);
        }
        for line in &rows.benefits {
            let claim = claims[line.claim_no.as_str()];
            let what = format!("{} {}", line.claim_no, line.line);
            let determined = line.determined.map(|determined| determined.1);
            let voucher = line.voucher.as_ref().map(|code| vouchers[code.as_str()]);
            let mut dates = vec![claim.filed_date, claim.complete_date, determined];
            dates.push(voucher.map(|voucher| voucher.date));
            let transfers = voucher.and_then(|voucher| paid.get(voucher.code.as_str()));
            dates.extend(transfers.into_iter().flatten().map(|date| Some(*date)));
            if determined.is_some() {
                in_order(&what, &dates);
                dates.push(claim.closed_date);
                in_order(&what, &dates);
                in_order(&what, &[Some(line.filed_date), line.complete_date, determined]);
            }
            let span = line.span.map_or([None, None], |(from, to)| [Some(from), Some(to)]);
            in_order(&what, &[Some(claim.event_date), span[0], span[1], determined]);
        }
    }
}

#[test]
fn stmb_instalments_follow_each_other_without_overlap() {
    for branch in both() {
        let mut last: BTreeMap<&str, Date> = BTreeMap::new();
        let mut n_further = 0;
        for line in branch.rows.benefits.iter().filter(|line| line.component.code() == "STMB") {
            let (from, to) = line.span.expect("STMB has days");
            if let Some(end) = last.insert(line.claim_no.as_str(), to) {
                n_further += 1;
                assert_eq!(Some(from), end.tomorrow().ok(), "{} {}", line.claim_no, line.line);
            }
        }
        assert!(n_further > 50, "{n_further}");
    }
}

#[test]
fn most_payments_keep_seven_working_days_and_some_do_not() {
    for branch in both() {
        let mut paid: BTreeMap<&str, Date> = BTreeMap::new();
        for payment in &branch.rows.payments {
            paid.insert(payment.voucher.as_str(), payment.date);
        }
        let none = santun::base::calendar::Holidays::default();
        let (mut in_time, mut late) = (0, 0);
        for line in &branch.rows.benefits {
            let Some(date) = line.voucher.as_ref().and_then(|code| paid.get(code.as_str())) else { continue };
            let complete = line.complete_date.expect("paid on a complete bundle");
            match santun::base::calendar::working_days_between(complete, *date, &none) {
                0..=7 => in_time += 1,
                _ => late += 1,
            }
        }
        assert!(in_time > 8 * late && late > in_time / 50, "{in_time} in time, {late} late");
    }
}

#[test]
fn some_bundles_are_incomplete_and_some_entries_late() {
    for branch in both() {
        let open = |claim: &&santun::sample::ClaimRow| claim.closed_date.is_none();
        let claims = branch.rows.claims.iter();
        let incomplete =
            claims.filter(open).filter(|claim| claim.filed_date.is_some() && claim.complete_date.is_none());
        assert!(incomplete.count() > 10);
        let late = branch.rows.claims.iter().filter(|claim| {
            let paper = claim.reported_date.or(claim.filed_date).expect("one of them");
            (claim.registered_date - paper).get_days() > 14
        });
        assert!(late.count() > 10);
    }
}
