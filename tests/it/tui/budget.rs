//! Bytes on the line: the budgets of a slow branch network, at 80×24 and at 200×50, in every theme. Each frame also goes
//! through a terminal emulator, which must show it: nothing is saved by leaving out what should be seen.

use santun::desk::config::CursorStyle;
use santun::tui::app::AppSettings;
use santun::tui::theme::ThemeName;
use santun::words::Lang;

use super::desk::{Claims, Clerk, settings};
use super::line::Line;
use super::real::RealClerk;
use super::work_desk::store_to_pay;

const SIZES: [(u16, u16); 2] = [(80, 24), (200, 50)];

/// The most bytes that one step may cost at these sizes.
struct Budget {
    whole: usize,
    cursor_move: usize,
    page: usize,
}

/// What is asked for is ≤ 300 for a move and ≤ 3,000 for a page at 80×24; the writer needs half of it.
fn budget(size: (u16, u16)) -> Budget {
    match size {
        (80, 24) => Budget { whole: 3_000, cursor_move: 150, page: 2_000 },
        _ => Budget { whole: 8_000, cursor_move: 150, page: 4_000 },
    }
}

/// A typed letter, wherever nothing else changes by it.
const TYPED: usize = 60;

/// A move on the real desk also shows the other claim's details.
const MOVE_WITH_DETAILS: usize = 450;

/// Bytes that the frame after these keys costs.
#[track_caller]
fn cost(clerk: &mut Clerk, line: &mut Line, keys: &str) -> usize {
    clerk.press(keys);
    let (frame, cursor) = clerk.buffer();
    line.send(&frame, cursor).len()
}

#[track_caller]
fn real_cost(clerk: &mut RealClerk, line: &mut Line, keys: &str) -> usize {
    clerk.press(keys);
    let (frame, cursor) = clerk.buffer();
    line.send(&frame, cursor).len()
}

#[test]
fn every_theme_keeps_the_budgets_at_both_sizes() {
    for (theme, size) in ThemeName::ALL.into_iter().flat_map(|theme| SIZES.map(|size| (theme, size))) {
        let settings = AppSettings { theme, ..settings() };
        let mut clerk = Clerk::with(settings, Claims::new(2400), size.0, size.1);
        let mut line = Line::new(size.0, size.1);
        let budget = budget(size);
        let within = |what: &str, bytes: usize, most: usize| {
            assert!((1..=most).contains(&bytes), "{theme:?} {size:?}: {what} costs {bytes} bytes");
        };
        within("the first frame", cost(&mut clerk, &mut line, ""), budget.whole);
        for keys in ["j", "j", "k"] {
            within("a cursor move", cost(&mut clerk, &mut line, keys), budget.cursor_move);
        }
        for keys in ["pgdn", "pgdn", "pgup", "G", "g"] {
            within(keys, cost(&mut clerk, &mut line, keys), budget.page);
        }
        // What cannot be read leaves the list as it is.
        cost(&mut clerk, &mut line, "/ 'ab='");
        within("a letter in the filter", cost(&mut clerk, &mut line, "'c'"), TYPED);
        within("a letter rubbed out", cost(&mut clerk, &mut line, "backspace"), TYPED);
        cost(&mut clerk, &mut line, "esc a");
        for letter in ["'S'", "'i'", "'漢'"] {
            within("a letter in a form", cost(&mut clerk, &mut line, letter), TYPED);
        }
        cost(&mut clerk, &mut line, "esc e");
        within("a letter in a prompt", cost(&mut clerk, &mut line, "'x'"), TYPED);
        assert_eq!(cost(&mut clerk, &mut line, ""), 0, "{theme:?} {size:?}: an idle screen sends nothing");
    }
}

#[test]
fn the_real_desk_keeps_the_budgets() {
    let folder = store_to_pay();
    for size in SIZES {
        let mut clerk = RealClerk::with(folder.path(), Lang::Id, size);
        let mut line = Line::new(size.0, size.1);
        let within = |what: &str, bytes: usize, most: usize| {
            assert!((1..=most).contains(&bytes), "{size:?}: {what} costs {bytes} bytes");
        };
        within("the first frame", real_cost(&mut clerk, &mut line, ""), budget(size).whole);
        for keys in ["j", "j", "k"] {
            within("a move with its details", real_cost(&mut clerk, &mut line, keys), MOVE_WITH_DETAILS);
        }
        real_cost(&mut clerk, &mut line, "/ 'zzz'");
        within("a letter in the filter", real_cost(&mut clerk, &mut line, "'z'"), TYPED);
        real_cost(&mut clerk, &mut line, "esc ? /");
        real_cost(&mut clerk, &mut line, "'zzz'");
        within("a letter in the search", real_cost(&mut clerk, &mut line, "'z'"), TYPED);
    }
}

/// The cursor as a mark alone, for the slowest lines.
#[test]
fn a_marker_moves_for_less() {
    for size in SIZES {
        let settings = AppSettings { theme: ThemeName::Ansi16, ..settings() };
        let mut clerk = Clerk::with(settings, Claims::new(2400), size.0, size.1);
        clerk.app.set_cursor(CursorStyle::Marker);
        let mut line = Line::new(size.0, size.1);
        cost(&mut clerk, &mut line, "j");
        let bytes = cost(&mut clerk, &mut line, "j");
        assert!((1..=MARKER_MOVE).contains(&bytes), "{size:?}: a marker's move costs {bytes} bytes");
    }
}

/// A marker's move, the row's number in the count beside the filter included.
const MARKER_MOVE: usize = 60;

#[test]
fn drained_keys_cost_one_frame() {
    let mut clerk = Clerk::new();
    let mut line = Line::new(80, 24);
    cost(&mut clerk, &mut line, "");
    let ten = cost(&mut clerk, &mut line, "j j j j j j j j j j");
    assert!(ten <= budget((80, 24)).cursor_move, "ten keys drained at once cost {ten} bytes");
}
