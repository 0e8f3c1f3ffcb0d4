//! Key scripts: what a clerk presses, and the screens that follow.

use santun::tui::app::AppSettings;
use santun::tui::theme::{Glyphs, ThemeName};

use super::desk::{Claims, Clerk, settings};

#[test]
fn looking_around() {
    let mut clerk = Clerk::new();
    clerk.shows("list").press("j j m m pgdn").shows("list-paged").press("G").shows("list-end");
    clerk.press("g l l").shows("list-sideways");
}

#[test]
fn filtering() {
    let mut clerk = Clerk::new();
    clerk.press("/ 'semen siti'").shows("filter-typing").press("enter").shows("filter-done");
    clerk.press("/ ctrl-u 'kodnisi = berobat'").shows("filter-refused");
    clerk.press("ctrl-u 'tiada'").shows("filter-empty");
}

#[test]
fn sorting_keeps_the_row() {
    let mut clerk = Clerk::new();
    clerk.press("j j j s").shows("sort-picker").press("'peker' enter").shows("sorted");
    assert!(clerk.screen().contains("▌ K26-000003"));
    clerk.press("S");
    assert!(clerk.screen().contains("Pekerja▼") && clerk.screen().contains("▌ K26-000003"));
    clerk.press("g j j");
    clerk.send(santun::tui::effect::Msg::Changed);
    assert!(clerk.screen().contains("3/2.400 dari 2.400"), "a refresh keeps the row");
}

#[test]
fn a_record_and_its_sections() {
    let mut clerk = Clerk::new();
    clerk.press("enter").shows("detail").press("] ] ]").shows("detail-section");
    clerk.press("g enter");
    assert!(clerk.line(2).contains("/ mesin"), "a line leads to its records: {}", clerk.line(2));
}

#[test]
fn help_and_palette() {
    let mut clerk = Clerk::new();
    clerk.press("?").shows("help").press("'kolom'").shows("help-search").press("esc");
    clerk.press(":").shows("palette").press("'klaim baru' enter");
    assert!(clerk.screen().contains("Klaim baru"), "the palette does what it finds: {}", clerk.screen());
}

#[test]
fn a_form_from_first_field_to_the_next_form() {
    let mut clerk = Clerk::new();
    clerk.press("a").shows("form-empty");
    clerk.press("'Siti Aminah' tab '3/4' tab 'mebel'").shows("form-suggestions");
    clerk.press("tab space").shows("form-choices");
    clerk.press("enter tab 'Jari telunjuk terjepit mesin potong saat membersihkan sisa bahan' ctrl-s");
    clerk.shows("form-codes");
    assert_eq!(clerk.claims().committed.len(), 1);
    let values = clerk.claims().committed[0].values.clone();
    let value = |name: &str| values.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    assert_eq!(value("event_date").as_deref(), Some("03/04/2026"));
    assert_eq!(value("company").as_deref(), Some("npp of CV Contoh Mebel"));
    assert_eq!(value("outcome").as_deref(), Some("BEROBAT"));
    clerk.press("x");
    assert!(clerk.screen().contains("K 2 6 - 9"), "a key typed ahead does not wipe the code");
    clerk.press("enter").shows("form-next");
}

#[test]
fn a_refusal_stands_at_its_field() {
    let mut clerk = Clerk::new();
    clerk.press("a 'Nemo' tab '.' tab tab 'sem' ctrl-s").shows("form-refused");
    assert!(clerk.claims().committed.is_empty());
    clerk.press("ctrl-u 'Dory' ctrl-x enter");
    assert_eq!(clerk.claims().committed.len(), 1);
    assert!(clerk.screen().contains("Klaim tersimpan.") || clerk.screen().contains("No klaim"));
}

#[test]
fn a_half_typed_form_is_offered_back() {
    let mut clerk = Clerk::new();
    clerk.press("a 'Siti' tab '3/4' esc");
    assert!(clerk.line(23).contains("draf"), "{}", clerk.line(23));
    assert_eq!(clerk.claims().drafts.len(), 1);
    clerk.press("a").shows("draft-offered").press("y").shows("draft-taken");
    clerk.press("tab 'sem' ctrl-x");
    assert!(clerk.claims().drafts.is_empty(), "a saved form leaves no draft");
}

#[test]
fn guests_see_no_names() {
    let mut clerk = Clerk::new();
    clerk.press("ctrl-g").shows("guest");
    assert!(!clerk.screen().contains("Siti"));
    clerk.press("enter");
    assert!(!clerk.screen().contains("Siti Aminah"));
    clerk.press("ctrl-g");
    assert!(clerk.screen().contains("Siti Aminah"));
}

#[test]
fn a_wide_window_shows_two_screens() {
    let mut clerk = Clerk::at(200, 50);
    clerk.press("f3").shows("wide-report").press("f1 enter").shows("wide-detail");
}

#[test]
fn ascii_without_colour() {
    let settings = AppSettings { theme: ThemeName::Mono, glyphs: Glyphs::Ascii, ..settings() };
    let mut clerk = Clerk::with(settings, Claims::new(40), 80, 24);
    clerk.press("m").shows("ascii-list").press("a").shows("ascii-form").press("?").press("esc :");
    let claims_text = clerk.screen().replace(['≤', '–', '×'], "");
    assert!(claims_text.is_ascii(), "{claims_text}");
}
