//! A year whose legal time is over: nothing of the persons is left in any byte of the store, and everything else is what it
//! was.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use santun::domain::claim::AttachedFile;
use santun::domain::erasure::Ids;
use santun::domain::identity::{AccountNo, Identity, Kpj, Nik};
use santun::domain::posting::PostingKind;
use santun::domain::{
    Claim, ClaimEvent, ClaimId, DocumentKind, ErasureDeed, ErasureStep, Event, OfficeEvent, Payee, PayeeKind,
    Period, PersonId, Voucher, VoucherEvent, VoucherId,
};
use santun::store::{Depth, Erased, Gravity, Store, StoreError, fsck};
use sha2::{Digest, Sha256};

use super::make::{Dice, clerk, key, morning, office};
use super::view::{birth, raise};

/// Name, NIK, membership number and account of person number `n`, found nowhere else.
fn person(n: u64) -> [String; 4] {
    [
        format!("Rahasiawan {n} Contohwati"),
        format!("3273000101017{n:03}"),
        format!("2200000{n:04}"),
        format!("770000{n:06}"),
    ]
}

fn payee(n: u64) -> Payee {
    let [name, _, _, account] = person(n);
    let account = AccountNo::parse(&account).ok();
    Payee { kind: PayeeKind::Participant, name, bank: "BRI".to_owned(), account, tax_number: None }
}

/// The birth of a claim of person `n`, with lines for that person and for a facility.
fn born(n: u64, id: ClaimId) -> Vec<Event> {
    let mut events = birth(&mut Dice(n), id);
    for event in &mut events {
        match event {
            Event::Claim(_, ClaimEvent::Registered { basics, .. }) => {
                let [name, nik, kpj, _] = person(n);
                basics.worker.name = name;
                basics.worker.identity = Identity::Nik(Nik::parse(&nik).expect("a NIK"));
                basics.worker.kpj = Some(Kpj::parse(&kpj).expect("a number"));
                basics.notes = format!("catatan {n} rahasia");
            }
            Event::Claim(_, ClaimEvent::LineAdded { line, .. }) => line.payee = payee(n),
            _ => {}
        }
    }
    events
}

fn commit(store: &Store, name: &str, make: impl FnOnce(&santun::store::View) -> Vec<Event>) -> Vec<Event> {
    store.commit(&key(name), &clerk(), morning(), |view| Ok(make(view))).expect("committed").events
}

fn attach(store: &Store, id: u64, bytes: &[u8]) {
    let (sha256, _) = store.keep_file(bytes).expect("kept");
    let file = AttachedFile {
        kind: DocumentKind::ALL[0],
        name: format!("ktp-{id}-rahasia.pdf"),
        sha256,
        bytes: bytes.len() as u64,
        date: morning().civil().date(),
        by: "rina".to_owned(),
    };
    let name = format!("attach-{id}-{}", bytes.len());
    commit(store, &name, |_| vec![Event::Claim(ClaimId::new(id), ClaimEvent::FileAttached(file))]);
}

fn pay(store: &Store, n: u64, claim: u64) -> VoucherId {
    let claim = store.view().claim(ClaimId::new(claim)).expect("readable").expect("there");
    let raised = commit(store, &format!("raise{n}"), |view| {
        let mut event = raise(&mut Dice(n), view.next_voucher_id(), &claim);
        if let Event::Voucher(_, VoucherEvent::Raised(voucher)) = &mut event {
            voucher.payee = payee(n);
        }
        vec![event]
    });
    let Event::Voucher(id, VoucherEvent::Raised(voucher)) = &raised[0] else { unreachable!() };
    let payment = Dice(n).payment(1, voucher.net);
    let posted = Period::new(2026, 10).expect("a month");
    commit(store, &format!("pay{n}"), |_| vec![Event::Voucher(*id, VoucherEvent::Paid { payment, posted })]);
    *id
}

/// Claims 1 and 2 typed and in parts, 3 typed since, three imported and one of these touched: of each kind one whose time
/// is over.
struct Story {
    dir: tempfile::TempDir,
    erased: Vec<u64>,
    vouchers: Vec<u64>,
}

impl Story {
    fn root(&self) -> PathBuf {
        self.dir.path().join("s")
    }

    fn open(&self) -> Store {
        Store::open(&self.root()).expect("opened")
    }
}

