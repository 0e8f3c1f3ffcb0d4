//! docs/filter.md is the specification of the filter language: its tables are run here, line by line.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use santun::domain::query::{
    Completion, Expr, Field, Kind, Op, Operand, Row, Test, Tongue, Value, complete, eval, parse,
};
use santun::domain::{Period, Rupiah};

use santun::words::{Lang, Words};

use super::table::markdown;

const SPECIFICATION: &str = include_str!("../../../docs/filter.md");
const TODAY: Date = date(2026, 10, 30);

/// A row as the table writes it: `outcome=BEROBAT; event_date=2026-03-02`.
struct Written(BTreeMap<Field, Value>);

impl Row for Written {
    fn value(&self, field: Field) -> Value {
        let otherwise = match field.kind() {
            Kind::Money => Value::Money(Rupiah::ZERO),
            Kind::Count => Value::Number(0),
            _ => Value::Empty,
        };
        self.0.get(&field).cloned().unwrap_or(otherwise)
    }
}

fn written(text: &str) -> Written {
    let cells = text.split(';').map(str::trim).filter(|cell| !cell.is_empty());
    Written(cells.map(|cell| cell.split_once('=').expect("name=value")).map(field_and_value).collect())
}

fn field_and_value((name, text): (&str, &str)) -> (Field, Value) {
    let field =
        Field::ALL.iter().copied().find(|field| field.english() == name).expect("a field's English name");
    let number = || text.parse::<i64>().expect("a number");
    let value = match field.kind() {
        Kind::Text => Value::Text(text.to_owned()),
        Kind::Paper if field == Field::Voucher => Value::Texts(text.split(',').map(str::to_owned).collect()),
        Kind::Paper => Value::Text(text.to_owned()),
        Kind::Code(list) => {
            let place = list.values().into_iter().find(|(_, code, _)| *code == text);
            Value::Code(place.unwrap_or_else(|| panic!("{text} is no code of {field:?}")).0)
        }
        Kind::Flag => Value::Code(u8::from(text == "ya")),
        Kind::Past | Kind::Due => Value::Date(text.parse().expect("an ISO date")),
        Kind::Month => Value::Month(text.parse::<Period>().expect("a month")),
        Kind::Money => Value::Money(Rupiah::new(number())),
        Kind::Count | Kind::Days | Kind::Age => Value::Number(number()),
    };
    (field, value)
}

#[test]
fn the_specification_holds() {
    for [expression, row, answer] in markdown::<3>(SPECIFICATION, "What holds") {
        let expr = parse(&expression, TODAY).unwrap_or_else(|error| panic!("{expression}: {error:?}"));
        let expected = match answer.as_str() {
            "yes" => true,
            "no" => false,
            other => panic!("{other} is no answer"),
        };
        assert_eq!(eval(&expr, &written(&row)), expected, "{expression} on {row}: {expr:?}");
    }
}

#[test]
fn mistakes_are_pointed_at() {
    for [expression, at, code, nearest] in markdown::<4>(SPECIFICATION, "What is asked back") {
        let error = parse(&expression, TODAY).expect_err(&expression);
        let place = format!("{}+{}", error.column(&expression), error.length);
        let named = error.nearest.clone().unwrap_or_default();
        assert_eq!((place, error.code, named), (at, code.as_str(), nearest), "{expression}");
        if error.length > 0 && code != "quote-open" {
            assert_eq!(
                &expression[error.position..error.position + error.length],
                error.found,
                "{expression}"
            );
        }
    }
}

#[test]
fn filters_are_written_back_in_both_languages() {
    for [expression, indonesian, english] in markdown::<3>(SPECIFICATION, "Written back") {
        let expr = parse(&expression, TODAY).unwrap_or_else(|error| panic!("{expression}: {error:?}"));
        assert_eq!(expr.display(Tongue::Indonesian), indonesian, "{expression}");
        assert_eq!(expr.display(Tongue::English), english, "{expression}");
    }
}

/// What is offered, as the table writes it.
fn offered(typed: &str, tongue: Tongue) -> String {
    let typed = typed.replace('␣', " ");
    let cursor = typed.find('‸').unwrap_or(typed.len());
    let Completion { candidates, wanted } = complete(&typed.replace('‸', ""), cursor, tongue, TODAY);
    let offers = candidates.iter().take(6).map(|candidate| candidate.text.trim().to_owned());
    let asked = wanted.map(|wanted| format!("?{} {}", wanted.field.english(), wanted.typed));
    offers.chain(asked.map(|asked| asked.trim().to_owned())).collect::<Vec<_>>().join(" · ")
}

