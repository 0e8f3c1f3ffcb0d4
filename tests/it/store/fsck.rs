//! fsck finds what was planted above the journal, and repair makes caches anew.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use santun::domain::{Event, VoucherEvent};
use santun::store::{Depth, Fsck, Gravity, Repaired, Store, StoreError, fsck, repair};
use tempfile::TempDir;

use super::make::{Dice, clerk, key, morning, office};
use super::view::{birth, raise};

pub(super) fn look(dir: &Path, depth: Depth) -> Fsck {
    fsck(&dir.join("s"), depth, &mut |_, _| ControlFlow::Continue(())).unwrap()
}

pub(super) fn codes(found: &Fsck) -> Vec<&'static str> {
    let mut codes: Vec<_> =
        found.problems.iter().filter(|p| p.gravity != Gravity::Note).map(|p| p.code).collect();
    codes.dedup();
    codes
}

/// A store with a batch, a compacted part and an overlay.
pub(super) fn full() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::create(&dir.path().join("s"), &office(), &clerk(), &morning()).unwrap();
    let mut dice = Dice(31);
    let imported = store.import(&key("i"), &clerk(), morning(), |_, batch| {
        for _ in 0..10 {
            let id = batch.next_claim_id();
            let mut events = birth(&mut dice, id).into_iter();
            let Some(Event::Claim(_, born)) = events.next() else { unreachable!() };
            batch.claim(&santun::domain::Claim::born(id, &born).unwrap())?;
        }
        Ok::<_, StoreError>(())
    });
    imported.unwrap();
    for turn in 0..3 {
        let events = birth(&mut dice, store.view().next_claim_id());
        store.commit(&key(&format!("c{turn}")), &clerk(), morning(), |_| Ok(events)).unwrap();
        if turn == 1 {
            store.compact(&clerk(), morning()).unwrap();
        }
    }
    dir
}

