//! Jobs: work off the drawing thread. Each slot runs one job and keeps one waiting; results carry a generation, so that
//! what comes late is dropped; a panic becomes an error message.
//!
//! A cancelled job is answered for at once, though it sees its flag only between two parts of its work: its slot has no
//! second thread until it is gone, so that threads never pile up and no late job writes over what a newer one left.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::crash::guarded;

/// What a slot does with a new job while one is running.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Policy {
    /// The running one is cancelled and its result dropped; of those that wait only the newest stays. For filters.
    Supersede,
    /// The running one finishes and its result counts; of those that wait only the newest stays. For windows of a
    /// list: with a held arrow key, cancelling each would show nothing until the key is let go.
    Finish,
    /// All run, in order. For commits and drafts, where none may be lost.
    Each,
}

/// A place where jobs of one kind run, one at a time. Each pane defines its own as constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// Its name, unique; also the key of its words: `tui-job-<name>`.
    pub name: &'static str,
    /// What happens to a new job while one is running.
    pub policy: Policy,
}

impl Slot {
    /// A slot where the newest job supersedes.
    pub const fn supersede(name: &'static str) -> Self {
        Slot { name, policy: Policy::Supersede }
    }

    /// A slot where the running job finishes.
    pub const fn finish(name: &'static str) -> Self {
        Slot { name, policy: Policy::Finish }
    }

    /// A slot where each job runs.
    pub const fn each(name: &'static str) -> Self {
        Slot { name, policy: Policy::Each }
    }
}

/// Why a job has no answer. The texts are sentences for the person, already in their language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The job saw its cancel flag.
    Cancelled,
    /// A rule says no.
    Refused {
        /// The sentence.
        text: String,
        /// The name of the form field it is about, if one.
        field: Option<String>,
    },
    /// Something broke: a disk, a lock, a file.
    Failed {
        /// The sentence.
        text: String,
    },
    /// A bug: the job panicked, with its reason and place.
    Crashed {
        /// Reason and place, in English.
        text: String,
    },
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Parts done.
    pub done: u64,
    /// Parts in all.
    pub total: u64,
}

impl Progress {
    /// Whole percent done.
    pub fn percent(self) -> u64 {
        (u128::from(self.done.min(self.total)) * 100)
            .checked_div(u128::from(self.total))
            .and_then(|percent| u64::try_from(percent).ok())
            .unwrap_or(0)
    }
}

/// How a slot's newest job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It runs, and has not said how far it is.
    Running,
    /// It runs and is so far.
    At(Progress),
    /// It waits until a cancelled job before it has come to a place where it can stop.
    Waiting,
}

/// What the jobs send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobEvent<A> {
    /// It goes on.
    Progress(Progress),
    /// It is over.
    Over(Result<A, Trouble>),
}

/// A message of one job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report<A> {
    /// The slot it ran in.
    pub slot: Slot,
    /// The number it got when it was submitted, counted over all slots.
    pub generation: u64,
    /// What happened.
    pub event: JobEvent<A>,
}

/// Does the work: a task becomes an answer. Runs on a job thread.
pub type Perform<T, A> = Arc<dyn Fn(T, &JobContext) -> Result<A, Trouble> + Send + Sync>;

/// Where the messages go.
pub type Tell<A> = Arc<dyn Fn(Report<A>) + Send + Sync>;

/// What a running job may ask and say.
pub struct JobContext {
    cancel: Arc<Cancel>,
    tell_progress: Box<dyn Fn(Progress) + Send>,
    last_told: RefCell<Option<Instant>>,
}

/// Progress is told at most this often.
const PROGRESS_PACE: Duration = Duration::from_millis(100);

impl JobContext {
    /// A context outside any slot, for headless runs and tests: never cancelled, progress goes nowhere.
    pub fn alone() -> Self {
        JobContext {
            cancel: Arc::new(Cancel::default()),
            tell_progress: Box::new(|_| {}),
            last_told: RefCell::new(None),
        }
    }

    /// Whether the job should stop; ask between parts.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.is_set()
    }

    /// `Err(Trouble::Cancelled)` when the job should stop: `context.check()?` between parts.
    pub fn check(&self) -> Result<(), Trouble> {
        if self.is_cancelled() { Err(Trouble::Cancelled) } else { Ok(()) }
    }

    /// The flag itself, for work that tests it between its own parts.
    pub fn cancel_flag(&self) -> &AtomicBool {
        &self.cancel.flag
    }

    /// Tells how far the job is.
    pub fn progress(&self, done: u64, total: u64) {
        let mut last_told = self.last_told.borrow_mut();
        if last_told.is_none_or(|told| told.elapsed() >= PROGRESS_PACE) {
            *last_told = Some(Instant::now());
            (self.tell_progress)(Progress { done, total });
        }
    }
}

/// The slots.
pub struct Jobs<T, A> {
    perform: Perform<T, A>,
    tell: Tell<A>,
    slots: BTreeMap<Slot, Lane<T>>,
    last_generation: u64,
}

/// One slot's state.
struct Lane<T> {
    running: Option<Running>,
    waiting: VecDeque<Waiting<T>>,
}

impl<T> Lane<T> {
    /// How the newest job stands that still counts.
    fn stage(&self) -> Option<Stage> {
        match &self.running {
            Some(running) if !running.is_dropped => Some(running.progress.map_or(Stage::Running, Stage::At)),
            Some(_) => (!self.waiting.is_empty()).then_some(Stage::Waiting),
            None => None,
        }
    }
}

struct Running {
    generation: u64,
    cancel: Arc<Cancel>,
    is_dropped: bool,
    progress: Option<Progress>,
}

struct Waiting<T> {
    generation: u64,
    task: T,
    delay: Duration,
}

