//! The closed lists of the trade, each with the code that stands in files and the store (domain: fields and codes).
//!
//! A code's words for people live in `locales` under `value-<list>-<code>`; what people may type for it is in
//! [`crate::domain::code`]'s `parse`, which takes the code or one of its aliases in either language.

/// Makes a closed list: variants, codes, aliases.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $list:literal { $($(#[$vdoc:meta])* $variant:ident = $code:literal $(| $alias:literal)*),+ $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The list's name, as in `value-<list>-<code>`.
            pub const LIST: &'static str = $list;

            /// The code as files and the store write it.
            pub const fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }

            /// The words that mean this value when typed, besides its code.
            pub const fn aliases(self) -> &'static [&'static str] {
                match self { $($name::$variant => &[$($alias),*]),+ }
            }

            /// The place in the list, from 0: the byte of the store's columns. New values are only ever added at the end.
            pub const fn index(self) -> u8 {
                self as u8
            }

            /// The value at a place of the list.
            pub fn from_index(index: u8) -> Option<$name> {
                Self::ALL.get(usize::from(index)).copied()
            }

            /// The value whose code or alias this is; case, spaces, hyphens and underscores do not matter.
            pub fn parse(text: &str) -> Option<$name> {
                // Files of ours hold the code itself, a million times over.
                if let Some(value) = Self::ALL.iter().copied().find(|value| value.code() == text) {
                    return Some(value);
                }
                let wanted = squeeze(text);
                Self::ALL.iter().copied().find(|value| {
                    squeeze(value.code()) == wanted || value.aliases().iter().any(|alias| squeeze(alias) == wanted)
                })
            }

            /// The key of its words in the locales.
            pub fn key(self) -> String {
                format!("value-{}-{}", $list, self.code().to_lowercase().replace('_', "-"))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.code())
            }
        }
    )*

    /// Every code of the list with this name; nothing where there is no such list.
    pub fn codes_of(list: &str) -> Vec<&'static str> {
        $(if list == $name::LIST {
            return $name::ALL.iter().map(|value| value.code()).collect();
        })*
        Vec::new()
    }};
}

/// Lower case without spaces and signs that only divide words: how typed words are compared with codes.
pub fn squeeze(text: &str) -> String {
    let divides = |c: &char| matches!(c, ' ' | '-' | '–' | '_' | '/' | '.' | ',' | ':' | '(' | ')');
    text.chars().filter(|c| !divides(c)).flat_map(char::to_lowercase).collect()
}

