//! The thread that keeps the group of a program that is installed setgid. Every other thread has the user's own rights
//! and nothing else, so that no bug in them can open a file of the store, and no path that a person gives can either.

use std::io;
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};

use rustix::process::{DumpableBehavior, getegid, getgid, set_dumpable_behavior};
use rustix::thread::{set_no_new_privs, set_thread_res_gid};

type Job = Box<dyn FnOnce() + Send>;

/// The thread that keeps the group.
struct Keeper {
    gid: u32,
    jobs: Sender<Job>,
}

static KEEPER: OnceLock<Keeper> = OnceLock::new();

/// In a program that is installed setgid: starts the thread that keeps the group, and drops it everywhere else. To be
/// called before any other thread begins, since threads take over the rights of the one that starts them. Where the
/// program is not setgid nothing happens.
///
/// Child processes never get the group: no thread may gain rights by starting a program, this one included. And nobody
/// looks into this process from outside, also where the machine lets programs with more rights than their user be
/// looked into.
///
/// # Errors
/// When another thread is there already, or the group could not be dropped: then nothing may be done.
pub fn hold_group() -> io::Result<()> {
    let (own, held) = (getgid(), getegid());
    if own == held || KEEPER.get().is_some() {
        return Ok(());
    }
    let threads = std::fs::read_dir("/proc/self/task")?.count();
    if threads != 1 {
        return Err(io::Error::other(format!("the group cannot be dropped: {threads} threads have begun")));
    }
    set_no_new_privs(true)?;
    let (jobs, receiver) = channel();
    std::thread::Builder::new().name("santun-disk".into()).spawn(move || keep(&receiver))?;
    // Raw, for this thread alone: the C library's call of the same name would drop it in the keeper as well.
    set_thread_res_gid(own, own, own)?;
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    // Root may take any group, and needs none.
    if getegid() != own || (!is_root() && set_thread_res_gid(own, held, own).is_ok()) {
        return Err(io::Error::other("the group could not be dropped"));
    }
    let _ = KEEPER.set(Keeper { gid: held.as_raw(), jobs });
    Ok(())
}

/// The group that is kept; none in a program that is not installed setgid.
pub fn held_group() -> Option<u32> {
    KEEPER.get().map(|keeper| keeper.gid)
}

/// Whether rights of files mean nothing to this user.
pub(super) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn keep(jobs: &Receiver<Job>) {
    while let Ok(job) = jobs.recv() {
        job();
    }
}

/// Runs something with the group's rights, and waits for it.
pub(super) fn with_group<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let gone = || io::Error::other("the thread that keeps the group has ended");
    let keeper = KEEPER.get().ok_or_else(gone)?;
    let (sender, receiver) = sync_channel(1);
    let job = move || {
        let _ = sender.send(work());
    };
    keeper.jobs.send(Box::new(job)).map_err(|_| gone())?;
    receiver.recv().map_err(|_| gone())?
}
