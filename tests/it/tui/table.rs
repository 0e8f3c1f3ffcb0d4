//! The table's cursor, window and columns.

use std::io;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use santun::desk::config::CursorStyle;
use santun::tui::app::AppSettings;
use santun::tui::effect::{Answer, Effect, ListName, Task};
use santun::tui::jobs::Slot;
use santun::tui::keymap::Action;
use santun::tui::list::{List, ListSlots};
use santun::tui::screen::{Wish, Wishes};
use santun::tui::table::{Cell, Column, Row, Table};
use santun::tui::theme::ThemeName;
use santun::tui::writer::FrameWriter;
use santun::words::{Lang, Words};

use super::desk::{Claims, Clerk, app, settings};

fn columns() -> Vec<Column> {
    vec![
        Column::text("no", "No".into(), 6),
        Column::text("name", "Nama".into(), 8).up_to(20),
        Column::text("place", "Tempat".into(), 8).rank(2),
        Column::number("amount", "Jumlah".into(), 8).rank(1),
    ]
}

fn rows(from: u64, to: u64) -> Vec<Row> {
    (from..to)
        .map(|n| Row {
            key: format!("K{n}"),
            cells: vec![
                Cell::new(&format!("K{n}")),
                Cell::new("Siti"),
                Cell::new("Jember"),
                Cell::new("1.000"),
            ],
        })
        .collect()
}

/// A table of that many rows that answers itself.
fn table(n_rows: u64, height: u16) -> Table {
    let mut table = Table::new(columns());
    table.set_height(height + 1);
    table.listed(n_rows, None);
    feed(&mut table);
    table
}

fn feed(table: &mut Table) {
    while let Some(range) = table.ask() {
        assert!(range.end - range.start <= 100, "asks for {range:?}");
        table.receive(range.start, rows(range.start, range.end));
    }
}

#[test]
fn the_cursor_stays_in_the_list_and_its_row_is_there() {
    let table_of_moves = "
        rows height moves                     cursor
        0    10     j k G g                   0
        1    10     j                         0
        5    10     j j                       2
        5    10     G                         4
        50   10     pgdn                      10
        50   10     pgdn pgdn pgup            10
        50   10     G pgup                    39
        50   10     G j                       49
        1000000 20  G                         999999
        1000000 20  G pgup k                  999978
        30   0      j j                       2
    ";
    for line in table_of_moves.lines().map(str::trim).filter(|line| !line.is_empty()).skip(1) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (n_rows, height) = (words[0].parse().expect("rows"), words[1].parse().expect("height"));
        let mut table = table(n_rows, height);
        for key in &words[2..words.len() - 1] {
            table.act(match *key {
                "j" => Action::Down,
                "k" => Action::Up,
                "G" => Action::Last,
                "g" => Action::First,
                "pgdn" => Action::PageDown,
                _ => Action::PageUp,
            });
            feed(&mut table);
        }
        assert_eq!(table.cursor().to_string(), words[words.len() - 1], "{line}");
        if n_rows > 0 && height > 0 {
            let selected = table.selected().map(|row| row.key.clone());
            assert_eq!(selected, Some(format!("K{}", table.cursor())), "{line}");
        }
    }
}

#[test]
fn at_the_edge_it_jumps_half_a_page() {
    let mut table = table(100, 10);
    for _ in 0..10 {
        table.act(Action::Down);
    }
    let area = Rect::new(0, 0, 40, 11);
    let mut buffer = Buffer::empty(area);
    let clerk = Clerk::new();
    feed(&mut table);
    table.view(area, &mut buffer, &clerk.app.look());
    assert!(super::snapshot::text(&buffer).lines().nth(1).expect("a row").contains("K5 "));
}

#[test]
fn a_filter_keeps_the_selected_row_at_its_height() {
    let mut table = table(100, 10);
    table.go(50);
    feed(&mut table);
    table.listed(40, Some(7));
    feed(&mut table);
    assert_eq!(table.cursor(), 7);
    table.listed(0, None);
    assert_eq!(table.selected(), None);
    table.listed(3, None);
    assert_eq!(table.cursor(), 0);
}

