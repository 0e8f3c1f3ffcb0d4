//! Lists for people and for spreadsheets.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};

use crate::base::safe;
use crate::cli::exit::CliError;

/// The longest amount or code that is never broken over two lines.
const LONGEST_PIECE: usize = 24;

/// The blank on either side of a cell, which comfy-table counts as part of the column.
const BLANKS: usize = 2;

/// What is left of a name on a narrow terminal at least.
const SHORTEST_NAME: usize = 16;

/// A list of cells with headings.
#[derive(Debug, Clone, Default)]
pub struct List {
    headings: Vec<String>,
    numbers: Vec<usize>,
    whole: Vec<usize>,
    names: Vec<usize>,
    spare: Vec<usize>,
    rows: Vec<Vec<String>>,
}

impl List {
    /// A list with these headings.
    pub fn new(headings: impl IntoIterator<Item = String>) -> List {
        List { headings: headings.into_iter().collect(), ..List::default() }
    }

    /// Makes columns stand right.
    #[must_use]
    pub fn right(mut self, columns: impl IntoIterator<Item = usize>) -> List {
        self.numbers.extend(columns);
        self
    }

    /// Keeps columns in one piece: a number or code that is broken over two lines is copied wrongly.
    #[must_use]
    pub fn whole(mut self, columns: impl IntoIterator<Item = usize>) -> List {
        self.whole.extend(columns);
        self
    }

    /// Names, which are cut with … where there is no room, instead of being broken.
    #[must_use]
    pub fn names(mut self, columns: impl IntoIterator<Item = usize>) -> List {
        self.names.extend(columns);
        self
    }

    /// Columns that stay away where there is no room, the least wanted first.
    #[must_use]
    pub fn spare(mut self, columns: impl IntoIterator<Item = usize>) -> List {
        self.spare.extend(columns);
        self
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<String>) {
        assert_eq!(row.len(), self.headings.len(), "a row has a cell for every heading");
        self.rows.push(row);
    }

    /// For people: plain columns, hostile text made harmless.
    pub fn table(&self, columns: u16) -> String {
        let shown = self.shown(columns);
        let name_columns = self.name_columns(&shown, columns);
        let cell = |place: usize, text: &str| {
            let text = safe::terminal(text);
            match self.names.contains(&place) {
                true => safe::cut(&text, name_columns).into_owned(),
                false => text.into_owned(),
            }
        };
        let mut table = Table::new();
        table
            .load_preset(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(columns);
        table.set_header(shown.iter().map(|place| cell(*place, &self.headings[*place])));
        for row in &self.rows {
            table.add_row(shown.iter().map(|place| cell(*place, &row[*place])));
        }
        for (at, place) in shown.iter().enumerate() {
            let Some(column) = table.column_mut(at) else { continue };
            if self.numbers.contains(place) {
                column.set_cell_alignment(CellAlignment::Right);
            }
            column.set_constraint(if self.is_whole(*place) {
                ColumnConstraint::ContentWidth
            } else {
                // Where there is no room a row goes over the edge: that is read more easily than a letter a line.
                ColumnConstraint::LowerBoundary(Width::Fixed(self.longest_word(*place)))
            });
        }
        let text = table.trim_fmt();
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
    }

    /// Headings of the columns that a terminal of so many columns has no room for.
    pub fn left_out(&self, columns: u16) -> Vec<&str> {
        let shown = self.shown(columns);
        let is_out = |(place, _): &(usize, &String)| !shown.contains(place);
        self.headings.iter().enumerate().filter(is_out).map(|(_, heading)| heading.as_str()).collect()
    }

    /// The columns that stay, in order.
    fn shown(&self, columns: u16) -> Vec<usize> {
        let mut shown: Vec<usize> = (0..self.headings.len()).collect();
        if self.spare.is_empty() {
            return shown;
        }
        let least: Vec<usize> = shown.iter().map(|place| self.least_columns(*place)).collect();
        for spare in &self.spare {
            if shown.iter().map(|place| least[*place]).sum::<usize>() <= usize::from(columns) {
                break;
            }
            shown.retain(|place| place != spare);
        }
        shown
    }

    /// The columns that each name has: what the others leave, shared evenly.
    fn name_columns(&self, shown: &[usize], columns: u16) -> usize {
        let (names, others): (Vec<usize>, Vec<usize>) =
            shown.iter().partition(|place| self.names.contains(place));
        let taken: usize = others.iter().map(|place| self.least_columns(*place)).sum();
        let room = usize::from(columns).saturating_sub(taken) / names.len().max(1);
        room.saturating_sub(BLANKS).max(SHORTEST_NAME)
    }

    /// What a column needs, with the blanks on either side.
    fn least_columns(&self, place: usize) -> usize {
        let cells = self.rows.iter().map(|row| &row[place]).chain(self.headings.get(place));
        let widest = cells.map(|cell| safe::width(cell)).max().unwrap_or(0);
        if self.names.contains(&place) {
            widest.min(SHORTEST_NAME) + BLANKS
        } else if self.is_whole(place) {
            widest + BLANKS
        } else {
            usize::from(self.longest_word(place))
        }
    }

    /// Whether a column stays in one piece on a narrow terminal: those that were named, and those of amounts, dates and
    /// codes, which have no blank to be broken at.
    fn is_whole(&self, place: usize) -> bool {
        let is_short = |cell: &str| !cell.contains(' ') && safe::width(cell) <= LONGEST_PIECE;
        self.whole.contains(&place)
            || self.names.contains(&place)
            || self.rows.iter().all(|row| is_short(&row[place]))
    }

    /// The width of a column's longest word.
    fn longest_word(&self, place: usize) -> u16 {
        let cells = self.rows.iter().map(|row| &row[place]).chain(self.headings.get(place));
        let words = cells.flat_map(|cell| cell.split_whitespace());
        let longest = words.map(safe::width).max().unwrap_or(1).clamp(1, LONGEST_PIECE);
        u16::try_from(longest + BLANKS).unwrap_or(u16::MAX)
    }

    /// For screen readers and scripts: a fact a line, an empty line after each row. What is empty is not said.
    pub fn plain(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            for (heading, cell) in self.headings.iter().zip(row).filter(|(_, cell)| !cell.trim().is_empty()) {
                text.push_str(&format!("{}: {}\n", safe::terminal(heading), safe::terminal(cell.trim())));
            }
            text.push('\n');
        }
        text
    }

    /// A list of names and values for screen readers and scripts.
    pub fn plain_facts(&self) -> String {
        let fact = |row: &Vec<String>| {
            let cells: Vec<String> =
                row.iter().map(|cell| safe::terminal(cell.trim()).into_owned()).collect();
            format!("{}\n", cells.join(": "))
        };
        self.rows.iter().map(fact).collect()
    }

    /// For spreadsheets: no cell is a formula, and none steers the terminal that shows the file.
    pub fn csv(&self) -> Result<Vec<u8>, CliError> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let cells = |row: &[String]| {
            row.iter().map(|text| safe::csv_cell(&safe::terminal(text)).into_owned()).collect::<Vec<_>>()
        };
        let fail = |error: csv::Error| CliError::Output(error.into());
        writer.write_record(cells(&self.headings)).map_err(fail)?;
        for row in &self.rows {
            writer.write_record(cells(row)).map_err(fail)?;
        }
        writer.into_inner().map_err(|error| CliError::Output(error.into_error()))
    }
}
