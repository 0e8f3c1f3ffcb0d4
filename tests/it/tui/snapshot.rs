//! Screens as text files, in `tests/data/screens`. `UPDATE_SNAPSHOTS=1` writes them anew: read the difference.

use std::fs;
use std::path::PathBuf;

use ratatui::buffer::Buffer;

/// A drawn screen as text, without blanks at the ends of lines.
pub fn text(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut lines = Vec::new();
    for y in area.top()..area.bottom() {
        let mut line = String::new();
        let mut x = area.left();
        while x < area.right() {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += santun::tui::paint::width(symbol).max(1);
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n") + "\n"
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/screens")
}

/// Compares a screen with its file.
pub fn check(name: &str, screen: &str) {
    check_file(folder().join(format!("{name}.txt")), screen, "UPDATE_SNAPSHOTS");
}

/// Compares any generated text with its file in the repository.
pub fn check_file(path: PathBuf, made: &str, switch: &str) {
    if std::env::var_os(switch).is_some() {
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(&path, made).expect("the file can be written");
        return;
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == made,
        "{} differs; {switch}=1 writes it anew.\n--- kept\n{kept}\n--- made\n{made}",
        path.display()
    );
}
