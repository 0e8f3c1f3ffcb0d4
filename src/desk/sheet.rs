//! A claim's sheet: everything about one case on a page, for `claim show` and for screen readers.

use std::fmt::Write;

use jiff::civil::Date;

use crate::base::calendar::{days_between, slashed};
use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::domain::clock::{Clock, ClockKind, ClockMark, Runs, clocks};
use crate::domain::{Claim, Settlement, document};
use crate::words::Words;

impl Desk {
    /// The sheet of a claim as text: numbers whole, as they are compared with paper.
    pub fn claim_sheet(&self, claim: &Claim, words: &Words) -> Result<String, DeskError> {
        let mut sheet = Sheet { text: String::new(), words };
        sheet.head(claim);
        sheet.accident(claim);
        sheet.history(claim);
        sheet.clocks(&clocks(claim, self.view().office(), self.today()), self.today());
        sheet.documents(claim);
        sheet.lines(claim);
        for similar in self.similar(&claim.basics, Some(claim.id))? {
            let reasons: Vec<String> = similar.finding.why.iter().map(|why| words.text(why.key())).collect();
            sheet.row(
                "sheet-similar",
                &format!("{} · {} · {}", similar.claim_no, similar.worker, reasons.join(", ")),
            );
        }
        Ok(sheet.text)
    }
}

/// The text as it grows.
struct Sheet<'a> {
    text: String,
    words: &'a Words,
}

