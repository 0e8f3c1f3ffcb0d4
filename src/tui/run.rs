//! The loop: receive one message, drain the rest, update, hand out the effects, draw if something may have changed.
//!
//! The drawing thread sleeps until a message comes. It wakes by itself only while a job runs, four times a second, and
//! never draws more than thirty frames a second.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::app::{App, DRAFT};
use super::decode::Heard;
use super::effect::{Answer, Draft, Effect, Msg, Task};
use super::input::{End, listen};
use super::jobs::{JobEvent, Jobs, Perform, Report, Slot, Stage};
use super::signals::{LastWill, Noticed, watch};
use super::terminal::{self, OurTerminal, PanicPolicy, Stop, TerminalGuard, TerminalSettings};
use super::writer::FrameWriter;
use crate::words::Lang;

/// Between two frames, in the long run.
const FRAME: Duration = Duration::from_millis(33);
/// So far ahead of that pace single frames may be: a key is answered at once, though a job's progress was just drawn.
const AHEAD: Duration = Duration::from_millis(100);
/// Between two steps of the sign that a job runs.
const SPIN: Duration = Duration::from_millis(250);

/// Writes drafts to disk at once, from any thread: the last will when the line drops.
pub type SaveDrafts = Arc<dyn Fn(&[Draft]) + Send + Sync>;

/// Follows other clerks on a thread of its own and calls the given function when the store has changed, until that
/// says that nobody listens any more.
pub type Follow = Box<dyn FnOnce(&dyn Fn() -> Listening) + Send>;

/// Makes the app anew in a language, and what does its work; it is given the notes that are held and not yet on disk.
pub type Speak = Box<dyn Fn(Lang, &[Draft]) -> (App, Perform<Task, Answer>)>;

/// Whether the screen still listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listening {
    /// It does.
    Yes,
    /// It is gone.
    No,
}

/// All that the screen needs to run.
pub struct Program {
    /// What the desk read about the terminal.
    pub settings: TerminalSettings,
    /// The state it begins with.
    pub app: App,
    /// Does the work.
    pub perform: Perform<Task, Answer>,
    /// The last will.
    pub save_drafts: SaveDrafts,
    /// Follows other clerks.
    pub follow: Option<Follow>,
    /// Changes the language.
    pub speak: Speak,
}

/// What reaches the loop.
enum Event {
    Heard(Heard),
    Noticed(Noticed),
    Job(Report<Answer>),
    Changed,
}

/// Runs the screen until the person quits. The terminal is given back whatever happens.
pub fn run(program: Program) -> io::Result<()> {
    let Program { settings, app, perform, save_drafts, follow, speak } = program;
    let guard = TerminalGuard::enter(&settings.title, settings.mouse)?;
    let _policy = PanicPolicy::install(guard.restore());
    let drafts = DraftShelf::default();
    let shelf = drafts.clone();
    let save_last = Arc::clone(&save_drafts);
    let will = LastWill::new(guard.restore(), Arc::new(move || save_drafts(&shelf.pending())));
    let (sender, receiver) = unbounded();
    start_threads(&settings, &will, follow, &sender)?;
    let tell_sender = sender.clone();
    let tell = Arc::new(move |report| drop(tell_sender.send(Event::Job(report))));
    let mut desk = Loop {
        app,
        speak,
        jobs: Jobs::new(perform, tell),
        drafts,
        writer: FrameWriter::new(guard.out()),
        guard,
        shown_work: Vec::new(),
        is_over: false,
    };
    let outcome = desk.run(&receiver);
    desk.guard.restore().now();
    if outcome.is_err() {
        // The terminal does not take what we write: it is gone, and so are we.
        will.execute(LOST);
    }
    desk.finish(&receiver);
    // Half-typed forms that were not left, and where the screen was left.
    save_last(&desk.drafts.pending());
    outcome
}

/// The exit code after a lost terminal: that of a hang-up.
const LOST: i32 = 129;

fn start_threads(
    settings: &TerminalSettings,
    will: &LastWill,
    follow: Option<Follow>,
    sender: &Sender<Event>,
) -> io::Result<()> {
    let noticed = sender.clone();
    watch(will.clone(), move |what| drop(noticed.send(Event::Noticed(what))))?;
    let (typed, escape_wait, will) = (sender.clone(), settings.escape_wait, will.clone());
    thread::Builder::new().name("input".to_owned()).spawn(move || {
        let end =
            listen(rustix::stdio::stdin(), escape_wait, |heard| typed.send(Event::Heard(heard)).is_ok());
        if end == End::Lost {
            will.execute(LOST);
        }
    })?;
    if let Some(follow) = follow {
        let changed = sender.clone();
        thread::Builder::new().name("refresh".to_owned()).spawn(move || {
            follow(&|| if changed.send(Event::Changed).is_ok() { Listening::Yes } else { Listening::No });
        })?;
    }
    Ok(())
}