#[test]
fn what_can_stand_at_the_cursor_is_offered() {
    let rows = markdown::<3>(SPECIFICATION, "What is offered while typing");
    let found: Vec<[String; 3]> = rows
        .iter()
        .map(|[typed, _, _]| {
            [typed.clone(), offered(typed, Tongue::Indonesian), offered(typed, Tongue::English)]
        })
        .collect();
    let lines = |rows: &[[String; 3]]| {
        rows.iter().map(|row| format!("| {} |", row.join(" | "))).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(lines(&rows), lines(&found), "docs/filter.md should say:\n{}\n", lines(&found));
}

/// Whatever is taken of what is offered can be read, or is not whole yet; it is never another mistake.
#[test]
fn what_is_offered_can_be_read() {
    for [typed, _, _] in markdown::<3>(SPECIFICATION, "What is offered while typing") {
        let typed = typed.replace('␣', " ");
        let cursor = typed.find('‸').unwrap_or(typed.len());
        let typed = typed.replace('‸', "");
        for tongue in [Tongue::Indonesian, Tongue::English] {
            for candidate in complete(&typed, cursor, tongue, TODAY).candidates {
                let mut text = typed.clone();
                text.replace_range(candidate.replace.clone(), &candidate.text);
                let is_open = ["value-missing", "unfinished", "paren-open"];
                if let Err(error) = parse(&text, TODAY) {
                    assert!(is_open.contains(&error.code) || typed.ends_with("= x"), "{text}: {error:?}");
                }
            }
        }
    }
}

#[test]
fn reading_again_gives_the_same_filter() {
    for [expression, _, _] in markdown::<3>(SPECIFICATION, "What holds") {
        let expr = parse(&expression, TODAY).expect("run above");
        for tongue in [Tongue::Indonesian, Tongue::English] {
            let text = expr.display(tongue);
            assert_eq!(parse(&text, TODAY).as_ref(), Ok(&expr), "{expression} → {text}");
        }
    }
}

#[test]
fn the_list_of_fields_is_complete() {
    let kinds = |kind: Kind| match kind {
        Kind::Text => "text",
        Kind::Paper => "number on paper",
        Kind::Code(_) => "list",
        Kind::Flag => "yes/no",
        Kind::Past | Kind::Due => "date",
        Kind::Month => "month",
        Kind::Money => "rupiah",
        Kind::Count => "count",
        Kind::Days => "days",
        Kind::Age => "age",
    };
    let expected: Vec<[String; 4]> = Field::ALL
        .iter()
        .map(|field| {
            let values = match field.kind() {
                Kind::Code(list) => {
                    let codes: Vec<&str> = list.values().into_iter().map(|(_, code, _)| code).collect();
                    format!("list: {}", codes.join(" ").to_lowercase())
                }
                other => kinds(other).to_owned(),
            };
            [field.english().to_owned(), field.indonesian().to_owned(), values, field.aliases().join(" ")]
        })
        .collect();
    let lines = |rows: &[[String; 4]]| {
        rows.iter().map(|row| format!("| {} |", row.join(" | "))).collect::<Vec<_>>().join("\n")
    };
    let found = markdown::<4>(SPECIFICATION, "Fields");
    assert_eq!(lines(&found), lines(&expected), "docs/filter.md should say:\n{}\n", lines(&expected));
}

#[test]
fn no_name_means_two_fields() {
    let mut seen = BTreeMap::new();
    for field in Field::ALL {
        for name in field.names() {
            assert_eq!(Field::parse(name), Some(*field), "{name}");
            if let Some(other) = seen.insert(name, *field) {
                assert_eq!(other, *field, "{name}");
            }
        }
    }
}

#[test]
fn every_value_is_understood_by_all_its_names() {
    for field in Field::ALL {
        let Kind::Code(list) = field.kind() else { continue };
        for (place, code, aliases) in list.values() {
            for name in std::iter::once(code).chain(aliases.iter().copied()) {
                let expected = Expr::Test(Test { field: *field, op: Op::Eq, operand: Operand::Code(place) });
                for text in
                    [format!("{} = {name}", field.indonesian()), format!("{}=\"{name}\"", field.english())]
                {
                    assert_eq!(parse(&text, TODAY), Ok(expected.clone()), "{text}");
                }
            }
        }
    }
}

#[test]
fn endless_filters_are_refused() {
    for text in ["(".repeat(100) + "budi", "bukan ".repeat(100) + "budi"] {
        assert_eq!(parse(&text, TODAY).expect_err("too deep").code, "too-deep");
    }
    assert_eq!(parse(&"budi ".repeat(1000), TODAY).expect_err("too long").code, "too-long");
}

/// Small filters with everything in them.
fn exprs() -> impl Strategy<Value = Expr> {
    let word = "[a-z\"' ()=~]{0,3}[a-z0-9][a-z0-9\"' .-]{0,6}";
    let squeezed = word.prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let test = (0..Field::ALL.len(), 0_u8..4, 0_i64..2_000_000, squeezed.clone(), 0_usize..7).prop_map(
        |(field, code, number, text, op)| {
            let field = Field::ALL[field];
            let ordered = [Op::Eq, Op::Ne, Op::Lt, Op::Le, Op::Gt, Op::Ge, Op::Present][op];
            let textual = [Op::Eq, Op::Ne, Op::Contains, Op::Present][op % 4];
            let plain = [Op::Eq, Op::Ne, Op::Present][op % 3];
            let day = date(2020, 1, 1).saturating_add(jiff::Span::new().days(number % 4000));
            let (op, operand) = match field.kind() {
                Kind::Text | Kind::Paper => (textual, Operand::Text(text)),
                Kind::Code(list) => {
                    (plain, Operand::Code(code % u8::try_from(list.values().len()).expect("short")))
                }
                Kind::Flag => (Op::Eq, Operand::Code(code % 2)),
                Kind::Past | Kind::Due => (ordered, Operand::Dates(day, day)),
                Kind::Month => (ordered, Operand::Months(Period::of(day), Period::of(day))),
                Kind::Money => (ordered, Operand::Money(Rupiah::new(number))),
                Kind::Count | Kind::Days | Kind::Age => (ordered, Operand::Number(number)),
            };
            let operand = if op == Op::Present { Operand::Nothing } else { operand };
            Expr::Test(Test { field, op, operand })
        },
    );
    let leaf = prop_oneof![3 => test, 1 => squeezed.prop_map(Expr::Words)];
    leaf.prop_recursive(3, 16, 3, |inner| {
        let many = proptest::collection::vec(inner.clone(), 2..4);
        let not_and = |part: &Expr| !matches!(part, Expr::And(_));
        let not_or = |part: &Expr| !matches!(part, Expr::Or(_));
        prop_oneof![
            many.clone().prop_filter("flat", move |parts| parts.iter().all(not_and)).prop_map(Expr::And),
            many.prop_filter("flat", move |parts| parts.iter().all(not_or)).prop_map(Expr::Or),
            inner.prop_map(|part| Expr::Not(Box::new(part))),
        ]
    })
}

proptest! {
    #[test]
    fn completion_takes_any_text(text in ".{0,60}", cursor in 0usize..70) {
        let found = complete(&text, cursor, Tongue::Indonesian, TODAY);
        for candidate in found.candidates {
            prop_assert!(text.get(candidate.replace.clone()).is_some());
        }
    }

    #[test]
    fn what_is_written_is_read(expr in exprs()) {
        for tongue in [Tongue::Indonesian, Tongue::English] {
            let text = expr.display(tongue);
            prop_assert_eq!(parse(&text, TODAY), Ok(expr.clone()), "{}", text);
        }
    }

    #[test]
    fn no_text_panics(text in "[a-z0-9 ()\"'=<>~!.,/-]{0,40}|\\PC{0,20}") {
        match parse(&text, TODAY) {
            Ok(_) => {}
            Err(error) => {
                prop_assert!(text.is_char_boundary(error.position));
                prop_assert!(text.is_char_boundary(error.position + error.length));
            }
        }
    }

    #[test]
    fn a_filter_and_its_contrary_share_the_rows(expr in exprs(), age in 0_i64..400, open in 0_u8..2) {
        let row = |field: Field| match field {
            Field::Age => Value::Number(age),
            Field::Open => Value::Code(open),
            Field::Worker => Value::Text("budi".to_owned()),
            _ => Value::Empty,
        };
        let contrary = Expr::Not(Box::new(expr.clone()));
        prop_assert_ne!(eval(&expr, &row), eval(&contrary, &row));
    }
}

/// What a list prints can be typed back, in both languages.
#[test]
fn every_word_shown_for_a_value_is_understood() {
    let mut n_words = 0;
    for field in Field::ALL {
        let Kind::Code(list) = field.kind() else { continue };
        for (index, code, _) in list.values() {
            let key = list.key(index).expect("a value of the list");
            for lang in [Lang::Id, Lang::En] {
                let shown = Words::new(lang).text(&key);
                assert_eq!(list.parse(&shown), Some(index), "{code}: {shown}");
                let quoted = format!("{} = \"{shown}\"", field.english());
                assert_eq!(parse(&quoted, TODAY), parse(&format!("{} = {code}", field.english()), TODAY));
                n_words += 1;
            }
        }
    }
    assert!(n_words > 150, "{n_words}");
}

#[test]
fn a_word_that_stands_in_a_value_leads_to_it() {
    let found = parse("sumber = ketel", TODAY).expect_err("part of a value").nearest;
    assert_eq!(found.as_deref(), Some("ketel dan bejana tekan"));
    let lost = parse("kondisi = xyzzy", TODAY).expect_err("no such outcome").nearest.expect("all of them");
    assert!(lost.contains("sembuh") && lost.contains("meninggal"), "{lost}");
}
