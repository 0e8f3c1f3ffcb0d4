//! Every problem the intake can tell has its sentence, in both languages, with the arguments it is given.

use std::collections::BTreeSet;

use santun::domain::Problem;
use santun::domain::problem::Spot;
use santun::intake::{read::FileKind, say};
use santun::words::{Lang, Words};

use crate::support::sources::{lex, rust_sources};

/// Literals that are codes of problems: the first argument of what makes one.
fn codes() -> BTreeSet<String> {
    let makers = ["Problem::error(", "Problem::warning(", "refuse(", ".problem(", "warn("];
    let mut found = BTreeSet::new();
    for source in rust_sources().into_iter().filter(|source| source.path.starts_with("src/intake/")) {
        let lexed = lex(&source.text);
        for (place, literal) in &lexed.literals {
            let before = lexed.code[..*place].trim_end();
            if makers.iter().any(|maker| before.ends_with(maker)) {
                found.insert(literal.clone());
            }
        }
    }
    found
}

#[test]
fn every_problem_has_a_sentence() {
    let mut codes = codes();
    assert!(codes.len() > 40, "{codes:?}");
    for kind in [
        FileKind::OldWorkbook,
        FileKind::WebPage,
        FileKind::Pdf,
        FileKind::Picture,
        FileKind::Packed,
        FileKind::Empty,
        FileKind::Binary,
    ] {
        codes.insert(kind.refusal().to_owned());
    }
    for lang in Lang::ALL {
        let words = Words::new(lang);
        let missing: Vec<&String> =
            codes.iter().filter(|code| !words.has(&format!("problem-{code}"))).collect();
        assert!(missing.is_empty(), "{lang:?}: {missing:?}");
    }
}

#[test]
fn problems_of_a_bad_branch_leave_no_argument_open() {
    let text = super::history::CLAIMS.replace("3273000101010001", "1").replace("K-3,JHT", "K-2,JHT");
    let payments = super::history::PAYMENTS.replace("V-4,2026-08-12", "V-8,kapan");
    let history = super::history::branch(&[("claims.csv", &text), ("payments.csv", &payments)]);
    for lang in Lang::ALL {
        let words = Words::new(lang);
        for problem in &history.problems {
            let line = say::line(problem, &words);
            assert!(!line.contains('$') && line.contains(&problem.spot.file) && line.contains(' '), "{line}");
            assert!(!line.ends_with(&problem.key()), "{line}");
        }
    }
}

#[test]
fn a_line_of_a_problem_is_safe_for_the_terminal() {
    let spot =
        Spot { file: "a\u{1b}[2J.csv".into(), row: 3, column: "na\nma".into(), key: "K\u{202e}1".into() };
    let problem = Problem::error("value-unknown", spot).with("value", "x\u{7}y").with("choices", "JKK");
    let line = say::line(&problem, &Words::new(Lang::En));
    assert!(line.starts_with("a\u{fffd}[2J.csv:3 na ma [K\u{fffd}1]: "), "{line}");
    assert!(!line.chars().any(char::is_control), "{line}");
}
