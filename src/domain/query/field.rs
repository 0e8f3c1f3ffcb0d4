//! What can be asked: the fields of a claim's row, their names in both languages, and what kind of value each has.

use crate::domain::code::{
    AccidentType, BodyPart, CaseKind, Outcome, Place, ProcessState, Programme, RegulatorStatus, ReportMark,
    ReviewMark, Segment, Source, squeeze,
};
use crate::domain::query::display::Tongue;

/// What kind of value a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Words: compared case-folded.
    Text,
    /// A number or code on paper: compared by letters and digits only, so hyphens do not matter.
    Paper,
    /// One of a closed list.
    Code(List),
    /// Yes or no; bare, it means yes.
    Flag,
    /// A day, in the past as a rule: a duration behind it means "ago".
    Past,
    /// A day to come as a rule: a duration behind it means "from today on".
    Due,
    /// A posting month.
    Month,
    /// Whole rupiah; never empty.
    Money,
    /// A number of things; never empty.
    Count,
    /// Days as such; months in its value are 30 days.
    Days,
    /// Days up to today; months in its value are those of the calendar.
    Age,
}

/// Makes the enum of closed lists and forwards to each list's type.
macro_rules! lists {
    ($($name:ident($type:ty),)*) => {
        /// A closed list a field's value is taken from.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum List { $(#[doc = concat!("[`", stringify!($type), "`].")] $name),* }

        impl List {
            /// The place of the value whose code or alias this is.
            pub fn parse(self, text: &str) -> Option<u8> {
                match self { $(List::$name => <$type>::parse(text).map(<$type>::index)),* }
            }

            /// The code at a place.
            pub fn code(self, index: u8) -> Option<&'static str> {
                match self { $(List::$name => <$type>::from_index(index).map(<$type>::code)),* }
            }

            /// The key in the locales of the value at a place.
            pub fn key(self, index: u8) -> Option<String> {
                match self { $(List::$name => <$type>::from_index(index).map(<$type>::key)),* }
            }

            /// Every value: its place, its code, its aliases in both languages.
            pub fn values(self) -> Vec<(u8, &'static str, &'static [&'static str])> {
                match self {
                    $(List::$name =>
                        <$type>::ALL.iter().map(|value| (value.index(), value.code(), value.aliases())).collect()),*
                }
            }
        }
    };
}

lists! {
    Programme(Programme),
    Segment(Segment),
    CaseKind(CaseKind),
    Place(Place),
    Type(AccidentType),
    Source(Source),
    BodyPart(BodyPart),
    Status(ProcessState),
    RegulatorStatus(RegulatorStatus),
    Outcome(Outcome),
    Review(ReviewMark),
    StageOne(ReportMark),
}

/// Makes the enum of fields: English name (as in files and JSON), Indonesian name, kind, further names.
macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $english:literal, $indonesian:literal, $kind:expr $(, $alias:literal)*;)*) => {
        /// A field of a claim's row.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($(#[$doc])* $variant),* }

        impl Field {
            /// Every field, in the order of the columns.
            pub const ALL: &'static [Field] = &[$(Field::$variant),*];

            /// The English name, also that of the column in files and JSON.
            pub const fn english(self) -> &'static str {
                match self { $(Field::$variant => $english),* }
            }

            /// The Indonesian name.
            pub const fn indonesian(self) -> &'static str {
                match self { $(Field::$variant => $indonesian),* }
            }

            /// Further names that are understood.
            pub const fn aliases(self) -> &'static [&'static str] {
                match self { $(Field::$variant => &[$($alias),*]),* }
            }

            /// What kind of value it has.
            pub const fn kind(self) -> Kind {
                match self { $(Field::$variant => $kind),* }
            }
        }
    };
}

