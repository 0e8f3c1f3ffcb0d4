//! Names below an open folder: what is there is opened, nothing leads out, and both ways of looking up agree.

use std::fs;
use std::io::Read;
use std::os::unix::fs::symlink;
use std::path::Path;

use rustix::fs::{Mode, OFlags};
use santun::store::disk::{Below, Way};

/// A name, how it is opened, and what comes of it: the file's text, `-` for something without one, or `refused`.
const NAMES: &str = "
    FORMAT                  read    truth
    journal/2026/1.jsonl    read    record
    journal                 place   -
    FORMAT                  place   -
    .                       place   -
    none                    read    refused
    FORMAT/x                read    refused
    link                    read    refused
    link                    place   refused
    folder/secret           read    refused
    folder                  place   refused
    journal/up/secret       read    refused
    ../secret               read    refused
    journal/../../secret    read    refused
    ..                      place   refused
    SECRET                  read    refused
    FORMAT                  make    refused
    link                    make    refused
    dangling                make    refused
    journal/up/made         make    refused
    journal/made            make    -
";

#[test]
fn nothing_leads_out_of_the_folder() {
    for way in [Way::AtOnce, Way::StepByStep] {
        let dir = tempfile::tempdir().expect("a folder");
        let (root, outside) = (dir.path().join("s"), dir.path().join("outside"));
        fs::create_dir_all(root.join("journal/2026")).expect("made");
        fs::create_dir(&outside).expect("made");
        fs::write(root.join("FORMAT"), "truth").expect("written");
        fs::write(root.join("journal/2026/1.jsonl"), "record").expect("written");
        fs::write(outside.join("secret"), "secret").expect("written");
        fs::write(dir.path().join("secret"), "secret").expect("written");
        // A link that stays inside is one too: whoever may put it there decides what is opened.
        symlink("FORMAT", root.join("link")).expect("made");
        symlink(&outside, root.join("folder")).expect("made");
        symlink(&outside, root.join("journal/up")).expect("made");
        symlink(outside.join("made"), root.join("dangling")).expect("made");
        let folder = rustix::fs::open(&root, OFlags::PATH | OFlags::DIRECTORY, Mode::empty()).expect("there");
        let below = Below::of(folder);
        for line in NAMES.trim().lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [name, how, expected] = words[..] else { panic!("three words: {line}") };
            let secret = outside.join("secret");
            let name = if name == "SECRET" { secret.as_path() } else { Path::new(name) };
            let flags = match how {
                "read" => OFlags::RDONLY,
                "place" => OFlags::PATH,
                _ => OFlags::RDWR | OFlags::CREATE | OFlags::EXCL,
            };
            let came = match below.open_by(way, name, flags, if how == "make" { 0o600 } else { 0 }) {
                Err(_) => "refused".to_owned(),
                Ok(_) if how != "read" => "-".to_owned(),
                Ok(opened) => {
                    let mut text = String::new();
                    fs::File::from(opened).read_to_string(&mut text).expect("a text");
                    text
                }
            };
            assert_eq!(came, expected, "{way:?}: {line}");
        }
        assert!(!outside.join("made").exists(), "{way:?}");
        assert!(root.join("journal/made").exists(), "{way:?}");
    }
}