codes! {
    /// The five programmes of the agency.
    Programme "programme" {
        /// Work accident (*Jaminan Kecelakaan Kerja*).
        Jkk = "JKK" | "kecelakaan kerja" | "work accident" | "jkk kecelakaan kerja" | "jkk work accident",
        /// Death (*Jaminan Kematian*).
        Jkm = "JKM" | "kematian" | "death" | "jkm kematian" | "jkm death",
        /// Old age savings (*Jaminan Hari Tua*).
        Jht = "JHT" | "hari tua" | "old age" | "jht hari tua" | "jht old age",
        /// Pension (*Jaminan Pensiun*).
        Jp = "JP" | "pensiun" | "pension" | "jp pensiun" | "jp pension",
        /// Job loss (*Jaminan Kehilangan Pekerjaan*).
        Jkp = "JKP" | "kehilangan pekerjaan" | "job loss" | "jkp kehilangan pekerjaan" | "jkp job loss",
    }

    /// Kind of participant.
    Segment "segment" {
        /// Wage earners (*Penerima Upah*).
        Pu = "PU" | "penerima upah" | "wage earner",
        /// Non-wage earners (*Bukan Penerima Upah*).
        Bpu = "BPU" | "bukan penerima upah" | "non-wage earner",
        /// Construction (*Jasa Konstruksi*).
        Jakon = "JAKON" | "jasa konstruksi" | "construction",
        /// Migrant workers (*Pekerja Migran Indonesia*).
        Pmi = "PMI" | "pekerja migran" | "migrant worker",
    }

    /// Accident or disease.
    CaseKind "case-kind" {
        /// Work accident (*kecelakaan kerja*).
        Kk = "KK" | "kecelakaan kerja" | "work accident",
        /// Occupational disease (*penyakit akibat kerja*).
        Pak = "PAK" | "penyakit akibat kerja" | "occupational disease",
    }

    /// Sex as on the identity card.
    Sex "sex" {
        /// Male.
        Male = "L" | "laki-laki" | "M" | "male",
        /// Female.
        Female = "P" | "perempuan" | "F" | "female",
    }

    /// What a wage is counted by.
    WageUnit "wage-unit" {
        /// Monthly.
        Month = "BULAN" | "month" | "bulanan" | "monthly" | "per bulan" | "a month",
        /// Daily: × 25 gives the month (one secondary source).
        Day = "HARI" | "day" | "harian" | "daily" | "per hari" | "a day",
        /// Piece-work: the mean of three months, typed as a month (to be confirmed).
        Piece = "BORONGAN" | "piece" | "satuan" | "piece-work",
        /// Declared income of a non-wage earner, monthly.
        Declared = "LAPOR" | "declared" | "penghasilan" | "penghasilan dilaporkan" | "declared income",
    }

    /// The JKK risk group of a registration (PP 44/2015).
    RiskGroup "risk-group" {
        /// Very low.
        VeryLow = "I" | "1" | "sangat rendah i" | "very low i",
        /// Low.
        Low = "II" | "2" | "rendah ii" | "low ii",
        /// Medium.
        Medium = "III" | "3" | "sedang iii" | "medium iii",
        /// High.
        High = "IV" | "4" | "tinggi iv" | "high iv",
        /// Very high.
        VeryHigh = "V" | "5" | "sangat tinggi v" | "very high v",
    }

    /// Where it happened.
    Place "place" {
        /// In the workplace.
        Workplace = "DI_TEMPAT" | "dalam lokasi kerja" | "di tempat kerja" | "workplace" | "inside" | "in the workplace",
        /// Outside the workplace, on duty.
        Outside = "DI_LUAR" | "luar lokasi kerja" | "di luar tempat kerja" | "outside" | "outside the workplace",
        /// In traffic.
        Traffic = "LALU_LINTAS" | "lalin" | "jalan" | "jalan raya" | "road" | "traffic",
    }

    /// Band of the hour.
    TimeBand "time-band" {
        /// 06.00–12.00.
        Morning = "06-12" | "pagi" | "morning" | "06.00-12.00",
        /// 12.00–18.00.
        Afternoon = "12-18" | "siang" | "afternoon" | "12.00-18.00",
        /// 18.00–24.00.
        Evening = "18-24" | "malam" | "evening" | "18.00-24.00",
        /// 00.00–06.00.
        Night = "00-06" | "dini hari" | "night" | "00.00-06.00",
    }

    /// Type of accident (*corak*).
    AccidentType "type" {
        /// Struck against.
        StruckAgainst = "TERBENTUR" | "struck against",
        /// Struck by.
        StruckBy = "TERPUKUL" | "struck by",
        /// Caught in, on or between.
        CaughtIn = "TERJEPIT" | "caught in" | "caught",
        /// Fall on the same level.
        FallSame = "JATUH_SAMA" | "jatuh dari ketinggian yang sama" | "fall same level" | "jatuh di tempat sama",
        /// Fall from height.
        FallHeight = "JATUH_TINGGI" | "jatuh dari ketinggian berbeda" | "fall from height" | "jatuh dari ketinggian",
        /// Slip.
        Slip = "TERGELINCIR" | "slip",
        /// Exposure (heat, radiation, pressure).
        Exposure = "TERPAPAR" | "exposure",
        /// Inhalation or absorption.
        Inhalation = "TERHIRUP" | "penghisapan" | "inhalation" | "terhirup/terserap",
        /// Electric contact.
        Electric = "TERSENGAT" | "tersentuh aliran listrik" | "electric contact" | "electric" | "tersengat listrik",
        /// Other.
        Other = "LAINNYA" | "other",
    }

    /// Source of the accident.
    Source "source" {
        /// Production machine.
        Machine = "MESIN_PRODUKSI" | "mesin" | "machine" | "production machine",
        /// Prime mover and pump.
        PrimeMover = "PENGGERAK_POMPA" | "prime mover" | "penggerak dan pompa" | "prime mover and pump",
        /// Lift.
        Lift = "LIFT" | "elevator",
        /// Crane.
        Crane = "PESAWAT_ANGKAT" | "crane",
        /// Conveyor.
        Conveyor = "CONVEYOR" | "ban berjalan",
        /// Vehicle.
        Vehicle = "KENDARAAN" | "pesawat angkut" | "vehicle",
        /// Transmission.
        Transmission = "TRANSMISI" | "transmission" | "transmisi mekanik",
        /// Hand tool.
        HandTool = "PERKAKAS" | "perkakas kerja tangan" | "hand tool" | "perkakas tangan",
        /// Boiler and pressure vessel.
        Boiler = "BEJANA_TEKAN" | "boiler" | "ketel dan bejana tekan" | "boiler pressure vessel",
        /// Electric equipment.
        Electric = "LISTRIK" | "peralatan listrik" | "electric equipment",
        /// Chemicals.
        Chemicals = "BAHAN_KIMIA" | "chemicals",
        /// Dust.
        Dust = "DEBU" | "debu berbahaya" | "dust",
        /// Radiation.
        Radiation = "RADIASI" | "radiation",
        /// Environment.
        Environment = "LINGKUNGAN" | "faktor lingkungan" | "environment",
        /// Flammable and hot material.
        Flammable = "MUDAH_TERBAKAR" | "bahan mudah terbakar dan panas" | "flammable" | "bahan mudah terbakar/panas" | "flammable hot material",
        /// Animal.
        Animal = "BINATANG" | "animal",
        /// Floor.
        Floor = "LANTAI" | "permukaan lantai" | "floor",
        /// Other.
        Other = "LAINNYA" | "other",
    }

    /// Part of the body.
    BodyPart "body-part" {
        /// Head.
        Head = "KEPALA" | "head",
        /// Eye.
        Eye = "MATA" | "eye",
        /// Ear.
        Ear = "TELINGA" | "ear",
        /// Trunk.
        Trunk = "BADAN" | "trunk",
        /// Arm.
        Arm = "LENGAN" | "arm",
        /// Hand.
        Hand = "TANGAN" | "hand",
        /// Finger.
        Finger = "JARI_TANGAN" | "jari" | "finger",
        /// Thigh.
        Thigh = "PAHA" | "thigh",
        /// Leg.
        Leg = "KAKI" | "leg",
        /// Toe.
        Toe = "JARI_KAKI" | "toe",
        /// Internal organ.
        Organ = "ORGAN_DALAM" | "organ" | "internal organ",
    }

    /// The end of a case as far as known (*kondisi akhir*): the recovered / under treatment axis.
    Outcome "outcome" {
        /// Recovered.
        Sembuh = "SEMBUH" | "recovered",
        /// Under treatment: the only one that is not final.
        Berobat = "BEROBAT" | "dalam pengobatan" | "under treatment" | "treatment",
        /// Anatomical disability.
        CacatAnatomis = "CACAT_ANATOMIS" | "anatomical disability" | "anatomical",
        /// Functional disability.
        CacatFungsi = "CACAT_FUNGSI" | "functional disability" | "functional",
        /// Total permanent disability.
        CacatTotal = "CACAT_TOTAL" | "total disability" | "total" | "cacat total tetap",
        /// Dead.
        Meninggal = "MENINGGAL" | "meninggal dunia" | "dead" | "death",
    }

    /// Where a case stands in the desk's own process.
    ProcessState "status" {
        /// Reported on form 3 KK1.
        StageOne = "TAHAP_1" | "tahap i" | "stage 1" | "stage one" | "dilaporkan" | "reported" | "stage i",
        /// Whether it is a work accident is not yet decided.
        Suspected = "DIDUGA" | "suspected",
        /// Decided a work accident, under treatment.
        Treatment = "PERAWATAN" | "in treatment",
        /// Filed: the stage II report is the benefit application.
        Filed = "DIAJUKAN" | "tahap 2" | "tahap ii" | "stage 2" | "filed",
        /// At least one line is determined.
        Determined = "DITETAPKAN" | "determined",
        /// Returned to the applicant for completion.
        Returned = "DIKEMBALIKAN" | "returned",
        /// Rejected.
        Rejected = "DITOLAK" | "rejected",
        /// Cancelled (entered by mistake, withdrawn).
        Cancelled = "BATAL" | "dibatalkan" | "cancelled" | "canceled",
        /// Closed: the outcome is final and no line waits.
        Closed = "SELESAI" | "ditutup" | "closed" | "dibayar" | "paid",
    }

    /// The regulator's four states.
    RegulatorStatus "regulator-status" {
        /// Filed.
        Diajukan = "DIAJUKAN" | "filed",
        /// Determined.
        Ditetapkan = "DITETAPKAN" | "determined",
        /// Paid.
        Dibayarkan = "DIBAYARKAN" | "paid",
        /// Rejected.
        Ditolak = "DITOLAK" | "rejected",
    }

    /// What a benefit line pays.
    Component "component" {
        /// Medical care.
        Medical = "PERAWATAN" | "pelayanan kesehatan" | "medical" | "biaya perawatan" | "medical care",
        /// Home care.
        HomeCare = "HOMECARE" | "perawatan di rumah" | "home care",
        /// Transport.
        Transport = "TRANSPORT" | "pengangkutan",
        /// Temporarily unable to work (*Sementara Tidak Mampu Bekerja*).
        Stmb = "STMB",
        /// Partial disability, anatomical.
        PartialAnatomical = "CACAT_ANATOMIS" | "partial anatomical" | "santunan cacat anatomis" | "anatomical disability",
        /// Partial disability, functional.
        PartialFunctional = "CACAT_FUNGSI" | "partial functional" | "santunan cacat fungsi" | "functional disability",
        /// Total permanent disability.
        TotalDisability = "CACAT_TOTAL" | "total disability" | "santunan cacat total",
        /// Death benefit.
        Death = "KEMATIAN" | "santunan kematian" | "death" | "death benefit",
        /// Funeral.
        Funeral = "PEMAKAMAN" | "funeral" | "biaya pemakaman",
        /// Periodic compensation paid at once.
        Periodic = "BERKALA" | "santunan berkala" | "periodic" | "periodic compensation",
        /// Prosthesis or orthosis.
        Prosthesis = "PROTESIS" | "orthese" | "prosthesis" | "protesis/ortesis",
        /// Dentures.
        Dentures = "GIGI_TIRUAN" | "dentures",
        /// Hearing aid.
        HearingAid = "ALAT_DENGAR" | "hearing aid" | "alat bantu dengar",
        /// Glasses.
        Glasses = "KACAMATA" | "glasses",
        /// Rehabilitation.
        Rehabilitation = "REHABILITASI" | "rehabilitation",
        /// Scholarship.
        Scholarship = "BEASISWA" | "scholarship",
        /// Old age balance.
        OldAge = "SALDO_JHT" | "jht" | "old age" | "old age balance",
        /// Pension, monthly or lump sum.
        Pension = "PENSIUN" | "jp" | "pension" | "manfaat pensiun",
        /// Cash benefit of job loss.
        JobLossCash = "UANG_TUNAI_JKP" | "jkp" | "job loss cash",
        /// Part of the old age balance, taken once by a member of ten years.
        OldAgeShare = "JHT_SEBAGIAN" | "jht sebagian" | "part of old age",
    }

    /// Who is paid.
    PayeeKind "payee-kind" {
        /// The employer (who kept paying the wage).
        Company = "PERUSAHAAN" | "company" | "employer",
        /// The participant.
        Participant = "PESERTA" | "participant" | "worker",
        /// A treatment facility.
        Facility = "FASKES" | "facility" | "plkk",
        /// Heirs.
        Heir = "AHLI_WARIS" | "heir" | "heirs",
    }

    /// A paper of a bundle.
    DocumentKind "document" {
        /// Stage I report, form 3 KK1.
        Kk1 = "KK1" | "tahap 1" | "kk1 tahap i" | "kk1 stage i",
        /// Stage II report, form 3a KK2.
        Kk2 = "KK2" | "tahap 2" | "kk2 tahap ii" | "kk2 stage ii",
        /// Doctor's form 3b KK3.
        Kk3 = "KK3" | "surat dokter" | "doctor" | "kk3 surat dokter" | "kk3 doctor",
        /// Membership card.
        MemberCard = "KARTU_PESERTA" | "membership card",
        /// Identity card.
        IdCard = "KTP" | "identity card",
        /// Medical receipts.
        MedicalReceipts = "KUITANSI_MEDIS" | "medical receipts",
        /// Transport receipts.
        TransportReceipts = "KUITANSI_TRANSPORT" | "transport receipts",
        /// Wage record.
        WageRecord = "DAFTAR_UPAH" | "wage record",
        /// Attendance record for STMB.
        Attendance = "ABSENSI" | "attendance",
        /// Police report for traffic accidents.
        PoliceReport = "LAPORAN_POLISI" | "police report",
        /// Death certificate.
        DeathCertificate = "AKTA_KEMATIAN" | "death certificate",
        /// Heirs' papers.
        HeirPapers = "SURAT_AHLI_WARIS" | "heir papers" | "heirs' papers",
        /// Letter of resignation or dismissal.
        EmploymentEnd = "PAKLARING" | "employment end" | "employment end letter",
        /// Bank book of the payee.
        BankBook = "BUKU_REKENING" | "bank book",
        /// Diagnosis of an occupational disease.
        Diagnosis = "DIAGNOSIS_PAK" | "diagnosis" | "disease diagnosis",
    }

    /// Where a voucher's code came from.
    VoucherKind "voucher-kind" {
        /// Our own number from a series.
        Issued = "TERBIT" | "issued",
        /// A code copied from the core system.
        Recorded = "CATAT" | "recorded",
    }

    /// Where a voucher stands.
    VoucherState "voucher-state" {
        /// Proposed: it has its number and stands on the bundle.
        Proposed = "DIAJUKAN" | "proposed" | "terbit" | "issued",
        /// Approved by a second person.
        Approved = "DISETUJUI" | "approved",
        /// Paid in full.
        Paid = "DIBAYAR" | "paid",
        /// Paid, but the transfer came back.
        Returned = "RETUR" | "returned",
        /// Void: keeps its number.
        Void = "BATAL" | "void",
    }

    /// Whether a transfer arrived.
    PaymentState "payment-state" {
        /// Arrived.
        Paid = "DIBAYAR" | "paid",
        /// Came back.
        Returned = "RETUR" | "returned",
    }

    /// Mark of a reviewer, bound to the version seen.
    ReviewMark "review" {
        /// Looked at, in order.
        Checked = "DIPERIKSA" | "checked",
        /// A question is open.
        Question = "TANYA" | "question",
    }

    /// How the stage I report met its 2 × 24 hours.
    ReportMark "report-mark" {
        /// In time.
        InTime = "TEPAT" | "tepat waktu" | "in time" | "on time",
        /// Late.
        Late = "TERLAMBAT" | "telat" | "late",
        /// Cannot be told: an hour or a date is missing; never counted as late.
        CannotTell = "TIDAK_DIKETAHUI" | "tidak tahu" | "cannot tell" | "unknown" | "cannot be told",
    }

    /// Why a case was rejected or cancelled.
    CloseReason "reason" {
        /// Not a work accident.
        NotWorkRelated = "BUKAN_KK" | "not work related" | "bukan kecelakaan kerja",
        /// Not a participant on the day.
        NotParticipant = "BUKAN_PESERTA" | "not participant" | "not a participant",
        /// Contributions in arrears.
        Arrears = "MENUNGGAK" | "arrears" | "menunggak iuran" | "in arrears",
        /// The right has lapsed.
        Lapsed = "KEDALUWARSA" | "lapsed",
        /// Papers never completed.
        Incomplete = "TIDAK_LENGKAP" | "incomplete" | "berkas tidak lengkap",
        /// A duplicate of another case.
        Duplicate = "GANDA" | "duplicate",
        /// Withdrawn by the applicant.
        Withdrawn = "DICABUT" | "withdrawn" | "dicabut pemohon",
        /// Entered by mistake.
        Mistake = "SALAH_INPUT" | "mistake" | "entered by mistake",
        /// Other, said in the note.
        Other = "LAINNYA" | "other",
    }

    /// The desk's time zone: Indonesia has three and no summer time.
    Zone "zone" {
        /// Western, UTC+7.
        Wib = "WIB" | "wib barat" | "wib western",
        /// Central, UTC+8.
        Wita = "WITA" | "wita tengah" | "wita central",
        /// Eastern, UTC+9.
        Wit = "WIT" | "wit timur" | "wit eastern",
    }

    /// Whether the desk numbers its vouchers itself.
    VoucherMode "voucher-mode" {
        /// Issue our own codes.
        Issue = "TERBIT" | "issue",
        /// Record codes of the core system.
        Record = "CATAT" | "record",
        /// Both.
        Both = "KEDUANYA" | "both" | "terbit dan catat" | "issue and record",
    }

    /// Where a record came from.
    Origin "origin" {
        /// Typed at this desk.
        Desk = "MEJA" | "desk" | "meja ini" | "this desk",
        /// Imported history (*riwayat*), posted in the months of its papers.
        History = "RIWAYAT" | "history",
    }
}

