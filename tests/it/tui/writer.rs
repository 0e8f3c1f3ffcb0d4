//! What the frame writer sends makes a terminal show the frame, in one write, and no more.

use std::io::{self, Write};

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use santun::tui::writer::FrameWriter;

use super::line::Line;

/// Remembers each write.
#[derive(Default)]
struct Writes(Vec<Vec<u8>>);

impl Write for &mut Writes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.push(bytes.to_vec());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn frame(lines: &[&str]) -> Buffer {
    Buffer::with_lines(lines.iter().copied())
}

#[test]
fn a_frame_is_one_write_in_synchronized_output() {
    let mut writes = Writes::default();
    FrameWriter::new(&mut writes).show(&frame(&["halo", "desk"]), None).expect("memory takes all");
    assert_eq!(writes.0.len(), 1);
    let text = String::from_utf8(writes.0.remove(0)).expect("text");
    assert!(text.starts_with("\x1b[?2026h") && text.ends_with("\x1b[?2026l"), "{text:?}");
}

#[test]
fn the_same_frame_again_costs_nothing() {
    let mut writes = Writes::default();
    let mut writer = FrameWriter::new(&mut writes);
    let cursor = Some(Position { x: 1, y: 0 });
    writer.show(&frame(&["halo"]), cursor).expect("memory takes all");
    let before = writer.bytes_written();
    writer.show(&frame(&["halo"]), cursor).expect("memory takes all");
    assert_eq!(writer.bytes_written(), before);
    assert_eq!(writes.0.len(), 1);
}

#[test]
fn sixteen_colours_leave_as_sixteen_colours() {
    let mut buffer = frame(&["ab"]);
    buffer[(0, 0)].set_style(Style::new().fg(Color::Red).bg(Color::LightBlue));
    let mut writes = Writes::default();
    FrameWriter::new(&mut writes).show(&buffer, None).expect("memory takes all");
    let text = String::from_utf8_lossy(&writes.0[0]).into_owned();
    assert!(text.contains("\x1b[31;104m"), "{text:?}");
}

#[test]
fn after_a_failed_write_the_next_frame_is_whole() {
    struct Broken(bool, Vec<u8>);
    impl Write for Broken {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0 {
                self.0 = false;
                return Err(io::ErrorKind::WouldBlock.into());
            }
            self.1.extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut out = Broken(false, Vec::new());
    {
        let mut writer = FrameWriter::new(&mut out as &mut dyn Write);
        writer.show(&frame(&["satu"]), None).expect("works");
    }
    let mut out = Broken(true, Vec::new());
    {
        let mut writer = FrameWriter::new(&mut out as &mut dyn Write);
        assert!(writer.show(&frame(&["satu"]), None).is_err());
        writer.show(&frame(&["satu"]), None).expect("works now");
    }
    assert!(String::from_utf8_lossy(&out.1).contains("satu"));
}

#[test]
fn half_a_wide_character_is_not_shown() {
    let mut buffer = frame(&["漢字"]);
    buffer.set_string(1, 0, "│", Style::new());
    let mut writes = Writes::default();
    FrameWriter::new(&mut writes).show(&buffer, None).expect("memory takes all");
    let mut parser = vt100::Parser::new(1, 4, 0);
    parser.process(&writes.0[0]);
    assert_eq!(parser.screen().contents(), " │字");
}

/// A small alphabet with wide and combined characters, and a few styles.
fn cells() -> impl Strategy<Value = Vec<(u8, u8)>> {
    proptest::collection::vec((0_u8..8, 0_u8..10), 60)
}

fn buffer(cells: &[(u8, u8)]) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 5));
    for (place, (glyph, style)) in cells.iter().enumerate() {
        let (x, y) = (u16::try_from(place % 12).expect("small"), u16::try_from(place / 12).expect("small"));
        let text = ["a", "b", " ", "é", "─", "漢", "▌", "Z"][usize::from(*glyph)];
        let is_half = x > 0 && buffer[(x - 1, y)].symbol() == "漢";
        if is_half || (text == "漢" && x == 11) {
            continue;
        }
        let style = match style {
            0 => Style::new().fg(Color::Red),
            1 => Style::new().fg(Color::Indexed(117)).add_modifier(Modifier::BOLD),
            2 => Style::new().add_modifier(Modifier::REVERSED),
            3 => Style::new().bg(Color::LightBlue),
            4 => Style::new().add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
            5 => Style::new().fg(Color::Rgb(1, 2, 3)).bg(Color::Indexed(3)),
            _ => Style::new(),
        };
        buffer.set_string(x, y, text, style);
    }
    buffer
}

