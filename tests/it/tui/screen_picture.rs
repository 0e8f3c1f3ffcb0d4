//! The pictures of the README and of docs/screens.md: every screen as a clerk sees it, drawn by the build from real
//! renderings over an invented store. `UPDATE_DOCS=1` draws them anew.

use std::fmt::Write as _;
use std::path::PathBuf;

use santun::tui::svg::svg;
use santun::tui::theme::{Glyphs, ThemeName};
use santun::words::Lang;

use super::branch::branch;
use super::real::RealClerk;
use super::work_desk::store_to_pay;

/// A picture: its file, what it shows, and the keys that lead there.
struct Picture {
    file: &'static str,
    shows: &'static str,
    size: (u16, u16),
    lang: Lang,
    keys: &'static str,
    /// A word that is in it, or the keys lead elsewhere.
    word: &'static str,
}

const fn small(file: &'static str, shows: &'static str, keys: &'static str, word: &'static str) -> Picture {
    Picture { file, shows, size: (100, 30), lang: Lang::Id, keys, word }
}

const PICTURES: &[Picture] = &[
    small(
        "claims",
        "The claims: *Hari ini*, the filter line, the list, and the case under the cursor",
        "j j",
        "berobat",
    ),
    small("filter", "Typing a filter: what can stand there", "/ ctrl-u 'kond'", "/ kond"),
    small(
        "filtered",
        "Those still treated whose money waits",
        "/ ctrl-u 'kondisi = berobat dan menunggu > 0' enter",
        "menunggu > 0",
    ),
    small("claim", "One claim: papers to tick, lines with payees, clocks and history", "j j enter", "Berkas"),
    small(
        "claim-form",
        "A new claim in the order of form 3 KK1",
        "a tab tab tab tab tab 'Rini Contohwati'",
        "Rini Contohwati",
    ),
    small("queue", "Lines that wait for a voucher, by payee", "f2", "Antrean"),
    small("issue", "What will be issued, before it is", "f2 m m m v", "Terbitkan"),
    small(
        "codes",
        "Codes to write on the bundles, once they are safe on disk",
        "f2 m m m v y",
        "voucher terbit",
    ),
    small("vouchers", "Vouchers made: paid, waiting, void", "f2 w", "JKK"),
    small("report", "The monthly report, while the month grows", "f3 j j j", "SEMENTARA"),
    small("clusters", "Groups of claims, and how sure they are", "f4", "k-modes"),
    small("companies", "Companies by claim rate", "f4 c", "PT"),
    small("help", "Every key, searched by typing", "? 'voucher'", "voucher"),
    Picture {
        file: "four-panes",
        shows: "All four panes on a large window",
        size: (200, 50),
        lang: Lang::Id,
        keys: "f2 f1 j j",
        word: "Antrean",
    },
    Picture {
        file: "claims-en",
        shows: "The same desk in English",
        size: (100, 30),
        lang: Lang::En,
        keys: "j j",
        word: "Claims",
    },
];

#[test]
fn the_pictures_are_the_screens() {
    let folder = branch(240);
    let mut page = String::from(
        "# Screens\n\n<!-- Written by the build (tests/it/tui/screen_picture.rs); `UPDATE_DOCS=1 cargo test --test it \
         screen_picture` draws them anew. -->\n\nDrawn from the program itself, over an invented store.\n",
    );
    for picture in PICTURES {
        let mut clerk = RealClerk::with(folder.path(), picture.lang, picture.size);
        clerk.press(picture.keys).sees(picture.word);
        compare(&format!("docs/screens/{}.svg", picture.file), &svg(&clerk.buffer().0));
        let _ = write!(page, "\n## {}\n\n![{}](screens/{}.svg)\n", picture.shows, picture.file, picture.file);
    }
    compare("docs/screens.md", &page);
}

/// The theme for the eyes that need it most is in the pictures too.
#[test]
fn without_colour_the_picture_still_shows_the_cursor() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::looking(folder.path(), Glyphs::Ascii, ThemeName::Mono);
    clerk.press("j");
    let picture = svg(&clerk.buffer().0);
    compare("docs/screens/mono-ascii.svg", &picture);
}

fn compare(path: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_DOCS").is_some()
        && let Some(folder) = path.parent()
    {
        std::fs::create_dir_all(folder).expect("the folder can be made");
    }
    super::snapshot::check_file(path, text, "UPDATE_DOCS");
}
