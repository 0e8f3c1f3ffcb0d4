//! Bytes on the line: the budgets of a slow branch network, at 80×24.

use std::io;

use santun::tui::app::AppSettings;
use santun::tui::theme::ThemeName;
use santun::tui::writer::FrameWriter;

use super::desk::{Claims, Clerk, settings};

/// Bytes that the frame after these keys costs.
fn cost(clerk: &mut Clerk, writer: &mut FrameWriter<io::Sink>, keys: &str) -> u64 {
    let before = writer.bytes_written();
    clerk.press(keys);
    let (frame, cursor) = clerk.buffer();
    writer.show(&frame, cursor).expect("a sink takes all");
    writer.bytes_written() - before
}

#[test]
fn every_theme_keeps_the_budgets() {
    for theme in ThemeName::ALL {
        let settings = AppSettings { theme, ..settings() };
        let mut clerk = Clerk::with(settings, Claims::new(2400), 80, 24);
        let mut writer = FrameWriter::new(io::sink());
        let whole = cost(&mut clerk, &mut writer, "");
        assert!(whole <= 6_000, "{theme:?}: the first frame costs {whole} bytes");
        for keys in ["j", "j", "k"] {
            let bytes = cost(&mut clerk, &mut writer, keys);
            assert!((1..=300).contains(&bytes), "{theme:?}: a cursor move costs {bytes} bytes");
        }
        for keys in ["pgdn", "pgdn", "pgup", "G", "g"] {
            let bytes = cost(&mut clerk, &mut writer, keys);
            assert!(bytes <= 3_000, "{theme:?}: {keys} costs {bytes} bytes");
        }
        cost(&mut clerk, &mut writer, "/");
        let typed = cost(&mut clerk, &mut writer, "'='");
        assert!(typed <= 300, "{theme:?}: a typed character costs {typed} bytes");
        let idle = cost(&mut clerk, &mut writer, "");
        assert_eq!(idle, 0, "{theme:?}: an idle screen sends nothing");
    }
}

#[test]
fn drained_keys_cost_one_frame() {
    let mut clerk = Clerk::new();
    let mut writer = FrameWriter::new(io::sink());
    cost(&mut clerk, &mut writer, "");
    let ten = cost(&mut clerk, &mut writer, "j j j j j j j j j j");
    assert!(ten <= 300, "ten keys drained at once cost {ten} bytes");
}