pub(super) fn files(dir: &Path, folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut todo = vec![dir.join("s").join(folder)];
    while let Some(folder) = todo.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { todo.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

pub(super) fn flip(path: &Path, place: usize) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let mut bytes = std::fs::read(path).unwrap();
    let place = place % bytes.len();
    bytes[place] ^= 1;
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_sound_store_is_sound() {
    let dir = full();
    for depth in [Depth::Quick, Depth::Full] {
        let found = look(dir.path(), depth);
        assert_eq!(codes(&found), Vec::<&str>::new(), "{:?}", found.problems);
        assert!(found.is_sound());
    }
}

#[test]
fn a_flipped_bit_in_a_batch_is_damage_of_the_truth() {
    let dir = full();
    let batches = files(dir.path(), "batches");
    flip(&batches[0], 700);
    for depth in [Depth::Quick, Depth::Full] {
        let found = look(dir.path(), depth);
        assert!(codes(&found).contains(&"S111"), "{:?}", found.problems);
        assert_eq!(found.worst, Some(Gravity::Truth));
    }
    std::fs::remove_file(&batches[0]).unwrap();
    assert!(codes(&look(dir.path(), Depth::Quick)).contains(&"S111"));
}

#[test]
fn a_wrong_part_is_found_and_mended() {
    let dir = full();
    let parts = files(dir.path(), "parts");
    for (place, part) in parts.iter().enumerate() {
        flip(part, 100 + place);
    }
    let found = look(dir.path(), Depth::Full);
    assert_eq!(codes(&found), ["S212"]);
    assert_eq!(found.worst, Some(Gravity::Mend));
    assert_eq!(mend_all(dir.path()), Repaired::Yes);
    assert!(look(dir.path(), Depth::Full).is_sound());
    assert_eq!(Store::open(&dir.path().join("s")).unwrap().view().n_claims(), 13);
}

#[test]
fn a_store_reads_on_from_the_truth_when_a_part_goes_bad() {
    let dir = full();
    for part in files(dir.path(), "parts") {
        flip(&part, 50);
    }
    let store = Store::open(&dir.path().join("s")).unwrap();
    let mut n = 0;
    let first = store.view().for_each_claim(&mut |_| n += 1);
    assert!(matches!(first, Err(StoreError::Part { .. })), "a wrong part is never believed");
    let events = birth(&mut Dice(1), store.view().next_claim_id());
    let again = store.commit(&key("x"), &clerk(), morning(), |_| Ok(events));
    again.unwrap();
    n = 0;
    store.view().for_each_claim(&mut |_| n += 1).unwrap();
    assert_eq!(n, 14);
}

#[test]
fn a_manifest_that_is_not_whole_is_not_believed() {
    let dir = full();
    let path = dir.path().join("s/MANIFEST");
    let whole = std::fs::read(&path).unwrap();
    for place in (0..whole.len()).step_by(whole.len() / 40) {
        let mut bytes = whole.clone();
        bytes[place] ^= 4;
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(Store::open_read_only(&dir.path().join("s")).unwrap().view().n_claims(), 13);
        let found = look(dir.path(), Depth::Quick);
        assert!(codes(&found) == ["S211"], "byte {place}: {:?}", found.problems);
    }
}

#[test]
fn gaps_and_twins_of_a_series_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::create(&dir.path().join("s"), &office(), &clerk(), &morning()).unwrap();
    let mut dice = Dice(33);
    let key_of = |n: u32| key(&format!("v{n}"));
    for (id, number) in [(1, 1), (2, 2), (3, 5), (4, 5)] {
        let events = birth(&mut dice, store.view().next_claim_id());
        let claim = store.commit(&key_of(id + 100), &clerk(), morning(), |_| Ok(events)).unwrap().view;
        let claim = claim.claim(santun::domain::ClaimId::new(u64::from(id))).unwrap().unwrap();
        let mut event = raise(&mut dice, store.view().next_voucher_id(), &claim);
        if let Event::Voucher(_, VoucherEvent::Raised(voucher)) = &mut event {
            voucher.kind = santun::domain::VoucherKind::Issued;
            voucher.origin = santun::domain::Origin::Desk;
            let series = santun::domain::voucher::SeriesKey::from_text("JKK-J03-2610-#");
            voucher.series = Some((series, number));
        }
        store.commit(&key_of(id), &clerk(), morning(), |_| Ok(vec![event])).unwrap();
    }
    let found = look(dir.path(), Depth::Quick);
    let said: Vec<_> = found.problems.iter().map(|p| (p.code, p.args[0].1.as_str())).collect();
    assert_eq!(said, [("S114", "5"), ("S113", "3"), ("S113", "4")]);
}

#[test]
fn a_file_nobody_names_is_a_note() {
    let dir = full();
    std::fs::write(dir.path().join("s/parts/claims/2026-01.9.0000.parquet"), b"x").unwrap();
    let found = look(dir.path(), Depth::Full);
    assert!(found.is_sound());
    assert!(found.problems.iter().any(|problem| problem.code == "S311"));
}

fn mend_all(dir: &Path) -> Repaired {
    repair(&dir.join("s"), &clerk(), morning(), &mut |_, _| ControlFlow::Continue(())).unwrap()
}

/// Makes every file of a folder so old that it would be swept if no line named it.
fn age(dir: &Path, folder: &str) {
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    for path in files(dir, folder) {
        std::fs::File::open(path).unwrap().set_modified(long_ago).unwrap();
    }
}

#[test]
fn a_repair_of_a_damaged_journal_touches_nothing() {
    let dir = full();
    let journal = &files(dir.path(), "journal")[0];
    let line = {
        let text = std::fs::read_to_string(journal).unwrap();
        text.find("\"op\":\"store.reserved\"").expect("the import set ids aside")
    };
    flip(journal, line);
    age(dir.path(), "batches");
    age(dir.path(), "parts");
    let before = (files(dir.path(), "batches"), std::fs::read(dir.path().join("s/MANIFEST")).unwrap());
    assert_eq!(mend_all(dir.path()), Repaired::No);
    let after = (files(dir.path(), "batches"), std::fs::read(dir.path().join("s/MANIFEST")).unwrap());
    assert_eq!(before, after);
    assert_eq!(look(dir.path(), Depth::Full).worst, Some(Gravity::Truth));
}

#[test]
fn a_repair_of_a_damaged_batch_touches_nothing() {
    let dir = full();
    flip(&files(dir.path(), "batches")[0], 700);
    std::fs::write(dir.path().join("s/lock/POISON"), "a test\n").unwrap();
    let before = std::fs::read(dir.path().join("s/MANIFEST")).unwrap();
    assert_eq!(mend_all(dir.path()), Repaired::No);
    assert!(dir.path().join("s/lock/POISON").exists());
    assert_eq!(before, std::fs::read(dir.path().join("s/MANIFEST")).unwrap());
}

#[test]
fn a_repair_leaves_a_newer_program_its_batches() {
    let dir = full();
    let journal = &files(dir.path(), "journal")[0];
    let text = std::fs::read_to_string(journal).unwrap();
    let newer: Vec<String> = text.lines().map(|line| newer_if(line, "\"op\":\"store.batch\"")).collect();
    assert_ne!(newer.concat(), text.lines().collect::<String>());
    std::fs::write(journal, newer.join("\n") + "\n").unwrap();
    age(dir.path(), "batches");
    let before = files(dir.path(), "batches");
    assert_eq!(mend_all(dir.path()), Repaired::No);
    assert_eq!(before, files(dir.path(), "batches"));
}

/// The line as a newer program would have written it, if it holds a text.
fn newer_if(line: &str, text: &str) -> String {
    if !line.contains(text) {
        return line.to_owned();
    }
    let line = line.replacen("{\"v\":1", "{\"v\":9", 1);
    let (body, _) = line.rsplit_once(",\"c\":\"").unwrap();
    format!("{body},\"c\":\"{:08x}\"}}", crc32c::crc32c(body.as_bytes()))
}

#[test]
fn no_compaction_stands_on_a_store_that_may_not_be_written() {
    let dir = full();
    let store = Store::open(&dir.path().join("s")).unwrap();
    let poison = dir.path().join("s/lock/POISON");
    let before = std::fs::read(dir.path().join("s/MANIFEST")).unwrap();
    std::fs::write(&poison, "a test\n").unwrap();
    assert!(matches!(store.compact(&clerk(), morning()), Err(StoreError::Poisoned(_))));
    std::fs::remove_file(&poison).unwrap();
    let format = dir.path().join("s/FORMAT");
    let ours = std::fs::read_to_string(&format).unwrap();
    std::fs::write(&format, ours.replace("\"min_writer\":1", "\"min_writer\":9")).unwrap();
    assert!(matches!(store.compact(&clerk(), morning()), Err(StoreError::Newer(9))));
    assert_eq!(before, std::fs::read(dir.path().join("s/MANIFEST")).unwrap());
    std::fs::write(&format, ours).unwrap();
    store.compact(&clerk(), morning()).unwrap();
    assert_ne!(before, std::fs::read(dir.path().join("s/MANIFEST")).unwrap());
}

#[test]
fn a_batch_that_was_named_behind_the_view_is_never_swept() {
    let dir = full();
    let store = Store::open(&dir.path().join("s")).unwrap();
    let stranger = dir.path().join("s/batches/claims/2020-01.1.0000000000000000.parquet");
    std::fs::write(&stranger, b"an import that was interrupted").unwrap();
    age(dir.path(), "batches");
    let named: Vec<_> = files(dir.path(), "batches").into_iter().filter(|path| *path != stranger).collect();
    store.compact(&clerk(), morning()).unwrap();
    assert_eq!(files(dir.path(), "batches"), named, "what no line names is swept after a day, and only that");
}

#[test]
fn leftovers_of_a_crash_are_swept_after_a_day_wherever_they_lie() {
    let dir = full();
    let store = Store::open(&dir.path().join("s")).unwrap();
    store.save_draft(7, "form", "half").unwrap();
    let s = dir.path().join("s");
    let leftovers = [
        "journal/2026/.000000000001.jsonl.4711.2.new",
        ".MANIFEST.4711.12.new",
        "lock/.POISON.4711.0.new",
        "quarantine/.000000000001-00.tail.4711.3.new",
        "drafts/7/.form.draft.4711.4.new",
        "parts/claims/.2026-01.9.0000.parquet.4711.5.new",
    ];
    let strangers = [".hidden", "lock/.note.new", "drafts/7/.form.draft.new", "quarantine/kept.4711.3.new"];
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    let put = |name: &str| std::fs::write(s.join(name), b"x").unwrap();
    leftovers.iter().chain(&strangers).for_each(|name| put(name));
    store.compact(&clerk(), morning()).unwrap();
    assert!(leftovers.iter().all(|name| s.join(name).exists()), "somebody may still be writing them");
    for name in leftovers.iter().chain(&strangers) {
        std::fs::File::options().write(true).open(s.join(name)).unwrap().set_modified(old).unwrap();
    }
    store.compact(&clerk(), morning()).unwrap();
    assert_eq!(leftovers.iter().filter(|name| s.join(name).exists()).count(), 0);
    assert!(strangers.iter().all(|name| s.join(name).exists()), "what we do not name so is not ours");
}

#[test]
fn a_manifest_that_is_missing_is_a_cache_to_mend_only_when_much_has_gathered() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::create(&dir.path().join("s"), &office(), &clerk(), &morning()).unwrap();
    let mut dice = Dice(34);
    let ids = |from: u64, to: u64| (from..=to).map(santun::domain::ClaimId::new);
    let events = ids(1, 1_900).flat_map(|id| birth(&mut dice, id)).collect();
    store.commit(&key("a"), &clerk(), morning(), |_| Ok(events)).unwrap();
    assert_eq!(codes(&look(dir.path(), Depth::Quick)), Vec::<&str>::new());
    let events = ids(1_901, 2_001).flat_map(|id| birth(&mut dice, id)).collect();
    store.commit(&key("b"), &clerk(), morning(), |_| Ok(events)).unwrap();
    assert_eq!(codes(&look(dir.path(), Depth::Quick)), ["S211"]);
    store.compact(&clerk(), morning()).unwrap();
    assert!(look(dir.path(), Depth::Quick).is_sound());
}
