//! What becomes of a job's panic: an error message for the person and a line of the log, neither with personal data.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::thread;

use super::jobs::Trouble;

/// Runs a job; its panic becomes [`Trouble::Crashed`] and a line of the log.
pub fn guarded<A>(work: impl FnOnce() -> Result<A, Trouble>) -> Result<A, Trouble> {
    LAST_PANIC.with(|last| last.borrow_mut().take());
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let remembered = LAST_PANIC.with(|last| last.borrow_mut().take());
        let crash = remembered.unwrap_or_else(|| {
            let text = payload.downcast_ref::<&str>().copied();
            let reason = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
            Crash { reason: without_personal_data(reason.unwrap_or("panic")), place: "?".to_owned() }
        });
        let job = thread::current().name().unwrap_or("job").to_owned();
        tracing::error!(
            reason = crash.reason,
            place = crash.place,
            version = env!("CARGO_PKG_VERSION"),
            job,
            "a job panicked"
        );
        Err(Trouble::Crashed { text: format!("{} ({})", crash.reason, crash.place) })
    })
}

/// What is said of a panic: to the person, who passes it on, and in the log. It holds no personal data.
struct Crash {
    reason: String,
    place: String,
}

thread_local! {
    static LAST_PANIC: RefCell<Option<Crash>> = const { RefCell::new(None) };
}

/// Keeps reason and place of a job's panic until [`guarded`] makes a message of them; for the panic hook.
pub fn remember_panic(info: &PanicHookInfo<'_>) {
    let reason = without_personal_data(info.payload_as_str().unwrap_or("panic"));
    let place = info.location().map(|place| format!("{}:{}", place.file(), place.line()));
    let crash = Crash { reason, place: place.unwrap_or_else(|| "?".to_owned()) };
    LAST_PANIC.with(|last| *last.borrow_mut() = Some(crash));
}

/// A panic's reason may quote what it stumbled over: a name, a number of a person or an account. What stands in quotes
/// and long numbers are left out; the place in the code tells the developer enough.
pub fn without_personal_data(reason: &str) -> String {
    let mut clean = String::new();
    let mut rest = reason;
    while let Some(next) = rest.chars().next() {
        let n_digits = rest.chars().take_while(char::is_ascii_digit).count();
        let quoted = match next {
            '"' | '`' => rest[1..].find(next).map(|end| end + 2),
            _ => None,
        };
        let n_bytes = match quoted {
            Some(n_bytes) => {
                clean.extend([next, '…', next]);
                n_bytes
            }
            None if n_digits >= LONG_NUMBER => {
                clean.push('…');
                n_digits
            }
            None => {
                clean.push(next);
                next.len_utf8()
            }
        };
        rest = &rest[n_bytes..];
    }
    clean
}

/// From so many digits on a number may be a person's or an account's; places, counts and claim numbers are shorter.
const LONG_NUMBER: usize = 8;
