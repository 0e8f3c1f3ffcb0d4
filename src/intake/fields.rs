//! The columns of our own files and what other desks call them, in both languages.

/// Which of the six tables a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// `claims.csv`: one row a case.
    Claims,
    /// `benefits.csv`: one row a benefit line.
    Benefits,
    /// `vouchers.csv`.
    Vouchers,
    /// `payments.csv`: one row a transfer.
    Payments,
    /// `companies.csv`: one row a registration and span of months.
    Companies,
    /// `facilities.csv`.
    Facilities,
}

/// Makes the list of columns: variant, name in our files, other names.
macro_rules! fields {
    ($($(#[$doc:meta])* $field:ident = $name:literal $(| $alias:literal)*;)+) => {
        /// A column that the program knows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($(#[$doc])* $field),+ }

        impl Field {
            /// Every column.
            pub const ALL: &'static [Field] = &[$(Field::$field),+];

            /// Its heading in our own files.
            pub const fn name(self) -> &'static str {
                match self { $(Field::$field => $name),+ }
            }

            /// Other headings that mean it.
            pub const fn aliases(self) -> &'static [&'static str] {
                match self { $(Field::$field => &[$($alias),*]),+ }
            }

            /// Its place in [`Field::ALL`].
            pub fn index(self) -> usize {
                usize::from(self as u8)
            }
        }
    };
}

