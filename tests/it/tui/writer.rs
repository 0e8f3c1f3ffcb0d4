//! What the frame writer sends makes a terminal show the frame, in one write, and no more.

use std::io::{self, Write};

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use santun::tui::writer::FrameWriter;

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

fn shown_colour(colour: vt100::Color) -> Color {
    match colour {
        vt100::Color::Default => Color::Reset,
        vt100::Color::Idx(1) => Color::Red,
        vt100::Color::Idx(12) => Color::LightBlue,
        vt100::Color::Idx(index) => Color::Indexed(index),
        vt100::Color::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
    }
}

proptest! {
    #[test]
    fn a_terminal_shows_what_was_drawn(frames in proptest::collection::vec(cells(), 1..5)) {
        let mut parser = vt100::Parser::new(5, 12, 0);
        let mut writes = Writes::default();
        let mut last = Buffer::empty(Rect::new(0, 0, 12, 5));
        {
            let mut writer = FrameWriter::new(&mut writes);
            for cells in &frames {
                last = buffer(cells);
                writer.show(&last, Some(Position { x: 3, y: 2 })).expect("memory takes all");
            }
        }
        for bytes in &writes.0 {
            parser.process(bytes);
        }
        let screen = parser.screen();
        prop_assert_eq!(screen.cursor_position(), (2, 3));
        let mut skip = 0;
        for y in 0..5_u16 {
            for x in 0..12_u16 {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let expected = &last[(x, y)];
                skip = santun::tui::paint::width(expected.symbol()).saturating_sub(1);
                let shown = screen.cell(y, x).expect("within the screen");
                let symbol = if shown.contents().is_empty() { " " } else { shown.contents() };
                prop_assert_eq!(symbol, expected.symbol(), "at {},{}", x, y);
                prop_assert_eq!(shown_colour(shown.fgcolor()), expected.fg);
                prop_assert_eq!(shown_colour(shown.bgcolor()), expected.bg);
                prop_assert_eq!(shown.bold(), expected.modifier.contains(Modifier::BOLD));
                prop_assert_eq!(shown.inverse(), expected.modifier.contains(Modifier::REVERSED));
                prop_assert_eq!(shown.underline(), expected.modifier.contains(Modifier::UNDERLINED));
            }
        }
    }
}