fn story() -> Story {
    let dir = tempfile::tempdir().expect("a folder");
    let store = Store::create(&dir.path().join("s"), &office(), &clerk(), &morning()).expect("made");
    commit(&store, "one", |view| born(1, view.next_claim_id()));
    commit(&store, "two", |view| born(2, view.next_claim_id()));
    let paid = pay(&store, 1, 1);
    attach(&store, 1, b"lampiran milik satu orang");
    attach(&store, 1, b"lampiran bersama");
    attach(&store, 2, b"lampiran bersama");
    store.compact(&clerk(), morning()).expect("compacted");
    let mut imported = Vec::new();
    let done = store.import(&key("import"), &clerk(), morning(), |_, batch| {
        for n in 11..=13 {
            let id = batch.next_claim_id();
            imported.push(id.get());
            let mut claim: Option<Claim> = None;
            for event in born(n, id) {
                let Event::Claim(_, event) = event else { unreachable!() };
                match &mut claim {
                    None => claim = Claim::born(id, &event),
                    Some(claim) => claim.apply(&event),
                }
            }
            let claim = claim.expect("born");
            let lines = claim.lines.iter().filter(|line| line.waits_for_voucher()).count();
            batch.claim(&claim)?;
            let mut posting =
                santun::domain::posting::of_claim_event(None, &claim, &ClaimEvent::ReviewCleared);
            assert!(posting.is_empty() && lines > 0);
            posting.push(santun::domain::Posting {
                kind: PostingKind::Determined,
                month: Period::new(2014, 3).expect("a month"),
                date: jiff::civil::date(2014, 3, 1),
                claim: Some(id),
                line: None,
                voucher: None,
                payment: None,
                amount: claim.sums().determined,
                pph: santun::domain::Rupiah::ZERO,
                rounding: santun::domain::Rupiah::ZERO,
                net: santun::domain::Rupiah::ZERO,
                clock: santun::domain::clock::ClockMark::None,
                origin: santun::domain::Origin::ALL[1],
                by: santun::domain::posting::Dimensions {
                    payee: person(n)[0].as_str().into(),
                    payee_kind: Some(PayeeKind::Participant),
                    ..santun::domain::posting::Dimensions::of_claim(&claim)
                },
            });
            batch.posting(&posting[0])?;
        }
        Ok::<_, StoreError>(())
    });
    done.expect("imported");
    let apart = ClaimEvent::ToldApart { reason: "orang lain".to_owned() };
    commit(&store, "apart", |_| vec![Event::Claim(ClaimId::new(imported[0]), apart)]);
    let three = commit(&store, "three", |view| born(3, view.next_claim_id()));
    let Event::Claim(three, _) = three[0] else { unreachable!() };
    let erased = vec![1, three.get(), imported[0], imported[1]];
    Story { dir, erased, vouchers: vec![paid.get()] }
}

const PERSONS_ERASED: [u64; 4] = [1, 3, 11, 12];
const PERSONS_LIVING: [u64; 2] = [2, 13];

/// Two people decide it; the rules about when that may be are above the store.
pub fn approve(store: &Store, claims: &[u64], vouchers: &[u64]) {
    let deed = |step| ErasureDeed {
        year: 2015,
        date: morning().civil().date(),
        by: "rina".to_owned(),
        who: PersonId { uid: 1000, loginuid: None },
        step,
    };
    let event = |step| Event::Office(OfficeEvent::Erasure(Box::new(deed(step))));
    commit(store, "ask", |_| vec![event(ErasureStep::Asked { reason: "masa simpan lewat".to_owned() })]);
    let (claims, vouchers) = (Ids::of(claims.to_vec()), Ids::of(vouchers.to_vec()));
    commit(store, "approve", |_| vec![event(ErasureStep::Approved { claims, vouchers })]);
}

/// Every file below a folder with its bytes, and what can be unpacked of them.
fn everything(root: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for item in std::fs::read_dir(root).expect("a folder") {
        let path = item.expect("a name").path();
        if path.is_dir() {
            all.extend(everything(&path));
        } else if path.file_name().is_some_and(|name| name != "reserve.bin") {
            let mut bytes = std::fs::read(&path).expect("readable");
            if path.extension().is_some_and(|end| end == "overlay") {
                // Blocks with a checksum behind each.
                bytes = bytes.chunks(4096).flat_map(|block| &block[..block.len() - 4]).copied().collect();
            }
            let unpacked = frames(&bytes);
            bytes.extend(unpacked);
            all.push((path, bytes));
        }
    }
    all
}

