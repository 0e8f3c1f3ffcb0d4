//! A month's books added up: all that its report says, and nothing of a single posting. Sums can be kept, and brought up
//! to date with the few postings that came since, so that a report does not read the books from their first day.
//!
//! Flows and groups are plain sums. States are not: what a posting means for them depends on what its case and its voucher
//! were before. So the records that the news are about are judged twice, as they were and as they are, and the kept
//! states are changed by the difference.

use crate::domain::period::Period;
use crate::domain::posting::Posting;
use crate::domain::posting::PostingKind;
use crate::domain::subject::Subjects;
use crate::report::monthly::cases::Cases;
use crate::report::monthly::flows::Months;
use crate::report::monthly::groups::Groups;
use crate::report::monthly::ledger::Ledger;
use crate::report::monthly::states::States;
use crate::report::monthly::tie::{judged, voids};

/// The sums of one month's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthSums {
    pub(super) period: Period,
    pub(super) months: Months,
    pub(super) groups: Groups,
    pub(super) states: States,
}

/// Adds postings up, in any order; keeps a few words for each case, line and voucher, and no posting.
#[derive(Debug)]
pub struct SumsBuilder {
    period: Period,
    /// The records to be judged; all of them where there is none.
    only: Option<Subjects>,
    months: Months,
    cases: Cases,
    ledger: Ledger,
    groups: Groups,
}

impl SumsBuilder {
    /// Of a month.
    pub fn new(period: Period) -> SumsBuilder {
        SumsBuilder {
            period,
            only: None,
            months: Months::default(),
            cases: Cases::new(period),
            ledger: Ledger::default(),
            groups: Groups::default(),
        }
    }

    /// Counts a posting; one of a later month is passed over. Names of company, facility and payee are looked at in
    /// postings of the month itself only.
    pub fn add(&mut self, posting: &Posting) {
        if posting.month > self.period {
            return;
        }
        let in_month = posting.month == self.period;
        self.months.add(posting);
        let is_aside = |is_one: fn(&Subjects, &Posting) -> bool| {
            self.only.as_ref().is_some_and(|only| !is_one(only, posting))
        };
        let (case_aside, voucher_aside) =
            (is_aside(Subjects::has_case_of), is_aside(Subjects::has_voucher_of));
        let case = self.cases.add(posting, case_aside);
        self.ledger.add(posting, case, in_month, voucher_aside);
        if in_month {
            self.groups.add(posting);
        }
    }

    /// The month.
    pub fn period(&self) -> Period {
        self.period
    }

    /// Goes on to the next month, of which nothing was added yet: what was added up stays, as what went before.
    pub fn go_on(&mut self) {
        self.period = self.period.plus(1);
        self.cases.go_on(self.period);
        self.ledger.go_on();
        self.groups = Groups::default();
    }

    /// The sums.
    pub fn finish(self) -> MonthSums {
        let states = self.states();
        MonthSums { period: self.period, months: self.months, groups: self.groups, states }
    }

    /// The sums so far.
    pub fn sums(&self) -> MonthSums {
        let (months, groups) = (self.months.clone(), self.groups.clone());
        MonthSums { period: self.period, months, groups, states: self.states() }
    }

    fn states(&self) -> States {
        States {
            touched: self.cases.touched(),
            open: self.cases.open(),
            stated: self.cases.stated(),
            judged: judged(&self.ledger, &self.cases),
            voids: voids(&self.ledger, self.period),
        }
    }
}

/// What stands in the books about some records: gives their postings up to the month, each at least once if it is about
/// one of the asked.
pub type Look<'a, E> = &'a mut dyn FnMut(&Subjects) -> Result<Vec<Posting>, E>;

impl MonthSums {
    /// The month.
    pub fn period(&self) -> Period {
        self.period
    }

    /// The sums of the same books and some postings more. `look` gives what the books without those say of a record.
    /// None when the kept sums cannot be those of these books: then they are added up anew.
    pub fn with<E>(&self, news: &[Posting], look: Look<'_, E>) -> Result<Option<MonthSums>, E> {
        let news: Vec<&Posting> = news.iter().filter(|posting| posting.month <= self.period).collect();
        if news.is_empty() {
            return Ok(Some(self.clone()));
        }
        let (old, only) = neighbourhood(&news, self.period, look)?;
        let states_of = |news: &[&Posting]| {
            let mut builder = SumsBuilder { only: Some(only.clone()), ..SumsBuilder::new(self.period) };
            old.iter().chain(news.iter().copied()).for_each(|posting| builder.add(posting));
            builder.finish().states
        };
        let Some(states) = self.states.changed(&states_of(&[]), &states_of(&news)) else { return Ok(None) };
        let (mut months, mut groups) = (self.months.clone(), self.groups.clone());
        for posting in &news {
            months.add(posting);
            if posting.month == self.period {
                groups.add(posting);
            }
        }
        Ok(Some(MonthSums { period: self.period, months, groups, states }))
    }
}

/// The records to be judged anew because of some news, and the old postings that say all about them. A line is judged by
/// the vouchers it is on, so the cases of a voucher that the news are about are judged too, and what is said of the other
/// vouchers of these cases is known. A void voucher carries what its lines leave over, so it and all its cases are judged.
fn neighbourhood<E>(
    news: &[&Posting],
    period: Period,
    look: Look<'_, E>,
) -> Result<(Vec<Posting>, Subjects), E> {
    let (mut only, mut known) = (Subjects::default(), Subjects::default());
    let mut old: Vec<Posting> = Vec::new();
    for posting in news {
        only.add_case_of(posting);
        only.add_voucher_of(posting);
    }
    loop {
        let mut wanted = only.clone();
        for posting in old.iter().chain(news.iter().copied()).filter(|posting| only.has_case_of(posting)) {
            wanted.add_voucher_of(posting);
        }
        let asked = wanted.without(&known);
        if !asked.is_empty() {
            let found = look(&asked)?;
            // What is about a record known before has been given before.
            let is_new = |posting: &Posting| {
                posting.month <= period && asked.has_any_of(posting) && !known.has_any_of(posting)
            };
            old.extend(found.into_iter().filter(is_new));
            known.extend(&asked);
        }
        let mut more = only.clone();
        for posting in old.iter().chain(news.iter().copied()) {
            if posting.kind == PostingKind::VoucherVoided {
                more.add_voucher_of(posting);
            }
            if more.has_voucher_of(posting) {
                more.add_case_of(posting);
            }
        }
        if more == only && asked.is_empty() {
            return Ok((old, only));
        }
        only = more;
    }
}