struct Loop {
    app: App,
    speak: Speak,
    jobs: Jobs<Task, Answer>,
    drafts: DraftShelf,
    guard: TerminalGuard,
    writer: FrameWriter<OurTerminal>,
    shown_work: Vec<(Slot, Stage)>,
    is_over: bool,
}

impl Loop {
    fn run(&mut self, receiver: &Receiver<Event>) -> io::Result<()> {
        let (width, height) = terminal::size()?;
        let effects = self.app.start(width, height);
        self.do_all(effects)?;
        self.draw()?;
        let mut pace = Pace::new(Instant::now());
        let mut next_spin = None;
        while !self.is_over {
            let is_working = !self.jobs.is_idle();
            next_spin = is_working.then(|| next_spin.unwrap_or_else(|| Instant::now() + SPIN));
            match receive(receiver, next_spin) {
                Received::Event(event) => self.take(event)?,
                Received::Spin => {
                    next_spin = None;
                    self.update(Msg::Tick)?;
                }
                Received::Nobody => return Ok(()),
            }
            // Whatever has come meanwhile is taken in before drawing; a burst waits for the next frame.
            loop {
                while let Ok(event) = receiver.try_recv() {
                    self.take(event)?;
                }
                let rest = pace.wait(Instant::now());
                if rest.is_zero() || self.is_over {
                    break;
                }
                match receiver.recv_timeout(rest) {
                    Ok(event) => self.take(event)?,
                    Err(_) => break,
                }
            }
            self.tell_work()?;
            self.draw()?;
            pace.drawn(Instant::now());
        }
        Ok(())
    }

    fn take(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Heard(Heard::Input(input)) => self.update(Msg::Input(input)),
            Event::Heard(Heard::Mouse(mouse)) => self.update(Msg::Mouse(mouse)),
            Event::Changed => self.update(Msg::Changed),
            Event::Job(report) => {
                if let JobEvent::Over(Ok(Answer::DraftKept { draft })) = &report.event {
                    self.drafts.written(draft);
                }
                match self.jobs.hear(report) {
                    Some(report) => self.update(Msg::Job(report)),
                    None => Ok(()),
                }
            }
            Event::Noticed(Noticed::StopAsked) => self.suspend(Stop::Alone),
            Event::Noticed(noticed) => {
                if noticed == Noticed::Continued {
                    self.guard.resume()?;
                    self.writer.forget();
                }
                let (width, height) = terminal::size()?;
                self.update(Msg::Resize { width, height })
            }
        }
    }

    fn suspend(&mut self, stop: Stop) -> io::Result<()> {
        self.writer.forget();
        self.guard.suspend(stop)
    }

    fn update(&mut self, msg: Msg) -> io::Result<()> {
        let effects = self.app.update(msg);
        self.do_all(effects)
    }

    fn do_all(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        for effect in effects {
            match effect {
                Effect::Run { slot, task, delay } => {
                    match &task {
                        Task::SaveDraft(draft) | Task::LeaveDraft(draft) | Task::TakeDraft { draft, .. } => {
                            self.drafts.put(draft.clone())
                        }
                        Task::DropDraft { form } => self.drafts.forget(form),
                        _ => {}
                    }
                    self.jobs.submit(slot, task, delay);
                }
                Effect::HoldDraft(draft) => self.drafts.put(draft),
                // The person is answered now; a job in the middle of something ends later and is not heard any more.
                Effect::CancelJobs => {
                    for report in self.jobs.cancel_all() {
                        self.update(Msg::Job(report))?;
                    }
                }
                Effect::Copy(text) => copy(&mut self.guard.out(), &text)?,
                Effect::Suspend => self.suspend(Stop::Group)?,
                Effect::Redraw => self.writer.forget(),
                Effect::Speak(lang) => self.speak(lang)?,
                Effect::Quit => self.is_over = true,
            }
        }
        Ok(())
    }

    /// The screen goes on in another language, on the same tab and in the same colours.
    fn speak(&mut self, lang: Lang) -> io::Result<()> {
        let (app, perform) = (self.speak)(lang, &self.drafts.pending());
        self.app = app.going_on_from(&self.app);
        self.jobs.perform_by(perform);
        let (width, height) = terminal::size()?;
        let effects = self.app.start(width, height);
        self.do_all(effects)
    }

    fn tell_work(&mut self) -> io::Result<()> {
        let at_work = self.jobs.at_work();
        if at_work != self.shown_work {
            self.shown_work.clone_from(&at_work);
            self.update(Msg::AtWork(at_work))?;
        }
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        let (width, height) = self.app.size();
        let mut frame = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = self.app.view(&mut frame);
        self.writer.show(&frame, cursor)
    }

    /// After the end: commits and drafts that were handed in still run to their end, everything else stops.
    fn finish(&mut self, receiver: &Receiver<Event>) {
        drop(self.jobs.cancel_all());
        while self.jobs.at_work().iter().any(|(slot, _)| slot.policy == super::jobs::Policy::Each) {
            match receiver.recv_timeout(FINISH) {
                Ok(Event::Job(report)) => drop(self.jobs.hear(report)),
                Ok(_) => {}
                Err(_) => return,
            }
        }
    }
}

