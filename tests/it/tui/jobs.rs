//! Slots: one running, one waiting, late results dropped, panics caught. No sleeps: the jobs wait at gates.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};
use santun::tui::crash::without_personal_data;
use santun::tui::jobs::{JobContext, JobEvent, Jobs, Progress, Report, Slot, Stage, Trouble};

const LATEST: Slot = Slot::supersede("latest");
const FINISH: Slot = Slot::finish("finish");
const EACH: Slot = Slot::each("each");

/// A task's number comes back; negative ones panic; each waits for the gate or its cancel flag.
struct Bench {
    jobs: Jobs<i32, i32>,
    reports: Receiver<Report<i32>>,
    gate: Sender<()>,
}

fn bench() -> Bench {
    let (gate, opened) = unbounded::<()>();
    let (sender, reports) = unbounded();
    let perform = move |task: i32, context: &JobContext| {
        while opened.recv_timeout(Duration::from_millis(1)).is_err() {
            context.check()?;
        }
        assert!(task >= 0, "task {task} is unlucky");
        Ok(task)
    };
    let tell = Arc::new(move |report| drop(sender.send(report)));
    Bench { jobs: Jobs::new(Arc::new(perform), tell), reports, gate }
}

impl Bench {
    fn submit(&mut self, slot: Slot, task: i32) {
        self.jobs.submit(slot, task, Duration::ZERO);
    }

    fn open(&self, n: usize) {
        for _ in 0..n {
            self.gate.send(()).expect("the jobs hold the other end");
        }
    }

    /// Hears until all is idle; the results that count.
    fn results(&mut self) -> Vec<Result<i32, Trouble>> {
        let mut results = Vec::new();
        while !self.jobs.is_idle() {
            let report =
                self.reports.recv_timeout(Duration::from_secs(20)).expect("a job says when it is over");
            if let Some(Report { event: JobEvent::Over(result), .. }) = self.jobs.hear(report) {
                results.push(result);
            }
        }
        results
    }
}

#[test]
fn the_newest_supersedes() {
    let mut bench = bench();
    for task in 1..=5 {
        bench.submit(LATEST, task);
    }
    bench.open(2);
    assert_eq!(bench.results(), [Ok(5)]);
}

#[test]
fn the_running_one_finishes_and_the_newest_follows() {
    let mut bench = bench();
    for task in 1..=5 {
        bench.submit(FINISH, task);
    }
    bench.open(2);
    assert_eq!(bench.results(), [Ok(1), Ok(5)]);
}

#[test]
fn commits_all_run_in_order_and_are_not_cancelled_while_they_wait() {
    let mut bench = bench();
    for task in 1..=4 {
        bench.submit(EACH, task);
    }
    assert!(bench.jobs.cancel_all().is_empty());
    bench.open(4);
    assert_eq!(bench.results(), [Ok(1), Ok(2), Ok(3), Ok(4)]);
}

#[test]
fn cancel_is_answered_once_for_each_slot_and_nothing_runs_on() {
    let mut bench = bench();
    bench.submit(FINISH, 1);
    bench.submit(FINISH, 2);
    bench.submit(LATEST, 3);
    bench.submit(LATEST, 4);
    let answered: Vec<_> =
        bench.jobs.cancel_all().into_iter().map(|report| (report.slot, report.generation)).collect();
    assert_eq!(answered, [(FINISH, 2), (LATEST, 4)], "the newest of each slot is what the person waits for");
    assert!(bench.jobs.is_idle() && bench.jobs.at_work().is_empty());
    assert!(bench.jobs.cancel_all().is_empty(), "said once");
    assert_eq!(bench.results(), []);
}