/// What stands in every zstd frame, wherever it lies.
fn frames(bytes: &[u8]) -> Vec<u8> {
    const MAGIC: [u8; 4] = 0xFD2F_B528_u32.to_le_bytes();
    let mut unpacked = Vec::new();
    for at in (0..bytes.len().saturating_sub(3)).filter(|at| bytes[*at..at + 4] == MAGIC) {
        if let Ok(size) = zstd::zstd_safe::find_frame_compressed_size(&bytes[at..]) {
            unpacked.extend(zstd::bulk::decompress(&bytes[at..at + size], 64 << 20).unwrap_or_default());
        }
    }
    unpacked
}

/// The keyed hash of a number as the look-ups have it, and as the sorted sidecars have it.
fn hashes(store_id: &str, number: &str) -> [Vec<u8>; 2] {
    let mut hasher = Sha256::new();
    hasher.update(b"santun look-up key\0");
    hasher.update(store_id);
    let secret = hasher.finalize();
    let mut hasher = Sha256::new();
    hasher.update(secret);
    hasher.update(number);
    let hash = u64::from_le_bytes(hasher.finalize()[..8].try_into().expect("eight bytes"));
    [hash.to_le_bytes().to_vec(), (hash ^ (1 << 63)).to_le_bytes().to_vec()]
}

/// Files in which something of a person stands.
fn traces(root: &Path, store_id: &str, n: u64) -> Vec<String> {
    let texts = person(n);
    let mut needles: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    needles.push(format!("catatan {n} rahasia").into_bytes());
    needles.push(format!("ktp-{n}-rahasia").into_bytes());
    if n == 1 {
        needles.push(b"lampiran milik satu orang".to_vec());
    }
    needles.extend(hashes(store_id, &texts[1]));
    needles.extend(hashes(store_id, &texts[3]));
    let mut found = Vec::new();
    for (path, bytes) in everything(root) {
        for needle in &needles {
            if bytes.windows(needle.len()).any(|window| window == needle) {
                found.push(format!("{}: {:?}", path.display(), String::from_utf8_lossy(needle)));
            }
        }
    }
    found
}

/// What a store says, without its people: claims, vouchers, books.
fn facts(store: &Store) -> Vec<String> {
    let view = store.view();
    let mut facts = Vec::new();
    view.for_each_claim(&mut |claim| facts.push(format!("{:?}", claim.without_person()))).expect("readable");
    let last = Period::new(2199, 12).expect("a month");
    view.for_each_posting(last, &mut |posting| {
        let mut posting = posting.clone();
        posting.by.payee = "".into();
        facts.push(format!("{posting:?}"));
    })
    .expect("readable");
    for row in view.vouchers(&santun::store::VoucherFilter::default()).expect("readable") {
        let voucher: Voucher = (*view.voucher(row.id).expect("readable").expect("there")).clone();
        facts.push(format!("{:?}", voucher.without_person()));
    }
    facts.sort();
    facts.push(format!("{:?}", view.month_sums()));
    facts
}

fn wrong(root: &Path) -> Vec<String> {
    let found = fsck(root, Depth::Full, &mut |_, _| ControlFlow::Continue(())).expect("looked at");
    let wrong = found.problems.iter().filter(|problem| problem.gravity != Gravity::Note);
    wrong.map(|problem| format!("{} {} {:?}", problem.code, problem.place, problem.args)).collect()
}

fn claims_of(store: &Store) -> BTreeMap<u64, Claim> {
    let mut claims = BTreeMap::new();
    store
        .view()
        .for_each_claim(&mut |claim| drop(claims.insert(claim.id.get(), claim.clone())))
        .expect("readable");
    claims
}

