//! What it costs that one thread opens the files of a store for several clerks: opening, listing and putting a file in place
//! in a folder of one's own, and in a folder of the group by the thread that keeps it. Needs root: it makes up a user and a
//! group, and installs a copy of itself setgid.
//!
//! `cargo bench --bench group`. Compare the columns, not times between machines.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use santun::store::disk::{Access, Disk, Sharing, hold_group, machine, read_whole, replace_file};

const GROUP: u32 = 54_321;
const USER: u32 = 54_322;
const ROUNDS: u32 = 2_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "installed") {
        hold_group().expect("nothing has begun yet");
        return measure(Path::new(&arguments[at + 1]));
    }
    let dir = tempfile::tempdir().expect("a folder");
    let (program, own, shared) =
        (dir.path().join("group"), dir.path().join("own"), dir.path().join("shared"));
    if chown(dir.path(), Some(0), Some(GROUP)).is_err() {
        return println!("skipped: only root makes up users");
    }
    fs::copy(std::env::current_exe().expect("it runs"), &program).expect("written");
    chown(&program, Some(0), Some(GROUP)).expect("root may");
    [&own, &shared].into_iter().for_each(|folder| fs::create_dir(folder).expect("root may"));
    chown(&own, Some(USER), Some(USER)).expect("root may");
    chown(&shared, Some(0), Some(GROUP)).expect("root may");
    for (path, mode) in [(dir.path(), 0o755), (&program, 0o2755), (&own, 0o750), (&shared, 0o2770)] {
        fs::set_permissions(path, Permissions::from_mode(mode)).expect("root may");
    }
    let mut installed = Command::new(&program);
    installed.args(["installed".as_ref(), dir.path()]).uid(USER).gid(USER);
    let ended = installed.status().expect("started");
    assert!(ended.success(), "{ended}");
}

/// A call of a disk, in a folder.
type Call<'a> = &'a dyn Fn(&dyn Disk, &Path);

fn measure(dir: &Path) {
    println!("µs a call, median of {ROUNDS}        own    group");
    let folders = [dir.join("own"), dir.join("shared")];
    let disks = folders.each_ref().map(|folder| machine(folder));
    for (disk, folder) in disks.iter().zip(&folders) {
        replace_file(&**disk, &folder.join("a"), &[7; 4096], Sharing::Group).expect("written");
    }
    let calls: [(&str, Call); 4] = [
        ("open", &|disk, folder| drop(disk.open(&folder.join("a"), Access::Read).expect("there"))),
        ("open and read 4 KiB", &|disk, folder| drop(read_whole(disk, &folder.join("a")).expect("there"))),
        ("list", &|disk, folder| drop(disk.list(folder).expect("there"))),
        ("put in place", &|disk, folder| {
            replace_file(disk, &folder.join("b"), &[7; 4096], Sharing::Group).expect("written");
        }),
    ];
    for (name, call) in calls {
        let mut times = [Vec::new(), Vec::new()];
        // By turns, so that both meet the same machine.
        for _ in 0..ROUNDS {
            for (place, (disk, folder)) in disks.iter().zip(&folders).enumerate() {
                let since = Instant::now();
                call(&**disk, folder);
                times[place].push(since.elapsed());
            }
        }
        let [own, group] = times.map(|mut times| {
            times.sort();
            times[times.len() / 2].as_secs_f64() * 1e6
        });
        println!("{name:28} {own:8.1} {group:8.1}");
    }
}
