//! Charts on the screen: the drawing of `report::render` with the colours of the theme.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::paint::put;
use super::screen::Look;
use super::theme::{Glyphs, Theme};
use crate::report::chart::{Chart, Hue};
use crate::report::render::chart::{Ink, Pen, chart_cells};

/// A chart below this many columns and rows tells nothing beside others.
const LEAST_COLUMNS: u16 = 36;
const LEAST_ROWS: u16 = 8;
/// Bars need room for their names too.
const LEAST_BAR_COLUMNS: u16 = 60;

/// Draws charts side by side and below each other, as many as have room; how many were drawn.
pub fn charts(charts: &[Chart], area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> usize {
    let Ok(n_charts) = u16::try_from(charts.len().min(16)) else { return 0 };
    if n_charts == 0 || area.is_empty() {
        return 0;
    }
    let has_bars = charts.iter().any(|chart| !chart.y.names.is_empty());
    let least = if has_bars { LEAST_BAR_COLUMNS } else { LEAST_COLUMNS };
    let n_columns = if n_charts > 1 { (area.width / least).clamp(1, 2) } else { 1 };
    let n_rows = n_charts.div_ceil(n_columns).min((area.height / LEAST_ROWS).max(1));
    let (width, height) = (area.width / n_columns, area.height / n_rows);
    let mut n_drawn = 0;
    for (place, chart) in (0..n_columns * n_rows).zip(charts) {
        let (column, row) = (place % n_columns, place / n_columns);
        // A blank column keeps neighbours apart.
        let gap = u16::from(column + 1 < n_columns);
        let part = Rect {
            x: area.x + column * width,
            y: area.y + row * height,
            width: width.saturating_sub(gap),
            height,
        };
        draw(chart, part, buffer, look);
        n_drawn += 1;
    }
    n_drawn
}

fn draw(chart: &Chart, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
    let is_coloured = look.theme.accent.fg.is_some();
    let pen = if look.glyphs == Glyphs::Unicode && is_coloured { Pen::Braille } else { Pen::Signs };
    let rows = chart_cells(chart, usize::from(area.width), usize::from(area.height), pen, look.words);
    for (y, row) in (area.y..area.bottom()).zip(rows) {
        for piece in row {
            let Ok(column) = u16::try_from(piece.column) else { continue };
            put(buffer, area, area.x.saturating_add(column), y, &piece.text, style(piece.ink, &look.theme));
        }
    }
}

fn style(ink: Ink, theme: &Theme) -> Style {
    match ink {
        Ink::Plain => Style::new(),
        Ink::Heading => theme.heading,
        Ink::Quiet | Ink::Mark(Hue::Quiet | Hue::Faint) => theme.dim,
        Ink::Mark(Hue::Alarm) => theme.bad,
        Ink::Mark(Hue::Own(idx)) => [theme.accent, theme.warn, theme.good, Style::new()][idx % 4],
    }
}
