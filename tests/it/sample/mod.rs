//! Tests of `sample`: the branch is valid, adds up, looks like the published figures, and hides what it says it hides.

mod dates;
mod files;
mod planted;
mod shares;
mod ties;
mod valid;

use std::convert::Infallible;
use std::sync::LazyLock;

use santun::sample::{
    BenefitRow, ClaimRow, CompanyRow, FacilityRow, Mix, PaymentRow, Planted, SampleOptions, SampleSink,
    Truth, VoucherRow, generate,
};

/// All rows of a branch.
#[derive(Debug, Default, PartialEq, Eq)]
struct Rows {
    claims: Vec<ClaimRow>,
    benefits: Vec<BenefitRow>,
    vouchers: Vec<VoucherRow>,
    payments: Vec<PaymentRow>,
    companies: Vec<CompanyRow>,
    facilities: Vec<FacilityRow>,
}

impl SampleSink for Rows {
    type Error = Infallible;
    fn company(&mut self, row: &CompanyRow) -> Result<(), Infallible> {
        self.companies.push(row.clone());
        Ok(())
    }
    fn facility(&mut self, row: &FacilityRow) -> Result<(), Infallible> {
        self.facilities.push(row.clone());
        Ok(())
    }
    fn claim(&mut self, row: &ClaimRow) -> Result<(), Infallible> {
        self.claims.push(row.clone());
        Ok(())
    }
    fn benefit(&mut self, row: &BenefitRow) -> Result<(), Infallible> {
        self.benefits.push(row.clone());
        Ok(())
    }
    fn voucher(&mut self, row: &VoucherRow) -> Result<(), Infallible> {
        self.vouchers.push(row.clone());
        Ok(())
    }
    fn payment(&mut self, row: &PaymentRow) -> Result<(), Infallible> {
        self.payments.push(row.clone());
        Ok(())
    }
}

/// A branch and its truth.
struct Branch {
    rows: Rows,
    truth: Truth,
}

fn branch(options: &SampleOptions) -> Branch {
    let mut rows = Rows::default();
    let truth = match generate(options, &mut rows) {
        Ok(truth) => truth,
        Err(never) => match never {},
    };
    Branch { rows, truth }
}

/// The branch of `sample-data/`, made once.
static COMMITTED: LazyLock<Branch> = LazyLock::new(|| branch(&SampleOptions::COMMITTED));

/// Another branch with more accidents, for shares that need numbers; nothing planted.
static PLAIN: LazyLock<Branch> = LazyLock::new(|| {
    let mix = Mix::Explicit { jkk: 6_000, others: 600 };
    branch(&SampleOptions { mix, seed: 7, planted: Planted::Plain })
});

fn both() -> [&'static Branch; 2] {
    [&COMMITTED, &PLAIN]
}
