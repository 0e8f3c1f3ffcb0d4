//! Floor 3. The believable branch: claims, benefit lines, vouchers, payments, companies and facilities that hang
//! together to the rupiah, made from a seed, with a list of what was planted in them.
//!
//! [`generate`] streams rows into a [`SampleSink`]; [`write_folder`] is the sink that writes the six CSV files and
//! `truth.json`. Knows the domain's types and lists, and nothing of stores, screens or files other than `write`.
//! Every figure behind it, with its source, stands in `docs/sample.md`. The same options give the same bytes on every
//! machine: the dice are seeded, and their logarithms are our own arithmetic.

mod accident;
mod clinic;
mod close;
mod course;
mod days;
mod dice;
mod draft;
mod emit;
mod fate;
mod firm;
mod jkk;
mod lists;
mod names;
mod others;
mod person;
mod plant;
mod rows;
mod slip;
mod truth;
mod wage;
mod world;
mod write;

pub use days::{FIRST_DAY, TODAY};
pub use rows::{BenefitRow, ClaimRow, CompanyRow, FacilityRow, PaymentRow, SampleSink, VoucherRow};
pub use truth::{Counts, DuplicatePair, ExpensiveFacility, MarkedCompany, Truth};
pub use write::{WriteError, write_folder};

use crate::sample::draft::Draft;
use crate::sample::world::World;

/// The office whose branch this is: the code in the vouchers.
pub const OFFICE: &str = "J03";

/// How many claims of which programmes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mix {
    /// This many claims in all, in the proportions that branches have published.
    Branch {
        /// Claims of all programmes.
        claims: u64,
    },
    /// So many of each side.
    Explicit {
        /// Work accident claims.
        jkk: u64,
        /// Claims of the other four programmes, in their published proportions.
        others: u64,
    },
}

impl Mix {
    /// Work accident claims and others.
    pub fn split(self) -> (u64, u64) {
        match self {
            Mix::Explicit { jkk, others } => (jkk, others),
            Mix::Branch { claims } => {
                let all: u64 = lists::PROGRAMMES.iter().map(|(_, cases)| *cases).sum();
                let jkk = claims * lists::PROGRAMMES[0].1 / all;
                (jkk, claims - jkk)
            }
        }
    }
}

/// Whether the branch hides something to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    /// Companies of high frequency, of high severity, late reporters, an expensive facility, duplicates.
    Yes,
    /// Nothing: a control.
    Plain,
}

/// What to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleOptions {
    /// How many claims of which programmes.
    pub mix: Mix,
    /// The dice's seed.
    pub seed: u64,
    /// Whether something is planted.
    pub planted: Planted,
}

impl SampleOptions {
    /// The branch of `sample-data/`.
    pub const COMMITTED: SampleOptions = SampleOptions {
        mix: Mix::Explicit { jkk: 2_400, others: 1_200 },
        seed: 2_026,
        planted: Planted::Yes,
    };
}

/// Makes a branch and hands its rows to the sink: companies, facilities, claims each followed by its lines, vouchers
/// in the order of their dates each followed by its payments.
///
/// Only compact records are held (about 300 bytes a claim with all that belongs to it); rows are made one at a time.
pub fn generate<S: SampleSink + ?Sized>(options: &SampleOptions, sink: &mut S) -> Result<Truth, S::Error> {
    let world = World::build(options);
    let mut draft = Draft::new();
    jkk::fill(&world, &mut draft);
    others::fill(&world, &mut draft);
    plant::duplicates(&world, &mut draft);
    slip::raise(&world, &mut draft);
    close::close(&world, &mut draft);
    draft.number_claims(&world);
    emit::emit(&world, &draft, sink)?;
    Ok(truth::tell(options, &world, &draft))
}
