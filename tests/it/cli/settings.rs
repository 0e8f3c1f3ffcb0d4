//! Settings of the person: where each comes from, what a slip in the file says, and that it keeps nobody from the screen.

use santun::desk::config::{SETTINGS, config_markdown};
use santun::words::{Lang, Words};

use super::branch::{Office, text};
use crate::support::sources::root;

impl Office {
    /// Writes `config.toml`; where it is.
    fn settings(&self, content: &str) -> String {
        let folder = self.frozen.path(".config/santun");
        std::fs::create_dir_all(&folder).expect("the home is writable");
        std::fs::write(folder.join("config.toml"), content).expect("the home is writable");
        text(&folder.join("config.toml"))
    }
}

#[test]
fn config_page() {
    let page = config_markdown(&Words::new(Lang::Id), &Words::new(Lang::En));
    let path = root().join("docs/config.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &page).expect("the repository is writable");
    }
    let written = std::fs::read_to_string(&path).expect("docs/config.md is in the repository");
    assert!(written == page, "docs/config.md is old: UPDATE_DOCS=1 cargo test --test it config_page");
    assert!(SETTINGS.iter().all(|spec| page.contains(&format!("| `{}` |", spec.name))));
}

/// The file (`¦` parts lines), line and column of the fault, and a word of its sentence in each language.
const FAULTS: &str = r#"
    tema = "light"                  | 1:1  | “theme”                  | “theme”
    theme = "ligth"                 | 1:9  | “light”                  | “light”
    theme = light                   | 1:9  | Bukan TOML               | Not TOML
    # a¦ascii = "ya"                | 2:9  | true atau false          | true or false
    ascii = 1                       | 1:9  | true atau false          | true or false
    theme = 3                       | 1:9  | tanda kutip              | in quotes
    columns = "80"                  | 1:11 | tanpa tanda kutip        | without quotes
    columns = 5                     | 1:11 | dari 40 sampai 1000      | from 40 to 1000
    lang = "fr"                     | 1:8  | id, en                   | id, en
    ¦¦  log = "verbose"             | 3:9  | off, error               | off, error
    store                           | 1:6  | Bukan TOML               | Not TOML
    [kyes]¦void = []                | 1:2  | “keys”                   | “keys”
    keys = []                       | 1:1  | daftar tombol            | list of keys
    [keys]¦void = "v"               | 2:1  | daftar tombol            | list of keys
    [keys]¦viod = ["ctrl-v"]        | 2:1  | “void”                   | “void”
    [keys]¦void = ["ctrl-v", "home+"] | 2:1 | “home”                  | “home”
    [keys]¦quit = ["?"]             | 2:1  | quit                     | quit
    theme = "light"¦theme = "dark"  | 2:1  | Bukan TOML               | Not TOML
"#;

#[test]
fn a_slip_in_the_file_is_told_with_its_place() {
    let office = Office::empty();
    let mut n_faults = 0;
    for row in FAULTS.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let [content, place, indonesian, english] = row.split(" | ").map(str::trim).collect::<Vec<_>>()[..]
        else {
            panic!("{row}: four columns")
        };
        let path = office.settings(&content.replace('¦', "\n"));
        for (lang, said) in [("id", indonesian), ("en", english)] {
            let check = office.run(&["--lang", lang, "config", "check"]);
            assert_eq!((check.code, check.stderr.as_str()), (1, ""), "{row}: {check:?}");
            assert!(check.stdout.starts_with(&format!("{path}:{place}: ")), "{row}: {check:?}");
            assert!(check.stdout.contains(said), "{row}: {check:?}");
            // A command that would do something else than was meant does nothing.
            let refused = office.run(&["--lang", lang, "claims"]);
            assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{row}: {refused:?}");
            assert!(refused.stderr.contains(&format!("{path}:{place}: ")), "{row}: {refused:?}");
        }
        let show = office.run(&["config", "show"]);
        assert!(show.code == 0 && show.stderr.contains(place), "{row}: {show:?}");
        // The screen is opened all the same, and asks for a terminal.
        assert!(office.run(&[]).fails(2).contains("terminal"), "{row}");
        n_faults += 1;
    }
    assert_eq!(n_faults, FAULTS.lines().filter(|line| line.contains(" | ")).count());
}

#[test]
fn a_good_file_is_good() {
    let office = Office::empty();
    assert!(office.run(&["config", "check"]).ok().contains("Tidak ada berkas setelan"));
    let path = office.settings(
        "theme = \"light\"\ncolumns = 120\nlang = \"en\"\nmouse = true\ncursor = \"marker\"\n\
         [keys]\nvoid = [\"ctrl-v\"]\nexport = []\n",
    );
    assert_eq!(office.run(&["config", "path"]).ok().trim_end(), path);
    assert_eq!(office.run(&["config", "check"]).ok().trim_end(), format!("The settings are good: {path}"));
    let shown = office.run(&["config", "show", "--origin"]).ok();
    assert!(shown.contains(&format!("{path}:1")) && shown.contains("keys.void"), "{shown}");
}

#[test]
fn every_setting_says_where_it_comes_from() {
    let office = Office::empty();
    let file = office.settings("theme = \"light\"\nlang = \"en\"\n");
    let found = |arguments: &[&str], name: &str| {
        let settings = office.json(&[&["config", "show"], arguments].concat());
        let settings = settings.as_array().expect("an array").clone();
        let setting = settings.into_iter().find(|setting| setting["name"] == name).expect(name);
        ["value", "origin", "place"].map(|key| setting[key].as_str().expect("a text").to_owned())
    };
    let three = |value: &str, origin: &str, place: &str| [value, origin, place].map(str::to_owned);
    assert_eq!(found(&[], "store"), three(&text(&office.store), "environment", "SANTUN_STORE"));
    assert_eq!(found(&[], "theme"), three("light", "file", &format!("{file}:1")));
    assert_eq!(found(&[], "lang"), three("en", "file", &format!("{file}:2")));
    assert_eq!(found(&["--lang", "id"], "lang"), three("id", "flag", "--lang"));
    assert_eq!(found(&["--plain"], "plain"), three("true", "flag", "--plain"));
    assert_eq!(found(&[], "columns"), three("100", "environment", "COLUMNS"));
    assert_eq!(found(&[], "ascii"), three("false", "default", ""));
    assert_eq!(found(&[], "office.code"), three("J03", "store", ""));
}
