//! CSV files of a branch as tables of texts: read, changed, written. Knows nothing of santun.

use std::path::Path;

/// A table with headings.
#[derive(Clone)]
pub struct Table {
    heads: Vec<String>,
    /// The rows, each as wide as the headings.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads a file.
    pub fn read(folder: &Path, name: &str) -> Table {
        let path = folder.join(name);
        let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let heads = reader.headers().expect("a heading").iter().map(str::to_owned).collect();
        let row = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
        let rows = reader.records().map(|record| row(record.expect("as wide as its heading"))).collect();
        Table { heads, rows }
    }

    /// Writes a file.
    pub fn write(&self, folder: &Path, name: &str) {
        let mut writer = csv::Writer::from_path(folder.join(name)).expect("a writable folder");
        writer.write_record(&self.heads).expect("a writable file");
        self.rows.iter().for_each(|row| writer.write_record(row).expect("a writable file"));
        writer.flush().expect("a writable file");
    }

    /// A cell.
    pub fn cell<'a>(&self, row: &'a [String], head: &str) -> &'a str {
        &row[self.place(head)]
    }

    /// A cell as a number; an empty one is 0.
    pub fn number(&self, row: &[String], head: &str) -> i64 {
        let cell = self.cell(row, head);
        if cell.is_empty() { 0 } else { cell.parse().unwrap_or_else(|_| panic!("{head}: {cell}")) }
    }

    /// The only row with this value in this column.
    pub fn only(&self, head: &str, value: &str) -> usize {
        let found = self.all(head, value);
        assert_eq!(found.len(), 1, "{head} = {value}");
        found[0]
    }

    /// Every row with this value in this column.
    pub fn all(&self, head: &str, value: &str) -> Vec<usize> {
        (0..self.rows.len()).filter(|row| self.cell(&self.rows[*row], head) == value).collect()
    }

    /// Changes a cell that must have held something else.
    pub fn set(&mut self, row: usize, head: &str, value: &str) {
        let place = self.place(head);
        assert_ne!(self.rows[row][place], value, "{head}: nothing changed");
        value.clone_into(&mut self.rows[row][place]);
    }

    /// The place of a column.
    pub fn place(&self, head: &str) -> usize {
        self.heads.iter().position(|own| own == head).unwrap_or_else(|| panic!("no column {head}"))
    }
}

/// The four files with money and cases.
#[derive(Clone)]
pub struct Files {
    pub claims: Table,
    pub benefits: Table,
    pub vouchers: Table,
    pub payments: Table,
}

impl Files {
    /// Reads a branch.
    pub fn read(folder: &Path) -> Files {
        let table = |name| Table::read(folder, name);
        Files {
            claims: table("claims.csv"),
            benefits: table("benefits.csv"),
            vouchers: table("vouchers.csv"),
            payments: table("payments.csv"),
        }
    }

    /// Writes it.
    pub fn write(&self, folder: &Path) {
        self.claims.write(folder, "claims.csv");
        self.benefits.write(folder, "benefits.csv");
        self.vouchers.write(folder, "vouchers.csv");
        self.payments.write(folder, "payments.csv");
    }
}
