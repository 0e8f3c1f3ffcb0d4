//! What each table has, column by column. docs/format.md shows these lists; a test keeps the two the same.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// A code or a small number; 255 stands for none in a code.
    U8,
    /// A number below 65,536.
    U16,
    /// A number; a month as `YYYYMM`.
    U32,
    /// An id; 0 stands for none.
    U64,
    /// Whole rupiah, or a keyed hash.
    I64,
    /// A day, or null.
    Date,
    /// Text, perhaps empty.
    Text,
}

impl ColumnKind {
    /// The type's name in the files, as other engines call it.
    pub const fn name(self) -> &'static str {
        match self {
            ColumnKind::U8 => "UInt8",
            ColumnKind::U16 => "UInt16",
            ColumnKind::U32 => "UInt32",
            ColumnKind::U64 => "UInt64",
            ColumnKind::I64 => "Int64",
            ColumnKind::Date => "Date",
            ColumnKind::Text => "String",
        }
    }
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Name in the file.
    pub name: &'static str,
    /// Type.
    pub kind: ColumnKind,
    /// Unit, or the list its codes are places of.
    pub unit: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// One row a claim, narrow.
    Claims,
    /// The same rows, each with its whole document.
    ClaimDetail,
    /// One row a posting; append-only.
    Posted,
    /// One row a voucher, with its document.
    Vouchers,
    /// One row a company, with its document.
    Companies,
    /// One row a facility, with its document.
    Facilities,
}

impl Table {
    /// Every table.
    pub const ALL: &'static [Table] = &[
        Table::Claims,
        Table::ClaimDetail,
        Table::Posted,
        Table::Vouchers,
        Table::Companies,
        Table::Facilities,
    ];

    /// Its name: that of its folder.
    pub const fn name(self) -> &'static str {
        match self {
            Table::Claims => "claims",
            Table::ClaimDetail => "claim_detail",
            Table::Posted => "posted",
            Table::Vouchers => "vouchers",
            Table::Companies => "companies",
            Table::Facilities => "facilities",
        }
    }

    /// The table of a name.
    pub fn of(name: &str) -> Option<Table> {
        Table::ALL.iter().copied().find(|table| table.name() == name)
    }

    /// Its columns, in the order of the file.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Table::Claims => CLAIMS,
            Table::ClaimDetail => CLAIM_DETAIL,
            Table::Posted => POSTED,
            Table::Vouchers => VOUCHERS,
            Table::Companies => COMPANIES,
            Table::Facilities => FACILITIES,
        }
    }

    /// The place of a column.
    ///
    /// # Panics
    /// If there is none of that name.
    pub fn place(self, name: &str) -> usize {
        let place = self.columns().iter().position(|column| column.name == name);
        place.unwrap_or_else(|| panic!("{} has no column {name}", self.name()))
    }
}

macro_rules! columns {
    ($($name:literal $kind:ident $unit:literal $meaning:literal;)*) => {
        &[$(Column { name: $name, kind: ColumnKind::$kind, unit: $unit, meaning: $meaning }),*]
    };
}

const CLAIMS: &[Column] = columns! {
    "id" U64 "" "id of the claim";
    "revision" U32 "events" "events folded, from 1";
    "claim_no" Text "" "number on the paper";
    "claim_key" I64 "keyed hash" "of the number's letters and digits, for look-up";
    "programme" U8 "programme" "programme";
    "segment" U8 "segment" "kind of participant";
    "case_kind" U8 "case-kind" "accident or disease";
    "worker" Text "" "name of the worker";
    "identity" Text "" "identity number, of whatever kind";
    "identity_key" I64 "keyed hash" "of the identity number; 0 none";
    "kpj" Text "" "membership number";
    "kpj_key" I64 "keyed hash" "of the membership number; 0 none";
    "birth_date" Date "day" "birth date";
    "sex" U8 "sex" "sex";
    "npp" Text "" "registration number of the employer";
    "company" Text "" "its name, a copy of the day";
    "risk_group" U8 "risk-group" "its risk group, a copy of the day";
    "wage" I64 "rupiah" "wage as typed; -1 none";
    "wage_unit" U8 "wage-unit" "what the wage is counted by";
    "facility" Text "" "treating facility";
    "event_date" Date "day" "accident, diagnosis, death, layoff";
    "event_hour" U8 "hour" "hour of the event, 0 to 23; 255 none";
    "reported_date" Date "day" "stage I report";
    "filed_date" Date "day" "stage II report";
    "complete_date" Date "day" "the bundle was complete";
    "paid_date" Date "day" "latest day on which a line was paid in full";
    "ended_date" Date "day" "closed, rejected or cancelled";
    "registered" U32 "month" "posting month of the registration; also the home of the row";
    "status" U8 "status" "where the case stands";
    "outcome" U8 "outcome" "outcome as known";
    "outcome_date" Date "day" "date of the outcome";
    "place" U8 "place" "where it happened";
    "type" U8 "type" "type of accident";
    "source" U8 "source" "source of the accident";
    "body_part" U8 "body-part" "part of the body";
    "icd10" Text "" "diagnosis";
    "days_off" U32 "days" "days off work; 4294967295 none";
    "asked" I64 "rupiah" "sum asked";
    "determined" I64 "rupiah" "sum determined";
    "paid" I64 "rupiah" "sum paid, gross";
    "waiting_voucher" I64 "rupiah" "determined, on no voucher";
    "waiting_payment" I64 "rupiah" "on a voucher, not paid";
    "waiting_since" Date "day" "the papers of the longest-waiting unpaid line were complete";
    "due" Date "day" "the nearest running clock ends";
    "papers_missing" U8 "papers" "required papers that are not there";
    "vouchers" Text "" "codes of its live vouchers, joined by line feeds";
    "accounts" Text "keyed hash" "of its payees' accounts, 16 hexadecimal digits each, joined by blanks";
    "review" U8 "review" "latest mark of a reviewer";
    "stage_one" U8 "report-mark" "how the stage I report met its clock";
    "stage_one_days" U16 "days" "days late, 0 otherwise";
    "origin" U8 "origin" "typed here or imported";
};

