//! Events and records survive their way through JSON.

use proptest::prelude::*;
use santun::domain::{ClaimEvent, Event, VoucherEvent};
use santun::store::codec::*;

use super::make::{Dice, EVENT_KINDS};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_event_comes_back_as_it_went(seed: u64) {
        for which in 0..EVENT_KINDS {
            let event = Dice(seed).event(which);
            let (data, pii) = parts_of(&event);
            let personal = (!pii.is_empty()).then_some(pii.as_str());
            prop_assert_eq!(event_of(op_of(&event), &data, personal).unwrap(), event);
        }
    }

    #[test]
    fn documents_come_back_as_they_went(seed: u64) {
        let mut dice = Dice(seed);
        let Event::Claim(id, born) = dice.event(0) else { unreachable!() };
        let mut claim = santun::domain::Claim::born(id, &born).unwrap();
        for which in 1..12 {
            let Event::Claim(_, event) = dice.event(which) else { unreachable!() };
            claim.apply(&event);
        }
        prop_assert_eq!(&claim_from_json(&claim_to_json(&claim)).unwrap(), &claim);
        let Event::Voucher(_, VoucherEvent::Raised(voucher)) = dice.event(12) else { unreachable!() };
        prop_assert_eq!(&voucher_from_json(&voucher_to_json(&voucher)).unwrap(), &*voucher);
        let (company, facility, office) = (dice.company(), dice.facility(), dice.office());
        prop_assert_eq!(company_from_json(&company_to_json(&company)).unwrap(), company);
        prop_assert_eq!(facility_from_json(&facility_to_json(&facility)).unwrap(), facility);
        prop_assert_eq!(office_from_json(&office_to_json(&office)).unwrap(), office);
    }
}

#[test]
fn data_names_no_person() {
    let secrets = ["Siti Rahasia", "3273000101010001", "12345678901", "1990-02-03", "S61.0", "catatan"];
    let mut dice = Dice(3);
    let mut basics = dice.basics(1);
    basics.worker.name = secrets[0].to_owned();
    basics.worker.identity = santun::domain::Identity::parse("NIK", secrets[1]).unwrap();
    basics.worker.kpj = Some(santun::domain::Kpj::parse(secrets[2]).unwrap());
    basics.worker.birth_date = Some(jiff::civil::date(1990, 2, 3));
    basics.icd10 = Some(santun::domain::Icd10::parse(secrets[4]).unwrap());
    basics.notes = secrets[5].to_owned();
    let event = Event::Claim(
        santun::domain::ClaimId::new(1),
        ClaimEvent::Amended { basics: Box::new(basics), booked: None },
    );
    let (data, pii) = parts_of(&event);
    for secret in secrets {
        assert!(!data.contains(secret), "{secret} stands in data");
        assert!(pii.contains(secret), "{secret} is missing in pii");
    }
    let erased = event_of("claim.amended", &data, None).unwrap();
    let Event::Claim(_, ClaimEvent::Amended { basics, .. }) = erased else { panic!("{erased:?}") };
    assert_eq!((basics.worker.name.as_str(), basics.notes.as_str(), basics.icd10), ("", "", None));
}

#[test]
fn what_is_no_event_says_why() {
    let cases = [
        ("claim.flown", "{}", "unknown operation claim.flown"),
        ("nonsense", "{}", "unknown operation nonsense"),
        ("claim.filed", r#"{"claim":1}"#, "missing field `state`"),
        (
            "claim.outcome_set",
            r#"{"claim":1,"outcome":{"outcome":"WEG","date":"2026-01-01","posted":"2026-01"}}"#,
            "\"WEG\" is no Outcome",
        ),
        ("voucher.raised", r#"{"voucher":{}}"#, "missing field"),
    ];
    for (op, data, why) in cases {
        let error = event_of(op, data, None).unwrap_err();
        assert!(error.to_string().contains(why), "{op}: {error}");
    }
}