proptest! {
    #[test]
    fn a_terminal_shows_what_was_drawn(frames in proptest::collection::vec(cells(), 1..5)) {
        let mut line = Line::new(12, 5);
        for cells in &frames {
            line.send(&buffer(cells), Some(Position { x: 3, y: 2 }));
        }
    }

    /// Long blanks, which are erased, between short words.
    #[test]
    fn a_terminal_shows_sparse_rows(frames in proptest::collection::vec(sparse(), 1..6)) {
        let mut line = Line::new(60, 3);
        for (number, words) in frames.iter().enumerate() {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 60, 3));
            for (x, y, text, style) in words {
                buffer.set_stringn(*x, *y, ["a", "漢字", "pekerja", "e\u{301}!"][*text], usize::from(60 - x), STYLES[*style]);
            }
            line.send(&buffer, (number % 2 == 0).then_some(Position { x: 59, y: 2 }));
        }
    }
}

const STYLES: [Style; 5] = [
    Style::new(),
    Style::new().bg(Color::LightBlue),
    Style::new().add_modifier(Modifier::REVERSED),
    Style::new().add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)).fg(Color::Red),
    Style::new().add_modifier(Modifier::BOLD).fg(Color::Red),
];

fn sparse() -> impl Strategy<Value = Vec<(u16, u16, usize, usize)>> {
    proptest::collection::vec((0_u16..60, 0_u16..3, 0_usize..4, 0..STYLES.len()), 0..7)
}

/// The pen takes the shorter way, and says each frame's first place outright.
#[test]
fn the_shortest_way_is_taken() {
    let table: &[(&str, &str, &str)] = &[
        ("abc", "abd", "\x1b[1;3Hd"),
        ("abcdefgh", "Abcdefgh", "\x1b[1HA"),
        ("abcdefgh", "AbcDefgh", "\x1b[1HAbcD"),
        ("abcdefghijkl", "Abcdefghijkl", "\x1b[1HA"),
        ("abcdefghijkl", "AbcdefghijKl", "\x1b[1HA\x1b[9CK"),
        ("abcdefghijkl", "abc         ", "\x1b[1;4H\x1b[K"),
        ("abcdefghijkl", "abcdefgh    ", "\x1b[1;9H\x1b[K"),
        ("abcdefghijkl", "abcdefghij  ", "\x1b[1;11H  "),
        ("abcdefghijklmnopqr", "a            nopqr", "\x1b[1;2H\x1b[12X"),
        ("abcdefghijklmnopqr", "a            noPqr", "\x1b[1;2H\x1b[12X\x1b[14CP"),
    ];
    for (before, after, bytes) in table {
        let mut line = Line::new(u16::try_from(before.len()).expect("short"), 1);
        line.send(&frame(&[before]), None);
        let sent = String::from_utf8(line.send(&frame(&[after]), None)).expect("text");
        let drawn = sent.strip_prefix("\x1b[?2026h").and_then(|rest| rest.strip_suffix("\x1b[?2026l"));
        assert_eq!(drawn, Some(*bytes), "{before:?} → {after:?}");
    }
}

#[test]
fn the_fewest_codes_change_the_ink() {
    let bold = Modifier::BOLD;
    let table: &[(Style, Style, &str)] = &[
        (STYLES[0], STYLES[4], "a\x1b[1;31mb\x1b[0m"),
        (STYLES[4], STYLES[0], "\x1b[1;31ma\x1b[mb"),
        (STYLES[3], STYLES[4], "\x1b[1;4;31ma\x1b[24mb\x1b[m"),
        (Style::new().fg(Color::Red), Style::new().fg(Color::Blue), "\x1b[31ma\x1b[34mb\x1b[m"),
        (
            Style::new().add_modifier(bold.union(Modifier::DIM)),
            Style::new().add_modifier(bold),
            "\x1b[1;2ma\x1b[0;1mb\x1b[m",
        ),
    ];
    for (first, second, bytes) in table {
        let mut buffer = frame(&["ab"]);
        buffer[(0, 0)].set_style(*first);
        buffer[(1, 0)].set_style(*second);
        let sent = String::from_utf8(Line::new(2, 1).send(&buffer, None)).expect("text");
        assert!(sent.contains(&bytes.replace("\x1b[0m", "\x1b[m")), "{bytes:?} in {sent:?}");
    }
}

#[test]
fn what_cannot_be_seen_costs_nothing() {
    let mut line = Line::new(8, 1);
    let mut buffer = frame(&["a b     "]);
    line.send(&buffer, None);
    buffer[(1, 0)].set_style(Style::new().fg(Color::Red).add_modifier(Modifier::BOLD));
    assert_eq!(line.send(&buffer, None), b"");
    buffer[(1, 0)].set_style(Style::new().add_modifier(Modifier::UNDERLINED));
    assert_ne!(line.send(&buffer, None), b"");
}
