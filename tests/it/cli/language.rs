//! Help and complaints of the command line speak the person's language.

use crate::support::Frozen;

/// Arguments (`¦` parts them), exit code, what is said in Indonesian, what is said in English.
const SAID: &str = "
    --help                        | 0 | Pemakaian: santun [PILIHAN] [PERINTAH]   | Usage: santun [OPTIONS] [COMMAND]
    --help                        | 0 | Daftar klaim                             | List claims
    claim¦add¦--help              | 0 | Pemakaian: santun claim add [PILIHAN]    | Usage: santun claim add [OPTIONS]
    claim¦add¦--help              | 0 | --npp                                    | --npp
    claims¦--help                 | 0 | [bawaan: table]                          | [default: table]
    claims¦--help                 | 0 | [nilai: table, csv, json]                | [values: table, csv, json]
    claims¦--help                 | 0 | Pilihan umum                             | General options
    claims¦-h                     | 0 | Tampilkan bantuan                        | Show help
    claim                         | 2 | Satu klaim                               | One claim
    klaim                         | 2 | Mungkin maksudnya: claims                | Perhaps meant: claims
    claims¦--were¦x               | 2 | Mungkin maksudnya: --where               | Perhaps meant: --where
    claims¦--format¦pdf           | 2 | “pdf” bukan nilai untuk --format         | “pdf” is no value of --format
    claims¦--format               | 2 | --format <FORMAT> memerlukan nilai       | --format <FORMAT> needs a value
    claims¦--limit¦banyak         | 2 | “banyak” bukan nilai                     | “banyak” is no value
    claim¦show                    | 2 | Belum diberikan: <CLAIM_NO>              | Not given: <CLAIM_NO>
    claim¦determine¦A¦--amount¦1¦--line¦1¦--component¦X | 2 | tidak dapat dipakai bersama | cannot be used together
    claims¦--limit¦1¦--limit¦2    | 2 | hanya boleh diberikan sekali             | can be given only once
";

#[test]
fn help_and_complaints_are_in_the_language_asked_for() {
    let mut n_rows = 0;
    for row in SAID.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let [arguments, code, indonesian, english] = row.split(" | ").map(str::trim).collect::<Vec<_>>()[..]
        else {
            panic!("{row}: four columns")
        };
        let arguments: Vec<&str> = arguments.split('¦').collect();
        for (lang, said) in [("id", indonesian), ("en", english)] {
            let frozen = Frozen::new().with("SANTUN_LANG", lang);
            let by_flag = Frozen::new().run(&[&["--lang", lang][..], &arguments].concat());
            let output = frozen.run(&arguments);
            assert_eq!(output, by_flag, "{row}: variable and flag say the same");
            assert_eq!(output.code.to_string(), code, "{row}: {output:?}");
            let place = if code == "0" { &output.stdout } else { &output.stderr };
            assert!(place.contains(said), "{row}: {place}");
            if lang == "id" {
                for english in ["Usage", "Options:", "Commands", "Arguments", "error:", "default", "possible"]
                {
                    assert!(!place.contains(english), "{row}: {english} in {place}");
                }
            }
        }
        n_rows += 1;
    }
    assert_eq!(n_rows, SAID.lines().filter(|line| line.contains(" | ")).count());
}

#[test]
fn the_file_of_settings_chooses_the_language_of_help() {
    let frozen = Frozen::new();
    std::fs::create_dir_all(frozen.path(".config/santun")).expect("the home is writable");
    std::fs::write(frozen.path(".config/santun/config.toml"), "lang = \"en\"\n")
        .expect("the home is writable");
    assert!(frozen.run(&["--help"]).ok().contains("Usage:"));
    assert!(frozen.run(&["--lang=id", "--help"]).ok().contains("Pemakaian:"));
    // What stands behind `--` is no option.
    assert!(frozen.run(&["claim", "show", "--", "--lang", "id"]).fails(2).contains("Usage:"));
}
