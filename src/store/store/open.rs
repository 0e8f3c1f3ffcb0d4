//! Making a store and opening it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, RwLock};

use crate::domain::event::{Event, OfficeEvent};
use crate::domain::office::Office;
use crate::store::ballast;
use crate::store::codec::{office_to_json, op_of, parts_of};
use crate::store::disk::{Disk, Sharing, machine, replace_file};
use crate::store::error::{CommitError, Standing, StoreError};
use crate::store::format::{Format, Layout};
use crate::store::journal::Cursor;
use crate::store::ledger::{self, Ledger, Mode, OP_RECOVERED};
use crate::store::manifest::Manifest;
use crate::store::parts::{Alarm, Base};
use crate::store::place;
use crate::store::record::{Actor, Entry, IdempotencyKey, Moment, Stamp};
use crate::store::tables::{Keyed, Table};
use crate::store::view::View;

use super::Store;
use super::reload::Seen;
use super::secret::fresh_secret;

impl Store {
    /// Makes a store in a folder, with its office, and opens it.
    pub fn create(dir: &Path, office: &Office, actor: &Actor, now: &Moment) -> Result<Store, StoreError> {
        Store::create_on(machine(dir), dir, office, actor, now)
    }

    /// The same on another disk.
    pub fn create_on(
        disk: Arc<dyn Disk>,
        dir: &Path,
        office: &Office,
        actor: &Actor,
        now: &Moment,
    ) -> Result<Store, StoreError> {
        let seed = IdempotencyKey::new("init").expect("this has the form of a key");
        let secret = fresh_secret(&*disk, &seed, *now)?;
        let store_id = id_of(&secret, *now);
        match ledger::create(&*disk, dir, &store_id, *now) {
            Err(StoreError::AlreadyAStore(_)) if is_unfinished(&disk, dir)? => {}
            created => created?,
        }
        let mut ledger = Ledger::open(Arc::clone(&disk), dir, Mode::Write)?;
        let event = Event::Office(OfficeEvent::Configured(Box::new(office.clone())));
        let (data, pii) = parts_of(&event);
        let entry = Entry { op: op_of(&event).to_owned(), reference: "office".to_owned(), data, pii };
        let said = entry.data.clone();
        let stamp = Stamp { key: &seed, by: actor, at: *now, secret };
        let configured = ledger.commit(&stamp, |_| Ok::<_, std::convert::Infallible>(vec![entry]));
        match configured {
            Ok(ledger::Committed::Fresh(_)) => {}
            // What looked unfinished was whole and only not published.
            Ok(ledger::Committed::Repeated(first)) if first.records[0].data == said => {}
            Ok(ledger::Committed::Repeated(_)) => return Err(StoreError::AlreadyAStore(dir.to_path_buf())),
            Err(CommitError::Store(error)) => return Err(error),
            Err(CommitError::Refused(never)) => match never {},
        }
        // A store whose watermark stands before its office opens for nobody, so that this once it is synced.
        ledger.publish_durably()?;
        let layout = Layout::new(dir);
        write_settings(&*disk, &layout, office);
        if let Err(error) = ballast::make(&*disk, &layout) {
            tracing::warn!(%error, "no space is set aside");
        }
        Store::open_on(disk, dir, Mode::Write)
    }

    /// Opens the store in a folder for work.
    pub fn open(dir: &Path) -> Result<Store, StoreError> {
        Store::open_on(machine(dir), dir, Mode::Write)
    }

    /// Opens the store in a folder for reading: waits for nobody and changes nothing on the disk.
    pub fn open_read_only(dir: &Path) -> Result<Store, StoreError> {
        Store::open_on(machine(dir), dir, Mode::Read)
    }

    /// Opens a store on another disk.
    pub fn open_on(disk: Arc<dyn Disk>, dir: &Path, mode: Mode) -> Result<Store, StoreError> {
        let layout = Layout::new(dir);
        place::check(&*disk, &layout, mode)?;
        let manifest =
            Mutex::new(Seen { looked_at: Manifest::mark(&*disk, &layout), covers: 0, distrusted: None });
        let (ledger, view) = load(&disk, dir, mode, From::Manifest)?;
        let root = dir.to_path_buf();
        Ok(Store { disk, root, layout, mode, ledger: Mutex::new(ledger), view: RwLock::new(view), manifest })
    }
}

/// A new store's id.
fn id_of(secret: &[u8; 32], now: Moment) -> String {
    let random: [u8; 10] = secret[..10].try_into().expect("a secret has 32 bytes");
    let ms = u64::try_from(now.timestamp().as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(ms, &random).into_uuid().to_string()
}

/// An id that no store has.
pub(crate) fn fresh_id(disk: &dyn Disk, now: Moment) -> Result<String, StoreError> {
    let seed = IdempotencyKey::new("salvage").expect("this has the form of a key");
    Ok(id_of(&fresh_secret(disk, &seed, now)?, now))
}

/// Records that a handle had to fold when it opened, after which it keeps the overlay: the next one need not.
const KEEP_AFTER: u64 = 200;
/// Records after which a handle that commits keeps the overlay.
const KEEP_EVERY: u64 = 1_000;

/// Whether so many records have gathered between two views that the overlay is kept again.
pub(super) fn is_worth_keeping(before: &View, after: &View) -> bool {
    after.overlay_size() / KEEP_EVERY > before.overlay_size() / KEEP_EVERY
}

/// What a view is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// From the MANIFEST where it fits.
    Manifest,
    /// From journal and batches alone: a part was found wrong.
    Truth,
}

