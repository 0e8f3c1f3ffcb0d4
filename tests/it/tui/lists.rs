//! What a clerk does with any list: choosing, sorting, arranging columns, marking ranges, copying, writing to a file.

use ratatui::style::Modifier;
use santun::desk::current_actor;
use santun::tui::app::COMMIT;
use santun::tui::effect::{Answer, Effect, ListName, Msg, OrderSlip, Task};
use santun::tui::jobs::{JobContext, JobEvent, Report};

use super::desk::{Claims, Clerk, settings};
use super::real::RealClerk;
use super::work_desk::store_to_pay;

/// The words of a line of the screen.
fn words(clerk: &Clerk, line: usize) -> String {
    clerk.line(line).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is underlined in the head of the list.
fn chosen(clerk: &Clerk) -> String {
    let (buffer, _) = clerk.buffer();
    let cells = (0..buffer.area.width).map(|x| &buffer[(x, 3)]);
    cells.filter(|cell| cell.modifier.contains(Modifier::UNDERLINED)).map(|cell| cell.symbol()).collect()
}

fn copies(clerk: &RealClerk) -> Vec<String> {
    let text = |effect: &Effect| match effect {
        Effect::Copy(text) => Some(text.clone()),
        _ => None,
    };
    clerk.effects.iter().filter_map(text).collect()
}

#[test]
fn a_column_is_chosen_by_moving_and_sorted_by_one_key() {
    let mut clerk = Clerk::new();
    assert_eq!(chosen(&clerk), "No klaim");
    for expected in ["Pekerja", "Perusahaan", "Kejadian", "Kondisi", "Status", "Menunggu", "Menunggu"] {
        clerk.press("l");
        assert_eq!(chosen(&clerk), expected, "{}", clerk.line(3));
        assert!(clerk.line(3).contains("No klaim"), "the first column stays: {}", clerk.line(3));
    }
    clerk.press("h h h h h");
    assert_eq!(chosen(&clerk), "Pekerja");
    clerk.press("j j o");
    assert!(clerk.line(3).contains("Pekerja▲") && clerk.screen().contains("▌ K26-000002"));
    clerk.press("o");
    assert!(clerk.line(3).contains("Pekerja▼"), "{}", clerk.line(3));
    clerk.press("l s enter");
    assert!(
        clerk.line(3).contains("Perusahaan▲"),
        "the picker begins at the chosen column: {}",
        clerk.line(3)
    );
}

#[test]
fn an_order_by_a_column_that_is_not_seen_is_said_beside_the_count() {
    let mut clerk = Clerk::new();
    clerk.press("l o");
    assert!(!clerk.line(2).contains("Pekerja▲"), "{}", clerk.line(2));
    clerk.press("c space enter");
    assert!(!clerk.line(3).contains("Pekerja"), "{}", clerk.line(3));
    assert!(clerk.line(2).contains("Pekerja▲  "), "{}", clerk.line(2));
}

#[test]
fn columns_are_arranged_in_a_window() {
    let mut clerk = Clerk::new();
    let usual = words(&clerk, 3);
    clerk.press("c j j j").shows("lists-columns").press("space enter");
    assert!(!clerk.line(3).contains("Kejadian"), "{}", clerk.line(3));
    clerk.press("c pgdn home j } + + esc");
    assert!(words(&clerk, 3).starts_with("No klaim Perusahaan Pekerja"), "{}", clerk.line(3));
    // The first column can neither go nor move; a moved one cannot pass it.
    clerk.press("c g space } j { { esc");
    assert!(words(&clerk, 3).starts_with("No klaim Perusahaan Pekerja"), "{}", clerk.line(3));
    clerk.press("c 0 c");
    assert_eq!(words(&clerk, 3), usual);
}

#[test]
fn the_chosen_column_is_moved_and_resized_in_the_list() {
    let mut clerk = Clerk::new();
    clerk.press("l }");
    assert!(words(&clerk, 3).starts_with("No klaim Perusahaan Pekerja"), "{}", clerk.line(3));
    assert_eq!(chosen(&clerk), "Pekerja");
    clerk.press("shift-left");
    assert!(words(&clerk, 3).starts_with("No klaim Pekerja Perusahaan"), "{}", clerk.line(3));
    clerk.press("{");
    assert!(clerk.line(23).contains("sudah di ujung"), "{}", clerk.line(23));
    let place = |clerk: &Clerk| clerk.line(3).find("Perusahaan").expect("the next column is seen");
    let before = place(&clerk);
    clerk.press("> >");
    assert_eq!(place(&clerk), before + 4);
    clerk.press("< < < < < < < < < < < < < < < < < <");
    assert!(place(&clerk) < before, "{}", clerk.line(3));
    clerk.press("h }");
    assert!(clerk.line(23).contains("Kolom pertama tetap"), "{}", clerk.line(23));
}

#[test]
fn a_range_is_marked_over_rows_that_nobody_saw() {
    let mut clerk = Clerk::with(settings(), Claims::new(1500), 80, 24);
    clerk.press("j j j V");
    assert!(clerk.line(23).contains("Awal rentang"), "{}", clerk.line(23));
    clerk.press("G V");
    assert!(clerk.screen().contains("1.497 ditandai") || clerk.screen().contains("1497 ditandai"));
    clerk.press("M g m j j j V");
    assert!(clerk.screen().contains("5 ditandai"), "{}", clerk.line(2));
    clerk.press("M j j V g V");
    assert!(clerk.screen().contains("7 ditandai"), "upwards too: {}", clerk.line(2));
    // What a filter leaves out stays marked and is counted; a range cannot begin there.
    clerk.press("/ ctrl-u 'mebel' enter");
    assert!(clerk.line(2).contains("7 ditandai (6 di luar saringan)"), "{}", clerk.line(2));
    clerk.press("o");
    assert!(clerk.line(2).contains("7 ditandai (6 di luar saringan)"), "{}", clerk.line(2));
    clerk.press("/ ctrl-u enter");
    assert!(clerk.line(2).contains("7 ditandai  "), "{}", clerk.line(2));
    clerk.press("/ ctrl-u 'garmen' enter V");
    assert!(clerk.line(23).contains("tidak ada di daftar ini"), "{}", clerk.line(23));
}

#[test]
fn too_many_are_not_marked() {
    let mut clerk = Clerk::new();
    clerk.press("m G V");
    assert!(clerk.line(23).contains("Lebih dari 2.000 baris"), "{}", clerk.line(23));
    assert!(clerk.line(2).contains("1 ditandai"), "{}", clerk.line(2));
}

#[test]
fn a_cell_a_row_and_marked_rows_are_copied() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u ' ' enter s 'no' enter g y").shows("lists-copy").press("enter");
    clerk.press("l l y down enter l y down down enter");
    // Three rows marked, one of them by now outside the filter.
    clerk.press("g m m m / ctrl-u 'semen' enter y down down down enter").sees("Dikirim ke terminal.");
    let copied = copies(&clerk);
    assert_eq!(copied[..2], ["K26-000101", "PT Contoh Semen"]);
    assert!(copied[2].starts_with("K26-000101\tS.A.\tPT Contoh Semen\t03/04/2026\t"), "{}", copied[2]);
    let lines: Vec<&str> = copied[3].lines().collect();
    assert!(lines[0].starts_with("No klaim\tPekerja\tPerusahaan\tKejadian\t"), "{lines:?}");
    let keys: Vec<&str> = lines[1..].iter().filter_map(|line| line.split('\t').next()).collect();
    assert_eq!(keys, ["K26-000101", "K26-000103", "K26-000102"], "those outside the filter come last");
    assert!(!copied[3].contains("Siti"), "{}", copied[3]);
}

