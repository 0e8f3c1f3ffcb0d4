//! Output for people and programs: one buffered writer, hostile text made harmless on its way to a terminal.

use std::io::{BufWriter, IsTerminal, Stdout, Write};

use serde::Serialize;

use crate::base::safe;
use crate::cli::args::Format;
use crate::cli::exit::CliError;
use crate::cli::lists::List;
use crate::cli::plain;
use crate::desk::Config;
use crate::desk::config::Layout;

/// Where a command writes.
pub struct Output {
    writer: BufWriter<Stdout>,
    terminal: Terminal,
    layout: Layout,
    columns: u16,
}

/// Whether a person reads along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terminal {
    /// A terminal.
    Yes,
    /// A pipe or a file.
    No,
}

impl Output {
    /// Standard output.
    pub fn stdout(config: &Config) -> Output {
        let stdout = std::io::stdout();
        let terminal = if stdout.is_terminal() { Terminal::Yes } else { Terminal::No };
        Output { writer: BufWriter::new(stdout), terminal, layout: config.layout, columns: config.columns }
    }

    /// Whether a person reads along.
    pub fn terminal(&self) -> Terminal {
        self.terminal
    }

    /// How output is laid out, for what has a form of its own for each.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// Facts about one thing, a name and a value each.
    pub fn facts(&mut self, list: &List) -> Result<(), CliError> {
        match self.layout {
            Layout::Plain => self.text(&list.plain_facts()),
            Layout::Columns => self.text(&list.table(self.columns)),
        }
    }

    /// A page of text in columns: as it is, or a fact a line.
    pub fn page(&mut self, text: &str) -> Result<(), CliError> {
        match self.layout {
            Layout::Plain => self.text(&plain::page(text)),
            Layout::Columns => self.text(text),
        }
    }

    /// A list in a format: in columns or a fact a line for people, CSV for spreadsheets. JSON has a shape of its own,
    /// by [`Output::json`].
    pub fn list(&mut self, list: &List, format: Format) -> Result<(), CliError> {
        match (format, self.layout) {
            (Format::Csv, _) => self.bytes(&list.csv()?),
            (_, Layout::Plain) => self.text(&list.plain()),
            (_, Layout::Columns) => self.text(&list.table(self.columns)),
        }
    }

    /// Headings of the columns that had no room in a list for people.
    pub fn left_out<'a>(&self, list: &'a List) -> Vec<&'a str> {
        match self.layout {
            Layout::Plain => Vec::new(),
            Layout::Columns => list.left_out(self.columns),
        }
    }

    /// A line of text, made harmless.
    pub fn line(&mut self, text: &str) -> Result<(), CliError> {
        writeln!(self.writer, "{}", safe::terminal(text))?;
        Ok(())
    }

    /// Text of several lines, made harmless.
    pub fn text(&mut self, text: &str) -> Result<(), CliError> {
        write!(self.writer, "{}", safe::terminal_lines(text))?;
        if !text.ends_with('\n') {
            writeln!(self.writer)?;
        }
        Ok(())
    }

    /// Bytes of a format that is safe by itself (JSON, CSV with safe cells, HTML).
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), CliError> {
        self.writer.write_all(bytes)?;
        Ok(())
    }

    /// A value as JSON. Control, bidi and zero-width characters are always escaped.
    pub fn json<T: Serialize>(&mut self, value: &T) -> Result<(), CliError> {
        let text = serde_json::to_string_pretty(value).map_err(|error| CliError::Output(error.into()))?;
        for line in text.lines() {
            self.bytes(crate::store::record::harden(line).as_bytes())?;
            self.bytes(b"\n")?;
        }
        Ok(())
    }

    /// Everything written so far is shown: before a question, and at the end.
    pub fn finish(&mut self) -> Result<(), CliError> {
        self.writer.flush()?;
        Ok(())
    }
}
