//! Text from outside made harmless for the place it goes to: a terminal, a spreadsheet, a narrow column.
//!
//! Everything a file, a form or another program gave us is hostile until it went through here. The functions
//! borrow when there is nothing to change, which is nearly always.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What stands where a dangerous character stood: visible, one column wide, and in every font.
pub const REPLACEMENT: char = '\u{FFFD}';

/// Accents in a row that a real word can need; more is a tower drawn over the neighbouring rows.
const N_COMBINING_MAX: usize = 4;

/// One line of text, safe to print: tabs and line ends become a space, every other dangerous character `�`.
///
/// Dangerous is what moves the cursor, starts an escape sequence, turns the direction of writing, or is invisible
/// and so makes two different texts look the same.
#[must_use]
pub fn terminal(text: &str) -> Cow<'_, str> {
    clean(text, LineEnds::ToSpace)
}

/// Like [`terminal`], but line ends stay: for notes and messages of several lines.
#[must_use]
pub fn terminal_lines(text: &str) -> Cow<'_, str> {
    clean(text, LineEnds::Kept)
}

/// A cell of a CSV file that no spreadsheet takes for a formula: where it would, a `'` stands before it.
///
/// Plain numbers such as `-1500` stay numbers. A `;`, a tab or a line end inside the cell starts a new cell where a
/// spreadsheet splits at semicolons (the Indonesian setting), so what follows one is guarded too.
#[must_use]
pub fn csv_cell(text: &str) -> Cow<'_, str> {
    if !text.contains(is_formula_start) {
        return Cow::Borrowed(text);
    }
    let mut guarded = String::with_capacity(text.len() + 1);
    if needs_guard(text) {
        guarded.push('\'');
    }
    for (piece_idx, piece) in text.split_inclusive([';', '\t', '\n', '\r']).enumerate() {
        if piece_idx > 0 && is_formula(piece) {
            guarded.push('\'');
        }
        guarded.push_str(piece);
    }
    if guarded.len() == text.len() { Cow::Borrowed(text) } else { Cow::Owned(guarded) }
}

/// What [`csv_cell`] was given, from what it wrote: takes off the guard at the start of the cell, and only that.
#[must_use]
pub fn csv_cell_text(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) => rest,
        _ => cell,
    }
}

/// `••••0001`: the last `keep` letters and digits, everything before them hidden, length included.
///
/// A text of `keep` characters or fewer is hidden whole: a mask that hides nothing is none.
#[must_use]
pub fn mask_tail(text: &str, keep: usize) -> String {
    mask_with(text, keep, '•')
}

/// [`mask_tail`] in plain ASCII, `****0001`, for files and terminals without the dot.
#[must_use]
pub fn mask_tail_ascii(text: &str, keep: usize) -> String {
    mask_with(text, keep, '*')
}

/// A person's name as it leaves the desk: `S.A.`, the first letters only.
#[must_use]
pub fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|part| part.chars().next())
        .map(|letter| format!("{letter}."))
        .collect()
}

/// Columns the text takes on a terminal.
#[must_use]
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// The text in at most `columns` columns; where something is cut off, the last column is `…`.
#[must_use]
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    if columns == 0 {
        return Cow::Borrowed("");
    }
    let mut kept = String::with_capacity(columns + 3);
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let more = width(grapheme);
        if used + more > columns - 1 {
            break;
        }
        used += more;
        kept.push_str(grapheme);
    }
    kept.push('…');
    Cow::Owned(kept)
}

/// The text in exactly `columns` columns, cut by [`cut`] or filled with spaces on the right.
#[must_use]
pub fn fit(text: &str, columns: usize) -> String {
    let mut fitted = cut(text, columns).into_owned();
    fitted.extend(std::iter::repeat_n(' ', columns - width(&fitted)));
    fitted
}

/// The text in exactly `columns` columns, filled on the left: for amounts.
#[must_use]
pub fn fit_right(text: &str, columns: usize) -> String {
    let kept = cut(text, columns);
    let mut fitted = " ".repeat(columns - width(&kept));
    fitted.push_str(&kept);
    fitted
}

