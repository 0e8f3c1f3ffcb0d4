//! `course`: how cases go on.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::Format;

/// `course`.
#[derive(Debug, ClapArgs)]
pub struct CourseArgs {
    /// Compare by this
    #[arg(long, value_enum)]
    pub by: Option<CourseByName>,
    /// Only cases that pass this filter
    #[arg(long = "where", default_value = "", value_name = "FILTER")]
    pub filter: String,
    /// Days after the event at which shares are told
    #[arg(long, value_delimiter = ',', default_value = "30,90,180,365", value_name = "DAYS")]
    pub at: Vec<u16>,
    /// From when a case is observed: books, or report
    #[arg(long, value_enum, default_value = "books")]
    pub observed: ObservedName,
    /// At most this many groups, 1 to 50; the rest is put together
    #[arg(long, default_value_t = 8)]
    pub limit: usize,
    /// Also write the chart to this SVG file
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Replace files that are already there
    #[arg(long, requires = "svg")]
    pub force: bool,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

/// By what cases are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CourseByName {
    /// ICD-10 category.
    #[value(alias = "diagnosa")]
    Diagnosis,
    /// Injured part of the body.
    #[value(alias = "bagian-tubuh")]
    BodyPart,
    /// Treating facility.
    #[value(alias = "faskes")]
    Facility,
    /// Company.
    #[value(alias = "perusahaan")]
    Company,
    /// Type of the accident.
    #[value(alias = "corak")]
    Kind,
    /// Where it happened.
    #[value(alias = "tempat")]
    Place,
    /// Year of the event.
    #[value(alias = "tahun")]
    Year,
}

/// From when a case is observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ObservedName {
    /// From its event, or from the first day of these books.
    #[value(alias = "pembukuan")]
    Books,
    /// From its report.
    #[value(alias = "laporan")]
    Report,
}
