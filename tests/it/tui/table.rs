//! The table's cursor, window and columns.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use santun::tui::keymap::Action;
use santun::tui::table::{Cell, Column, Row, Table};

use super::desk::{Clerk, app, settings};

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

/// The head of the table at a width, after scrolling to the right so many times.
fn head(width: u16, n_right: usize) -> String {
    let mut table = table(3, 5);
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
        (34, 1, "‹ No      Tempat      Jumlah"),
        (34, 9, "‹ No        Jumlah"),
    ];
    for (width, n_right, expected) in table {
        let got = head(width, n_right);
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(squeezed(&got), squeezed(expected), "width {width}, right {n_right}: {got:?}");
        assert!(santun::tui::paint::width(&got) <= width);
    }
}
