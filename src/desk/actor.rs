//! Who is at the keyboard, as the system knows them.

use std::process::{Command, Stdio};

use crate::store::Actor;
use crate::store::disk::held_group;

/// The user of this process: name, uid, login uid and terminal.
pub fn current() -> Actor {
    let uid = rustix::process::getuid().as_raw();
    // The system's own name first: what stands in the environment can be typed. Where people work for a group it does
    // not count at all.
    let user =
        login_name(uid).or_else(|| if held_group().is_some() { asked_name(uid) } else { typed_name() });
    let user = user.unwrap_or_else(|| format!("uid{uid}"));
    let loginuid = std::fs::read_to_string("/proc/self/loginuid")
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(Actor::LOGINUID_UNSET);
    let tty = std::fs::read_link("/proc/self/fd/0")
        .ok()
        .and_then(|path| path.strip_prefix("/dev").ok().map(|name| name.display().to_string()))
        .filter(|name| name.starts_with("pts/") || name.starts_with("tty"))
        .unwrap_or_default();
    Actor { user, uid, loginuid, tty }
}

/// The login name of a uid, as the system's user list says.
fn login_name(uid: u32) -> Option<String> {
    name_in(&std::fs::read_to_string("/etc/passwd").ok()?, uid)
}

/// The same of a directory of users elsewhere (LDAP), as the system's own tool finds it.
fn asked_name(uid: u32) -> Option<String> {
    let asked = Command::new("/usr/bin/getent")
        .args(["passwd", &uid.to_string()])
        .env_clear()
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    name_in(&String::from_utf8(asked.ok()?.stdout).ok()?, uid)
}

fn typed_name() -> Option<String> {
    std::env::var("USER").or_else(|_| std::env::var("LOGNAME")).ok().filter(|name| !name.is_empty())
}

fn name_in(users: &str, uid: u32) -> Option<String> {
    let wanted = uid.to_string();
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == wanted).then(|| name.to_owned())
    })
}
