//! The kept overlay: a handle that opens with it says what one that folds says, whatever became of the file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use santun::domain::claim::OutcomeEntry;
use santun::domain::code::Outcome;
use santun::domain::event::OfficeEvent;
use santun::domain::{ClaimEvent, ClaimId, Event};
use santun::store::disk::Disk;
use santun::store::{Mode, Store};

use super::batch::{import, said};
use super::disks::{Call, MemDisk, Recording, Twist, twisted};
use super::make::{Dice, clerk, key, morning, office};
use super::view::{birth, raise};

const KEPT: &str = "/s/parts/overlay/latest.overlay";

fn open(memory: &MemDisk, mode: Mode) -> Store {
    Store::open_on(Arc::new(memory.clone()), Path::new("/s"), mode).unwrap()
}

/// Commits something to claims old and new, to vouchers, registers and the office.
fn work(store: &Store, dice: &mut Dice, turns: std::ops::Range<u64>) {
    for turn in turns {
        let view = store.view();
        let claims = u64::from(u32::try_from(view.n_claims()).unwrap());
        let mut ids = Vec::new();
        view.for_each_claim(&mut |claim| ids.push(claim.id)).unwrap();
        let id = ids[usize::try_from(dice.below(claims)).unwrap()];
        let events = match turn % 5 {
            0 => birth(dice, view.next_claim_id()),
            1 => vec![Event::Company(dice.company()), Event::Facility(dice.facility())],
            2 => {
                let claim = view.claim(id).unwrap().unwrap();
                let is_free = claim.lines.iter().any(santun::domain::BenefitLine::waits_for_voucher);
                if is_free {
                    vec![raise(dice, view.next_voucher_id(), &claim)]
                } else {
                    birth(dice, view.next_claim_id())
                }
            }
            3 if turn % 25 == 3 => {
                let mut office = view.office().clone();
                office.holidays.push(dice.day());
                office.holidays.sort();
                office.holidays.dedup();
                vec![Event::Office(OfficeEvent::Configured(Box::new(office)))]
            }
            _ => {
                let entry =
                    OutcomeEntry { outcome: Outcome::Berobat, date: dice.day(), posted: dice.month() };
                vec![Event::Claim(id, ClaimEvent::OutcomeSet(entry))]
            }
        };
        store.commit(&key(&format!("w{turn}")), &clerk(), morning(), |_| Ok(events)).unwrap();
    }
}

fn full(seed: u64) -> (MemDisk, Dice) {
    let memory = MemDisk::new();
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    let store = Store::create_on(disk, Path::new("/s"), &office(), &clerk(), &morning()).unwrap();
    let mut dice = Dice(seed);
    import(&store, &mut dice, "i", 60);
    store.compact(&clerk(), morning()).unwrap();
    work(&store, &mut dice, 0..110);
    (memory, dice)
}

fn is_kept(memory: &MemDisk) -> bool {
    memory.paths().contains(&PathBuf::from(KEPT))
}

#[test]
fn a_handle_that_opens_with_it_says_what_one_that_folds_says() {
    for seed in 51..54 {
        let (memory, mut dice) = full(seed);
        assert!(!is_kept(&memory));
        let folded = said(&open(&memory, Mode::Read).view());
        assert!(!is_kept(&memory), "a reader changes nothing");
        assert_eq!(said(&open(&memory, Mode::Write).view()), folded);
        assert!(is_kept(&memory), "more than two hundred records were folded");
        let store = open(&memory, Mode::Write);
        assert_eq!(said(&store.view()), folded);
        assert_eq!(said(&open(&memory, Mode::Read).view()), folded);
        // Behind it the work goes on, also that of commands that were done before.
        work(&store, &mut dice, 110..130);
        let again = store.commit(&key("w3"), &clerk(), morning(), |_| panic!("it was done before")).unwrap();
        assert!(again.repeated);
        let now = said(&store.view());
        assert_eq!(said(&open(&memory, Mode::Read).view()), now);
        memory.unlink(Path::new(KEPT)).unwrap();
        assert_eq!(said(&open(&memory, Mode::Read).view()), now);
    }
}

#[test]
fn opening_with_it_reads_no_document() {
    let (memory, _) = full(61);
    drop(open(&memory, Mode::Write));
    let recording = Arc::new(Recording::default());
    let disk = twisted(Arc::new(memory.clone()), Arc::clone(&recording) as Arc<dyn Twist>);
    let store = Store::open_on(disk, Path::new("/s"), Mode::Write).unwrap();
    assert!(store.view().overlay_size() > 200);
    let calls = recording.take();
    let is_document = |(call, path): &&(Call, PathBuf)| {
        *call == Call::Open && path.extension().is_some_and(|ending| ending == "parquet")
    };
    assert_eq!(calls.iter().filter(is_document).count(), 0, "{calls:?}");
}

#[test]
fn what_is_wrong_or_of_another_base_is_passed_over() {
    let (memory, mut dice) = full(62);
    let store = open(&memory, Mode::Write);
    let whole = memory.bytes(KEPT);
    let folded = said(&store.view());
    for place in (0..whole.len()).step_by(whole.len() / 12) {
        let mut bytes = whole.clone();
        bytes[place] ^= 8;
        memory.put(KEPT, bytes);
        assert_eq!(said(&open(&memory, Mode::Read).view()), folded, "byte {place}");
        memory.put(KEPT, whole[..place].to_vec());
        assert_eq!(open(&memory, Mode::Read).view().head(), store.view().head(), "{place} bytes");
    }
    memory.put(KEPT, whole);
    // A new base: the file speaks of rows that lie elsewhere now.
    store.compact(&clerk(), morning()).unwrap();
    work(&store, &mut dice, 200..210);
    let now = said(&store.view());
    assert_eq!(said(&open(&memory, Mode::Read).view()), now);
    assert_eq!(
        open(&memory, Mode::Write).view().claim(ClaimId::new(1)).unwrap().is_some(),
        store.view().claim(ClaimId::new(1)).unwrap().is_some()
    );
}
