//! What fsck can find below the views. The numbers are stable: scripts may rely on them.

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// A cache or a mark that the program can make anew.
    Mend,
    /// The truth is damaged.
    Truth,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// A line is not what was written.
    Line,
    /// A line does not follow from the one before it.
    Chain,
    /// A record's number, or its place in its transaction, is not the next one.
    Sequence,
    /// A segment does not begin with the header it should have.
    Header,
    /// A segment is missing.
    Segment,
    /// The journal ends before what was acknowledged, or holds another record there.
    Acknowledged,
    /// Bytes at the end that no interrupted write leaves.
    Inside,
    /// A sealed segment cannot be unpacked, or is not what was sealed.
    Sealed,
    /// A segment is there in both forms, and they do not hold the same lines.
    Twins,
    /// The rest of an interrupted write; the next commit takes it off.
    TornTail,
    /// One of the two watermark slots is not valid.
    WatermarkSlot,
    /// Neither is.
    NoWatermark,
    /// Whole transactions behind the watermark; the next commit publishes them.
    Unpublished,
    /// A plain segment beside the sealed one with the same lines: sealing was interrupted.
    PlainTwin,
    /// `lock/POISON` is there.
    Poison,
    /// A newer program's line.
    Newer,
    /// A file in the journal's folders that is not the journal's.
    Stranger,
    /// A torn tail that was taken off earlier.
    Quarantined,
    /// Records whose personal fields were erased.
    Erased,
    /// Records whose writer's login uid is unknown.
    LoginUnknown,
}

impl Code {
    /// Its number.
    pub fn id(self) -> &'static str {
        match self {
            Self::Line => "S101",
            Self::Chain => "S102",
            Self::Sequence => "S103",
            Self::Header => "S104",
            Self::Segment => "S105",
            Self::Acknowledged => "S106",
            Self::Inside => "S107",
            Self::Sealed => "S117",
            Self::Twins => "S118",
            Self::TornTail => "S201",
            Self::WatermarkSlot => "S202",
            Self::NoWatermark => "S203",
            Self::Unpublished => "S204",
            Self::Poison => "S205",
            Self::Newer => "S206",
            Self::PlainTwin => "S207",
            Self::Stranger => "S301",
            Self::Quarantined => "S302",
            Self::Erased => "S303",
            Self::LoginUnknown => "S304",
        }
    }

    /// How bad it is: the first digit of its number.
    pub fn gravity(self) -> Gravity {
        match self.id().as_bytes()[1] {
            b'1' => Gravity::Truth,
            b'2' => Gravity::Mend,
            _ => Gravity::Note,
        }
    }

    /// The name of its sentence in `locales/*/store.ftl`.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Line => "fsck-line",
            Self::Chain => "fsck-chain",
            Self::Sequence => "fsck-sequence",
            Self::Header => "fsck-header",
            Self::Segment => "fsck-segment",
            Self::Acknowledged => "fsck-acknowledged",
            Self::Inside => "fsck-inside",
            Self::Sealed => "fsck-sealed",
            Self::Twins => "fsck-twins",
            Self::TornTail => "fsck-torn-tail",
            Self::WatermarkSlot => "fsck-watermark-slot",
            Self::NoWatermark => "fsck-no-watermark",
            Self::Unpublished => "fsck-unpublished",
            Self::PlainTwin => "fsck-plain-twin",
            Self::Poison => "fsck-poison",
            Self::Newer => "fsck-newer",
            Self::Stranger => "fsck-stranger",
            Self::Quarantined => "fsck-quarantined",
            Self::Erased => "fsck-erased",
            Self::LoginUnknown => "fsck-login-unknown",
        }
    }

    /// Every code, in the order of the numbers.
    pub const ALL: [Self; 20] = [
        Self::Line,
        Self::Chain,
        Self::Sequence,
        Self::Header,
        Self::Segment,
        Self::Acknowledged,
        Self::Inside,
        Self::Sealed,
        Self::Twins,
        Self::TornTail,
        Self::WatermarkSlot,
        Self::NoWatermark,
        Self::Unpublished,
        Self::Poison,
        Self::Newer,
        Self::PlainTwin,
        Self::Stranger,
        Self::Quarantined,
        Self::Erased,
        Self::LoginUnknown,
    ];
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub code: Code,
    /// Where: a path in the store, with the byte when there is one, such as `journal/2026/000000000001.jsonl:2048`.
    pub place: String,
    /// The arguments of its sentence.
    pub args: Vec<(&'static str, String)>,
}

impl Finding {
    pub(super) fn new(code: Code, place: &str) -> Self {
        Self { code, place: place.to_owned(), args: Vec::new() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}
