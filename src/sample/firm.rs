//! The employers: sizes by a power law, headcounts by month, a risk group, a claim rate of their own around it.

use crate::domain::{Npp, Period, RiskGroup, Segment};
use crate::sample::days::{FIRST_DAY, TODAY};
use crate::sample::dice::{Dice, mix, whole};
use crate::sample::lists::{INDUSTRIES, relative_rate};
use crate::sample::names;

/// Claims of one worker in a year: chosen so that companies are as many as a branch has.
const CLAIMS_PER_WORKER_YEAR: f64 = 0.022;
/// The mean of the size law below, for the number of companies.
const MEAN_SIZE: f64 = 67.0;
/// Monthly growth of claims beside the headcounts: national cases grew by a fifth a year.
pub const MONTHLY_GROWTH: f64 = 0.016;
/// Shape of the gamma around each company's rate: mild, deviation 0.29.
const HETEROGENEITY: i32 = 12;

/// Headcount over some months.
#[derive(Debug, Clone)]
pub struct Headcount {
    /// First month.
    pub from: Period,
    /// Last month, or still.
    pub to: Option<Period>,
    /// Workers; construction sites list none, but have some.
    pub workers: u32,
}

/// A company's registration.
#[derive(Debug, Clone)]
pub struct Firm {
    /// Registration number.
    pub npp: Npp,
    /// Name.
    pub name: String,
    /// Group, or empty.
    pub group: String,
    /// Place in the list of industries.
    pub industry: usize,
    /// Risk group.
    pub risk: RiskGroup,
    /// Wage earners or construction.
    pub segment: Segment,
    /// Headcounts, oldest first.
    pub headcounts: Vec<Headcount>,
    /// Gamma around the risk group's rate.
    pub frailty: f64,
    /// Planted: its rate against its risk group's.
    pub rate_multiple: f64,
    /// Planted: its costs against the others'.
    pub cost_multiple: f64,
    /// Planted: share of stage I reports that come late.
    pub late_share: Option<f64>,
}

impl Firm {
    /// Workers of a month.
    pub fn workers(&self, month: Period) -> u32 {
        let entry = self.headcounts.iter().find(|e| e.from <= month && e.to.is_none_or(|to| month <= to));
        entry.map_or(0, |entry| entry.workers)
    }

    /// Largest headcount.
    pub fn peak(&self) -> u32 {
        self.headcounts.iter().map(|entry| entry.workers).max().unwrap_or(0)
    }

    /// Workers × growth over the 24 months.
    pub fn exposure(&self) -> f64 {
        months().map(|(month, growth)| f64::from(self.workers(month)) * growth).sum()
    }

    /// What its number of claims is proportional to.
    pub fn weight(&self) -> f64 {
        self.exposure() * relative_rate(self.risk) * self.frailty * self.rate_multiple
    }
}

/// The 24 months, each with its growth.
pub fn months() -> impl Iterator<Item = (Period, f64)> {
    let first = Period::of(FIRST_DAY);
    (0..24).map(move |step| (first.plus(step), 1.0 + MONTHLY_GROWTH * f64::from(step)))
}

/// So many companies as these claims need.
pub fn build(seed: u64, n_jkk: u64, n_others: u64) -> Vec<Firm> {
    let mut dice = Dice::new(seed, "firms");
    let claims = f64::from(u32::try_from(n_jkk.max(n_others / 4)).expect("fewer than four billion claims"));
    let n_firms = whole(claims / 2.0 / CLAIMS_PER_WORKER_YEAR / MEAN_SIZE).max(40);
    let n_groups = u64::try_from(n_firms / 60 + 1).expect("positive");
    (0..u64::try_from(n_firms).expect("positive")).map(|number| firm(&mut dice, number, n_groups)).collect()
}

fn firm(dice: &mut Dice, number: u64, n_groups: u64) -> Firm {
    let weights: Vec<(usize, u32)> = INDUSTRIES.iter().map(|i| i.weight).enumerate().collect();
    let industry = dice.weighted(&weights);
    let usual = INDUSTRIES[industry].risk;
    let risk = if dice.chance(0.08) { *dice.pick(RiskGroup::ALL) } else { usual };
    let segment = if INDUSTRIES[industry].business_group == 5 && dice.chance(0.6) {
        Segment::Jakon
    } else {
        Segment::Pu
    };
    let npp = format!(
        "{}{:06}",
        ["JJ", "KJ", "BB"][usize::try_from(mix(number) % 3).expect("three")],
        number * 7 + 1_003
    );
    let group = if dice.chance(0.04) {
        names::group(u64::try_from(dice.between(0, 1 << 20)).expect("positive") % n_groups)
    } else {
        String::new()
    };
    let size = whole(dice.pareto(12.0, 6_000.0, 1.05));
    Firm {
        npp: Npp::parse(&npp).expect("eight or more digits and letters"),
        name: names::company(number, INDUSTRIES[industry].word),
        group,
        industry,
        risk,
        segment,
        headcounts: headcounts(dice, size),
        frailty: dice.gamma(HETEROGENEITY),
        rate_multiple: 1.0,
        cost_multiple: 1.0,
        late_share: None,
    }
}

/// One to four stretches of months; some companies begin or end within the 24 months.
fn headcounts(dice: &mut Dice, size: i32) -> Vec<Headcount> {
    let first = Period::of(FIRST_DAY);
    let founded =
        if dice.chance(0.08) { first.plus(dice.between(1, 14)) } else { first.plus(-dice.between(70, 120)) };
    let closed = (dice.chance(0.03) && founded < first).then(|| first.plus(dice.between(8, 20)));
    let n_changes = dice.between(0, 3);
    let mut starts: Vec<Period> = (0..n_changes)
        .map(|_| first.plus(dice.between(-6, 22)))
        .filter(|month| *month > founded && closed.is_none_or(|end| *month <= end))
        .collect();
    starts.push(founded);
    starts.sort_unstable();
    starts.dedup();
    let last = Period::of(TODAY);
    let mut workers = size;
    let mut entries: Vec<Headcount> = Vec::new();
    for (place, from) in starts.iter().enumerate() {
        let to = starts.get(place + 1).map(|next| next.plus(-1)).or(closed);
        debug_assert!(*from <= last);
        entries.push(Headcount { from: *from, to, workers: u32::try_from(workers).expect("at least three") });
        workers = (workers + whole(f64::from(workers) * (dice.unit() * 0.4 - 0.17))).max(3);
    }
    entries
}
