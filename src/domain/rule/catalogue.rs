//! The text of docs/rules.md: every rule with its values, sources and marks. A test compares.

use std::fmt::Write;

use crate::base::calendar::iso;
use crate::domain::clock;
use crate::domain::document::{Condition, NEEDS};
use crate::domain::holidays;
use crate::domain::money::{BasisPoints, Rupiah};
use crate::domain::rule::accident::{DEATH, FUNCTIONAL, FUNERAL, PERIODIC, STMB, StmbSteps, TOTAL, WAGES};
use crate::domain::rule::aid::{
    DENTURES, GLASSES, HEARING_AID, HOME_CARE, PROSTHESIS, SCHOLARSHIP, SchoolYear, TRANSPORT, TransportCaps,
};
use crate::domain::rule::contribution::{CONTRIBUTION, LATE, Rates};
use crate::domain::rule::disability::{DISABILITIES, Degree, REVIEW_ABOVE};
use crate::domain::rule::programme::{
    JOB_LOSS, JobLoss, LIFE_DEATH, OLD_AGE_PARTS, OLD_AGE_TAX, PENSION, PENSION_WAGE_CAP,
};
use crate::domain::rule::{DAILY_WAGE_DAYS, Mark, Quantity, Table};

/// Values that the catalogue can say.
trait Said: Copy {
    fn said(self) -> String;
}

impl Said for Rupiah {
    fn said(self) -> String {
        format!("Rp{self}")
    }
}

impl Said for BasisPoints {
    fn said(self) -> String {
        Quantity::Percent(self).to_string()
    }
}

impl Said for i64 {
    fn said(self) -> String {
        self.to_string()
    }
}

impl<A: Said, B: Said> Said for (A, B) {
    fn said(self) -> String {
        format!("{}; {}", self.0.said(), self.1.said())
    }
}

impl Said for StmbSteps {
    fn said(self) -> String {
        let part = |(until, share): &(Option<u16>, BasisPoints)| match until {
            Some(month) => format!("{} U to month {month}", share.said()),
            None => format!("{} U after", share.said()),
        };
        self.iter().map(part).collect::<Vec<_>>().join(", ")
    }
}

impl Said for TransportCaps {
    fn said(self) -> String {
        format!("land {}, sea {}, air {}", self.land.said(), self.sea.said(), self.air.said())
    }
}

impl Said for &'static [SchoolYear] {
    fn said(self) -> String {
        let level = |year: &SchoolYear| format!("{:?} {} × {} y", year.level, year.yearly.said(), year.years);
        self.iter().map(level).collect::<Vec<_>>().join(", ")
    }
}

impl Said for Rates {
    fn said(self) -> String {
        let gross: Vec<String> = self.gross.iter().map(|rate| BasisPoints::new(*rate).said()).collect();
        format!("{}; of which job loss {}", gross.join(", "), BasisPoints::new(self.job_loss).said())
    }
}

impl Said for JobLoss {
    fn said(self) -> String {
        let months: Vec<String> = self.months.iter().map(|share| share.said()).collect();
        format!("{} of at most {}", months.join(", "), self.wage_cap.said())
    }
}

/// The whole text.
pub fn document() -> String {
    let mut out = String::from(HEAD);
    rule(&mut out, &DAILY_WAGE_DAYS, "days of a daily wage in a month");
    rule(&mut out, &STMB, "unable to work; the months count STMB days ÷ divisor, a setting");
    rule(&mut out, &WAGES, "monthly wages a disability or death is a share of");
    rule(&mut out, &FUNCTIONAL, "the same for a lost function: % lost × table % × wages × U");
    rule(&mut out, &TOTAL, "total permanent disability, share of the wages");
    rule(&mut out, &DEATH, "death by accident, share of the wages; at least");
    rule(&mut out, &FUNERAL, "funeral, work accident and life programme");
    rule(&mut out, &PERIODIC, "periodic compensation, paid at once");
    rule(&mut out, &TRANSPORT, "caps; each way keeps its own");
    rule(&mut out, &HOME_CARE, "cap for a case, at most one year");
    rule(&mut out, &PROSTHESIS, "beyond the rehabilitation centre's price");
    rule(&mut out, &DENTURES, "cap");
    rule(&mut out, &HEARING_AID, "cap");
    rule(&mut out, &GLASSES, "cap");
    rule(&mut out, &SCHOLARSHIP, "yearly, up to two children");
    rule(&mut out, &LIFE_DEATH, "compensation of the life programme");
    rule(&mut out, &OLD_AGE_TAX, "free up to; rate above");
    rule(&mut out, &OLD_AGE_PARTS, "once after ten years: any purpose; a house");
    rule(&mut out, &PENSION, "a year's share of the average yearly wage; months needed");
    rule(&mut out, &PENSION_WAGE_CAP, "wage counted at most");
    rule(&mut out, &JOB_LOSS, "month by month");
    rule(&mut out, &CONTRIBUTION, "risk groups I to V, gross");
    rule(&mut out, &LATE, "of the amount for each day late");
    clocks(&mut out);
    disabilities(&mut out);
    papers(&mut out);
    holiday_years(&mut out);
    out
}

