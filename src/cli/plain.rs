//! A page of text, made for the eye, as one fact a line: no boxes, no rules, no columns.

use crate::base::safe;

/// A line indented so far that it goes on with the one above.
const CONTINUES_FROM: usize = 16;

/// The page. What stands in columns (two blanks and more between) becomes `name: value, value`.
pub fn page(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let bare: String = line.chars().filter(|letter| !is_drawn(*letter)).collect();
        let indent = bare.chars().take_while(|letter| *letter == ' ').count();
        let parts: Vec<&str> = bare.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect();
        match (parts.as_slice(), lines.last_mut()) {
            ([], _) if !line.trim().is_empty() => {}
            ([], Some(last)) if last.is_empty() => {}
            ([], _) => lines.push(String::new()),
            ([more], Some(last)) if indent >= CONTINUES_FROM && !last.is_empty() => {
                last.push(' ');
                last.push_str(more);
            }
            _ => lines.push(fact(&parts)),
        }
    }
    lines.iter().map(|line| format!("{}\n", safe::terminal(line))).collect()
}

/// The first part names the others.
fn fact(parts: &[&str]) -> String {
    let (name, values) = parts.split_first().expect("an empty line is no fact");
    let values: Vec<&str> = values.iter().map(|value| value.trim_start_matches(':').trim()).collect();
    if values.is_empty() {
        (*name).to_owned()
    } else {
        format!("{}: {}", name.trim_end_matches(':'), values.join(", "))
    }
}

/// Boxes and rules.
fn is_drawn(letter: char) -> bool {
    matches!(letter, '\u{2500}'..='\u{259f}')
}