impl<T: Send + 'static, A: Send + 'static> Jobs<T, A> {
    /// Slots that do their work by `perform` and send their messages by `tell`.
    pub fn new(perform: Perform<T, A>, tell: Tell<A>) -> Self {
        Jobs { perform, tell, slots: BTreeMap::new(), last_generation: 0 }
    }

    /// Hands in a task. It starts after `delay` (80 ms for typing in a filter) unless a newer one takes its place.
    pub fn submit(&mut self, slot: Slot, task: T, delay: Duration) -> u64 {
        self.last_generation += 1;
        let generation = self.last_generation;
        let lane = self.slots.entry(slot).or_insert_with(|| Lane { running: None, waiting: VecDeque::new() });
        if slot.policy != Policy::Each {
            lane.waiting.clear();
        }
        if slot.policy == Policy::Supersede
            && let Some(running) = &mut lane.running
        {
            running.is_dropped = true;
            running.cancel.set();
        }
        lane.waiting.push_back(Waiting { generation, task, delay });
        self.start_next(slot);
        generation
    }

    /// Asks the slot's running job to stop and forgets those that wait; nothing happens to commits and drafts. What the
    /// person is to hear comes back at once, whenever the job sees its flag: its own result is dropped.
    pub fn cancel(&mut self, slot: Slot) -> Option<Report<A>> {
        if slot.policy == Policy::Each {
            return None;
        }
        let lane = self.slots.get_mut(&slot)?;
        let waiting = lane.waiting.drain(..).last().map(|waiting| waiting.generation);
        let running = lane.running.as_mut().filter(|running| !running.is_dropped).map(|running| {
            running.is_dropped = true;
            running.cancel.set();
            running.generation
        });
        let generation = waiting.or(running)?;
        Some(Report { slot, generation, event: JobEvent::Over(Err(Trouble::Cancelled)) })
    }

    /// Asks every running job to stop, but not commits and drafts; what the person is to hear of each.
    pub fn cancel_all(&mut self) -> Vec<Report<A>> {
        let slots: Vec<Slot> = self.slots.keys().copied().collect();
        slots.into_iter().filter_map(|slot| self.cancel(slot)).collect()
    }

    /// Everything is done by this from now on; what still runs finishes unheard, but commits and drafts.
    pub fn perform_by(&mut self, perform: Perform<T, A>) {
        self.perform = perform;
        self.cancel_all();
    }

    /// Takes note of a message and gives it back when it counts; a late one is dropped. Starts what waits.
    pub fn hear(&mut self, report: Report<A>) -> Option<Report<A>> {
        let lane = self.slots.get_mut(&report.slot)?;
        let running = lane.running.as_mut().filter(|running| running.generation == report.generation)?;
        let counts = !running.is_dropped;
        match &report.event {
            JobEvent::Progress(progress) => running.progress = Some(*progress),
            JobEvent::Over(_) => {
                lane.running = None;
                self.start_next(report.slot);
            }
        }
        counts.then_some(report)
    }

    /// The slots at work, and how each stands.
    pub fn at_work(&self) -> Vec<(Slot, Stage)> {
        self.slots.iter().filter_map(|(slot, lane)| Some((*slot, lane.stage()?))).collect()
    }

    /// Whether nothing runs or waits that anybody still wants.
    pub fn is_idle(&self) -> bool {
        self.slots.values().all(|lane| lane.stage().is_none())
    }

    fn start_next(&mut self, slot: Slot) {
        let Some(lane) = self.slots.get_mut(&slot) else { return };
        if lane.running.is_some() {
            return;
        }
        let Some(next) = lane.waiting.pop_front() else { return };
        let cancel = Arc::new(Cancel::default());
        lane.running = Some(Running {
            generation: next.generation,
            cancel: Arc::clone(&cancel),
            is_dropped: false,
            progress: None,
        });
        spawn(slot, next, cancel, Arc::clone(&self.perform), Arc::clone(&self.tell));
    }
}

fn spawn<T: Send + 'static, A: Send + 'static>(
    slot: Slot,
    job: Waiting<T>,
    cancel: Arc<Cancel>,
    perform: Perform<T, A>,
    tell: Tell<A>,
) {
    let generation = job.generation;
    let teller = Arc::clone(&tell);
    let work = move || {
        let progress_teller = Arc::clone(&tell);
        let context = JobContext {
            cancel,
            tell_progress: Box::new(move |progress| {
                progress_teller(Report { slot, generation, event: JobEvent::Progress(progress) });
            }),
            last_told: RefCell::new(None),
        };
        let result = if context.cancel.is_set_within(job.delay) {
            Err(Trouble::Cancelled)
        } else {
            guarded(|| perform(job.task, &context))
        };
        tell(Report { slot, generation, event: JobEvent::Over(result) });
    };
    if let Err(error) = thread::Builder::new().name(format!("job {}", slot.name)).spawn(work) {
        let trouble = Trouble::Failed { text: error.to_string() };
        teller(Report { slot, generation, event: JobEvent::Over(Err(trouble)) });
    }
}

/// A flag that can also be waited for, so that a delayed job is cancelled at once.
#[derive(Default)]
struct Cancel {
    flag: AtomicBool,
    gate: Mutex<()>,
    bell: Condvar,
}

impl Cancel {
    fn set(&self) {
        let _gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        self.flag.store(true, Ordering::Release);
        self.bell.notify_all();
    }

    fn is_set(&self) -> bool {
        self.flag.load(Ordering::Acquire)
    }

    /// Waits up to `delay`; whether it was set by then.
    fn is_set_within(&self, delay: Duration) -> bool {
        if !delay.is_zero() {
            let gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = self.bell.wait_timeout_while(gate, delay, |()| !self.is_set());
        }
        self.is_set()
    }
}
