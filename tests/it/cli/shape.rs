//! A JSON shape as a text table, one line a path: `regulator[].amount int`. Checked both ways: nothing may be missing,
//! nothing may be there that the table does not name.

use std::collections::BTreeMap;

use serde_json::Value;

/// Objects whose keys are data, not shape.
const WILD: [&str; 2] = ["centre", "mode"];

/// Every way in which the value is not as the table says; a path marked `maybe` need not occur.
pub fn faults(value: &Value, table: &str) -> Vec<String> {
    let mut found = Vec::new();
    leaves(value, "", &mut found);
    let mut rows: BTreeMap<&str, (&str, bool, usize)> = BTreeMap::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [path, kinds, ref rest @ ..] = words[..] else { panic!("{line}: a path and its types") };
        assert!(rows.insert(path, (kinds, rest == ["maybe"], 0)).is_none(), "{path} stands twice");
    }
    let mut faults = Vec::new();
    for (path, value) in found {
        match rows.get_mut(path.as_str()) {
            None => faults.push(format!("{path} is not in the table")),
            Some((kinds, _, n_seen)) => {
                *n_seen += usize::from(!value.is_null());
                if !kinds.split('|').any(|kind| is_of(&value, kind)) {
                    faults.push(format!("{path} is no {kinds}: {value}"));
                }
            }
        }
    }
    let missing = rows.iter().filter(|(_, (_, maybe, n_seen))| !maybe && *n_seen == 0);
    faults.extend(missing.map(|(path, _)| format!("{path} is missing")));
    faults.sort();
    faults.dedup();
    faults
}

fn leaves(value: &Value, path: &str, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(fields) => {
            let is_wild = WILD.iter().any(|name| path.ends_with(name));
            for (key, inside) in fields {
                let key = if is_wild { "*" } else { key };
                let below = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
                leaves(inside, &below, found);
            }
        }
        Value::Array(items) => {
            let below = if path.is_empty() { String::new() } else { format!("{path}[]") };
            items.iter().for_each(|item| leaves(item, &below, found));
        }
        leaf => found.push((path.to_owned(), leaf.clone())),
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    let looks = |shape: &str| {
        value.as_str().is_some_and(|text| {
            text.len() == shape.len()
                && text.chars().zip(shape.chars()).all(|(own, wanted)| match wanted {
                    '9' => own.is_ascii_digit(),
                    other => own == other,
                })
        })
    };
    match kind {
        "text" => value.is_string(),
        "int" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "bool" => value.is_boolean(),
        "null" => value.is_null(),
        "date" => looks("9999-99-99"),
        "month" => looks("9999-99"),
        other => panic!("{other} is no type of this table"),
    }
}

#[test]
fn a_shape_that_differs_is_seen() {
    let value =
        serde_json::json!([{"a": 1, "b": {"c": "2026-10-30"}, "d": [{"e": null}], "mode": {"x": "y"}}]);
    assert_eq!(faults(&value, "a int\n b.c date\n d[].e text|null maybe\n mode.* text"), [""; 0]);
    let expected = [
        "a is no text: 1",
        "b.c is not in the table",
        "d[].e is missing",
        "f is missing",
        "mode.* is no month: \"y\"",
    ];
    assert_eq!(faults(&value, "a text\n d[].e int|null\n f int\n mode.* month"), expected);
    assert_eq!(faults(&serde_json::json!({"a": 1.5}), "a int"), ["a is no int: 1.5"]);
}
