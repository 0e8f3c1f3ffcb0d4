//! docs/format.md lists every column as the program writes it.

use santun::store::fsck::Trouble;
use santun::store::tables::Table;
use santun::store::verify::Code;
use santun::words::{Lang, Words};

const FSCK_DOCUMENT: &str = include_str!("../../../docs/fsck.md");
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
fn every_code_of_fsck_has_its_sentence_and_its_section_and_no_section_is_left_over() {
    let mut codes: Vec<(&str, &str)> =
        Trouble::ALL.iter().map(|trouble| (trouble.id(), trouble.sentence())).collect();
    codes.extend(Code::ALL.iter().map(|code| (code.id(), code.sentence())));
    for lang in Lang::ALL {
        let words = Words::new(lang);
        codes.iter().for_each(|(code, sentence)| assert!(words.has(sentence), "{code}: {sentence}"));
    }
    let sections: Vec<&str> = FSCK_DOCUMENT.split("\n## ").skip(1).collect();
    let is_code = |name: &str| name.len() == 4 && name.starts_with('S') && name[1..].parse::<u16>().is_ok();
    let mut written: Vec<&str> = Vec::new();
    for section in sections {
        let (name, text) = section.split_once('\n').expect("a heading has a line");
        if is_code(name) {
            assert!(text.contains("\nWhat to do: "), "{name} does not say what to do");
            assert!(text.trim_start().starts_with("**"), "{name} does not say what it is");
            written.push(name);
        }
    }
    let mut wanted: Vec<&str> = codes.iter().map(|(code, _)| *code).collect();
    wanted.sort_unstable();
    assert_eq!(written, wanted, "docs/fsck.md: a section a code, in their order");
}
