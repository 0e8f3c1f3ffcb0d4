//! Lists for people and for spreadsheets.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};

use crate::base::safe;
use crate::cli::exit::CliError;

/// The longest amount or code that is never broken over two lines.
const LONGEST_PIECE: usize = 24;

/// A list of cells with headings.
#[derive(Debug, Clone, Default)]
pub struct List {
    headings: Vec<String>,
    numbers: Vec<usize>,
    whole: Vec<usize>,
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

    /// Adds a row.
    pub fn push(&mut self, row: Vec<String>) {
        assert_eq!(row.len(), self.headings.len(), "a row has a cell for every heading");
        self.rows.push(row);
    }

    /// For people: plain columns, hostile text made harmless.
    pub fn table(&self, columns: u16) -> String {
        let mut table = Table::new();
        table
            .load_preset(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(columns);
        table.set_header(self.headings.iter().map(|text| safe::terminal(text).into_owned()));
        for row in &self.rows {
            table.add_row(row.iter().map(|text| safe::terminal(text).into_owned()));
        }
        for place in &self.numbers {
            if let Some(column) = table.column_mut(*place) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for place in 0..self.headings.len() {
            let constraint = if self.is_whole(place) {
                ColumnConstraint::ContentWidth
            } else {
                // Where there is no room a row goes over the edge: that is read more easily than a letter a line.
                ColumnConstraint::LowerBoundary(Width::Fixed(self.longest_word(place)))
            };
            if let Some(column) = table.column_mut(place) {
                column.set_constraint(constraint);
            }
        }
        let text = table.trim_fmt();
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
    }

    /// Whether a column stays in one piece on a narrow terminal: those that were named, and those of amounts, dates and
    /// codes, which have no blank to be broken at.
    fn is_whole(&self, place: usize) -> bool {
        let is_short = |cell: &str| !cell.contains(' ') && safe::width(cell) <= LONGEST_PIECE;
        self.whole.contains(&place) || self.rows.iter().all(|row| is_short(&row[place]))
    }

    /// The width of a column's longest word.
    fn longest_word(&self, place: usize) -> u16 {
        let cells = self.rows.iter().map(|row| &row[place]).chain(self.headings.get(place));
        let words = cells.flat_map(|cell| cell.split_whitespace());
        let longest = words.map(safe::width).max().unwrap_or(1).clamp(1, LONGEST_PIECE);
        // comfy-table counts the blank on either side as part of the column.
        u16::try_from(longest + 2).unwrap_or(u16::MAX)
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
