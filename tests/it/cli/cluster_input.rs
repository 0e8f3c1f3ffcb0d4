//! `santun cluster --input`: files that have little or nothing to group give an answer or a reason, and what is missing is
//! treated as was asked.

use std::fmt::Write as _;

use serde_json::Value;

use crate::support::frozen::Frozen;

/// File (rows parted by `;`), arguments, exit code, what is said (or, after `!`, is not). `×n` repeats a row.
const FILES: &str = "
    x,y;1,2                                       | --k 2                          | 1 | tidak ada kolom yang nilainya beragam
    x,y;                                          | --k 2                          | 1 | tidak ada baris
    x,y;3,4×40                                    | --k 3                          | 1 | tidak ada kolom yang nilainya beragam
    x,y;1,4×20;2,4×20                             | --k 2                          | 0 | y tidak dipakai: nilainya sama
    x,y;1,4×20;2,5×20                             | --k 5                          | 0 | Diminta 5 kelompok, yang ada 2
    x,y;,×9                                       | --k 2                          | 1 | Tidak ada yang bisa dikelompokkan
    x,y;,1×9;,2×9                                 | --k 2                          | 0 | x tidak dipakai
    x,y;inf,1×9;5,2×9;7,1×9                       | --k 2                          | 0 | x: 9 nilai kosong diisi median
    x,y;1e300,1×9;5,2×9                           | --k 2 --scale none             | 1 | bukan angka wajar
    x,y;1e300,1×9;5,2×9                           | --k 2 --scale none --engine linfa | 1 | bukan angka wajar
    x,y;inf,a×9;-inf,b×9                          | --k 2 --method k-means         | 1 | Tidak ada yang bisa dikelompokkan
    x,y;a,1×9;b,2×9                               | --k 2                          | 0 | Kolom teks tidak dipakai oleh k-means: x
    x,y;a,p×9;b,q×9                               | --k 2 --method k-modes         | 0 | kmodes ·
    x,y;a,p×9;a,p×9                               | --k 2 --method k-modes         | 1 | nilainya beragam
    x,y;a,?×9;b,q×9                               | --k 2 --method k-modes         | 0 | y
    x,y;a,1×9;b,5×9;b,2×3                         | --k 2 --method k-prototypes    | 0 | (gamma)
    x,y;a,1×9;b,5×9;b,2×3                         | --k 2 --method k-prototypes --gamma 0 | 0 | 100 % biaya berasal dari angka
    x,y;a,1×9;b,5×9                               | --k 2 --method k-prototypes --gamma=-1 | 2 | bukan gamma
    x,y;a,1×9;b,5×9                               | --k 2 --method k-means --gamma 1 | 2 | hanya untuk --method k-prototypes
    x,y;1,1×9;2,5×9                               | --k 2 --method k-prototypes    | 1 | K-prototypes memerlukan
    x,y;a,p×9;b,q×9                               | --k 2 --method k-prototypes    | 1 | K-prototypes memerlukan
    x,y;a,1×9;b,5×9                               | --k 2 --method k-prototypes --engine linfa | 1 | linfa hanya punya k-means
    x,y;1,1×9;,5×3;4,2×9                          | --k 2 --missing drop           | 0 | 3 baris tidak ikut
    x,y;1,1×9;,5×3;4,2×9                          | --k 2 --missing median         | 0 | x: 3 nilai kosong diisi median, atau
    x,y;,1×9;,2×9                                 | --k 2 --missing drop           | 1 | tidak ada baris
    x,y;inf,1×4;1,1×9;2,5×9                       | --k 2 --missing drop           | 0 | 4 baris tidak ikut
    x,y;-1e999,1×4;1,1×9;2,5×9                    | --k 2 --missing drop           | 0 | 4 baris tidak ikut
    x,y;a,1×9;infinity,5×3;b,2×9                  | --k 2 --missing drop --method k-modes | 0 | 3 baris tidak ikut
    x,y;inf,1×4;1,1×9;2,5×9                       | --k 2 --missing median         | 0 | x: 4 nilai kosong diisi median, atau
    x,y;,1×9;,2×9                                 | --k 2 --missing median         | 0 | !nilai kosong diisi
    x,y;1,1×9;2                                   | --k 2                          | 1 | csv:11: Baris berisi 1 sel, judulnya 2
    x,x;1,1×9                                     | --k 2                          | 2 | Kolom “x” ada dua kali
    x,y;a,p×9;b,q×9                               | --k 2                          | 0 | kmodes ·
    x,y;a,1×9;b,q×9                               | --k 2                          | 0 | kmodes ·
    x,y;a,?×9;b,?×9                               | --k 2                          | 0 | kmodes ·
    x,y;a,p×9;b,q×9                               | --k 2 --method k-means         | 1 | Tidak ada yang bisa dikelompokkan
    x,y;1,1×9;2,5×9                               | --k 2 --columns z              | 2 | tidak punya kolom “z”
    x,y;1,2;5,9                                   | --k 5                          | 0 | Diminta 5 kelompok, yang ada 2
    x,y;1,1×9;2,5×9                               | --k 0                          | 2 | 1–64";

