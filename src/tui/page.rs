//! A page of text in sections: a claim's detail, the report, the profile of a cluster. It scrolls, jumps by section, and
//! its lines can lead to their records.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::keymap::Action;
use super::paint::{clip, put, rule, width};
use super::screen::Look;
use super::theme::{Privacy, Tone};
use crate::base::safe;

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its heading.
    pub title: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A line of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// Its parts, one after the other.
    pub spans: Vec<Span>,
    /// Where Enter leads from here: a filter expression, or `@` and a record's key.
    pub link: Option<String>,
}

/// What a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineKind {
    /// Text.
    #[default]
    Text,
    /// The head of a section.
    Section,
}

/// Text in one tone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    text: String,
    tone: Tone,
    is_personal: bool,
}

impl Span {
    /// Text made safe for the terminal, in a tone.
    pub fn new(text: &str, tone: Tone) -> Self {
        Span { text: safe::terminal(text).into_owned(), tone, is_personal: false }
    }

    /// Text that names a person: hidden in guest mode.
    pub fn personal(text: &str, tone: Tone) -> Self {
        Span { is_personal: true, ..Span::new(text, tone) }
    }
}

impl Line {
    /// A plain line.
    pub fn text(text: &str) -> Self {
        Line::toned(text, Tone::Plain)
    }

    /// A line in one tone.
    pub fn toned(text: &str, tone: Tone) -> Self {
        Line { kind: LineKind::Text, spans: vec![Span::new(text, tone)], link: None }
    }

    /// The head of a section.
    pub fn section(title: &str) -> Self {
        Line { kind: LineKind::Section, ..Line::toned(title, Tone::Heading) }
    }

    /// One more part.
    pub fn then(mut self, text: &str, tone: Tone) -> Self {
        self.spans.push(Span::new(text, tone));
        self
    }

    /// One more part that names a person.
    pub fn then_personal(mut self, text: &str, tone: Tone) -> Self {
        self.spans.push(Span::personal(text, tone));
        self
    }

    /// Draws the spans; where they do not fit, a mark says that something was cut off. The mark of a line that leads
    /// somewhere keeps its place.
    fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let shown = |span: &Span| {
            let is_open = look.privacy == Privacy::Open || !span.is_personal;
            if is_open { span.text.clone() } else { look.glyphs.hidden().to_owned() }
        };
        let left = area.x.saturating_add(2);
        let mark = if self.link.is_some() { LINK_MARK_CELLS } else { 0 };
        let room = area.right().saturating_sub(left).saturating_sub(mark);
        let needed: u32 = self.spans.iter().map(|span| u32::from(width(&shown(span)))).sum();
        let is_cut = needed > u32::from(room);
        let ellipsis = look.glyphs.ellipsis();
        let end = left.saturating_add(if is_cut { room.saturating_sub(width(ellipsis)) } else { room });
        let mut x = left;
        for span in &self.spans {
            let text = clip(&shown(span), end.saturating_sub(x), "");
            x = put(buffer, area, x, area.y, &text, look.theme.tone(span.tone));
        }
        if is_cut {
            x = put(buffer, area, x, area.y, ellipsis, look.theme.dim);
        }
        if self.link.is_some() {
            put(buffer, area, x.saturating_add(1), area.y, look.glyphs.more_right(), look.theme.accent);
        }
    }

    /// Enter leads there.
    pub fn leading_to(self, link: String) -> Self {
        Line { link: Some(link), ..self }
    }
}

/// A blank and the mark after a line that leads somewhere.
const LINK_MARK_CELLS: u16 = 2;

impl Page {
    /// The same page with its text broken into lines of at most so many cells, the gutter not counted. What goes on
    /// stands two cells further in; only its first line leads somewhere.
    pub fn wrapped(&self, columns: u16) -> Page {
        let lines = self.lines.iter().flat_map(|line| line.wrapped(columns)).collect();
        Page { title: self.title.clone(), lines }
    }
}

impl Line {
    /// Its text alone.
    pub fn plain(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// Its width in cells.
    fn width(&self) -> u16 {
        self.spans.iter().map(|span| width(&span.text)).fold(0, u16::saturating_add)
    }

    fn wrapped(&self, columns: u16) -> Vec<Line> {
        if self.kind == LineKind::Section || self.width() <= columns {
            return vec![self.clone()];
        }
        let first: &str = self.spans.first().map_or("", |span| &span.text);
        let indent = first.len() - first.trim_start_matches(' ').len() + 2;
        let mut broken = vec![Line { spans: Vec::new(), ..self.clone() }];
        for span in &self.spans {
            for piece in pieces(&span.text, columns.saturating_sub(u16::try_from(indent).unwrap_or(0))) {
                let last = broken.last().expect("there is a line from the start");
                let is_full = last.width().saturating_add(width(piece.trim_end())) > columns;
                let text = if is_full && !last.spans.is_empty() {
                    broken.push(Line { kind: self.kind, ..Line::text(&" ".repeat(indent)) });
                    piece.trim_start()
                } else {
                    piece
                };
                let last = broken.last_mut().expect("there is a line from the start");
                last.spans.push(Span { text: text.to_owned(), ..span.clone() });
            }
        }
        broken
    }
}

/// A text in pieces that may stand on lines of their own: blanks with the word behind them, long words cut.
fn pieces(text: &str, columns: u16) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let word = rest[blanks..].find(' ').map_or(rest.len(), |end| blanks + end);
        let (piece, after) = rest.split_at(word);
        pieces.extend(cut(piece, columns.max(1)));
        rest = after;
    }
    pieces
}

