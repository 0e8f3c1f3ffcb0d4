//! What can be found above the journal. The numbers are stable: scripts may rely on them.

use crate::store::verify::{self, Gravity};

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FsckProblem {
    /// Its number, such as `S111`; the first digit says how bad it is.
    pub code: &'static str,
    /// The name of its sentence in the locales.
    pub sentence: &'static str,
    /// How bad it is.
    pub gravity: Gravity,
    /// Where.
    pub place: String,
    /// The arguments of its sentence.
    pub args: Vec<(&'static str, String)>,
}

impl FsckProblem {
    /// Whether nothing may be made anew beside it.
    pub(super) fn forbids_repair(&self) -> bool {
        let newer = [verify::Code::Newer.id(), Trouble::NewerStore.id()];
        self.is_of_truth() || newer.contains(&self.code)
    }

    /// Whether records themselves are damaged or gone. A number that is missing or was given twice is a fault of the
    /// books; the records that say so are whole.
    pub fn is_of_truth(&self) -> bool {
        let of_books = [Trouble::Gap, Trouble::Twin, Trouble::Seal, Trouble::Document, Trouble::Erased];
        let is_of_books = of_books.iter().any(|trouble| self.code == trouble.id());
        self.gravity == Gravity::Truth && !is_of_books
    }
}

/// What can be found above the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// A batch is missing or not what the journal names.
    Batch,
    /// A record is whole, but its event cannot be read or does not fit.
    Record,
    /// A number of an issued series is missing.
    Gap,
    /// A number of an issued series, or a code, was given twice.
    Twin,
    /// A closed month's seal, or its books, do not say what was sealed.
    Seal,
    /// An attached file is missing or not what was attached.
    Document,
    /// Personal fields were erased that nobody decided to erase.
    Erased,
    /// An anchor's record has another hash: history was rewritten, or the anchor is another store's.
    AnchorDiffers,
    /// The journal ends before an anchor's record.
    AnchorBeyond,
    /// `FORMAT` is missing beside a journal, or cannot be understood.
    Format,
    /// MANIFEST is missing although more has gathered than a compaction waits for, or not whole, or of another journal.
    Manifest,
    /// A part is missing or not what MANIFEST names.
    Part,
    /// Parts do not say what the truth says.
    Differs,
    /// Kept sums of a month are not what was written.
    KeptSums,
    /// Every user of the machine may write a name of the store.
    OpenToAll,
    /// No space is set aside.
    NoBallast,
    /// The store's folder belongs to another user than the one who looks.
    ForeignOwner,
    /// People reach the store of a group without the program.
    OpenGroup,
    /// In a store of several clerks, the others cannot work with a name.
    ClosedToGroup,
    /// A sidecar is damaged, or does not say what its file says.
    Sidecar,
    /// A closed month's seal is missing.
    SealMissing,
    /// The erasure of a year was approved and is not finished.
    Erasing,
    /// `FORMAT` says that only a newer program may read the store.
    NewerStore,
    /// A file in parts or batches that nobody names.
    Stranger,
    /// A closed month was opened again.
    Reopened,
    /// `FORMAT` says that only a newer program may write the store.
    NewerWriter,
}

impl Trouble {
    /// Every one, in the order of the numbers.
    pub const ALL: &'static [Trouble] = &[
        Trouble::Batch,
        Trouble::Record,
        Trouble::Gap,
        Trouble::Twin,
        Trouble::Seal,
        Trouble::Document,
        Trouble::Erased,
        Trouble::AnchorDiffers,
        Trouble::AnchorBeyond,
        Trouble::Format,
        Trouble::Manifest,
        Trouble::Part,
        Trouble::Differs,
        Trouble::KeptSums,
        Trouble::OpenToAll,
        Trouble::NoBallast,
        Trouble::ForeignOwner,
        Trouble::OpenGroup,
        Trouble::ClosedToGroup,
        Trouble::Sidecar,
        Trouble::SealMissing,
        Trouble::Erasing,
        Trouble::NewerStore,
        Trouble::Stranger,
        Trouble::Reopened,
        Trouble::NewerWriter,
    ];

    /// Its number.
    pub const fn id(self) -> &'static str {
        match self {
            Trouble::Batch => "S111",
            Trouble::Record => "S112",
            Trouble::Gap => "S113",
            Trouble::Twin => "S114",
            Trouble::Seal => "S115",
            Trouble::Document => "S116",
            Trouble::Erased => "S119",
            Trouble::AnchorDiffers => "S120",
            Trouble::AnchorBeyond => "S121",
            Trouble::Format => "S122",
            Trouble::Manifest => "S211",
            Trouble::Part => "S212",
            Trouble::Differs => "S213",
            Trouble::KeptSums => "S219",
            Trouble::OpenToAll => "S208",
            Trouble::NoBallast => "S305",
            Trouble::ForeignOwner => "S306",
            Trouble::OpenGroup => "S307",
            Trouble::ClosedToGroup => "S308",
            Trouble::Sidecar => "S214",
            Trouble::SealMissing => "S215",
            Trouble::Erasing => "S216",
            Trouble::NewerStore => "S217",
            Trouble::Stranger => "S311",
            Trouble::Reopened => "S313",
            Trouble::NewerWriter => "S314",
        }
    }

    /// The name of its sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Trouble::Batch => "fsck-batch",
            Trouble::Record => "fsck-record",
            Trouble::Gap => "fsck-gap",
            Trouble::Twin => "fsck-twin",
            Trouble::Seal => "fsck-seal",
            Trouble::Document => "fsck-document",
            Trouble::Erased => "fsck-erased-unasked",
            Trouble::AnchorDiffers => "fsck-anchor-differs",
            Trouble::AnchorBeyond => "fsck-anchor-beyond",
            Trouble::Format => "fsck-format",
            Trouble::Manifest => "fsck-manifest",
            Trouble::Part => "fsck-part",
            Trouble::Differs => "fsck-differs",
            Trouble::KeptSums => "fsck-kept-sums",
            Trouble::OpenToAll => "fsck-open-to-all",
            Trouble::NoBallast => "fsck-no-ballast",
            Trouble::ForeignOwner => "fsck-foreign-owner",
            Trouble::OpenGroup => "fsck-open-group",
            Trouble::ClosedToGroup => "fsck-closed-to-group",
            Trouble::Sidecar => "fsck-sidecar",
            Trouble::SealMissing => "fsck-seal-missing",
            Trouble::Erasing => "fsck-erasing",
            Trouble::NewerStore => "fsck-newer-store",
            Trouble::Stranger => "fsck-file-stranger",
            Trouble::Reopened => "fsck-month-reopened",
            Trouble::NewerWriter => "fsck-newer-writer",
        }
    }

    pub(super) fn at(self, place: impl Into<String>, args: Vec<(&'static str, String)>) -> FsckProblem {
        let gravity = match self.id().as_bytes()[1] {
            b'1' => Gravity::Truth,
            b'2' => Gravity::Mend,
            _ => Gravity::Note,
        };
        let place = place.into();
        let args = args.into_iter().chain([("place", place.clone())]).collect();
        FsckProblem { code: self.id(), sentence: self.sentence(), gravity, place, args }
    }
}