#[test]
fn files_with_little_to_group() {
    let desk = Frozen::new();
    for (at, row) in FILES.lines().map(str::trim).filter(|row| !row.is_empty()).enumerate() {
        let [file, arguments, code, said] = row.split(" | ").map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("{row}: four columns");
        };
        let path = desk.path(&format!("{at}.csv"));
        std::fs::write(&path, rows(file)).expect("the file is written");
        let mut all = vec!["cluster", "--input", path.to_str().expect("UTF-8")];
        all.extend(arguments.split(' '));
        let output = desk.run(&all);
        assert_eq!(output.code.to_string(), code, "{row}: {output:?}");
        let place = if code == "0" { &output.stdout } else { &output.stderr };
        let place = place.replace('\n', " ");
        match said.strip_prefix('!') {
            Some(unsaid) => assert!(!place.contains(unsaid), "{row}: {output:?}"),
            None => assert!(place.contains(said), "{row}: {output:?}"),
        }
    }
}

fn rows(file: &str) -> String {
    let mut text = String::new();
    for row in file.split(';').filter(|row| !row.is_empty()) {
        let (row, n) = row.split_once('×').map_or((row, 1), |(row, n)| (row, n.parse().expect("a count")));
        (0..n).for_each(|_| writeln!(text, "{row}").expect("a string takes all text"));
    }
    text
}

/// More categories than a byte can name: the frequent ones stay, the others are one category.
#[test]
fn a_column_of_nothing_but_names_is_joined() {
    let desk = Frozen::new();
    let path = desk.path("names.csv");
    let mut text = "name,town\n".to_owned();
    (0..20_000).for_each(|row| writeln!(text, "name{row},town{}", row % 3).expect("a string takes all text"));
    std::fs::write(&path, text).expect("the file is written");
    let path = path.to_str().expect("UTF-8");
    let output = desk.run(&["cluster", "--input", path, "--method", "k-modes", "--k", "3"]);
    assert_eq!(output.code, 0, "{output:?}");
    assert!(output.stdout.contains("name: 19.746 nilai yang jarang digabung"), "{output:?}");
}