/// After quitting, a commit under way is waited for this long between two signs of life.
const FINISH: Duration = Duration::from_secs(10);

/// At most thirty frames a second in the long run, with a few at once.
#[derive(Debug)]
pub struct Pace {
    /// When the next frame would come at an even pace.
    due: Instant,
}

impl Pace {
    /// A pace that begins now.
    pub fn new(now: Instant) -> Self {
        Pace { due: now }
    }

    /// How long the next frame has to wait.
    pub fn wait(&self, now: Instant) -> Duration {
        self.due.saturating_duration_since(now).saturating_sub(AHEAD)
    }

    /// A frame was drawn.
    pub fn drawn(&mut self, now: Instant) {
        self.due = self.due.max(now) + FRAME;
    }
}

enum Received {
    Event(Event),
    Spin,
    Nobody,
}

fn receive(receiver: &Receiver<Event>, next_spin: Option<Instant>) -> Received {
    match next_spin {
        None => receiver.recv().map_or(Received::Nobody, Received::Event),
        Some(spin) => match receiver.recv_deadline(spin) {
            Ok(event) => Received::Event(event),
            Err(RecvTimeoutError::Timeout) => Received::Spin,
            Err(RecvTimeoutError::Disconnected) => Received::Nobody,
        },
    }
}

/// OSC 52: through the terminal, also over SSH.
fn copy(out: &mut OurTerminal, text: &str) -> io::Result<()> {
    let mut bytes = Vec::new();
    crossterm::queue!(bytes, crossterm::clipboard::CopyToClipboard::to_clipboard_from(text))?;
    out.write_all(&bytes)
}

/// Drafts handed in and not yet on disk, for the last will.
#[derive(Clone, Default)]
struct DraftShelf {
    pending: Arc<Mutex<BTreeMap<String, Draft>>>,
}

impl DraftShelf {
    fn put(&self, draft: Draft) {
        self.lock().insert(draft.form.clone(), draft);
    }

    /// Only this very text is on disk; a newer one of the same form still waits.
    fn written(&self, draft: &Draft) {
        let mut pending = self.lock();
        if pending.get(&draft.form) == Some(draft) {
            pending.remove(&draft.form);
        }
    }

    fn forget(&self, form: &str) {
        self.lock().remove(form);
    }

    fn pending(&self) -> Vec<Draft> {
        self.lock().values().cloned().collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Draft>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The jobs of a test or a headless run: every task is done at once, on this thread, until nothing is left to do.
/// What the loop itself would have done (copies, suspension, the end) comes back.
pub fn run_until_idle(app: &mut App, perform: &Perform<Task, Answer>, effects: Vec<Effect>) -> Vec<Effect> {
    let mut waiting: VecDeque<Effect> = effects.into();
    let mut others = Vec::new();
    let mut generation = 0;
    while let Some(effect) = waiting.pop_front() {
        let Effect::Run { slot, task, .. } = effect else {
            others.push(effect);
            continue;
        };
        generation += 1;
        let result = super::crash::guarded(|| perform(task, &super::jobs::JobContext::alone()));
        let report = Report { slot, generation, event: JobEvent::Over(result) };
        waiting.extend(app.update(Msg::Job(report)));
    }
    others
}

/// The slot of drafts is known to the loop: their text is kept for the last will until it is on disk.
const _: () = assert!(matches!(DRAFT.policy, super::jobs::Policy::Each));
