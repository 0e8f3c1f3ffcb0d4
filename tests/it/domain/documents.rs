//! Which papers a bundle needs, and since when it is complete.

use jiff::civil::date;
use santun::domain::claim::Document;
use santun::domain::document::{complete_date, missing, required};
use santun::domain::{
    CaseKind, Claim, ClaimBasics, ClaimCommand, ClaimEvent, CloseReason, Component, DocumentKind, Origin,
    Outcome, PayeeKind, Place, Programme,
};

use super::fixtures::{Desk, basics, line, payee};
use super::table::rows;

/// programme | what is true of it | papers, as codes
const NEEDS: &str = "
    JKK |                              | KK1
    JKK | traffic                      | KK1 LAPORAN_POLISI
    JKK | disease                      | KK1 DIAGNOSIS_PAK
    JKK | filed                        | KK1 KK2 KK3 KARTU_PESERTA KTP
    JKK | filed stmb:company           | KK1 KK2 KK3 KARTU_PESERTA KTP DAFTAR_UPAH ABSENSI
    JKK | filed medical:facility       | KK1 KK2 KK3 KARTU_PESERTA KTP
    JKK | filed medical:participant    | KK1 KK2 KK3 KARTU_PESERTA KTP KUITANSI_MEDIS BUKU_REKENING
    JKK | filed medical:company        | KK1 KK2 KK3 KARTU_PESERTA KTP KUITANSI_MEDIS
    JKK | filed transport:company      | KK1 KK2 KK3 KARTU_PESERTA KTP KUITANSI_TRANSPORT
    JKK | filed anatomical:participant | KK1 KK2 KK3 KARTU_PESERTA KTP DAFTAR_UPAH BUKU_REKENING
    JKK | filed dead                   | KK1 KK2 KK3 KARTU_PESERTA KTP AKTA_KEMATIAN SURAT_AHLI_WARIS
    JKK | filed death:heir             | KK1 KK2 KK3 KARTU_PESERTA KTP DAFTAR_UPAH AKTA_KEMATIAN SURAT_AHLI_WARIS BUKU_REKENING
    JKM |                              | KARTU_PESERTA KTP AKTA_KEMATIAN SURAT_AHLI_WARIS
    JHT |                              | KARTU_PESERTA KTP PAKLARING
    JHT | oldage:participant           | KARTU_PESERTA KTP PAKLARING BUKU_REKENING
    JP  |                              | KARTU_PESERTA KTP
    JKP |                              | KTP PAKLARING";

/// The case a row of the table speaks of.
fn case(programme: Programme, traits: &str) -> Claim {
    let mut desk = Desk::new();
    let is_jkk = programme == Programme::Jkk;
    let mut form = ClaimBasics { programme, case_kind: is_jkk.then_some(CaseKind::Kk), ..basics() };
    if traits.contains("traffic") {
        form.place = Some(Place::Traffic);
    }
    if traits.contains("disease") {
        form.case_kind = Some(CaseKind::Pak);
    }
    let id = desk.register(form).expect("registered");
    for word in traits.split_whitespace() {
        let command = match word.split_once(':') {
            Some((component, kind)) => {
                let components = [
                    ("stmb", Component::Stmb),
                    ("medical", Component::Medical),
                    ("transport", Component::Transport),
                    ("anatomical", Component::PartialAnatomical),
                    ("death", Component::Death),
                    ("oldage", Component::OldAge),
                ];
                let component = components.iter().find(|(name, _)| *name == component).expect("known").1;
                let mut new = line(component, 1_000);
                new.payee = payee(PayeeKind::parse(kind).expect("a kind"), "Penerima", "1234567890");
                if component == Component::Stmb {
                    new.span = santun::domain::DateSpan::new(date(2026, 9, 1), date(2026, 9, 30));
                }
                ClaimCommand::AddLine(Box::new(new))
            }
            None if word == "filed" => ClaimCommand::File { date: date(2026, 9, 10) },
            None if word == "dead" => {
                ClaimCommand::SetOutcome { outcome: Outcome::Meninggal, date: date(2026, 9, 10) }
            }
            None => continue,
        };
        desk.claim(id, &command).unwrap_or_else(|refusal| panic!("{word}: {refusal}"));
    }
    // The report brought its form along; these tables begin with an empty bundle.
    let mut claim = desk.claims.remove(&id).expect("registered above");
    claim.documents.clear();
    claim
}

#[test]
fn papers_by_programme_and_case() {
    for [programme, traits, papers] in rows::<3>(NEEDS) {
        let claim = case(Programme::parse(&programme).expect("a programme"), &traits);
        let found: Vec<&str> = required(&claim).into_iter().map(DocumentKind::code).collect();
        assert_eq!(found.join(" "), papers, "{programme} {traits}");
        assert_eq!(missing(&claim), required(&claim), "nothing has come: {programme} {traits}");
    }
}

fn receive(claim: &mut Claim, kind: DocumentKind, day: i8) {
    let received = date(2026, 9, day);
    let document = Document { kind, received, archive: String::new() };
    claim.apply(&ClaimEvent::DocumentReceived(document));
}

#[test]
fn complete_since_the_last_paper_came() {
    let mut claim = case(Programme::Jkk, "filed");
    let papers = required(&claim);
    for (place, kind) in papers.iter().enumerate() {
        assert_eq!(complete_date(&claim), None);
        assert_eq!(missing(&claim).len(), papers.len() - place);
        receive(&mut claim, *kind, 20 - i8::try_from(place).expect("few"));
    }
    assert_eq!(missing(&claim), []);
    assert_eq!(complete_date(&claim), Some(date(2026, 9, 20)), "the first one came last");
    claim.apply(&ClaimEvent::DocumentRemoved(DocumentKind::Kk3));
    assert_eq!((complete_date(&claim), missing(&claim)), (None, vec![DocumentKind::Kk3]));
}

#[test]
fn never_complete_before_stage_two() {
    let mut claim = case(Programme::Jkk, "");
    receive(&mut claim, DocumentKind::Kk1, 2);
    assert_eq!((missing(&claim), complete_date(&claim)), (vec![], None));
    let mut claim = case(Programme::Jkk, "filed");
    for kind in required(&claim) {
        receive(&mut claim, kind, 3);
    }
    assert_eq!(complete_date(&claim), Some(date(2026, 9, 10)), "papers came before the form");
}

#[test]
fn history_and_ended_cases_miss_nothing() {
    let mut history = case(Programme::Jkk, "filed");
    history.origin = Origin::History;
    assert!(!missing(&history).is_empty());
    history.complete_date = Some(date(2026, 9, 12));
    assert_eq!(missing(&history), []);
    receive(&mut history, DocumentKind::Kk1, 2);
    assert_eq!(missing(&history), [], "one paper written down does not take the others away");
    let mut desk = Desk::new();
    let id = desk.register(basics()).expect("registered");
    let cancel =
        ClaimCommand::Cancel { date: date(2026, 9, 3), reason: CloseReason::Mistake, note: String::new() };
    desk.claim(id, &cancel).expect("cancelled");
    assert_eq!(missing(&desk.claims[&id]), []);
}