fn cut(word: &str, columns: u16) -> Vec<&str> {
    let (mut parts, mut start, mut used) = (Vec::new(), 0, 0);
    for (place, letter) in word.char_indices() {
        let cells = width(letter.encode_utf8(&mut [0; 4]));
        if used + cells > columns && place > start {
            parts.push(&word[start..place]);
            (start, used) = (place, 0);
        }
        used += cells;
    }
    parts.push(&word[start..]);
    parts
}

/// A page with a cursor.
#[derive(Clone, Debug, Default)]
pub struct PageView {
    page: Page,
    cursor: usize,
    top: usize,
    height: u16,
    is_still: bool,
}

impl PageView {
    /// A page that is only read: without a cursor, it scrolls line by line.
    pub fn still(page: Page) -> Self {
        PageView { page, is_still: true, ..PageView::default() }
    }

    /// A page that is only read, from this line on.
    pub fn still_from(page: Page, top: usize) -> Self {
        PageView { top, cursor: top, ..PageView::still(page) }
    }

    /// Shows another page, at its beginning.
    pub fn show(&mut self, page: Page) {
        self.page = page;
        self.cursor = 0;
        self.top = 0;
    }

    /// Shows a newer state of the same page, at the same place: a line that leads somewhere keeps the cursor when others
    /// came above it.
    pub fn refresh(&mut self, page: Page) {
        let link = self.link().map(str::to_owned);
        self.page = page;
        let lines = self.page.lines.iter().enumerate();
        let same = lines.filter(|(_, line)| link.is_some() && line.link == link).map(|(idx, _)| idx);
        let nearest = same.min_by_key(|idx| idx.abs_diff(self.cursor));
        self.go(nearest.unwrap_or(self.cursor));
    }

    /// The number of the line under the cursor, from 0.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts the cursor on a line.
    pub fn go_to(&mut self, line: usize) {
        self.go(line);
    }

    /// The page shown.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// So many lines fit.
    pub fn set_height(&mut self, height: u16) {
        self.height = height;
        self.go(self.cursor);
    }

    /// The line under the cursor as text.
    pub fn line_text(&self) -> String {
        let spans = self.page.lines.get(self.cursor).map_or(&[][..], |line| &line.spans);
        spans.iter().map(|span| span.text.as_str()).collect::<String>().trim().to_owned()
    }

    /// Where Enter leads from the line under the cursor.
    pub fn link(&self) -> Option<&str> {
        self.page.lines.get(self.cursor)?.link.as_deref()
    }

    /// The mouse went down on this line of what is seen.
    pub fn click(&mut self, line: u16) {
        let to = self.top + usize::from(line);
        if !self.is_still && to < self.page.lines.len() {
            self.go(to);
        }
    }

    /// Moves as an action says; whether it was one of movement.
    pub fn act(&mut self, action: Action) -> bool {
        let page = usize::from(self.height).max(1);
        if self.is_still {
            // The cursor of a still page lies on its last visible line going down, on its first going up.
            self.cursor = match action {
                Action::Up | Action::PageUp => self.top,
                _ => (self.top + page - 1).min(self.page.lines.len().saturating_sub(1)),
            };
        }
        let to = match action {
            Action::Down => self.cursor.saturating_add(1),
            Action::Up => self.cursor.saturating_sub(1),
            Action::PageDown => self.cursor.saturating_add(page),
            Action::PageUp => self.cursor.saturating_sub(page),
            Action::First => 0,
            Action::Last => usize::MAX,
            Action::NextSection => self.section_after(self.cursor),
            Action::PreviousSection => self.section_before(self.cursor),
            _ => return false,
        };
        self.go(to);
        if matches!(action, Action::NextSection | Action::PreviousSection) {
            self.top = self.cursor.min(self.page.lines.len().saturating_sub(page));
        }
        true
    }

    fn go(&mut self, line: usize) {
        let height = usize::from(self.height).max(1);
        self.cursor = line.min(self.page.lines.len().saturating_sub(1));
        let half = (height / 2).max(1);
        if self.cursor < self.top {
            self.top = self.cursor.saturating_sub(half - 1);
        } else if self.cursor >= self.top + height {
            self.top = self.cursor + half - height;
        }
        self.top = self.top.min(self.page.lines.len().saturating_sub(height));
    }

    fn section_after(&self, line: usize) -> usize {
        let sections = self.sections();
        sections.iter().copied().find(|section| *section > line).unwrap_or(line)
    }

    fn section_before(&self, line: usize) -> usize {
        let sections = self.sections();
        sections.iter().rev().copied().find(|section| *section < line).unwrap_or(0)
    }

    fn sections(&self) -> Vec<usize> {
        let lines = self.page.lines.iter().enumerate();
        lines.filter(|(_, line)| line.kind == LineKind::Section).map(|(idx, _)| idx).collect()
    }

    /// Draws the visible lines.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        for offset in 0..area.height {
            let idx = self.top + usize::from(offset);
            let Some(line) = self.page.lines.get(idx) else { break };
            let y = area.y + offset;
            if line.kind == LineKind::Section {
                let title: String = line.spans.iter().map(|span| span.text.as_str()).collect();
                let inner =
                    Rect { x: area.x + area.width.min(2), width: area.width.saturating_sub(2), ..area };
                rule(buffer, inner, y, &title, look);
            } else {
                line.view(Rect { y, height: 1, ..area }, buffer, look);
            }
            if idx == self.cursor && !self.is_still {
                put(buffer, area, area.x, y, look.glyphs.cursor(), look.theme.cursor_mark);
            }
        }
    }
}