const HEAD: &str = "# Benefit rules

Generated from `src/domain/rule`, `document.rs` and `holidays.rs`; a test keeps it so. U is the monthly wage. *Unverified* means common
knowledge that no source confirmed (*belum diverifikasi*); such a number is marked wherever it is used. The basis says which day of a case
chooses the entry. Whole rupiah, half up.

## Rates and sums

| rule | basis | from | value | meaning | source | mark |
|---|---|---|---|---|---|---|
";

fn rule<T: Said>(out: &mut String, table: &Table<T>, meaning: &str) {
    for entry in table.entries {
        let (id, from, value) = (table.id, iso(entry.from), entry.value.said());
        let mark = mark_word(entry.mark);
        line(out, &[id, &format!("{:?}", table.basis), &from, &value, meaning, entry.source, mark]);
    }
}

fn clocks(out: &mut String) {
    out.push_str("\n## Clocks\n\n| clock | limit |\n|---|---|\n");
    line(out, &["stage I report", &format!("{} hours", clock::STAGE_ONE_HOURS)]);
    line(out, &["work accident or not", &format!("{} days after stage I", clock::DECISION_DAYS)]);
    line(
        out,
        &["payment", &format!("{} working days after the bundle is complete", clock::PAYMENT_WORKING_DAYS)],
    );
    line(out, &["right to claim lapses", &format!("{} years after the event", clock::LAPSE_YEARS)]);
}

fn disabilities(out: &mut String) {
    let above = REVIEW_ABOVE.said();
    write!(
        out,
        "\n## Disability table\n\nShare of the 80 wages. Right and left swap for the left-handed; ranges and steps need the doctor's number; \
         more than {above} together is flagged for review.\n\n| row | degree | mark |\n|---|---|---|\n"
    )
    .expect("writing to a String");
    for row in DISABILITIES {
        let said = |points: i32| BasisPoints::new(points).said();
        let degree = match row.degree {
            Degree::Fixed(points) => said(points),
            Degree::Sided(right, left) => format!("right {}, left {}", said(right), said(left)),
            Degree::Range(least, most) => format!("{} to {}", said(least), said(most)),
            Degree::PerStep(each) => format!("{} for each step", said(each)),
        };
        line(out, &[row.id, &degree, mark_word(row.mark)]);
    }
}

fn papers(out: &mut String) {
    out.push_str("\n## Papers of a bundle\n\n| programme | paper | when | mark |\n|---|---|---|---|\n");
    for need in NEEDS {
        let when = match need.condition {
            Condition::Always => "always".to_owned(),
            Condition::Filed => "from stage II".to_owned(),
            Condition::Disease => "occupational disease".to_owned(),
            Condition::Traffic => "in traffic".to_owned(),
            Condition::Death => "death".to_owned(),
            Condition::Pays(components) => {
                let codes: Vec<&str> = components.iter().map(|component| component.code()).collect();
                format!("a line of {}", codes.join(", "))
            }
            Condition::Reimbursed => "care or an aid not billed by a facility".to_owned(),
            Condition::PaidToPerson => "a line to the worker or heirs".to_owned(),
        };
        line(out, &[need.programme.code(), need.document.code(), &when, mark_word(need.mark)]);
    }
}

fn holiday_years(out: &mut String) {
    out.push_str(
        "\n## Public holidays\n\nWithout joint leave (*cuti bersama*). The office's list is editable.\n\n",
    );
    out.push_str("| year | days | source | mark |\n|---|---|---|---|\n");
    for year in holidays::YEARS {
        let days: Vec<String> =
            year.days.iter().map(|day| format!("{:02}-{:02}", day.month(), day.day())).collect();
        line(out, &[&year.year.to_string(), &days.join(" "), year.source, mark_word(year.mark)]);
    }
}

fn line(out: &mut String, cells: &[&str]) {
    writeln!(out, "| {} |", cells.join(" | ")).expect("writing to a String");
}

fn mark_word(mark: Mark) -> &'static str {
    match mark {
        Mark::Law => "law",
        Mark::TwoSources => "two sources",
        Mark::OneSource => "one source",
        Mark::Unverified => "unverified",
    }
}
