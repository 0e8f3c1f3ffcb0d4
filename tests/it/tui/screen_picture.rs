//! The picture of the README: the claims as a clerk sees them, drawn by the build. `UPDATE_DOCS=1` draws it anew.

use std::path::PathBuf;

use santun::tui::svg::svg;
use santun::words::Lang;

use super::real::RealClerk;
use super::work_desk::store_to_pay;

#[test]
fn the_picture_of_the_readme_is_the_screen() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::with(folder.path(), Lang::Id, (100, 30));
    clerk.press("j");
    let picture = svg(&clerk.buffer().0);
    assert!(picture.contains("Hari ini") && picture.contains("K26-0001"), "the claims are in the picture");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/screen.svg");
    super::snapshot::check_file(path, &picture, "UPDATE_DOCS");
}