fields! {
    /// Number of the claim on paper.
    ClaimNo = "claim_no" | "nomor klaim" | "claim number" | "klaim" | "nomor agenda" | "agenda" | "nomor kasus" | "id klaim";
    /// Programme.
    Programme = "programme" | "program" | "jenis program" | "jaminan" | "jenis jaminan";
    /// Kind of participant.
    Segment = "segment" | "segmen" | "segmen kepesertaan" | "kepesertaan";
    /// Accident or disease.
    CaseKind = "case_kind" | "jenis kasus" | "jenis kejadian" | "kasus";
    /// The worker's name.
    Worker = "worker" | "nama peserta" | "nama" | "peserta" | "nama tenaga kerja" | "tenaga kerja" | "nama pekerja" | "nama tk" | "name";
    /// Kind of identity number.
    IdKind = "id_kind" | "jenis identitas" | "jenis id";
    /// Identity number.
    IdNo = "id_no" | "nik" | "nomor identitas" | "nomor ktp" | "ktp" | "nomor induk kependudukan" | "paspor";
    /// Membership number.
    Kpj = "kpj" | "nomor kpj" | "nomor peserta" | "nomor kartu" | "nomor kartu peserta";
    /// Birth date.
    BirthDate = "birth_date" | "tanggal lahir" | "date of birth" | "lahir";
    /// Sex.
    Sex = "sex" | "jenis kelamin" | "jk" | "kelamin" | "gender" | "l/p";
    /// Employer's registration number.
    Npp = "npp" | "nomor npp" | "nomor pendaftaran perusahaan" | "nomor perusahaan";
    /// Employer's name.
    Company = "company" | "perusahaan" | "nama perusahaan" | "pemberi kerja" | "badan usaha" | "employer" | "nama";
    /// Wage.
    Wage = "wage" | "upah" | "upah terakhir" | "gaji" | "upah dilaporkan";
    /// What the wage is counted by.
    WageUnit = "wage_unit" | "satuan upah" | "jenis upah";
    /// Event date.
    EventDate = "event_date" | "tanggal kejadian" | "tanggal kecelakaan" | "tanggal kk" | "kejadian" | "accident date" | "tanggal peristiwa";
    /// Hour of the event.
    EventTime = "event_time" | "jam kejadian" | "jam kecelakaan" | "pukul" | "waktu kejadian" | "jam";
    /// Stage I report.
    ReportedDate = "reported_date" | "tanggal lapor" | "tanggal laporan" | "tanggal tahap 1" | "tanggal tahap i" | "tanggal pelaporan";
    /// Hour of the stage I report.
    ReportedTime = "reported_time" | "jam lapor" | "jam laporan";
    /// Stage II report.
    FiledDate = "filed_date" | "tanggal pengajuan" | "tanggal diajukan" | "tanggal tahap 2" | "tanggal tahap ii" | "tanggal masuk";
    /// Complete bundle.
    CompleteDate = "complete_date" | "tanggal lengkap" | "berkas lengkap" | "tanggal berkas lengkap";
    /// End of the case.
    ClosedDate = "closed_date" | "tanggal selesai" | "tanggal tutup" | "tanggal ditutup";
    /// How it ended.
    ClosedAs = "closed_as" | "ditutup sebagai" | "selesai sebagai" | "alasan tutup" | "cara selesai";
    /// Place.
    Place = "place" | "tempat" | "tempat kejadian" | "lokasi" | "lokasi kejadian" | "tempat kecelakaan";
    /// Type of accident.
    Type = "type" | "corak" | "corak kecelakaan" | "tipe" | "jenis kecelakaan";
    /// Source.
    Source = "source" | "sumber" | "sumber kecelakaan" | "sumber cedera" | "penyebab";
    /// Part of the body.
    BodyPart = "body_part" | "bagian tubuh" | "bagian badan" | "bagian cidera" | "bagian cedera";
    /// Diagnosis.
    Icd10 = "icd10" | "icd" | "icd 10" | "kode diagnosa" | "kode diagnosis" | "diagnosa" | "diagnosis";
    /// Facility.
    Facility = "facility" | "faskes" | "rumah sakit" | "nama faskes" | "plkk" | "nama rumah sakit" | "fasilitas kesehatan" | "nama";
    /// Outcome.
    Outcome = "outcome" | "kondisi" | "kondisi akhir" | "keadaan akhir" | "akibat" | "hasil";
    /// Date of the outcome.
    OutcomeDate = "outcome_date" | "tanggal kondisi" | "tanggal kondisi akhir" | "tanggal sembuh";
    /// Days off work.
    DaysOff = "days_off" | "hari tidak bekerja" | "lama stmb" | "hari stmb" | "jumlah hari";
    /// Status.
    Status = "status" | "status klaim" | "keadaan" | "status voucher" | "status bayar" | "status pembayaran";
    /// Notes.
    Notes = "notes" | "catatan" | "keterangan" | "note" | "remarks";
    /// Number of the line.
    Line = "line" | "baris" | "nomor baris" | "baris manfaat" | "line number";
    /// Component.
    Component = "component" | "komponen" | "jenis manfaat" | "manfaat" | "komponen manfaat" | "jenis santunan";
    /// First day covered, or first month of a registration.
    From = "from" | "dari" | "mulai" | "tanggal mulai" | "berlaku dari" | "dari tanggal" | "dari bulan";
    /// Last day covered, or last month of a registration.
    To = "to" | "sampai" | "sampai dengan" | "tanggal akhir" | "berlaku sampai" | "sampai tanggal" | "hingga" | "sampai bulan";
    /// Kind of payee.
    PayeeKind = "payee_kind" | "jenis penerima" | "jenis payee";
    /// Payee.
    Payee = "payee" | "penerima" | "nama penerima" | "dibayar kepada" | "dibayarkan kepada" | "paid to";
    /// Bank.
    Bank = "bank" | "nama bank";
    /// Account.
    Account = "account" | "rekening" | "nomor rekening" | "account number";
    /// Tax number.
    TaxNumber = "tax_number" | "npwp" | "nomor npwp";
    /// Receipt number of a bill.
    Receipt = "receipt" | "kuitansi" | "kwitansi" | "nomor kuitansi" | "nomor kwitansi";
    /// Asked.
    Asked = "asked" | "diajukan" | "jumlah diajukan" | "nilai diajukan" | "jumlah tagihan" | "tagihan";
    /// Determined.
    Determined = "determined" | "ditetapkan" | "jumlah ditetapkan" | "nilai ditetapkan" | "penetapan" | "nilai penetapan";
    /// Date of the determination.
    DeterminedDate = "determined_date" | "tanggal penetapan" | "tanggal ditetapkan" | "tanggal determined";
    /// Number of the determination.
    DeterminedNo = "determination_no" | "determined_no" | "nomor penetapan" | "nomor surat penetapan";
    /// The voucher's code, named from elsewhere.
    Voucher = "voucher" | "kode voucher" | "nomor voucher" | "voucher code" | "kode transaksi voucher";
    /// The voucher's own code.
    Code = "code" | "kode" | "kode voucher" | "nomor voucher" | "voucher code" | "voucher" | "kode transaksi voucher";
    /// Issued or recorded.
    Kind = "kind" | "asal kode" | "jenis" | "jenis voucher";
    /// Date of the voucher or the transfer.
    Date = "date" | "tanggal" | "tanggal voucher" | "tanggal bayar" | "tanggal pembayaran" | "tanggal transfer" | "payment date" | "voucher date";
    /// Gross.
    Gross = "gross" | "bruto" | "jumlah bruto" | "nilai bruto" | "jumlah kotor";
    /// Income tax.
    Pph = "pph" | "pajak" | "pph 21" | "potongan pajak" | "tax";
    /// Rounding.
    Rounding = "rounding" | "pembulatan";
    /// Net.
    Net = "net" | "netto" | "neto" | "jumlah netto" | "jumlah neto" | "jumlah bersih" | "nilai bersih";
    /// Date of the void.
    VoidDate = "void_date" | "tanggal batal" | "tanggal dibatalkan";
    /// Reason of the void.
    VoidReason = "void_reason" | "alasan batal" | "alasan dibatalkan" | "alasan pembatalan";
    /// For what, in words.
    Description = "description" | "uraian" | "untuk" | "deskripsi";
    /// Code of the core system beside ours.
    ExternalCode = "external_code" | "kode sistem" | "kode luar";
    /// Prepared by.
    PreparedBy = "prepared_by" | "dibuat oleh" | "dibuat";
    /// Approved by.
    ApprovedBy = "approved_by" | "disetujui oleh" | "disetujui";
    /// Amount of the transfer.
    Amount = "amount" | "jumlah" | "nilai" | "jumlah dibayar" | "nominal" | "jumlah transfer" | "nilai transfer" | "jumlah bayar";
    /// Reference of the bank.
    Reference = "reference" | "referensi" | "nomor referensi" | "ref" | "nomor ref bank";
    /// When a transfer came back.
    ReturnedDate = "returned_date" | "tanggal retur" | "tanggal kembali";
    /// When the desk wrote the case down.
    RegisteredDate = "registered_date" | "tanggal registrasi" | "tanggal input" | "tanggal entri" | "tanggal terdaftar";
    /// Why a case was rejected or cancelled.
    CloseReason = "close_reason" | "alasan ditolak" | "alasan penolakan" | "alasan pembatalan";
    /// Why a transfer came back.
    ReturnReason = "return_reason" | "alasan retur";
    /// Lines that a void voucher held, as `claim number#line` parted by blanks.
    VoidLines = "void_lines" | "baris batal";
    /// Group of registrations.
    Group = "group" | "grup" | "kelompok" | "grup perusahaan";
    /// Business group of the regulator.
    BusinessGroup = "business_group" | "kelompok usaha" | "golongan usaha";
    /// KBLI code.
    Kbli = "kbli" | "kode kbli";
    /// Risk group.
    RiskGroup = "risk_group" | "kelompok risiko" | "tingkat risiko" | "risiko" | "tkr" | "resiko";
    /// Headcount.
    Workers = "workers" | "jumlah tenaga kerja" | "jumlah pekerja" | "jumlah tk" | "tenaga kerja aktif" | "jumlah peserta";
    /// Kind of facility.
    FacilityKind = "facility_kind" | "jenis faskes" | "kind" | "jenis" | "tipe";
    /// Partner from.
    PartnerFrom = "partner_from" | "mitra dari" | "plkk dari" | "mitra sejak" | "kerja sama dari";
    /// Partner to.
    PartnerTo = "partner_to" | "mitra sampai" | "plkk sampai" | "kerja sama sampai";
}

