//! Filters kept by name: the person's own, at any terminal, beside those that are always there.

use santun::tui::effect::{Msg, Task};
use santun::tui::jobs::{JobContext, JobEvent, Report, Slot};
use santun::tui::key::{Input, Key};
use santun::words::Lang;

use super::real::{RealClerk, store};

#[test]
fn a_filter_is_kept_found_and_forgotten() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'perusahaan ~ semen' enter F").sees("Saringan tersimpan").press("ctrl-s");
    clerk.sees("Nama untuk: perusahaan ~ semen").press("'Semen saja' enter").sees("\"Semen saja\" disimpan");
    clerk
        .press("0 F")
        .shows("filters-kept")
        .press("'saja' enter")
        .sees("/ perusahaan ~ semen")
        .sees("4 dari 7");
    // At another terminal of the same person; neither loses the other's.
    let mut other = RealClerk::new(folder.path());
    other.press("/ ctrl-u 'mebel' enter F").sees("Semen saja").press("ctrl-s 'Mebel' enter").sees("disimpan");
    clerk.press("F").sees("Mebel").sees("Semen saja").press("'mebel' del").sees("\"Mebel\" dihapus");
    clerk.misses("Mebel  mebel").sees("Semen saja").press("esc");
    // Kept again under its name, in whatever case, it is another filter.
    clerk.press("/ 'budi' enter F ctrl-s 'SEMEN SAJA' enter F").sees("SEMEN SAJA  budi").misses("Semen saja");
}

#[test]
fn those_of_the_desk_are_always_there() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("F 'semua' enter").sees("7 dari 7").misses("/ terbuka");
    clerk.press("F 'siap voucher' enter").sees("/ siap_voucher > 0").sees("1 dari 7");
    clerk.press("F 'semua' del").sees("tidak dapat dihapus").press("esc");
    clerk.press("F 'belum' enter").sees("/ terbuka");
}

#[test]
fn a_list_that_comes_late_does_not_take_the_keys() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    // Asked for, not answered yet; the person goes on and types.
    drop(clerk.app.update(Msg::Input(Input::Key(Key::char('F')))));
    clerk.press("/ 'x'");
    let answer = clerk.bench.perform(Task::Filters, &JobContext::alone());
    let event = JobEvent::Over(answer);
    clerk.send(Msg::Job(Report { slot: Slot::each("filters"), generation: 1, event }));
    assert!(!clerk.app.has_popup(), "{}", clerk.screen());
}

#[test]
fn those_of_the_desk_in_english() {
    let folder = store();
    let mut clerk = RealClerk::with(folder.path(), Lang::En, (80, 24));
    clerk
        .press("F")
        .sees("waiting_voucher > 0")
        .press("'ready' enter")
        .sees("/ waiting_voucher > 0")
        .sees("1 of 7");
}

#[test]
fn a_kept_filter_is_no_draft_that_waits() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'mebel' enter F ctrl-s 'Mebel' enter").sees("disimpan");
    assert_eq!(clerk.bench.desk.left_forms().expect("drafts can be read"), []);
}

#[test]
fn what_cannot_be_read_is_not_kept() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'kondsi = berobat' enter F ctrl-s 'Salah' enter").sees("Maksudnya kondisi?");
    assert_eq!(clerk.bench.desk.kept_filters().expect("filters can be read"), []);
}