#[test]
fn marks_follow_keys_not_places() {
    let mut table = table(20, 10);
    table.toggle_mark();
    table.toggle_mark();
    assert_eq!(table.marks().collect::<Vec<_>>(), ["K0", "K1"]);
    assert_eq!(table.cursor(), 2, "marking goes on to the next row");
    table.listed(5, None);
    assert_eq!(table.n_marks(), 2);
    table.mark(["K9".to_owned()]);
    table.unmark(&["K0".to_owned(), "K7".to_owned()]);
    assert_eq!(table.marks().collect::<Vec<_>>(), ["K1", "K9"]);
    table.clear_marks();
    assert_eq!(table.n_marks(), 0);
}

/// The head of the table at a width, after so many columns to the right.
fn head(width: u16, n_right: usize) -> String {
    let mut table = table(3, 5);
    table.set_width(width);
    for _ in 0..n_right {
        table.act(Action::Right);
    }
    let area = Rect::new(0, 0, width, 6);
    let mut buffer = Buffer::empty(area);
    let app = app(settings());
    table.view(area, &mut buffer, &app.look());
    super::snapshot::text(&buffer).lines().next().expect("a head").to_owned()
}

#[test]
fn columns_leave_by_rank_and_scroll_beside_the_frozen_one() {
    let table = [
        (60, 0, "  No      Nama                  Tempat      Jumlah"),
        (41, 0, "  No      Nama        Tempat      Jumlah"),
        (34, 0, "  No      Nama Jumlah›"),
        (24, 0, "  No      Nama         ›"),
        (12, 0, "  No       ›"),
        (34, 1, "  No      Nama Jumlah›"),
        (34, 2, "  No      Nama Tempat ›"),
        (34, 3, "‹ No      Tempat      Jumlah"),
        (34, 9, "‹ No      Tempat      Jumlah"),
        (24, 3, "‹ No      Jumlah"),
        (24, 2, "‹ No      Tempat ›"),
        (12, 1, "  No      N›"),
    ];
    for (width, n_right, expected) in table {
        let got = head(width, n_right);
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(squeezed(&got), squeezed(expected), "width {width}, right {n_right}: {got:?}");
        assert!(santun::tui::paint::width(&got) <= width);
    }
}

/// Ten million rows that nobody holds: each answer is made when it is asked for, and no more than a hundred rows at once.
fn endless<'a>(list: &mut List, mut wishes: Wishes<'a>, words: &'a Words) -> usize {
    const N_ROWS: u64 = 10_000_000;
    let mut n_windows = 0;
    loop {
        let wished = wishes.into_inner();
        if wished.is_empty() {
            return n_windows;
        }
        wishes = Wishes::new(words);
        for wish in wished {
            let Wish::Do(Effect::Run { task, .. }) = wish else { continue };
            let answer = match task {
                Task::List { list, .. } => {
                    Answer::Listed { list, n_rows: N_ROWS, of: N_ROWS, kept: None, near: None }
                }
                Task::Window { list, from, n_rows } => {
                    assert!(n_rows <= 100 && from + u64::from(n_rows) <= N_ROWS, "{from} + {n_rows}");
                    n_windows += 1;
                    Answer::Window { list, from, rows: rows(from, from + u64::from(n_rows)) }
                }
                Task::Sums { .. } => continue,
                other => panic!("{other:?}"),
            };
            list.receive(&answer, &mut wishes);
        }
    }
}