#[test]
fn accounts_leave_by_their_last_four() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::with(folder.path(), santun::words::Lang::Id, (120, 30));
    let file = folder.path().join("antrean.csv");
    clerk
        .press("f2 M y down down enter")
        .press(&format!("e enter ctrl-u '{}' enter", file.display()))
        .sees("Ditulis");
    let written = std::fs::read_to_string(&file).expect("the file is there");
    assert_eq!(written.lines().count(), 6, "{written}");
    assert!(written.starts_with("payee,total,lines,complete,due,days_left,programme,account,claims\n"));
    assert!(written.contains("RS Contoh Sehat,15550000,2,") && written.contains("****7766"), "{written}");
    assert!(written.contains("A.C.,9600000,"), "a person is shortened: {written}");
    for text in [written, copies(&clerk).remove(0)] {
        for whole in ["0099887766", "1450099887700", "1370011223344", "Agus"] {
            assert!(!text.contains(whole), "{whole} in {text}");
        }
    }
}

#[test]
fn what_is_too_long_to_copy_is_offered_as_a_file() {
    let mut clerk = Clerk::with(settings(), Claims::new(1500), 80, 24);
    clerk.press("M y down down enter").shows("lists-copy-long").press("y");
    assert!(clerk.effects.is_empty(), "the key that asked does not confirm");
    clerk.press("Y");
    assert!(clerk.screen().contains("klaim.csv"), "{}", clerk.screen());
}