fields! {
    /// Number of the claim.
    ClaimNo = "claim_no", "no_klaim", Kind::Paper, "klaim", "claim", "nomor", "nomor_klaim", "claim_number";
    /// Programme.
    Programme = "programme", "program", Kind::Code(List::Programme), "prog";
    /// Kind of participant.
    Segment = "segment", "segmen", Kind::Code(List::Segment);
    /// Accident or disease.
    CaseKind = "case_kind", "jenis_kasus", Kind::Code(List::CaseKind), "jenis", "kind";
    /// The worker's name.
    Worker = "worker", "pekerja", Kind::Text, "nama", "name", "peserta", "participant", "tk";
    /// Membership number.
    Kpj = "kpj", "kpj", Kind::Paper, "no_kpj";
    /// Identity number, of whatever kind.
    Nik = "nik", "nik", Kind::Paper, "ktp", "id_no", "identitas";
    /// Registration number of the company.
    Npp = "npp", "npp", Kind::Paper, "no_npp";
    /// The company's name.
    Company = "company", "perusahaan", Kind::Text, "employer", "pemberi_kerja";
    /// The treating facility.
    Facility = "facility", "faskes", Kind::Text, "rumah_sakit", "rs", "hospital", "plkk";
    /// Date of the event.
    EventDate = "event_date", "kejadian", Kind::Past, "event", "tanggal_kejadian", "tgl_kejadian", "accident";
    /// Date of the stage I report.
    ReportedDate = "reported_date", "dilaporkan", Kind::Past, "reported", "tanggal_lapor", "tgl_lapor";
    /// Date of the stage II report.
    FiledDate = "filed_date", "diajukan", Kind::Past, "filed", "tanggal_pengajuan", "tgl_diajukan";
    /// Date on which the bundle was complete.
    CompleteDate = "complete_date", "lengkap", Kind::Past, "complete", "tanggal_lengkap", "tgl_lengkap";
    /// Date on which the case was closed, rejected or cancelled.
    EndedDate = "ended_date", "berakhir", Kind::Past, "ended", "closed_date", "tanggal_selesai", "tgl_selesai";
    /// Posting month of the registration.
    Registered = "registered", "buku", Kind::Month, "bulan_buku", "terdaftar", "posting_month";
    /// Where the case stands.
    Status = "status", "status", Kind::Code(List::Status), "keadaan", "state";
    /// The regulator's status.
    RegulatorStatus = "regulator_status", "status_resmi", Kind::Code(List::RegulatorStatus), "status_regulator", "regulator";
    /// The outcome as known now.
    Outcome = "outcome", "kondisi", Kind::Code(List::Outcome), "kondisi_akhir";
    /// Date of the outcome.
    OutcomeDate = "outcome_date", "tanggal_kondisi", Kind::Past, "tgl_kondisi", "kondisi_tanggal";
    /// Where it happened.
    Place = "place", "tempat", Kind::Code(List::Place), "lokasi", "location";
    /// Type of accident.
    Type = "type", "corak", Kind::Code(List::Type), "tipe", "accident_type";
    /// Source of the accident.
    Source = "source", "sumber", Kind::Code(List::Source);
    /// Part of the body.
    BodyPart = "body_part", "bagian_tubuh", Kind::Code(List::BodyPart), "tubuh", "body";
    /// Diagnosis.
    Icd10 = "icd10", "icd10", Kind::Paper, "icd", "diagnosis", "diagnosa";
    /// Days off work.
    DaysOff = "days_off", "hari_hilang", Kind::Days, "hari_istirahat", "lost_days";
    /// Sum asked.
    Asked = "asked", "diminta", Kind::Money, "requested", "permintaan";
    /// Sum determined.
    Determined = "determined", "ditetapkan", Kind::Money, "penetapan";
    /// Sum paid.
    Paid = "paid", "dibayar", Kind::Money, "bayar";
    /// Determined and not paid.
    Waiting = "waiting", "menunggu", Kind::Money, "tunggu";
    /// Determined, on no voucher.
    WaitingVoucher = "waiting_voucher", "siap_voucher", Kind::Money, "menunggu_voucher";
    /// On a voucher, not paid.
    WaitingPayment = "waiting_payment", "menunggu_bayar", Kind::Money, "menunggu_pembayaran", "siap_bayar";
    /// Day on which the papers of the longest-waiting unpaid line were complete.
    WaitingSince = "waiting_since", "menunggu_sejak", Kind::Past, "tunggu_sejak";
    /// Day on which the nearest running clock ends.
    Due = "due", "tempo", Kind::Due, "jatuh_tempo", "due_date";
    /// Number of required papers that are not there.
    PapersMissing = "papers_missing", "berkas_kurang", Kind::Count, "dokumen_kurang", "missing";
    /// Codes of its live vouchers.
    Voucher = "voucher", "voucher", Kind::Paper, "kode_voucher", "vouchers", "voucher_code";
    /// The reviewer's mark.
    Review = "review", "tinjauan", Kind::Code(List::Review), "tanda", "mark";
    /// Whether the case asks for work.
    Open = "open", "terbuka", Kind::Flag;
    /// Days from the event to the desk's today.
    Age = "age", "umur", Kind::Age, "usia";
    /// Days from the event to the desk's today, while under treatment.
    TreatmentAge = "treatment_age", "umur_berobat", Kind::Age, "lama_berobat", "treatment_days";
    /// How the stage I report met its clock.
    StageOne = "stage_one", "lapor", Kind::Code(List::StageOne), "tahap_1", "stage_1", "ketepatan";
}

impl Field {
    /// The field with this name, in either language; case, blanks, hyphens and underscores do not matter.
    pub fn parse(text: &str) -> Option<Field> {
        let wanted = squeeze(text);
        Self::ALL.iter().copied().find(|field| field.names().any(|name| squeeze(name) == wanted))
    }

    /// Every name that is understood, the English one first.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        [self.english(), self.indonesian()].into_iter().chain(self.aliases().iter().copied())
    }

    /// The name in one language.
    pub const fn name(self, tongue: Tongue) -> &'static str {
        match tongue {
            Tongue::Indonesian => self.indonesian(),
            Tongue::English => self.english(),
        }
    }
}