impl Sheet<'_> {
    fn line(&mut self, line: &str) {
        writeln!(self.text, "{line}").expect("a string takes all text");
    }

    fn row(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            let label = self.words.text(key);
            self.line(&format!("{label:<20} {value}"));
        }
    }

    fn title(&mut self, key: &str) {
        let title = self.words.text(key);
        self.line("");
        self.line(&title);
    }

    fn head(&mut self, claim: &Claim) {
        let basics = &claim.basics;
        let worker = &basics.worker;
        let state = self.words.text(&claim.state().key());
        self.line(&format!("{} · {} · {state}", basics.claim_no, basics.programme));
        let erased = claim.is_erased().then(|| self.words.text("erased-person"));
        self.row("field-worker", erased.as_ref().unwrap_or(&worker.name));
        let identity = format!("{} {}", worker.identity.kind(), worker.identity.number());
        self.row("field-id-no", identity.trim());
        self.row("field-kpj", worker.kpj.as_ref().map_or("", |kpj| kpj.as_str()));
        self.row("field-birth-date", &day(worker.birth_date));
        self.row("field-company", format!("{} {}", claim.npp(), claim.company_name()).trim());
        if let Some(wage) = basics.wage {
            let unit = self.words.text(&wage.unit.key());
            self.row("field-wage", &format!("{} {unit}", wage.amount));
        }
    }

    fn accident(&mut self, claim: &Claim) {
        let basics = &claim.basics;
        let time = basics
            .event_time
            .map_or(String::new(), |time| format!(" {:02}.{:02}", time.hour(), time.minute()));
        self.row("field-event-date", &format!("{}{time}", slashed(basics.event_date)));
        self.row("field-reported-date", &day(basics.reported_date));
        self.row("field-filed-date", &day(claim.filed_date));
        self.row("field-complete-date", &day(claim.complete_date));
        let said = [
            ("field-place", basics.place.map(|value| value.key())),
            ("field-type", basics.accident_type.map(|value| value.key())),
            ("field-source", basics.source.map(|value| value.key())),
            ("field-body-part", basics.body_part.map(|value| value.key())),
        ];
        for (key, value) in said {
            let value = value.map_or(String::new(), |value| self.words.text(&value));
            self.row(key, &value);
        }
        self.row("field-icd10", basics.icd10.as_ref().map_or("", |icd10| icd10.as_str()));
        self.row("field-facility", &basics.facility);
        self.row("field-days-off", &basics.days_off.map_or(String::new(), |days| days.to_string()));
        self.row("field-notes", &basics.notes);
    }

    fn history(&mut self, claim: &Claim) {
        self.title("sheet-history");
        for entry in &claim.states {
            let state = self.words.text(&entry.state.key());
            let reason = entry.reason.map_or(String::new(), |reason| self.words.text(&reason.key()));
            let posted = entry.posted;
            self.line(
                format!("  {}  {state} [{posted}] {reason} {}", slashed(entry.date), entry.note).trim_end(),
            );
        }
        for entry in &claim.outcomes {
            let outcome = self.words.text(&entry.outcome.key());
            self.line(&format!("  {}  {outcome} [{}]", slashed(entry.date), entry.posted));
        }
        if let Some(review) = &claim.review {
            let mark = self.words.text(&review.mark.key());
            self.line(format!("  {mark}: {} {}", review.by, review.note).trim_end());
        }
    }

    fn clocks(&mut self, clocks: &[Clock], today: Date) {
        self.title("sheet-clocks");
        for clock in clocks {
            let label = self.words.text(clock.kind.key());
            let due = clock.due.map_or_else(|| "–".to_owned(), slashed);
            let mark = clock_words(clock, today, self.words);
            self.line(&format!("  {label:<32} {due}  {mark}"));
        }
    }

    fn documents(&mut self, claim: &Claim) {
        self.title("sheet-documents");
        for document in &claim.documents {
            let label = self.words.text(&document.kind.key());
            self.line(
                format!("  ✓ {label:<28} {}  {}", slashed(document.received), document.archive).trim_end(),
            );
        }
        for (no, file) in (1..).zip(&claim.files) {
            let label = self.words.text(&file.kind.key());
            let kib = file.bytes.div_ceil(1024);
            self.line(&format!("  {no:>2} {label:<27} {}  {} ({kib} KiB)", slashed(file.date), file.name));
        }
        if let Some(date) = claim.complete_date.filter(|_| document::is_stated_complete(claim)) {
            let args = [("date", slashed(date).into())];
            self.line(&format!("  ✓ {}", self.words.format("sheet-papers-stated", &args)));
        }
        for kind in document::missing(claim) {
            let label = self.words.text(&kind.key());
            self.line(&format!("  · {label}"));
        }
    }

    fn lines(&mut self, claim: &Claim) {
        self.title("sheet-lines");
        for line in &claim.lines {
            let component = self.words.text(&line.component.key());
            let span = line
                .span
                .map_or(String::new(), |span| format!(" {}–{}", slashed(span.from), slashed(span.to)));
            self.line(&format!("  {} {component}{span}", line.no));
            let kind = self.words.text(&line.payee.kind.key());
            let account = line.payee.account.as_ref().map_or("–", |account| account.as_str());
            let erased = line.payee.is_erased() && claim.is_erased();
            let name = if erased { self.words.text("erased-person") } else { line.payee.name.clone() };
            self.line(&format!("      {name} ({kind}) {} {account}", line.payee.bank));
            let determined = line.determination.as_ref().map_or_else(
                || self.words.text("sheet-not-determined"),
                |entry| format!("{} ({})", entry.amount, slashed(entry.date)),
            );
            let voucher = line.voucher.as_ref().map_or(String::new(), |link| {
                let settled = match link.settlement {
                    Settlement::Waiting => String::new(),
                    Settlement::Part(part) => {
                        format!(" {} / {}", part.grouped(), line.determined().grouped())
                    }
                    Settlement::Paid(date) => format!(" ✓ {}", slashed(date)),
                };
                format!(" → {}{settled}", link.code)
            });
            self.line(&format!("      {} → {determined}{voucher}", line.asked));
        }
    }
}

/// How a clock stands on a day, in words. What was met is said by what happened: filing stops the five years, and it
/// goes past the decision without being one.
pub fn clock_words(clock: &Clock, today: Date, words: &Words) -> String {
    match (clock.runs, clock.mark) {
        (Runs::NotYet, _) => words.text("mark-not-running"),
        (_, ClockMark::Late(days)) => words.format("mark-late", &[("days", u32::from(days).into())]),
        (_, ClockMark::CannotTell) => words.text("mark-cannot-tell"),
        (Runs::Done, _) => words.text(match clock.kind {
            ClockKind::Decision => "mark-kept-decision",
            ClockKind::Lapse => "mark-kept-lapse",
            _ => "mark-kept",
        }),
        (Runs::Running, _) => match clock.due.map(|due| days_between(today, due)) {
            Some(days) => words.format("mark-running-days", &[("days", days.into())]),
            None => words.text("mark-running"),
        },
    }
}

fn day(date: Option<Date>) -> String {
    date.map_or(String::new(), slashed)
}