#[test]
fn nothing_of_the_persons_is_left_and_everything_else_is_as_it_was() {
    let story = story();
    let (root, store) = (story.root(), story.open());
    let id = store.id();
    for n in PERSONS_ERASED.into_iter().chain(PERSONS_LIVING) {
        assert!(!traces(&root, &id, n).is_empty(), "person {n} is there");
    }
    let other = story.open();
    let back_up = |name: &str| {
        let done = store.back_up(&story.dir.path().join("b"), &key(name), &clerk(), morning());
        done.expect("backed up").1.expect("noted");
    };
    back_up("before");
    let (before, people) = (facts(&store), claims_of(&store));
    approve(&store, &story.erased, &story.vouchers);
    let done = store.carry_on_erasure(&clerk(), morning()).expect("carried out");
    assert!(matches!(done, Erased::Done { year: 2015, records: 9, documents: 1 }), "{done:?}");

    assert_eq!(wrong(&root), Vec::<String>::new());
    for n in PERSONS_ERASED {
        assert_eq!(traces(&root, &id, n), Vec::<String>::new(), "person {n}");
    }
    for n in PERSONS_LIVING {
        assert!(!traces(&root, &id, n).is_empty(), "person {n} lives on");
    }
    let is_right = |store: &Store| {
        assert_eq!(facts(store), before);
        for (id, claim) in claims_of(store) {
            let is_erased = story.erased.contains(&id);
            let expected = if is_erased { people[&id].without_person() } else { people[&id].clone() };
            assert_eq!(claim, expected);
        }
        for n in PERSONS_ERASED {
            assert_eq!(store.view().claims_by_identity(&person(n)[1]).expect("readable"), []);
        }
        assert_eq!(store.view().claims_by_identity(&person(2)[1]).expect("readable"), [ClaimId::new(2)]);
    };
    // The handle that did it, another one that was open all the time, one that opens now.
    other.refresh().expect("refreshed");
    [&store, &other, &story.open()].into_iter().for_each(is_right);
    // The answer to a command of then is found, though its records stand elsewhere in the segment now.
    for store in [&store, &other] {
        let again =
            store.commit(&key("three"), &clerk(), morning(), |_| panic!("asked again")).expect("stored");
        assert!(again.repeated);
        assert!(matches!(&again.events[0], Event::Claim(_, ClaimEvent::Registered { basics, .. })
            if basics.worker.name.is_empty()));
    }
    let nobody = store.carry_on_erasure(&clerk(), morning()).expect("nothing to do");
    assert_eq!(nobody, Erased::Nothing);

    back_up("after");
    for n in PERSONS_ERASED {
        assert_eq!(traces(&story.dir.path().join("b"), &id, n), Vec::<String>::new(), "person {n}");
    }
    let seq = store.view().head().seq;
    let (older, _) = Store::open_as_of(&root, seq - 6).expect("readable").expect("there");
    assert_eq!(claims_of(&older).len(), 6);
    // One that has nothing but the truth.
    drop((store, other));
    std::fs::remove_file(root.join("MANIFEST")).expect("it was there");
    std::fs::remove_dir_all(root.join("parts")).expect("they were there");
    is_right(&story.open());
}

#[test]
fn what_was_approved_and_not_done_is_told_and_carried_on_by_whoever_works_next() {
    let story = story();
    let (root, store) = (story.root(), story.open());
    let (id, before) = (store.id(), facts(&store));
    approve(&store, &story.erased, &story.vouchers);
    drop(store);
    let found = wrong(&root);
    assert!(found.len() == 1 && found[0].starts_with("S216 journal"), "{found:?}");
    let reader = Store::open_read_only(&root).expect("readable");
    assert_eq!(reader.carry_on_erasure(&clerk(), morning()).expect("nothing"), Erased::Nothing);
    assert!(!traces(&root, &id, 1).is_empty(), "who only looks changes nothing");
    let store = story.open();
    store.settle(&clerk(), morning()).expect("settled");
    assert_eq!((wrong(&root), facts(&store)), (Vec::new(), before.clone()));
    for n in PERSONS_ERASED {
        assert_eq!(traces(&root, &id, n), Vec::<String>::new(), "person {n}");
    }
    // The one who looked all the time sees the same books.
    reader.refresh().expect("refreshed");
    assert_eq!(facts(&reader), before);
}

/// An import under way, and a case that was touched after the first erasure, are no hindrance for the next one.
#[test]
fn a_second_year_takes_what_the_first_one_left() {
    let story = story();
    let (root, store) = (story.root(), story.open());
    let (id, before) = (store.id(), facts(&store));
    approve(&store, &story.erased[..2], &story.vouchers);
    store.carry_on_erasure(&clerk(), morning()).expect("carried out");
    let deed = |step| {
        let who = PersonId { uid: 1000, loginuid: None };
        let date = morning().civil().date();
        let deed = ErasureDeed { year: 2016, date, by: "rina".to_owned(), who, step };
        Event::Office(OfficeEvent::Erasure(Box::new(deed)))
    };
    let (claims, vouchers) = (Ids::of(story.erased[2..].to_vec()), Ids::default());
    commit(&store, "approve-again", |_| vec![deed(ErasureStep::Approved { claims, vouchers })]);
    let done = store.carry_on_erasure(&clerk(), morning()).expect("carried out");
    assert!(matches!(done, Erased::Done { year: 2016, records: 0, documents: 0 }), "{done:?}");
    for n in PERSONS_ERASED {
        assert_eq!(traces(&root, &id, n), Vec::<String>::new(), "person {n}");
    }
    assert_eq!((wrong(&root), facts(&store)), (Vec::new(), before));
}