/// Ledger and view of a store: from the MANIFEST where it fits, else from the truth.
pub(super) fn load(
    disk: &Arc<dyn Disk>,
    dir: &Path,
    mode: Mode,
    from: From,
) -> Result<(Ledger, View), StoreError> {
    let layout = Layout::new(dir);
    let format = Format::read(&**disk, &layout)?;
    let keyed = Keyed::of_store(&format.store_id);
    let alarm = match mode {
        Mode::Write => Alarm::Poison,
        Mode::Read => Alarm::Told,
    };
    let manifest = Manifest::read(&**disk, &layout)
        .filter(|_| from == From::Manifest)
        .filter(|manifest| manifest.store_id == format.store_id && are_there(&**disk, &layout, manifest));
    let opened = match manifest {
        Some(manifest) => match Ledger::open_at(Arc::clone(disk), dir, mode, manifest.cursor) {
            Ok(ledger) => Some((ledger, manifest)),
            Err(StoreError::CheckpointMismatch) => None,
            Err(error) => return Err(error),
        },
        None => None,
    };
    let (mut ledger, view) = match opened {
        Some((mut ledger, manifest)) => {
            let base = Base::new(Arc::clone(disk), layout.clone(), keyed, &manifest.files, alarm);
            let mut keys = manifest.keys.clone();
            let mut view = View::of_manifest(manifest, base);
            if let Some(kept) = view.kept(&**disk, &layout) {
                match Ledger::open_at(Arc::clone(disk), dir, mode, kept.cursor) {
                    Ok(behind) => {
                        (ledger, view) = (behind, kept.view);
                        keys.extend(kept.keys);
                    }
                    Err(StoreError::CheckpointMismatch) => {}
                    Err(error) => return Err(error),
                }
            }
            ledger.remember(keys);
            (ledger, view)
        }
        None => {
            let ledger = Ledger::open(Arc::clone(disk), dir, mode)?;
            let base = Base::new(Arc::clone(disk), layout, keyed, &[], alarm);
            (ledger, View::empty(base, Cursor::beginning(&format.store_id)))
        }
    };
    let mut news = ledger.catch_up()?;
    if mode == Mode::Read {
        news.extend(ledger.catch_up_behind()?);
    }
    let n_known = view.overlay_size();
    let view = match view.after(&news, ledger.cursor()) {
        // A part that cannot be read is only a cache.
        Err(StoreError::Part { .. }) if from == From::Manifest => {
            tracing::warn!("a part is unreadable; the store is read from its truth");
            return load(disk, dir, mode, From::Truth);
        }
        after => after?,
    };
    if !view.has_office() {
        return Err(match ledger.standing() {
            Standing::Damaged(damage) => StoreError::Damaged(*damage),
            Standing::Newer(version) => StoreError::Newer(*version),
            // A sync failed while it was made: fsck looks first, then making it can be gone on with.
            Standing::Poisoned(reason) => StoreError::Poisoned(reason.clone()),
            _ => StoreError::NotAStore(dir.to_path_buf()),
        });
    }
    if mode == Mode::Write && from == From::Manifest && view.overlay_size() >= n_known + KEEP_AFTER {
        keep(&view, &ledger);
    }
    Ok((ledger, view))
}

/// Whether a store was left between its `FORMAT` and its first record, the office: it opens for nobody, and making it can
/// be gone on with.
///
/// # Errors
/// [`StoreError::Poisoned`] when a sync failed while it was made: then fsck looks first.
fn is_unfinished(disk: &Arc<dyn Disk>, dir: &Path) -> Result<bool, StoreError> {
    let Ok(mut ledger) = Ledger::open(Arc::clone(disk), dir, Mode::Write) else { return Ok(false) };
    let Ok(news) = ledger.catch_up() else { return Ok(false) };
    let mut records = news.iter().flat_map(|transaction| &transaction.records);
    let is_bare = records.all(|record| record.op == OP_RECOVERED);
    match ledger.standing() {
        Standing::Poisoned(reason) if is_bare => Err(StoreError::Poisoned(reason.clone())),
        standing => Ok(is_bare && *standing == Standing::Sound),
    }
}

/// Keeps a view's overlay for whoever opens next. A cache: that it could not be written is no failure.
pub(super) fn keep(view: &View, ledger: &Ledger) {
    if let Err(error) = view.keep(ledger.known_keys().collect()) {
        tracing::warn!(%error, "the overlay could not be kept");
    }
}

/// Whether every file of a MANIFEST is there, by name; what is in it is looked at when it is read.
pub(super) fn are_there(disk: &dyn Disk, layout: &Layout, manifest: &Manifest) -> bool {
    let mut names = BTreeSet::new();
    for table in Table::ALL {
        for (folder, dir) in
            [("parts", layout.parts(table.name())), ("batches", layout.batches(table.name()))]
        {
            let items = disk.list(&dir).unwrap_or_default();
            names.extend(items.into_iter().map(|item| format!("{folder}/{}/{}", table.name(), item.name)));
        }
    }
    manifest.files.iter().all(|file| names.contains(&file.path))
}

/// Writes `store.toml`, for people to read. The journal is the truth, so that a failure is no failure.
pub(super) fn write_settings(disk: &dyn Disk, layout: &Layout, office: &Office) {
    let value: Result<toml::Table, _> = serde_json::from_str(&office_to_json(office));
    let text = value.ok().and_then(|value| toml::to_string_pretty(&value).ok());
    if let Some(text) = text {
        let head = "# The office's settings as last configured. The journal is the truth: changing this file does nothing.\n";
        let _ = replace_file(disk, &layout.settings(), format!("{head}{text}").as_bytes(), Sharing::Group);
    }
}
