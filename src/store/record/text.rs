//! JSON text that can be looked at in any terminal: what steers a terminal or hides from a reader is written `\u….`.

use std::borrow::Cow;

/// Characters that never stand raw in the journal. The set belongs to the format (docs/format.md) and does not follow
/// Unicode's changes: C0, DEL, C1, soft hyphen, zero-width and joining marks, line and paragraph separators, bidi
/// marks, embeddings, isolates and overrides, byte order mark, interlinear marks, tags.
pub fn is_hazardous(c: char) -> bool {
    matches!(
        u32::from(c),
        0x00..=0x1F
            | 0x7F..=0x9F
            | 0xAD
            | 0x034F
            | 0x061C
            | 0x115F..=0x1160
            | 0x17B4..=0x17B5
            | 0x180B..=0x180F
            | 0x200B..=0x200F
            | 0x2028..=0x202E
            | 0x2060..=0x206F
            | 0x3164
            | 0xFEFF
            | 0xFFA0
            | 0xFFF0..=0xFFFB
            | 0xE0000..=0xE007F
    )
}

/// Writes a text as a JSON string.
pub fn push_json_string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if is_hazardous(c) => push_escaped(out, c),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Rewrites JSON text so that no hazardous character stands raw in it. In valid JSON without line breaks between its
/// tokens they can only stand in strings, where the escape means the same.
pub fn harden(json: &str) -> Cow<'_, str> {
    if json.is_ascii() && !json.bytes().any(|b| b < 0x20 || b == 0x7F) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_hazardous(c) { push_escaped(&mut out, c) } else { out.push(c) }
    }
    Cow::Owned(out)
}

fn push_escaped(out: &mut String, c: char) {
    let mut units = [0; 2];
    for unit in c.encode_utf16(&mut units) {
        out.push_str(&format!("\\u{unit:04x}"));
    }
}
