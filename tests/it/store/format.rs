//! docs/format.md lists every column as the program writes it.

use santun::store::fsck::Trouble;
use santun::store::tables::Table;
use santun::words::{Lang, Words};

const DOCUMENT: &str = include_str!("../../../docs/format.md");

#[test]
fn every_column_stands_in_the_document() {
    for table in Table::ALL {
        let mut wanted = format!(
            "### {}\n\n| column | type | unit or list | meaning |\n|---|---|---|---|\n",
            table.name()
        );
        for column in table.columns() {
            let (name, kind) = (column.name, column.kind.name());
            wanted.push_str(&format!("| {name} | {kind} | {} | {} |\n", column.unit, column.meaning));
        }
        assert!(DOCUMENT.contains(&(wanted + "\n")), "docs/format.md: {}", table.name());
    }
}

#[test]
fn every_trouble_has_its_number_and_its_sentence() {
    let languages = [Lang::Id, Lang::En].map(Words::new);
    for trouble in Trouble::ALL {
        assert!(DOCUMENT.contains(&format!("| {} |", trouble.id())), "{trouble:?}");
        for words in &languages {
            assert!(words.has(trouble.sentence()), "{trouble:?}");
        }
    }
}