impl Outcome {
    /// Whether the case can change no more by healing: everything but under treatment.
    pub fn is_final(self) -> bool {
        self != Outcome::Berobat
    }
}

impl Zone {
    /// Hours east of Greenwich.
    pub const fn offset_hours(self) -> i8 {
        match self {
            Zone::Wib => 7,
            Zone::Wita => 8,
            Zone::Wit => 9,
        }
    }
}

impl TimeBand {
    /// The band of an hour of the day.
    pub fn of_hour(hour: u8) -> TimeBand {
        match hour {
            6..=11 => TimeBand::Morning,
            12..=17 => TimeBand::Afternoon,
            18..=23 => TimeBand::Evening,
            _ => TimeBand::Night,
        }
    }
}

impl ProcessState {
    /// Whether a case in this state still asks for work.
    pub fn is_open(self) -> bool {
        !matches!(self, ProcessState::Rejected | ProcessState::Cancelled | ProcessState::Closed)
    }

    /// The regulator's status, or none before the application.
    pub fn regulator(self) -> Option<RegulatorStatus> {
        match self {
            ProcessState::StageOne
            | ProcessState::Suspected
            | ProcessState::Treatment
            | ProcessState::Cancelled => None,
            ProcessState::Filed | ProcessState::Returned => Some(RegulatorStatus::Diajukan),
            ProcessState::Determined => Some(RegulatorStatus::Ditetapkan),
            ProcessState::Closed => Some(RegulatorStatus::Dibayarkan),
            ProcessState::Rejected => Some(RegulatorStatus::Ditolak),
        }
    }
}

impl VoucherState {
    /// Whether the voucher still holds its lines.
    pub fn is_live(self) -> bool {
        self != VoucherState::Void
    }
}