impl Table {
    /// Every table, in the order in which they are told apart.
    pub const ALL: &'static [Table] = &[
        Table::Claims,
        Table::Benefits,
        Table::Vouchers,
        Table::Payments,
        Table::Companies,
        Table::Facilities,
    ];

    /// The name of our own file, without its ending.
    pub const fn name(self) -> &'static str {
        match self {
            Table::Claims => "claims",
            Table::Benefits => "benefits",
            Table::Vouchers => "vouchers",
            Table::Payments => "payments",
            Table::Companies => "companies",
            Table::Facilities => "facilities",
        }
    }

    /// Without these columns it is not this table.
    pub const fn needed(self) -> &'static [Field] {
        use Field as F;
        match self {
            Table::Claims => &[F::ClaimNo, F::Programme, F::EventDate, F::Worker],
            Table::Benefits => &[F::ClaimNo, F::Component, F::Payee],
            Table::Vouchers => &[F::Code, F::Date, F::Gross],
            Table::Payments => &[F::Voucher, F::Date, F::Amount],
            Table::Companies => &[F::Npp, F::Company, F::Workers],
            Table::Facilities => &[F::Facility, F::FacilityKind],
        }
    }

    /// The columns it may have besides.
    pub const fn others(self) -> &'static [Field] {
        use Field as F;
        match self {
            Table::Claims => &[
                F::Segment,
                F::CaseKind,
                F::IdKind,
                F::IdNo,
                F::Kpj,
                F::BirthDate,
                F::Sex,
                F::Npp,
                F::Company,
                F::Wage,
                F::WageUnit,
                F::EventTime,
                F::ReportedDate,
                F::ReportedTime,
                F::FiledDate,
                F::CompleteDate,
                F::ClosedDate,
                F::ClosedAs,
                F::Place,
                F::Type,
                F::Source,
                F::BodyPart,
                F::Icd10,
                F::Facility,
                F::Outcome,
                F::OutcomeDate,
                F::DaysOff,
                F::Status,
                F::Notes,
                F::CloseReason,
                F::RegisteredDate,
            ],
            Table::Benefits => &[
                F::Line,
                F::From,
                F::To,
                F::PayeeKind,
                F::Bank,
                F::Account,
                F::TaxNumber,
                F::Receipt,
                F::Asked,
                F::Determined,
                F::DeterminedDate,
                F::DeterminedNo,
                F::Voucher,
                F::FiledDate,
                F::CompleteDate,
            ],
            Table::Vouchers => &[
                F::Kind,
                F::Programme,
                F::PayeeKind,
                F::Payee,
                F::Bank,
                F::Account,
                F::TaxNumber,
                F::Pph,
                F::Rounding,
                F::Net,
                F::Status,
                F::VoidDate,
                F::VoidReason,
                F::Description,
                F::ExternalCode,
                F::PreparedBy,
                F::ApprovedBy,
                F::VoidLines,
            ],
            Table::Payments => &[F::Reference, F::Status, F::ReturnedDate, F::ReturnReason, F::Notes],
            Table::Companies => {
                &[F::Group, F::BusinessGroup, F::Kbli, F::Segment, F::RiskGroup, F::From, F::To]
            }
            Table::Facilities => &[F::PartnerFrom, F::PartnerTo, F::Bank, F::Account, F::TaxNumber],
        }
    }

    /// Every column it may have.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        self.needed().iter().chain(self.others()).copied()
    }
}

impl Field {
    /// Whether its cells are amounts of rupiah.
    pub const fn is_amount(self) -> bool {
        use Field as F;
        matches!(
            self,
            F::Wage | F::Asked | F::Determined | F::Gross | F::Pph | F::Rounding | F::Net | F::Amount
        )
    }

    /// Whether its cells are dates. `from` and `to` of companies may be months, which every dialect writes alike.
    pub const fn is_date(self) -> bool {
        use Field as F;
        matches!(
            self,
            F::BirthDate
                | F::EventDate
                | F::ReportedDate
                | F::FiledDate
                | F::CompleteDate
                | F::ClosedDate
                | F::OutcomeDate
                | F::From
                | F::To
                | F::DeterminedDate
                | F::Date
                | F::VoidDate
                | F::ReturnedDate
                | F::RegisteredDate
                | F::PartnerFrom
                | F::PartnerTo
        )
    }
}