#[test]
fn vouchers_go_to_a_file_with_the_columns_that_are_shown() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    let file = folder.path().join("v.csv");
    clerk.press("f2 / 'sehat' enter v y enter w c j space G space enter");
    clerk.press(&format!("e ctrl-u '{}' enter", file.display())).sees("Ditulis");
    let written = std::fs::read_to_string(&file).expect("the file is there");
    assert!(written.starts_with("code,state,payee,net,unpaid,claims,kind,account,gross\n"), "{written}");
    assert!(written.contains(",RS Contoh Sehat,15550000,15550000,K26-000101 K26-000103,"), "{written}");
    assert!(written.contains("BRI ****7766,15550000"), "{written}");
}

#[test]
fn lists_come_back_as_they_were_left() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("l } > > c G space enter");
    clerk.press("f2 l o l }").press("w l l o").press("f4 c l o c");
    let mut again = clerk.again(folder.path());
    again.sees("No klaim       Perusahaan").press("c").shows("lists-columns-restored").press("esc");
    again.press("f2").sees("Jumlah▼").press("w").sees("Status▲").press("f4 c").sees("Angka▼");
}

#[test]
fn a_broken_or_older_record_of_a_list_does_no_harm() {
    let folder = store_to_pay();
    let fresh = RealClerk::new(folder.path()).screen();
    let texts = [
        ("layar", "layar\n@\ncolumns=nix:99999999 -claim_no worker:0 company:70000 : - -:\nsort=nix\nway=\n"),
        ("layar-queue", "\u{0}\u{1}garbage"),
        ("layar-companies", "layar-companies\ncolumns=npp npp -npp rate:x\n"),
    ];
    let mut clerk = RealClerk::new(folder.path());
    for (name, text) in texts {
        clerk.bench.desk.store().save_draft(current_actor().uid, name, text).expect("a draft can be kept");
    }
    drop(clerk);
    clerk = RealClerk::new(folder.path());
    clerk
        .sees("No klaim")
        .sees("▌ K26-")
        .press("f2")
        .sees("RS Contoh Sehat")
        .press("f4 c")
        .sees("PT Contoh Semen");
    assert_ne!(fresh, clerk.screen());
}

/// Other clerks' changes and another order are seen although the filter line holds a mistake, which stays marked.
#[test]
fn a_mistake_in_the_filter_line_does_not_stop_the_list() {
    let mut clerk = Clerk::new();
    let rows = |clerk: &Clerk| (5..20).map(|line| clerk.line(line)).collect::<Vec<_>>();
    clerk.press("/ 'semen' enter / '= x' esc esc");
    let before = rows(&clerk);
    clerk.press("s 'peker' enter");
    assert_ne!(rows(&clerk), before, "the order is another one: {}", clerk.screen());
    assert!(clerk.screen().contains("/ = x"), "{}", clerk.screen());
    let sorted = rows(&clerk);
    clerk.send(Msg::Changed);
    assert_eq!(rows(&clerk), sorted, "{}", clerk.screen());
}

/// The rows that were to be written have lost their marks: nothing is written, above all not everything.
#[test]
fn what_is_no_longer_marked_is_not_written() {
    let folder = store_to_pay();
    let file = folder.path().join("daftar.csv");
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f2 m e enter");
    // Meanwhile the marked bundle is issued: its mark goes.
    let first = Task::Window { list: ListName::Queue, from: 0, n_rows: 1 };
    let Ok(Answer::Window { rows, .. }) = clerk.bench.perform(first, &JobContext::alone()) else {
        panic!("the queue has rows")
    };
    let slip = OrderSlip::new("voucher-issue", vec![rows[0].key.clone()]);
    let committed = Answer::Committed { slip, codes: Vec::new(), text: String::new() };
    clerk.send(Msg::Job(Report { slot: COMMIT, generation: 0, event: JobEvent::Over(Ok(committed)) }));
    clerk.press(&format!("ctrl-u '{}' enter", file.display())).sees("tidak ada yang ditulis");
    assert!(!file.exists());
}
