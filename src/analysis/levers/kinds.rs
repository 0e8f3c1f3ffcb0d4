//! The levers by name, and on what each one's money rests.

use crate::domain::clock::{LAPSE_YEARS, PAYMENT_WORKING_DAYS, STAGE_ONE_HOURS};

/// A lever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeverKind {
    /// Stage I came late: the employer answers first.
    LateReport,
    /// STMB beyond the months of its higher shares.
    LongStmb,
    /// Under treatment for more than 6 months, up to 12.
    Treatment6,
    /// Under treatment for more than 12 months, up to 24.
    Treatment12,
    /// Under treatment for more than 24 months.
    Treatment24,
    /// Bills of facilities that were no partners.
    NonPartner,
    /// A facility dearer than its peers for the same diagnosis and outcome.
    FacilityCost,
    /// The same worker with three cases or more in twelve months.
    RepeatWorker,
    /// Paid late.
    LatePayment,
    /// Late already, and not paid.
    LateWaiting,
    /// The right to claim lapses soon.
    NearLimit,
    /// Companies of high frequency.
    FrequentCompany,
    /// Companies of high severity.
    SevereCompany,
    /// Companies of both.
    FrequentAndSevere,
}

/// On what a lever's limit rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeverBasis {
    /// A limit of the regulations.
    Regulation,
    /// A choice of ours.
    Ours,
}

/// Cases of one worker in twelve months that make a lever.
pub const REPEATS: i64 = 3;
/// Days before the right lapses at which a case is near.
pub const NEAR_DAYS: i64 = 183;

impl LeverKind {
    /// Every lever, in the order of the list.
    pub const ALL: &'static [LeverKind] = &[
        LeverKind::LateWaiting,
        LeverKind::NearLimit,
        LeverKind::LatePayment,
        LeverKind::LateReport,
        LeverKind::LongStmb,
        LeverKind::Treatment24,
        LeverKind::Treatment12,
        LeverKind::Treatment6,
        LeverKind::NonPartner,
        LeverKind::FacilityCost,
        LeverKind::RepeatWorker,
        LeverKind::FrequentAndSevere,
        LeverKind::FrequentCompany,
        LeverKind::SevereCompany,
    ];

    /// Its name on the command line, in JSON and in the keys of its words.
    pub const fn code(self) -> &'static str {
        match self {
            LeverKind::LateReport => "late-report",
            LeverKind::LongStmb => "long-stmb",
            LeverKind::Treatment6 => "treatment-6",
            LeverKind::Treatment12 => "treatment-12",
            LeverKind::Treatment24 => "treatment-24",
            LeverKind::NonPartner => "non-partner",
            LeverKind::FacilityCost => "facility-cost",
            LeverKind::RepeatWorker => "repeat-worker",
            LeverKind::LatePayment => "late-payment",
            LeverKind::LateWaiting => "late-waiting",
            LeverKind::NearLimit => "near-limit",
            LeverKind::FrequentCompany => "frequent-company",
            LeverKind::SevereCompany => "severe-company",
            LeverKind::FrequentAndSevere => "frequent-severe",
        }
    }

    /// Its Indonesian name.
    pub const fn alias(self) -> &'static str {
        match self {
            LeverKind::LateReport => "telat-lapor",
            LeverKind::LongStmb => "stmb-lama",
            LeverKind::Treatment6 => "berobat-6",
            LeverKind::Treatment12 => "berobat-12",
            LeverKind::Treatment24 => "berobat-24",
            LeverKind::NonPartner => "bukan-mitra",
            LeverKind::FacilityCost => "biaya-faskes",
            LeverKind::RepeatWorker => "pekerja-berulang",
            LeverKind::LatePayment => "telat-bayar",
            LeverKind::LateWaiting => "denda-berjalan",
            LeverKind::NearLimit => "hampir-gugur",
            LeverKind::FrequentCompany => "perusahaan-sering",
            LeverKind::SevereCompany => "perusahaan-berat",
            LeverKind::FrequentAndSevere => "sering-dan-berat",
        }
    }

    /// The lever with this name in either language; case and underscores do not matter.
    pub fn parse(text: &str) -> Option<LeverKind> {
        let wanted = text.trim().to_lowercase().replace(['_', ' '], "-");
        Self::ALL.iter().copied().find(|kind| [kind.code(), kind.alias()].contains(&wanted.as_str()))
    }

    /// The number its limit is, in its own unit: hours, months, cases, working days, years, times the usual in percent.
    pub const fn limit(self) -> i64 {
        match self {
            LeverKind::LateReport => STAGE_ONE_HOURS,
            LeverKind::Treatment6 => 6,
            LeverKind::LongStmb | LeverKind::Treatment12 => 12,
            LeverKind::Treatment24 => 24,
            LeverKind::NonPartner => 0,
            LeverKind::RepeatWorker => REPEATS,
            LeverKind::LatePayment | LeverKind::LateWaiting => PAYMENT_WORKING_DAYS as i64,
            LeverKind::NearLimit => LAPSE_YEARS,
            LeverKind::FacilityCost
            | LeverKind::FrequentCompany
            | LeverKind::SevereCompany
            | LeverKind::FrequentAndSevere => super::companies::STANDS_OUT_PERCENT,
        }
    }

    /// On what its limit rests.
    pub const fn basis(self) -> LeverBasis {
        match self {
            LeverKind::LateReport
            | LeverKind::LongStmb
            | LeverKind::NonPartner
            | LeverKind::LatePayment
            | LeverKind::LateWaiting
            | LeverKind::NearLimit => LeverBasis::Regulation,
            _ => LeverBasis::Ours,
        }
    }

    /// Whether its companies or facilities are those that stand out from the others, which may be none. Those of the other
    /// levers are simply where its cases gather.
    pub const fn is_by_comparison(self) -> bool {
        matches!(
            self,
            LeverKind::LateReport
                | LeverKind::FacilityCost
                | LeverKind::FrequentCompany
                | LeverKind::SevereCompany
                | LeverKind::FrequentAndSevere
        )
    }

    /// The claims it looks at, as a filter in Indonesian that the list understands; none where only the list of cases
    /// says it.
    pub const fn filter(self) -> Option<&'static str> {
        match self {
            LeverKind::Treatment6 => Some(
                "program = jkk dan terbuka dan kondisi = berobat dan umur_berobat > 6 bln dan umur_berobat <= 12 bln",
            ),
            LeverKind::Treatment12 => Some(
                "program = jkk dan terbuka dan kondisi = berobat dan umur_berobat > 12 bln dan umur_berobat <= 24 bln",
            ),
            LeverKind::Treatment24 => {
                Some("program = jkk dan terbuka dan kondisi = berobat dan umur_berobat > 24 bln")
            }
            _ => None,
        }
    }
}