#[test]
fn a_job_that_does_not_look_at_its_flag_holds_up_nobody() {
    let (release, held) = unbounded::<()>();
    let (sender, reports) = unbounded();
    let n_running = Arc::new(AtomicUsize::new(0));
    let (running, begun) = (Arc::clone(&n_running), unbounded::<i32>());
    let tell_begun = begun.0.clone();
    // Task 1 is in the middle of something that cannot be stopped.
    let perform = move |task: i32, _: &JobContext| {
        assert_eq!(running.fetch_add(1, Ordering::SeqCst), 0, "a slot never has two threads at work");
        tell_begun.send(task).expect("the test listens");
        if task == 1 {
            held.recv().expect("the test lets go");
        }
        running.fetch_sub(1, Ordering::SeqCst);
        Ok(task)
    };
    let tell = Arc::new(move |report| drop(sender.send(report)));
    let mut jobs: Jobs<i32, i32> = Jobs::new(Arc::new(perform), tell);
    jobs.submit(FINISH, 1, Duration::ZERO);
    assert_eq!(begun.1.recv_timeout(Duration::from_secs(20)), Ok(1));
    let asked = Instant::now();
    let answers = jobs.cancel_all();
    assert!(asked.elapsed() < Duration::from_millis(100), "{:?}", asked.elapsed());
    assert_eq!(answers[0].event, JobEvent::Over(Err(Trouble::Cancelled)));
    assert_eq!(jobs.at_work(), [], "nobody is told of work that nobody wants");
    for task in [2, 3, 4] {
        jobs.submit(FINISH, task, Duration::ZERO);
    }
    assert_eq!(jobs.at_work(), [(FINISH, Stage::Waiting)]);
    release.send(()).expect("the job waits");
    let mut results = Vec::new();
    while !jobs.is_idle() {
        let report = reports.recv_timeout(Duration::from_secs(20)).expect("a job says when it is over");
        if let Some(Report { event: JobEvent::Over(result), .. }) = jobs.hear(report) {
            results.push(result);
        }
    }
    assert_eq!(results, [Ok(4)], "the late result is dropped, the newest job runs");
}

#[test]
fn a_delayed_job_is_replaced_before_it_starts() {
    let mut bench = bench();
    bench.jobs.submit(LATEST, 1, Duration::from_secs(3600));
    bench.submit(LATEST, 2);
    bench.open(1);
    assert_eq!(bench.results(), [Ok(2)]);
}

#[test]
fn a_panic_is_a_message_and_the_slot_lives_on() {
    let mut bench = bench();
    bench.submit(EACH, -7);
    bench.submit(EACH, 8);
    bench.open(2);
    let results = bench.results();
    assert!(
        matches!(&results[0], Err(Trouble::Crashed { text }) if text.contains("task -7 is unlucky")),
        "{results:?}"
    );
    assert_eq!(results[1], Ok(8));
}

#[test]
fn slots_do_not_wait_for_each_other() {
    let mut bench = bench();
    bench.submit(LATEST, 1);
    bench.submit(EACH, 2);
    assert_eq!(bench.jobs.at_work().len(), 2);
    bench.open(2);
    let mut results = bench.results();
    results.sort_by_key(|result| result.clone().ok());
    assert_eq!(results, [Ok(1), Ok(2)]);
    assert!(bench.jobs.at_work().is_empty());
}

#[test]
fn progress_is_whole_percent() {
    for (done, total, percent) in [(0, 10, 0), (1, 3, 33), (10, 10, 100), (5, 0, 0), (9, 3, 100)] {
        assert_eq!(Progress { done, total }.percent(), percent, "{done}/{total}");
    }
    assert_eq!(Progress { done: u64::MAX / 2, total: u64::MAX }.percent(), 49);
}

#[test]
fn what_is_said_of_a_panic_holds_no_personal_data() {
    let table = [
        (
            "index out of bounds: the len is 3 but the index is 7",
            "index out of bounds: the len is 3 but the index is 7",
        ),
        ("no claim K26-000013 in 2026", "no claim K26-000013 in 2026"),
        (
            r#"called `Result::unwrap()` on an `Err` value: Name("Siti Aminah")"#,
            r#"called `…` on an `…` value: Name("…")"#,
        ),
        ("account 1450099887700 of 3273014107900001", "account … of …"),
        ("an open \"quote stays", "an open \"quote stays"),
        ("", ""),
    ];
    for (reason, said) in table {
        assert_eq!(without_personal_data(reason), said);
    }
}
