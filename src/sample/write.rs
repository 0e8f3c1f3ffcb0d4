//! The folder of a branch: six CSV files and `truth.json`, written row by row.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use jiff::civil::{Date, Time};

use crate::domain::{AccountNo, Npp, Npwp, Period, Rupiah, VoucherCode};
use crate::sample::rows::{
    BenefitRow, ClaimRow, CompanyRow, FacilityRow, PaymentRow, SampleSink, VoucherRow,
};
use crate::sample::truth::Truth;
use crate::sample::{SampleOptions, generate};

const CLAIMS: &str = "claim_no,programme,segment,case_kind,worker,id_kind,id_no,kpj,birth_date,sex,npp,company,wage,\
    wage_unit,event_date,event_time,reported_date,filed_date,complete_date,closed_date,closed_as,place,type,source,\
    body_part,icd10,facility,outcome,outcome_date,days_off,status,notes,reported_time,close_reason,registered_date";
const BENEFITS: &str = "claim_no,line,component,from,to,payee_kind,payee,bank,account,asked,determined,\
    determined_date,voucher,receipt,determination_no,filed_date,complete_date";
const VOUCHERS: &str = "code,kind,date,payee,gross,pph,rounding,net,status,void_date,void_reason,programme,\
    payee_kind,bank,account,void_lines";
const PAYMENTS: &str = "voucher,date,amount,reference,status,returned_date,return_reason";
const COMPANIES: &str = "npp,company,group,business_group,kbli,segment,risk_group,workers,from,to";
const FACILITIES: &str = "facility,kind,partner_from,partner_to,bank,account,npwp";

/// A file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct WriteError {
    /// Which.
    pub path: PathBuf,
    /// Why.
    pub source: std::io::Error,
}

/// Makes a branch and writes `claims.csv`, `benefits.csv`, `vouchers.csv`, `payments.csv`, `companies.csv`,
/// `facilities.csv` and `truth.json` into a folder, which is made if it is not there.
pub fn write_folder(folder: &Path, options: &SampleOptions) -> Result<Truth, WriteError> {
    fs::create_dir_all(folder).map_err(|source| WriteError { path: folder.to_owned(), source })?;
    let mut writer = FolderWriter::open(folder)?;
    let truth = generate(options, &mut writer)?;
    writer.close()?;
    let path = folder.join("truth.json");
    let mut text = serde_json::to_string_pretty(&truth).expect("plain numbers and text");
    text.push('\n');
    fs::write(&path, text).map_err(|source| WriteError { path, source })?;
    Ok(truth)
}

/// One CSV file.
struct Table {
    path: PathBuf,
    csv: csv::Writer<BufWriter<File>>,
}

impl Table {
    fn create(folder: &Path, name: &str, heads: &str) -> Result<Table, WriteError> {
        let path = folder.join(name);
        let file = File::create(&path).map_err(|source| WriteError { path: path.clone(), source })?;
        let csv = csv::Writer::from_writer(BufWriter::with_capacity(1 << 18, file));
        let mut table = Table { path, csv };
        let heads: Vec<String> = heads.split(',').map(|head| head.trim().to_owned()).collect();
        table.row(&heads)?;
        Ok(table)
    }

    fn row<T: AsRef<[u8]>>(&mut self, fields: &[T]) -> Result<(), WriteError> {
        self.csv
            .write_record(fields)
            .map_err(|error| WriteError { path: self.path.clone(), source: std::io::Error::other(error) })
    }

    fn close(self) -> Result<(), WriteError> {
        let path = self.path;
        let written = self.csv.into_inner().map_err(|error| error.into_error());
        written.and_then(|mut file| file.flush()).map_err(|source| WriteError { path, source })
    }
}

/// The sink that writes the six files.
struct FolderWriter {
    claims: Table,
    benefits: Table,
    vouchers: Table,
    payments: Table,
    companies: Table,
    facilities: Table,
}

impl FolderWriter {
    fn open(folder: &Path) -> Result<FolderWriter, WriteError> {
        Ok(FolderWriter {
            claims: Table::create(folder, "claims.csv", CLAIMS)?,
            benefits: Table::create(folder, "benefits.csv", BENEFITS)?,
            vouchers: Table::create(folder, "vouchers.csv", VOUCHERS)?,
            payments: Table::create(folder, "payments.csv", PAYMENTS)?,
            companies: Table::create(folder, "companies.csv", COMPANIES)?,
            facilities: Table::create(folder, "facilities.csv", FACILITIES)?,
        })
    }

    fn close(self) -> Result<(), WriteError> {
        let tables =
            [self.claims, self.benefits, self.vouchers, self.payments, self.companies, self.facilities];
        tables.into_iter().try_for_each(Table::close)
    }
}

