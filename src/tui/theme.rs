//! Themes and glyphs: what a role looks like. Panes name roles, never colours.

use ratatui::style::{Color, Modifier, Style};

/// The themes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeName {
    /// For dark backgrounds, 256 colours.
    Dark,
    /// For light backgrounds, 256 colours.
    Light,
    /// The terminal's own sixteen colours, readable on both.
    Ansi16,
    /// No colour at all: bold, dim, underline and reverse only. Used under `NO_COLOR`.
    Mono,
}

impl ThemeName {
    /// All themes, in the order a picker shows them.
    pub const ALL: [ThemeName; 4] = [ThemeName::Dark, ThemeName::Light, ThemeName::Ansi16, ThemeName::Mono];

    /// The name in the config file.
    pub fn name(self) -> &'static str {
        match self {
            ThemeName::Dark => "dark",
            ThemeName::Light => "light",
            ThemeName::Ansi16 => "ansi16",
            ThemeName::Mono => "mono",
        }
    }

    /// The theme of that name in the config file.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// What a piece of text is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Ordinary text.
    #[default]
    Plain,
    /// Less important: labels, units, what is done with.
    Dim,
    /// Headings.
    Heading,
    /// What can be pressed or followed.
    Accent,
    /// In order, finished, paid.
    Good,
    /// A clock runs out, something is missing.
    Warn,
    /// Late, refused, broken.
    Bad,
}

/// Whether names and numbers of persons are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// As the desk needs them.
    Open,
    /// Hidden: someone looks over the shoulder (*mode tamu*).
    Guest,
}

/// Unicode marks, or ASCII where the terminal's font has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyphs {
    /// ▌ ✓ ▲ and box lines.
    Unicode,
    /// > x ^ and plain lines.
    Ascii,
}

/// The marks, by what they mean.
impl Glyphs {
    /// Before the row under the cursor.
    pub fn cursor(self) -> &'static str {
        self.pick("▌", ">")
    }

    /// Before a marked row, beside a ticked box.
    pub fn mark(self) -> &'static str {
        self.pick("✓", "x")
    }

    /// Beside the head of a column sorted upwards.
    pub fn ascending(self) -> &'static str {
        self.pick("▲", "^")
    }

    /// Beside the head of a column sorted downwards.
    pub fn descending(self) -> &'static str {
        self.pick("▼", "v")
    }

    /// Surely above the average: the same mark as in the lists of the command line.
    pub fn sure(self) -> &'static str {
        self.pick("●", "*")
    }

    /// There is more to the left.
    pub fn more_left(self) -> &'static str {
        self.pick("‹", "<")
    }

    /// There is more to the right.
    pub fn more_right(self) -> &'static str {
        self.pick("›", ">")
    }

    /// Text was cut here.
    pub fn ellipsis(self) -> &'static str {
        self.pick("…", "~")
    }

    /// A horizontal line.
    pub fn line(self) -> &'static str {
        self.pick("─", "-")
    }

    /// Between two things on one line.
    pub fn dot(self) -> &'static str {
        self.pick("·", "-")
    }

    /// In place of personal data in guest mode.
    pub fn hidden(self) -> &'static str {
        self.pick("•••", "***")
    }

    /// An empty cell.
    pub fn none(self) -> &'static str {
        self.pick("–", "-")
    }

    /// The corners and lines of a box: top-left, top-right, bottom-left, bottom-right, horizontal, vertical.
    pub fn frame(self) -> [&'static str; 6] {
        match self {
            Glyphs::Unicode => ["┌", "┐", "└", "┘", "─", "│"],
            Glyphs::Ascii => ["+", "+", "+", "+", "-", "|"],
        }
    }

    /// The step of a running job's sign, one cell.
    pub fn spinner(self, step: usize) -> &'static str {
        match self {
            Glyphs::Unicode => ["◐", "◓", "◑", "◒"][step % 4],
            Glyphs::Ascii => ["|", "/", "-", "\\"][step % 4],
        }
    }

    fn pick(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        match self {
            Glyphs::Unicode => unicode,
            Glyphs::Ascii => ascii,
        }
    }
}

