//! The charts by key scripts on a real store: each kind, its variants, its file, other fonts and no colours.

use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::unbounded;
use santun::desk::Desk;
use santun::domain::ClaimCommand;
use santun::domain::code::Outcome;
use santun::domain::query::Expr;
use santun::report::render::chart::{Size, charts_svg};
use santun::tui::effect::{Answer, ChartAsk, ChartKind, Over, Subject, Task};
use santun::tui::jobs::{JobContext, JobEvent, Jobs, Slot, Trouble};
use santun::tui::perform::Bench;
use santun::tui::theme::{Glyphs, ThemeName};
use santun::words::{Lang, Words};

use super::real::{RealClerk, clock};
use super::work_desk::store_to_pay;

#[test]
fn charts_are_turned_round_and_round() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f4 d").sees("Grafik 2/5 · Sebaran kelompok").sees("komponen 1").sees("benih 0");
    clerk.press("l").sees("Grafik 3/5").sees("Kelompok 1 dari");
    clerk.press("l").sees("Grafik 4/5").sees("pekerja-tahun").sees("99,8 %");
    clerk.press("l").sees("Grafik 5/5").sees("1 sembuh");
    clerk.press("]").sees("Grafik 1/5").press("h").sees("Grafik 5/5").press("esc").sees("k-modes");
}

/// The two newest cases are ten days old at most, and nobody older is observed before day 28.
#[test]
fn a_curve_that_stops_says_why() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f4 d l l l").sees("Pengamatan terputus").sees("semua (hari ke-10)");
    let mut clerk = RealClerk::new(folder.path());
    clerk.press(OLDER).shows("chart-course").sees("semua (hari ke-77)");
}

/// The course of the cases before October, two of which follow each other without a gap.
const OLDER: &str = "f4 / 'kejadian < 01/10/2026' enter d l l l";

#[test]
fn each_chart_has_its_variants() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f4 c d").sees("Corong angka klaim").sees("tanpa lalu lintas").press("j").sees("semua klaim");
    clerk.press("k k").sees("lalu lintas saja").press("l").sees("Perjalanan kasus JKK");
    clerk.press("j").sees("menurut diagnosis").press("G").sees("menurut tahun").press("g").misses("menurut");
}

#[test]
fn the_profile_is_that_of_the_chosen_group() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f4 + + j d l").sees("Kelompok 2 dari").press("k").sees("Kelompok 1 dari");
}

#[test]
fn curves_of_a_given_k_say_why_there_are_none() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f4 + d h").sees("esc, lalu A").press("m").sees("Kembali dulu");
}

#[test]
fn a_chart_goes_to_a_file() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    let path = folder.path().join("grafik.svg");
    let typed = path.to_str().expect("a temporary path is text").to_owned();
    clerk.press(&format!("f4 d l l l e ctrl-u '{typed}' enter")).sees("Ditulis");
    let svg = std::fs::read_to_string(&path).expect("the file is there");
    assert!(svg.starts_with("<svg ") && svg.contains("Perjalanan kasus JKK"), "{svg}");
    clerk.press(&format!("e ctrl-u '{typed}' enter")).sees("sudah ada");
}

#[test]
fn charts_need_neither_colours_nor_a_font() {
    let folder = store_to_pay();
    for (glyphs, theme) in [(Glyphs::Ascii, ThemeName::Dark), (Glyphs::Unicode, ThemeName::Mono)] {
        let mut clerk = RealClerk::looking(folder.path(), glyphs, theme);
        clerk.press(OLDER);
        let screen = clerk.screen();
        assert!(!screen.contains(|c: char| ('\u{2800}'..='\u{28ff}').contains(&c)), "{screen}");
        assert!(screen.lines().any(|line| line.contains("11")), "{screen}");
    }
}

#[test]
fn a_small_screen_shows_what_it_can() {
    let folder = store_to_pay();
    for size in [(20, 6), (40, 12), (80, 24), (200, 50)] {
        let mut clerk = RealClerk::with(folder.path(), Lang::En, size);
        clerk.press("f4 d l l l l h");
        clerk.screen();
    }
}

fn bench_on(folder: &std::path::Path) -> Arc<Bench> {
    let desk = Desk::open(&folder.join("store"), clock()).expect("the store opens");
    Arc::new(Bench::new(desk, Words::new(Lang::Id), Glyphs::Unicode))
}

fn course() -> ChartAsk {
    ChartAsk { kind: ChartKind::Course, variant: 0, filter: String::new() }
}

/// The course of cases that are followed long enough for a curve.
fn older() -> ChartAsk {
    ChartAsk { filter: "kejadian < 01/10/2026".to_owned(), ..course() }
}

/// What goes to the file is what was seen, also when the books have changed since.
#[test]
fn the_chart_that_is_seen_is_the_one_that_is_saved() {
    let folder = store_to_pay();
    let bench = bench_on(folder.path());
    let path = folder.path().join("grafik.svg");
    let file = path.to_str().expect("a temporary path is text").to_owned();
    let see = || match bench.perform(Task::Page(Subject::Chart(older())), &JobContext::alone()) {
        Ok(Answer::Chart(card)) => charts_svg(&card.charts, Size::default(), &bench.words),
        other => panic!("{other:?}"),
    };
    let seen = see();
    let claim = bench.desk.find_claim("K26-000103").expect("the claim is there");
    let recovered =
        ClaimCommand::SetOutcome { outcome: Outcome::Sembuh, date: jiff::civil::date(2026, 10, 20) };
    bench.desk.claim(&bench.desk.new_key(), claim.id, None, &recovered).expect("it recovers");
    let save = Task::Write {
        subject: Subject::Chart(older()),
        format: "svg".to_owned(),
        path: file,
        over: Over::Replace,
    };
    bench.perform(save, &JobContext::alone()).expect("it is written");
    assert_eq!(std::fs::read_to_string(&path).expect("the file is there"), seen);
    assert_ne!(see(), seen, "else nothing has changed");
}

/// The course and the funnel read all claims: they say how far they are, and stop when they are told to.
#[test]
fn long_charts_tell_how_far_they_are_and_can_be_stopped() {
    let folder = store_to_pay();
    for kind in [ChartKind::Course, ChartKind::Funnel] {
        let bench = bench_on(folder.path());
        let (sender, reports) = unbounded();
        let mut jobs = Jobs::new(bench.into_perform(), Arc::new(move |report| drop(sender.send(report))));
        jobs.submit(SLOT, Task::Page(Subject::Chart(ChartAsk { kind, ..course() })), Duration::ZERO);
        let mut n_told = 0;
        while !jobs.is_idle() {
            let report = reports.recv_timeout(Duration::from_secs(20)).expect("a job says when it is over");
            n_told += usize::from(matches!(report.event, JobEvent::Progress(_)));
            jobs.hear(report);
        }
        assert!(n_told > 0, "{kind:?}");
    }
    let bench = bench_on(folder.path());
    let stopped = std::sync::atomic::AtomicBool::new(true);
    let course = bench.desk.course(&Expr::All, Default::default(), &stopped);
    assert_eq!(course.map(drop).map_err(|error| bench.trouble(error)), Err(Trouble::Cancelled));
    let months = santun::desk::Months::last_twelve(bench.desk.today());
    let ranking = bench.desk.rank(months, Default::default(), &stopped);
    assert_eq!(ranking.map(drop).map_err(|error| bench.trouble(error)), Err(Trouble::Cancelled));
}

const SLOT: Slot = Slot::supersede("chart under test");
