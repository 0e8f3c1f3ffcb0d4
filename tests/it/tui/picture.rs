//! The SVG of a screen.

use santun::tui::svg::svg;

use super::desk::Clerk;

#[test]
fn a_picture_has_all_words_and_is_whole() {
    let mut clerk = Clerk::new();
    clerk.press("j j m");
    let (buffer, _) = clerk.buffer();
    let picture = svg(&buffer);
    for word in ["santun", "Siti Aminah", "berobat", "K26-000002"] {
        assert!(picture.contains(word), "{word} is not in the picture");
    }
    assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"));
    assert_eq!(picture.matches("<text").count(), picture.matches("</text>").count());
    assert_eq!(picture, svg(&buffer), "the same picture twice");
}

#[test]
fn text_does_not_break_out() {
    let mut buffer = ratatui::buffer::Buffer::with_lines(["<a> & b"]);
    buffer[(0, 0)].set_style(ratatui::style::Style::new().fg(ratatui::style::Color::Indexed(200)));
    let picture = svg(&buffer);
    assert!(!picture.contains("<a>") && picture.contains("&amp;"));
    assert!(picture.contains("#ff00d7"), "colour 200 of the cube: {picture}");
}
