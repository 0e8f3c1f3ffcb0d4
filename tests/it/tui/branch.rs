//! A small believable branch in a real store: the sample's generator and the import, as a desk begins.

use std::path::Path;

use santun::desk::{Desk, ImportWish, Mode};
use santun::intake::dialect::Said;
use santun::sample::{Mix, Planted, SampleOptions, write_folder};
use santun::words::{Lang, Words};

use super::real::{clock, empty_store};

/// The branch of so many work accident claims, and a third as many of the other programmes.
pub fn branch(jkk: u64) -> tempfile::TempDir {
    let folder = empty_store();
    let files = tempfile::tempdir().expect("a temporary folder can be made");
    let options =
        SampleOptions { mix: Mix::Explicit { jkk, others: jkk / 3 }, seed: 2_026, planted: Planted::Yes };
    write_folder(files.path(), &options).expect("the sample can be written");
    let desk = Desk::open(&folder.path().join("store"), clock()).expect("the store opens");
    let wish = ImportWish {
        files: vec![files.path().to_owned()],
        said: Said::default(),
        mode: Mode::OnlyNew,
        rejects: None,
    };
    let done = desk.import(&wish, Path::new("santun"), &Words::new(Lang::Id)).expect("the sample goes in");
    assert_eq!(done.refused, 0, "the sample has no bad row");
    folder
}
