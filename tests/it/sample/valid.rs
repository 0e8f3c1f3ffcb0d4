//! Every row passes the domain's own constructors, and numbers belong to one person, company or payee.

use std::collections::BTreeMap;

use santun::domain::{BodyPart, CaseKind, Identity, Programme, Segment};
use santun::sample::ClaimRow;

use super::both;

#[test]
fn identity_numbers_say_the_birth_date_and_the_sex() {
    for branch in both() {
        let mut missing = 0;
        for claim in &branch.rows.claims {
            let again = Identity::parse(claim.identity.kind(), claim.identity.number());
            assert_eq!(again.as_ref(), Ok(&claim.identity));
            match &claim.identity {
                Identity::Nik(nik) => {
                    assert!(
                        nik.agrees_with(claim.birth_date) && nik.sex() == claim.sex,
                        "{}",
                        claim.claim_no
                    );
                }
                Identity::Passport(_) => assert_eq!(claim.segment, Segment::Pmi),
                Identity::Other(_) => {}
                Identity::Missing => missing += 1,
            }
            assert!(!claim.kpj.has_letters());
            let age = (claim.event_date - claim.birth_date).get_days() / 365;
            assert!((17..=66).contains(&age), "{} is {age}", claim.claim_no);
        }
        assert!(missing > 5, "some have no number");
    }
}

/// Fails when one key stands for two things.
fn one_for_one<'a>(what: &str, pairs: impl Iterator<Item = (&'a str, String)>) {
    let mut seen: BTreeMap<&str, String> = BTreeMap::new();
    for (key, thing) in pairs {
        let first = seen.entry(key).or_insert_with(|| thing.clone());
        assert_eq!(*first, thing, "{what} {key}");
    }
}

#[test]
fn numbers_are_nobody_elses() {
    for branch in both() {
        let rows = &branch.rows;
        let person = |claim: &ClaimRow| format!("{} {} {}", claim.worker, claim.birth_date, claim.kpj);
        one_for_one(
            "NIK",
            rows.claims
                .iter()
                .filter(|claim| claim.identity != Identity::Missing)
                .map(|claim| (claim.identity.number(), person(claim))),
        );
        one_for_one("KPJ", rows.claims.iter().map(|claim| (claim.kpj.as_str(), person(claim))));
        one_for_one(
            "account",
            rows.benefits
                .iter()
                .map(|line| (line.account.as_str(), format!("{} {}", line.payee_kind, line.payee))),
        );
        one_for_one(
            "company name",
            rows.companies.iter().map(|row| (row.company.as_str(), row.npp.to_string())),
        );
        one_for_one(
            "facility name",
            rows.facilities.iter().map(|row| (row.facility.as_str(), row.account.to_string())),
        );
        let mut numbers: Vec<String> = rows.claims.iter().map(|claim| claim.claim_no.normalised()).collect();
        let all = numbers.len();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), all, "claim numbers are unique");
    }
}

#[test]
fn diagnoses_fit_the_body_part() {
    // First characters of the injuries of each part in ICD-10.
    let chapters: &[(BodyPart, &[&str])] = &[
        (BodyPart::Head, &["S0"]),
        (BodyPart::Eye, &["S05", "T15"]),
        (BodyPart::Ear, &["S0", "T16", "H83"]),
        (BodyPart::Trunk, &["S2", "S3", "M54"]),
        (BodyPart::Arm, &["S4", "S5"]),
        (BodyPart::Hand, &["S6", "L23"]),
        (BodyPart::Finger, &["S6"]),
        (BodyPart::Thigh, &["S7"]),
        (BodyPart::Leg, &["S8", "S9"]),
        (BodyPart::Toe, &["S9"]),
        (BodyPart::Organ, &["S2", "S3", "J"]),
    ];
    for branch in both() {
        let mut kinds: BTreeMap<CaseKind, usize> = BTreeMap::new();
        for claim in branch.rows.claims.iter().filter(|claim| claim.programme == Programme::Jkk) {
            let (part, icd10) =
                (claim.body_part.expect("JKK has one"), claim.icd10.as_ref().expect("JKK has one"));
            let heads = chapters.iter().find(|(of, _)| *of == part).expect("every part is listed").1;
            assert!(heads.iter().any(|head| icd10.as_str().starts_with(head)), "{part}: {icd10}");
            let kind = claim.case_kind.expect("JKK has one");
            let is_injury = icd10.as_str().starts_with(['S', 'T', 'V', 'W', 'X', 'Y']);
            assert_eq!(is_injury, kind == CaseKind::Kk, "{icd10}");
            *kinds.entry(kind).or_default() += 1;
        }
        assert_eq!(kinds.len(), 2, "accidents and diseases: {kinds:?}");
    }
}

#[test]
fn other_programmes_have_no_accident() {
    for branch in both() {
        let others = branch.rows.claims.iter().filter(|claim| claim.programme != Programme::Jkk);
        let mut n_others = 0;
        for claim in others {
            n_others += 1;
            let empty = claim.case_kind.is_none()
                && claim.event_time.is_none()
                && claim.place.is_none()
                && claim.accident_type.is_none()
                && claim.source.is_none()
                && claim.body_part.is_none()
                && claim.icd10.is_none()
                && claim.facility.is_empty()
                && claim.outcome.is_none()
                && claim.days_off.is_none();
            assert!(empty, "{}", claim.claim_no);
        }
        assert!(n_others > 500);
    }
}

#[test]
fn companies_and_facilities_of_the_claims_are_listed() {
    for branch in both() {
        let rows = &branch.rows;
        let npps: BTreeMap<&str, &str> =
            rows.companies.iter().map(|row| (row.npp.as_str(), row.company.as_str())).collect();
        let facilities: Vec<&str> = rows.facilities.iter().map(|row| row.facility.as_str()).collect();
        for claim in &rows.claims {
            match &claim.npp {
                Some(npp) => assert_eq!(npps.get(npp.as_str()), Some(&claim.company.as_str())),
                None => {
                    assert!(claim.company.is_empty() && claim.segment != Segment::Pu, "{}", claim.claim_no)
                }
            }
            assert!(claim.facility.is_empty() || facilities.contains(&claim.facility.as_str()));
        }
        for pair in rows.companies.windows(2).filter(|pair| pair[0].npp == pair[1].npp) {
            assert_eq!(pair[0].to.map(|to| to.plus(1)), Some(pair[1].from), "{} has a hole", pair[0].npp);
        }
        assert!(rows.facilities.iter().any(|row| row.partner_from.is_none()), "some were never partners");
    }
}