const CLAIM_DETAIL: &[Column] = columns! {
    "id" U64 "" "id of the claim";
    "doc" Text "JSON" "the whole claim";
};

const POSTED: &[Column] = columns! {
    "kind" U8 "posting" "what it counts";
    "month" U32 "month" "the month it stands in; also the home of the row";
    "date" Date "day" "date of the paper";
    "claim" U64 "" "whose; 0 none";
    "line" U16 "" "which line; 0 none";
    "voucher" U64 "" "which voucher; 0 none";
    "payment" U16 "" "which transfer; 0 none";
    "amount" I64 "rupiah" "amount, signed only for corrections";
    "pph" I64 "rupiah" "tax withheld, of a whole voucher";
    "rounding" I64 "rupiah" "rounding, of a whole voucher";
    "net" I64 "rupiah" "to be transferred as the paper says, of a whole voucher";
    "clock" U8 "report-mark" "how the clock of this step was met";
    "clock_days" U16 "days" "days late, 0 otherwise";
    "origin" U8 "origin" "typed here or imported";
    "programme" U8 "programme" "programme";
    "segment" U8 "segment" "kind of participant";
    "component" U8 "component" "component of the line";
    "place" U8 "place" "place of the accident";
    "outcome" U8 "outcome" "outcome as known then";
    "event_date" Date "day" "event date of the case";
    "claim_no" Text "" "number of the claim as printed";
    "code" Text "" "code of the voucher";
    "npp" Text "" "registration number of the employer";
    "company" Text "" "name of the employer";
    "facility" Text "" "name of the facility";
    "payee" Text "" "name of the payee";
    "payee_kind" U8 "payee-kind" "kind of the payee";
};

const VOUCHERS: &[Column] = columns! {
    "id" U64 "" "id of the voucher";
    "revision" U32 "events" "events folded, from 1";
    "code" Text "" "code on the bundle";
    "code_key" I64 "keyed hash" "of the code's letters and digits, for look-up";
    "external_code" Text "" "code of the core system beside ours";
    "kind" U8 "voucher-kind" "issued or recorded";
    "origin" U8 "origin" "typed here or imported";
    "series" Text "" "series, where the code has our shape";
    "number" U32 "" "number in the series; 0 none";
    "programme" U8 "programme" "programme of its lines";
    "date" Date "day" "date on the voucher";
    "posted" U32 "month" "posting month; also the home of the row";
    "state" U8 "voucher-state" "where it stands";
    "payee_kind" U8 "payee-kind" "kind of the payee";
    "payee" Text "" "name of the payee";
    "bank" Text "" "bank";
    "account_tail" Text "" "last four digits of the account";
    "account_key" I64 "keyed hash" "of the account; 0 none";
    "claims" U32 "claims" "claims on it";
    "claim_nos" Text "" "their numbers, joined by line feeds";
    "lines" U32 "lines" "lines on it";
    "gross" I64 "rupiah" "sum before tax and rounding";
    "pph" I64 "rupiah" "tax withheld";
    "rounding" I64 "rupiah" "rounding, signed";
    "net" I64 "rupiah" "what is transferred";
    "paid" I64 "rupiah" "what has arrived";
    "void_date" Date "day" "date of the void";
    "void_posted" U32 "month" "posting month of the void; 0 none";
    "void_reason" Text "" "why it was voided";
    "doc" Text "JSON" "the whole voucher";
};

const COMPANIES: &[Column] = columns! {
    "npp" Text "" "registration number: the key";
    "doc" Text "JSON" "the whole company";
};

const FACILITIES: &[Column] = columns! {
    "key" Text "" "letters and digits of the name: the key";
    "doc" Text "JSON" "the whole facility";
};
