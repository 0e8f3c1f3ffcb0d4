//! Who is at the keyboard, as the system knows them.

use crate::store::Actor;

/// The user of this process: name, uid, login uid and terminal.
pub fn current() -> Actor {
    let uid = rustix::process::getuid().as_raw();
    // The system's own name first: what stands in the environment can be typed.
    let typed =
        || std::env::var("USER").or_else(|_| std::env::var("LOGNAME")).ok().filter(|name| !name.is_empty());
    let user = login_name(uid).or_else(typed).unwrap_or_else(|| format!("uid{uid}"));
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
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    let wanted = uid.to_string();
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == wanted).then(|| name.to_owned())
    })
}