impl SampleSink for FolderWriter {
    type Error = WriteError;

    fn company(&mut self, row: &CompanyRow) -> Result<(), WriteError> {
        self.companies.row(&[
            row.npp.as_str(),
            &row.company,
            &row.group,
            &row.business_group.to_string(),
            &row.kbli,
            row.segment.code(),
            row.risk_group.code(),
            &row.workers.to_string(),
            &row.from.to_string(),
            &row.to.as_ref().map_or_else(String::new, Period::to_string),
        ])
    }

    fn facility(&mut self, row: &FacilityRow) -> Result<(), WriteError> {
        self.facilities.row(&[
            row.facility.as_str(),
            &row.kind,
            &iso(row.partner_from),
            &iso(row.partner_to),
            &row.bank,
            row.account.as_str(),
            row.tax_number.as_ref().map_or("", Npwp::as_str),
        ])
    }

    fn claim(&mut self, row: &ClaimRow) -> Result<(), WriteError> {
        self.claims.row(&[
            row.claim_no.as_str(),
            row.programme.code(),
            row.segment.code(),
            row.case_kind.map_or("", |value| value.code()),
            &row.worker,
            row.identity.kind(),
            row.identity.number(),
            row.kpj.as_str(),
            &iso(Some(row.birth_date)),
            row.sex.code(),
            row.npp.as_ref().map_or("", Npp::as_str),
            &row.company,
            &plain(row.wage),
            row.wage_unit.code(),
            &iso(Some(row.event_date)),
            &clock(row.event_time),
            &iso(row.reported_date),
            &iso(row.filed_date),
            &iso(row.complete_date),
            &iso(row.closed_date),
            row.closed_as.map_or("", |value| value.code()),
            row.place.map_or("", |value| value.code()),
            row.accident_type.map_or("", |value| value.code()),
            row.source.map_or("", |value| value.code()),
            row.body_part.map_or("", |value| value.code()),
            row.icd10.as_ref().map_or("", |value| value.as_str()),
            &row.facility,
            row.outcome.map_or("", |value| value.code()),
            &iso(row.outcome_date),
            &row.days_off.map_or_else(String::new, |days| days.to_string()),
            row.status.code(),
            &row.notes,
            &clock(row.reported_time),
            row.close_reason.map_or("", |value| value.code()),
            &iso(Some(row.registered_date)),
        ])
    }

    fn benefit(&mut self, row: &BenefitRow) -> Result<(), WriteError> {
        self.benefits.row(&[
            row.claim_no.as_str(),
            &row.line.to_string(),
            row.component.code(),
            &iso(row.span.map(|span| span.0)),
            &iso(row.span.map(|span| span.1)),
            row.payee_kind.code(),
            &row.payee,
            &row.bank,
            row.account.as_str(),
            &plain(row.asked),
            &row.determined.map_or_else(String::new, |determined| plain(determined.0)),
            &iso(row.determined.map(|determined| determined.1)),
            row.voucher.as_ref().map_or("", VoucherCode::as_str),
            &row.receipt,
            &row.determination_no,
            &iso(Some(row.filed_date)),
            &iso(row.complete_date),
        ])
    }

    fn voucher(&mut self, row: &VoucherRow) -> Result<(), WriteError> {
        self.vouchers.row(&[
            row.code.as_str(),
            row.kind.code(),
            &iso(Some(row.date)),
            &row.payee,
            &plain(row.gross),
            &plain(row.pph),
            &plain(row.rounding),
            &plain(row.net),
            row.status.code(),
            &iso(row.void_date),
            &row.void_reason,
            row.programme.code(),
            row.payee_kind.code(),
            &row.bank,
            AccountNo::as_str(&row.account),
            &row.void_lines,
        ])
    }

    fn payment(&mut self, row: &PaymentRow) -> Result<(), WriteError> {
        self.payments.row(&[
            row.voucher.as_str(),
            &iso(Some(row.date)),
            &plain(row.amount),
            &row.reference,
            row.status.code(),
            &iso(row.returned_date),
            &row.return_reason,
        ])
    }
}

/// `2026-10-30`, or nothing.
fn iso(date: Option<Date>) -> String {
    date.map_or_else(String::new, crate::base::calendar::iso)
}

/// `07:35`, or nothing.
fn clock(time: Option<Time>) -> String {
    time.map_or_else(String::new, |time| format!("{:02}:{:02}", time.hour(), time.minute()))
}

/// Plain digits.
fn plain(amount: Rupiah) -> String {
    amount.get().to_string()
}
