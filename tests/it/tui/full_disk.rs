//! A disk that fills while a form is typed, at the real screen: what was typed stays there and the person is told.

use std::path::Path;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

use super::pty::Session;
use super::real::store;
use crate::cli::branch::{copy_folder, text};
use crate::support::{Frozen, SmallDisk};

fn drafts_in(store: &Path) -> usize {
    let folders = std::fs::read_dir(store.join("drafts")).into_iter().flatten().flatten();
    let files = folders.flat_map(|folder| std::fs::read_dir(folder.path()).into_iter().flatten().flatten());
    files.filter(|file| file.path().extension().is_some_and(|end| end == "draft")).count()
}

#[test]
fn a_draft_that_finds_no_room_is_said_and_stays_on_the_screen() {
    let disk = match SmallDisk::new(24) {
        Err(why) => return println!("skipped: {why}"),
        Ok(disk) => disk,
    };
    let (whole, place) = (store(), disk.path().join("store"));
    copy_folder(&whole.path().join("store"), &place);
    let home = Frozen::new();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_santun"));
    command.env_clear();
    command.cwd(home.home());
    for (name, value) in home.environment() {
        command.env(name, value);
    }
    command.env("SANTUN_STORE", text(&place));
    let mut session = Session::spawn(command);
    session.wait_for("▌ K26-000103");
    session.press(b"a");
    session.wait_for("Klaim baru");
    disk.fill(0);
    session.press(b"K26-000777\t");
    session.wait_for("Disk penuh");
    assert!(session.contents().contains("K26-000777"), "what was typed stays:\n{}", session.contents());
    assert_eq!(drafts_in(&place), 0);
    // What the message says helps.
    disk.free();
    session.press(b" ");
    session.wait_until("the message is closed", |screen| !screen.contents().contains("Disk penuh"));
    session.press(b"\t");
    let until = Instant::now() + Duration::from_secs(10);
    while drafts_in(&place) == 0 {
        assert!(Instant::now() < until, "with room again the draft is kept:\n{}", session.contents());
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(session.contents().contains("K26-000777"), "{}", session.contents());
}