#[test]
fn ten_million_rows_are_seen_through_small_windows() {
    let words = Words::new(Lang::Id);
    let slots = ListSlots { order: Slot::supersede("order"), window: Slot::finish("rows") };
    for height in [3, 23, 49, 101] {
        let mut list = List::new(ListName::Claims, slots, columns());
        let mut wishes = Wishes::new(&words);
        list.lay(Rect::new(0, 0, 80, height), &mut wishes);
        list.refresh(&mut wishes);
        endless(&mut list, wishes, &words);
        let page = u64::from(height) - 2;
        let moves = [
            (Action::Last, 9_999_999),
            (Action::PageUp, 9_999_999 - page),
            (Action::Up, 9_999_998 - page),
            (Action::First, 0),
            (Action::PageDown, page),
            (Action::Down, page + 1),
        ];
        for (action, cursor) in moves {
            let mut wishes = Wishes::new(&words);
            list.act(action, &mut wishes);
            let n_windows = endless(&mut list, wishes, &words);
            assert_eq!(list.table().cursor(), cursor, "{action:?} at {height}");
            let selected = list.selected().map(|row| row.key.clone());
            assert_eq!(selected, Some(format!("K{cursor}")), "{action:?} at {height}");
            assert!(n_windows <= 1, "{action:?} at {height} asks {n_windows} times");
        }
    }
}

#[test]
fn a_count_that_comes_late_is_about_the_marks_it_was_asked_for() {
    let words = Words::new(Lang::Id);
    let slots = ListSlots { order: Slot::supersede("order"), window: Slot::finish("rows") };
    let mut list = List::new(ListName::Claims, slots, columns());
    let mut wishes = Wishes::new(&words);
    let area = Rect::new(0, 0, 60, 12);
    list.lay(area, &mut wishes);
    let listed = Answer::Listed { list: ListName::Claims, n_rows: 10, of: 10, kept: None, near: None };
    let window = Answer::Window { list: ListName::Claims, from: 0, rows: rows(0, 10) };
    for answer in [&listed, &window] {
        list.receive(answer, &mut wishes);
    }
    list.act(Action::Mark, &mut wishes);
    for answer in [&listed, &window] {
        list.receive(answer, &mut wishes);
    }
    list.act(Action::Mark, &mut wishes);
    list.act(Action::Mark, &mut wishes);
    list.receive(&Answer::Outside { list: ListName::Claims, n_rows: 0 }, &mut wishes);
    let mut buffer = Buffer::empty(area);
    list.view(area, &mut buffer, &app(settings()).look());
    let head = super::snapshot::text(&buffer);
    assert!(head.contains("3 ditandai  "), "{head}");
}

#[test]
fn the_marker_alone_moves_for_few_bytes() {
    for (width, height) in [(80, 24), (200, 50)] {
        for theme in ThemeName::ALL {
            let settings = AppSettings { theme, ..settings() };
            let mut clerk = Clerk::with(settings, Claims::new(2400), width, height);
            clerk.app.set_cursor(CursorStyle::Marker);
            let mut writer = FrameWriter::new(io::sink());
            let mut cost = |clerk: &mut Clerk, keys: &str| {
                let before = writer.bytes_written();
                clerk.press(keys);
                let (frame, cursor) = clerk.buffer();
                writer.show(&frame, cursor).expect("a sink takes all");
                writer.bytes_written() - before
            };
            cost(&mut clerk, "");
            for key in ["j", "j", "k", "j"] {
                let bytes = cost(&mut clerk, key);
                assert!((1..=60).contains(&bytes), "{theme:?} {width}×{height}: {key} costs {bytes} bytes");
            }
            assert!(clerk.screen().contains("▌ K26-000002"), "{}", clerk.screen());
        }
    }
}

/// Texts that terminals and tables get wrong.
fn awkward() -> Vec<String> {
    let tower = format!("a{}b", "\u{301}".repeat(200));
    [
        "漢字かな交じり文",
        "한국어 텍스트",
        "👩‍👩‍👧‍👦 keluarga",
        "🇮🇩🇯🇵🇰🇷",
        "👍🏽👍🏿",
        "☺️❤️",
        "a\u{200b}b\u{200d}c\u{feff}d",
        "\u{202e}terbalik\u{202c}",
        "שלום עולם",
        "السلام عليكم لا لا",
        "नमस्ते",
        "ﷺﷺ",
        "Ｗｉｄｅ",
        "e\u{301}e\u{301}e\u{301}",
        "\u{1b}[31mmerah",
        "각각",
        "က္ကက္က",
        "អ្នក",
        "ⵏ\u{2d7f}ⴾ",
        "ꓐꓪꓹ",
    ]
    .into_iter()
    .map(str::to_owned)
    .chain([tower])
    .collect()
}

