//! The mouse: a click goes to a tab or a row, the wheel moves, and neither leaves a form.

use santun::tui::effect::Msg;
use santun::tui::key::{Mouse, MouseAct};
use santun::tui::screen::Tab;
use santun::words::Lang;

use super::real::RealClerk;
use super::work_desk::store_to_pay;

fn mouse(clerk: &mut RealClerk, what: MouseAct, column: u16, row: u16) {
    clerk.send(Msg::Mouse(Mouse { what, column, row }));
}

/// Clicks on the first cell of this text.
#[track_caller]
fn click(clerk: &mut RealClerk, text: &str) {
    let screen = clerk.screen();
    let found = screen.lines().enumerate().find_map(|(row, line)| Some((row, line.find(text)?, line)));
    let (row, byte, line) = found.unwrap_or_else(|| panic!("no {text:?} in\n{screen}"));
    let column = u16::try_from(line[..byte].chars().count()).expect("on the screen");
    mouse(clerk, MouseAct::Click, column, u16::try_from(row).expect("on the screen"));
}

#[test]
fn a_click_goes_to_a_row_or_a_tab_and_the_wheel_moves() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.sees("▌ K26-000104");
    click(&mut clerk, "Budi Hartono");
    clerk.sees("▌ K26-000102");
    mouse(&mut clerk, MouseAct::WheelUp, 5, 10);
    clerk.sees("▌ K26-000104");
    mouse(&mut clerk, MouseAct::WheelDown, 5, 10);
    clerk.sees("▌ K26-000102");
    // Below the last row, on the head, beside everything: nothing.
    for (column, row) in [(5, 16), (5, 4), (79, 23), (500, 500), (0, 0)] {
        mouse(&mut clerk, MouseAct::Click, column, row);
        clerk.sees("▌ K26-000102");
    }
    click(&mut clerk, "F2 Voucher");
    assert_eq!(clerk.app.tab(), Tab::Vouchers);
    click(&mut clerk, "RS Contoh Medika");
    clerk.press("enter").sees("RS Contoh Medika");
}

#[test]
fn a_click_beside_goes_there_on_a_wide_window() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::with(folder.path(), Lang::Id, (200, 50));
    click(&mut clerk, "RS Contoh Medika");
    assert_eq!(clerk.app.tab(), Tab::Vouchers);
    click(&mut clerk, "Lestari Ningsih");
    assert_eq!(clerk.app.tab(), Tab::Claims);
    clerk.sees("▌ K26-000106");
}

#[test]
fn a_form_and_a_popup_are_left_by_keys() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("a 'K26-9'");
    click(&mut clerk, "F2 Voucher");
    clerk.sees("K26-9");
    mouse(&mut clerk, MouseAct::WheelDown, 5, 10);
    clerk.sees("K26-9");
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("?");
    let before = clerk.screen();
    mouse(&mut clerk, MouseAct::Click, 5, 0);
    mouse(&mut clerk, MouseAct::WheelDown, 5, 10);
    assert_ne!(clerk.screen(), before, "the wheel scrolls the help");
    clerk.sees("Bantuan");
}