/// The styles of one theme.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// Less important text.
    pub dim: Style,
    /// Headings.
    pub heading: Style,
    /// What can be pressed.
    pub accent: Style,
    /// In order.
    pub good: Style,
    /// Look at it.
    pub warn: Style,
    /// Late or refused.
    pub bad: Style,
    /// The first line and the chosen tab.
    pub bar: Style,
    /// The cursor's row in a list: its first column.
    pub cursor: Style,
    /// The mark before the cursor's row.
    pub cursor_mark: Style,
    /// The head of the chosen column.
    pub chosen: Style,
    /// The text of a field that is being edited.
    pub field: Style,
    /// Borders.
    pub border: Style,
}

impl Theme {
    /// The styles of a theme.
    pub fn named(name: ThemeName) -> Self {
        match name {
            ThemeName::Dark => Self::coloured([245, 117, 114, 221, 210]),
            ThemeName::Light => Self::coloured([242, 25, 28, 130, 124]),
            ThemeName::Ansi16 => Self::ansi16(),
            ThemeName::Mono => Self::mono(),
        }
    }

    /// The same for a screen without the focus: its cursor keeps its place and draws no eye.
    #[must_use]
    pub fn resting(self) -> Self {
        Theme { cursor: Style::new(), cursor_mark: self.dim, chosen: self.heading, ..self }
    }

    /// The style of a tone.
    pub fn tone(&self, tone: Tone) -> Style {
        match tone {
            Tone::Plain => Style::new(),
            Tone::Dim => self.dim,
            Tone::Heading => self.heading,
            Tone::Accent => self.accent,
            Tone::Good => self.good,
            Tone::Warn => self.warn,
            Tone::Bad => self.bad,
        }
    }

    /// Text and background stay the terminal's own, so that a wrong guess of the background stays readable.
    fn coloured([dim, accent, good, warn, bad]: [u8; 5]) -> Self {
        let colour = |index: u8| Style::new().fg(Color::Indexed(index));
        Theme {
            dim: colour(dim),
            heading: heading(),
            accent: colour(accent),
            good: colour(good),
            warn: colour(warn),
            bad: colour(bad).add_modifier(Modifier::BOLD),
            bar: colour(accent).add_modifier(Modifier::REVERSED),
            cursor: colour(accent).add_modifier(Modifier::REVERSED),
            cursor_mark: colour(accent),
            chosen: colour(accent).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            field: Style::new().add_modifier(Modifier::UNDERLINED),
            border: colour(dim),
        }
    }

    fn ansi16() -> Self {
        let colour = |colour: Color| Style::new().fg(colour);
        Theme {
            dim: Style::new(),
            heading: heading(),
            accent: colour(Color::Cyan),
            good: colour(Color::Green),
            warn: colour(Color::Magenta),
            bad: colour(Color::Red).add_modifier(Modifier::BOLD),
            bar: Style::new().add_modifier(Modifier::REVERSED),
            cursor: Style::new().add_modifier(Modifier::REVERSED),
            cursor_mark: colour(Color::Cyan),
            chosen: colour(Color::Cyan).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            field: Style::new().add_modifier(Modifier::UNDERLINED),
            border: Style::new(),
        }
    }

    fn mono() -> Self {
        let with = |modifier: Modifier| Style::new().add_modifier(modifier);
        Theme {
            dim: with(Modifier::DIM),
            heading: heading(),
            accent: with(Modifier::UNDERLINED),
            good: Style::new(),
            warn: with(Modifier::BOLD),
            bad: with(Modifier::BOLD.union(Modifier::UNDERLINED)),
            bar: with(Modifier::REVERSED),
            cursor: with(Modifier::REVERSED),
            cursor_mark: with(Modifier::UNDERLINED),
            chosen: with(Modifier::BOLD.union(Modifier::UNDERLINED)),
            field: with(Modifier::UNDERLINED),
            border: with(Modifier::DIM),
        }
    }
}

/// A heading stands in the line of a rule and does not take on its colour.
fn heading() -> Style {
    Style::new().fg(Color::Reset).add_modifier(Modifier::BOLD).remove_modifier(Modifier::DIM)
}
