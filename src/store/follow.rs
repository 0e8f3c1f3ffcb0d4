//! Hears of others' commits: by inotify on the watermark, or by a look four times a second where that fails.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::Sender;

use super::disk::{Disk, Watch};
use super::format::Layout;
use super::watermark::{Watermark, read_slots};

/// The longest time between two looks at the watermark, also with inotify: it bounds how long a stopping follower
/// waits, and what a lost notice costs.
const PERIOD: Duration = Duration::from_millis(250);

/// A thread that tells when the watermark moved. Dropping it stops the thread.
#[derive(Debug)]
pub struct Follower {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Follower {
    /// Starts following the store in a folder. Every new watermark is sent; when the receiver is gone, or full at a
    /// bounded channel, nothing is lost: the next one says as much, and [`super::ledger::Ledger::catch_up`] reads all.
    pub fn start(disk: Arc<dyn Disk>, root: &Path, sender: Sender<Watermark>) -> std::io::Result<Self> {
        let layout = Layout::new(root);
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::Builder::new()
            .name("follow".into())
            .spawn(move || follow(&*disk, &layout, &sender, &stopped))?;
        Ok(Self { stop, thread: Some(thread) })
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // A panic in there has been told by the thread itself; following is only a convenience.
            let _ = thread.join();
        }
    }
}

fn follow(disk: &dyn Disk, layout: &Layout, sender: &Sender<Watermark>, stop: &AtomicBool) {
    let look = || read_slots(disk, layout).ok().and_then(|slots| slots.newest());
    // The watch stands before the first look, so that no commit falls between the two.
    let mut watch: Option<Box<dyn Watch>> = disk.watch(&layout.committed()).ok();
    let mut told: Option<Watermark> = None;
    while !stop.load(Ordering::Relaxed) {
        let waited = match &mut watch {
            Some(watch) => watch.wait(PERIOD),
            None => {
                std::thread::sleep(PERIOD);
                Ok(())
            }
        };
        if waited.is_err() {
            watch = None;
        }
        let seen = look();
        if seen.is_some() && seen != told {
            told = seen;
            if let Some(Err(crossbeam_channel::TrySendError::Disconnected(_))) =
                seen.map(|seen| sender.try_send(seen))
            {
                return;
            }
        }
    }
}