#[test]
fn no_character_breaks_the_columns_after_it() {
    let app = app(settings());
    for text in awkward() {
        for width in 1..=12 {
            let columns = vec![
                Column::text("no", "No".into(), 3),
                Column::text("odd", "漢字👍🏽".into(), width),
                Column::text("next", "Z".into(), 3),
            ];
            let mut table = Table::new(columns);
            table.set_height(2);
            table.listed(1, None);
            table.ask();
            let cells = vec![Cell::new("K1"), Cell::new(&text), Cell::new("NEX")];
            table.receive(0, vec![Row { key: "K1".into(), cells }]);
            let area = Rect::new(0, 0, 40, 2);
            let mut buffer = Buffer::empty(area);
            table.view(area, &mut buffer, &app.look());
            let next = 2 + 3 + 2 + width + 2;
            for (place, expected) in (next..).zip(["N", "E", "X"]) {
                assert_eq!(buffer[(place, 1)].symbol(), expected, "{text:?} at width {width}: {buffer:?}");
            }
            assert_eq!(buffer[(next, 0)].symbol(), "Z", "the head at width {width}: {buffer:?}");
            for gap in [next - 2, next - 1] {
                assert_eq!(buffer[(gap, 1)].symbol(), " ", "{text:?} at width {width}: {buffer:?}");
            }
            assert_on_terminal(&buffer, next, &text, width);
        }
    }
}

/// What a terminal makes of the bytes: the column after the text begins where it should there too.
fn assert_on_terminal(buffer: &Buffer, next: u16, text: &str, width: u16) {
    let mut bytes = Vec::new();
    FrameWriter::new(&mut bytes).show(buffer, None).expect("a vector takes all");
    let mut terminal = vt100::Parser::new(buffer.area.height, buffer.area.width, 0);
    // The emulator leaves out the sign for what cannot be shown; terminals show it in one cell.
    let sent = String::from_utf8_lossy(&bytes).replace('\u{fffd}', "?");
    terminal.process(sent.as_bytes());
    let seen: String = (next..next + 3)
        .filter_map(|x| terminal.screen().cell(1, x).map(|cell| cell.contents().to_owned()))
        .collect();
    assert_eq!(seen, "NEX", "{text:?} at width {width} on a terminal: {sent:?}");
}

/// A window that comes back shorter than it was asked for is not asked for again and again.
#[test]
fn a_list_that_became_shorter_does_not_ask_for_ever() {
    let words = Words::new(Lang::Id);
    let slots = ListSlots { order: Slot::supersede("order"), window: Slot::finish("rows") };
    let mut list = List::new(ListName::Claims, slots, columns());
    let mut wishes = Wishes::new(&words);
    list.lay(Rect::new(0, 0, 80, 24), &mut wishes);
    let listed = Answer::Listed { list: ListName::Claims, n_rows: 50, of: 50, kept: None, near: None };
    list.receive(&listed, &mut wishes);
    let mut n_windows = 0;
    for _ in 0..5 {
        let wished = wishes.into_inner();
        wishes = Wishes::new(&words);
        for wish in wished {
            if let Wish::Do(Effect::Run { task: Task::Window { list: name, from, .. }, .. }) = wish {
                n_windows += 1;
                list.receive(&Answer::Window { list: name, from, rows: rows(from, from + 3) }, &mut wishes);
            }
        }
    }
    assert_eq!(n_windows, 1, "the short answer is asked for once");
    // The next order has the right number, and its rows are asked for.
    let listed = Answer::Listed { list: ListName::Claims, n_rows: 3, of: 3, kept: None, near: None };
    list.receive(&listed, &mut wishes);
    let is_window = |wish: &Wish| matches!(wish, Wish::Do(Effect::Run { task: Task::Window { .. }, .. }));
    assert!(wishes.into_inner().iter().any(is_window));
}