#[derive(Clone, Copy, PartialEq)]
enum LineEnds {
    ToSpace,
    Kept,
}

fn clean(text: &str, line_ends: LineEnds) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut n_combining = 0;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        n_combining = if is_combining(character) { n_combining + 1 } else { 0 };
        match character {
            // A CR before a line end is part of it; alone it overwrites the line already written.
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' if line_ends == LineEnds::Kept => cleaned.push('\n'),
            '\n' | '\t' => cleaned.push(' '),
            _ if is_dangerous(character) || n_combining > N_COMBINING_MAX => cleaned.push(REPLACEMENT),
            _ => cleaned.push(character),
        }
    }
    if cleaned == text { Cow::Borrowed(text) } else { Cow::Owned(cleaned) }
}

/// Characters that steer a terminal or cannot be seen. Ranges are Unicode 16, each named by what it does.
fn is_dangerous(character: char) -> bool {
    matches!(character,
        '\0'..='\x1F' | '\x7F'..='\u{9F}'        // C0, DEL, C1: cursor, escape sequences, CSI in one character
        | '\u{AD}' | '\u{34F}'                   // soft hyphen, grapheme joiner: invisible
        | '\u{61C}' | '\u{200E}' | '\u{200F}'    // direction marks
        | '\u{202A}'..='\u{202E}'                // direction embeddings and overrides
        | '\u{2066}'..='\u{206F}'                // direction isolates, deprecated format characters
        | '\u{200B}'..='\u{200D}'                // zero-width space, non-joiner, joiner
        | '\u{2060}'..='\u{2065}' | '\u{FEFF}'   // word joiner, invisible operators, byte order mark
        | '\u{2028}' | '\u{2029}'                // line and paragraph separator
        | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{3164}' | '\u{FFA0}' | '\u{2800}' // fillers and blanks
        | '\u{180B}'..='\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' // variation selectors
        | '\u{FFF0}'..='\u{FFFB}'                // annotation marks, unassigned specials
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' // shorthand and musical format controls
        | '\u{E0000}'..='\u{E00FF}'              // tags: a whole hidden alphabet
    ) || is_noncharacter(character)
}

fn is_noncharacter(character: char) -> bool {
    let code = u32::from(character);
    (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

fn is_combining(character: char) -> bool {
    !character.is_ascii() && unicode_width::UnicodeWidthChar::width(character) == Some(0)
}

/// The full-width forms count: spreadsheets set to an East Asian language read them as the plain ones.
fn is_formula_start(character: char) -> bool {
    matches!(character, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
}

fn is_formula(piece: &str) -> bool {
    let trimmed = piece.trim();
    trimmed.starts_with(is_formula_start) && !is_plain_number(trimmed) && !is_dash(trimmed)
}

/// Whether the start of the cell wants a `'`. A leading tab or line end is trimmed by some programs, and what follows
/// is then the start. A text that already looks guarded gets a second guard, so that [`csv_cell_text`] gives back
/// exactly what was there.
fn needs_guard(text: &str) -> bool {
    is_formula(text)
        || text.starts_with(['\t', '\r', '\n'])
        || text.strip_prefix('\'').is_some_and(needs_guard)
}

fn is_plain_number(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|digits| {
        digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.trim_end_matches(';').chars().all(|c| matches!(c, '0'..='9' | '.' | ','))
    })
}

/// A lone dash is how people write "nothing".
fn is_dash(text: &str) -> bool {
    text.trim_end_matches(';') == "-"
}

fn mask_with(text: &str, keep: usize, dot: char) -> String {
    let plain: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    if plain.is_empty() {
        return String::new();
    }
    let tail = if plain.len() > keep { &plain[plain.len() - keep..] } else { &[] };
    std::iter::repeat_n(dot, 4).chain(tail.iter().copied()).collect()
}