/// Rows keep their number in the file, also where others stay out.
#[test]
fn labels_name_the_rows_of_the_file() {
    let desk = Frozen::new();
    let path = desk.path("some.csv");
    std::fs::write(&path, "kind,days\na,1\nb,\na,2\nb,90\nb,91\n").expect("the file is written");
    let path = path.to_str().expect("UTF-8");
    let run = |format: &str| {
        let method =
            ["--method", "k-prototypes", "--missing", "drop", "--k", "2", "--labels", "--format", format];
        desk.run(&[&["cluster", "--input", path], &method[..]].concat()).ok()
    };
    assert_eq!(run("csv").replace('\r', ""), "row,cluster\n1,1\n3,1\n4,2\n5,2\n");
    let found: Value = serde_json::from_str(&run("json")).expect("JSON");
    assert_eq!(found["method"], "kprototypes");
    assert_eq!(found["clusters"][0]["centre"]["kind"], "a");
    let middle = found["clusters"][0]["centre"]["days"].as_f64().expect("a number");
    assert!((middle - 1.5).abs() < 1e-9, "{middle}");
    let share = found["scores"]["share_of_numbers"].as_f64().expect("a share");
    assert!(found["scores"]["gamma"].as_f64().is_some_and(|gamma| gamma > 0.0) && share == 1.0, "{found}");
}

/// What compares claims answers nothing about companies, and what writes no chart says so.
#[test]
fn what_does_not_go_together_is_refused() {
    let desk = Frozen::new();
    for (arguments, said) in [
        (&["companies", "--consensus"][..], "--consensus"),
        (&["companies", "--against", "kejadian >= 01/01/2026"], "--against"),
        (&["claims", "--against", "kejadian >= 01/01/2026", "--svg", "x.svg"], "--svg"),
        (&["claims", "--against", "kejadian >= 01/01/2026", "--svg", "x.svg", "--chart", "profile"], "--svg"),
        (&["claims", "--against", "kejadian >= 01/01/2026", "--engine", "linfa"], "--engine"),
        (&["claims", "--consensus", "--svg", "x.svg"], "--svg"),
    ] {
        let all: Vec<&str> = ["cluster", "--k", "2"].iter().chain(arguments).copied().collect();
        let output = desk.run(&all);
        assert_eq!(output.code, 2, "{arguments:?}: {output:?}");
        assert!(output.stderr.contains(said), "{arguments:?}: {output:?}");
    }
}

/// As Excel writes it here, and as other programs do: separator, decimal comma, encoding. All three are the same table.
#[test]
fn files_of_other_programs_are_read() {
    let desk = Frozen::new();
    let plain: String = (0..30).map(|row| format!("{},{}.5,kecil é\n", row % 3 * 10, row % 3)).collect();
    let semicolons = plain.replace(',', ";").replace(".5", ",5");
    let utf16 = |text: &str| {
        let mut bytes = vec![0xFF, 0xFE];
        text.encode_utf16().for_each(|unit| bytes.extend(unit.to_le_bytes()));
        bytes
    };
    let latin = |text: &str| text.chars().map(|c| u8::try_from(c).expect("Latin 1")).collect::<Vec<u8>>();
    let files: [(&str, Vec<u8>); 5] = [
        ("plain", format!("a,b,c\n{plain}").into_bytes()),
        ("semicolons", format!("a;b;c\n{semicolons}").into_bytes()),
        ("tabs", format!("a\tb\tc\n{}", plain.replace(',', "\t")).into_bytes()),
        ("utf-16", utf16(&format!("a;b;c\n{semicolons}"))),
        ("latin", latin(&format!("a;b;c\n{semicolons}"))),
    ];
    let mut found = Vec::new();
    for (name, bytes) in files {
        let path = desk.path(&format!("{name}.csv"));
        std::fs::write(&path, bytes).expect("the file is written");
        let path = path.to_str().expect("UTF-8");
        found.push((name, desk.run(&["cluster", "--input", path, "--k", "3", "--format", "json"]).ok()));
    }
    for (name, one) in &found[1..] {
        assert_eq!(*one, found[0].1, "{name}");
    }
}

#[test]
fn a_file_that_is_not_there_is_told_in_words() {
    let desk = Frozen::new();
    for command in [&["cluster", "--input", "absent.csv"][..], &["inspect", "absent.csv"]] {
        let output = desk.run(command);
        let said = format!("{}{}", output.stdout, output.stderr);
        assert_eq!((output.code, said.contains("absent.csv")), (1, true), "{output:?}");
        assert!(said.contains("Berkas itu tidak ada"), "{output:?}");
    }
}
