//! Issuing: the one page to confirm, with everything worth a look, and one transaction a voucher.

use std::collections::BTreeSet;

use crate::desk::{Bundle, DeskError, Lookalike, withheld_text};
use crate::domain::code::{VoucherKind, VoucherMode};
use crate::domain::command::{RaiseVoucher, SeenLine};
use crate::domain::{ClaimId, Refusal, Rupiah, document};
use crate::store::IdempotencyKey;
use crate::tui::effect::{Answer, OrderSlip, Seen, ToWrite};
use crate::tui::jobs::{JobContext, Trouble};
use crate::tui::page::{Line, Page};
use crate::tui::perform::Bench;
use crate::tui::theme::Tone;
use crate::words::Value;

use super::queue;

/// Of more bundles than these only the first thing worth a look is said whole: who confirms a page has to read it.
const MOST_WHOLE: usize = 5;
/// Missing papers are named for so many claims of a bundle.
const MOST_PAPERS: usize = 5;

/// The page, and the command that a yes sends: it carries the very lines that stand on the page, with payee
/// and amount, and carries the key that makes it one command however often it is sent. The total and what is worth a
/// look stand first, where they are read; payees and lines follow.
pub fn plan(bench: &Bench, keys: &[String], context: &JobContext) -> Result<Answer, Trouble> {
    refuse_mode(bench)?;
    let bundles = queue::find(bench, keys, context)?;
    let words = &bench.words;
    let mut plan = Plan { is_long: bundles.len() > MOST_WHOLE, ..Plan::default() };
    for bundle in &bundles {
        context.check()?;
        plan.take(bench, bundle)?;
    }
    if plan.seen.is_empty() {
        let why = plan.blocked.map_or_else(|| no_account(&bundles[0]), |blocked| blocked.refusal());
        return Err(bench.refused(&why));
    }
    let args = [("n", Value::from(plan.seen.len())), ("amount", plan.total.grouped().into())];
    let title = words.format("panes-work-issue-title", &args);
    let mut lines = vec![Line::toned(queue::sum_in_words(bench, plan.total).trim_start(), Tone::Heading)];
    if !plan.looks.is_empty() {
        lines.push(Line::section(&words.text("panes-work-issue-look")));
        lines.append(&mut plan.looks);
    }
    lines.push(Line::section(&words.text("panes-work-issue-payees")));
    lines.append(&mut plan.payees);
    let left = plan.left.iter().map(|(payee, total)| ("left".to_owned(), format!("{total}\t{payee}")));
    let slip = OrderSlip {
        values: left.collect(),
        key: bench.desk.new_key().as_str().to_owned(),
        seen: Box::new(Seen::Lines(plan.seen)),
        ..OrderSlip::new("voucher-raise", keys.to_vec())
    };
    Ok(Answer::IssuePlan { slip, page: Page { title, lines } })
}

/// The page as it grows, bundle by bundle.
#[derive(Default)]
struct Plan {
    /// Whether there are so many bundles that each says only its first thing worth a look.
    is_long: bool,
    looks: Vec<Line>,
    payees: Vec<Line>,
    /// The lines of each voucher that will be made.
    seen: Vec<Vec<SeenLine>>,
    /// What will be paid.
    total: Rupiah,
    /// A hard match that keeps a bundle out.
    blocked: Option<Lookalike>,
    /// Who is left out, and with which sum.
    left: Vec<(String, String)>,
}

impl Plan {
    fn take(&mut self, bench: &Bench, bundle: &Bundle) -> Result<(), Trouble> {
        let words = &bench.words;
        self.payees.extend(queue::head(bench, bundle));
        self.payees.extend(bundle.lines.iter().map(|line| {
            let component = words.text(&line.component.key());
            Line::toned(&format!("  {} {component} ", line.claim_no), Tone::Dim)
                .then_personal(&line.worker, Tone::Dim)
                .then(&format!(" {}", line.amount.grouped()), Tone::Plain)
        }));
        let warning = |key: &str| Line::toned("  ! ", Tone::Bad).then(&words.text(key), Tone::Bad);
        if bundle.payee.account.is_none() {
            self.look(bench, bundle, vec![warning("panes-work-left-out")]);
            self.left.push((bundle.payee.name.clone(), bundle.total.grouped()));
            return Ok(());
        }
        let (lines, today) = (bundle.seen(), bench.desk.today());
        let mut warned = warnings(bench, bundle)?;
        let found = bench.desk.before_raising(&lines, today).map_err(|error| bench.trouble(error))?;
        warned.extend(found.iter().map(|found| look_alike(bench, found)));
        if let Some(hard) = found.into_iter().find(Lookalike::is_hard) {
            warned.push(warning("panes-work-blocked"));
            self.left.push((bundle.payee.name.clone(), bundle.total.grouped()));
            self.blocked = self.blocked.take().or(Some(hard));
        } else {
            let tax = bench.desk.withheld(&lines, today).map_err(|error| bench.trouble(error))?;
            let net = bundle.total - tax.as_ref().map_or(Rupiah::ZERO, |tax| tax.amount);
            let said = tax.map(|tax| format!("  {}", withheld_text(&tax, net, words)));
            self.payees.extend(said.map(|said| Line::toned(&said, Tone::Warn)));
            self.seen.push(lines);
            self.total += net;
        }
        self.look(bench, bundle, warned);
        Ok(())
    }

    /// What is worth a look about a bundle, under its payee.
    fn look(&mut self, bench: &Bench, bundle: &Bundle, mut warned: Vec<Line>) {
        if warned.is_empty() {
            return;
        }
        if self.is_long && warned.len() > 2 {
            let left = [("n", Value::from(warned.len() - 1))];
            warned.truncate(1);
            let text = bench.words.format("panes-work-more-looks", &left);
            warned.push(Line::toned(&format!("  {text}"), Tone::Dim));
        }
        self.looks.push(Line::default().then_personal(&bundle.payee.name, Tone::Dim));
        self.looks.append(&mut warned);
    }
}

fn no_account(bundle: &Bundle) -> Refusal {
    let refusal = Refusal::new("payee-account-missing").with("payee", &bundle.payee.name);
    refusal.with("claim_no", &bundle.lines[0].claim_no)
}

/// An office that only records codes issues none, and the person is told before the page, not after.
fn refuse_mode(bench: &Bench) -> Result<(), Trouble> {
    let mode = bench.desk.office().voucher_mode;
    if mode != VoucherMode::Record {
        return Ok(());
    }
    let refusal = Refusal::new("voucher-mode").with("mode", mode).with("kind", VoucherKind::Issued);
    Err(bench.refused(&refusal))
}

/// Issues them. What was issued before a trouble is safe and has to be written down all the same.
pub fn commit(bench: &Bench, slip: OrderSlip) -> Result<Answer, Trouble> {
    let words = &bench.words;
    let (mut codes, mut said) = (Vec::new(), String::new());
    let Seen::Lines(seen) = &*slip.seen else {
        return Err(bench.refused(&Refusal::new("voucher-without-lines")));
    };
    for (idx, lines) in seen.iter().enumerate() {
        match raise(bench, &slip, idx, lines) {
            Ok(issued) => {
                let (whose, amount) = (issued.payee.to_string(), issued.net.grouped());
                codes.push(ToWrite { code: issued.code, whose, amount });
            }
            Err(error) if codes.is_empty() => return Err(bench.trouble(error)),
            Err(error) => {
                let args = [("why", error.sentence(words).into())];
                said = words.format("panes-work-issued-partly", &args);
                break;
            }
        }
    }
    codes.extend(left_out(bench, &slip));
    Ok(Answer::Committed { slip, codes, text: said })
}

/// The bundles that were asked for and got no voucher: they lie beside the others and would be taken for done.
fn left_out(bench: &Bench, slip: &OrderSlip) -> Vec<ToWrite> {
    let left = slip.values.iter().filter(|(name, _)| name == "left");
    left.filter_map(|(_, value)| {
        let (total, payee) = value.split_once('\t')?;
        let amount = bench.words.format("panes-work-issue-left", &[("amount", total.into())]);
        Some(ToWrite { code: String::new(), whose: payee.to_owned(), amount })
    })
    .collect()
}

fn raise(
    bench: &Bench,
    slip: &OrderSlip,
    idx: usize,
    lines: &[SeenLine],
) -> Result<crate::desk::Issued, DeskError> {
    let tax = bench.desk.withheld(lines, bench.desk.today())?;
    let key = IdempotencyKey::new(format!("{}-{idx}", slip.key)).unwrap_or_else(|| bench.desk.new_key());
    let wish = RaiseVoucher {
        kind: VoucherKind::Issued,
        code: String::new(),
        date: bench.desk.today(),
        lines: lines.to_vec(),
        pph: tax.map_or(Rupiah::ZERO, |tax| tax.amount),
        rounding: Rupiah::ZERO,
        description: String::new(),
    };
    bench.desk.raise(&key, &wish)
}

/// What is worth a look before a number is taken: lateness, papers, amounts above what was asked or comes out of the rules,
/// facilities that nobody knows.
fn warnings(bench: &Bench, bundle: &Bundle) -> Result<Vec<Line>, Trouble> {
    let words = &bench.words;
    let today = bench.desk.today();
    let mut lines = Vec::new();
    let mut warnings = Vec::new();
    if let Some(due) = queue::due_of(bundle).filter(|due| *due < today) {
        lines.push(Line::toned(&format!("  ! {}", queue::due_mark(bench, due, today).0), Tone::Bad));
    }
    let ids: Vec<ClaimId> =
        bundle.lines.iter().map(|line| line.claim).collect::<BTreeSet<_>>().into_iter().collect();
    let claims = bench.desk.view().claims(&ids).map_err(|error| bench.store_trouble(error))?;
    let mut n_incomplete = 0_usize;
    for claim in &claims {
        let missing: Vec<String> =
            document::missing(claim).into_iter().map(|kind| bench.paper(kind)).collect();
        if !missing.is_empty() {
            n_incomplete += 1;
            if n_incomplete <= MOST_PAPERS {
                let no = claim.basics.claim_no.as_str();
                let args = [("no", no.into()), ("papers", missing.join(", ").into())];
                warnings.push(words.format("panes-work-papers-missing", &args));
            }
        }
    }
    let doubts = bench.desk.doubts(&bundle.seen()).map_err(|error| bench.trouble(error))?;
    warnings.extend(doubts.iter().map(|doubt| doubt.sentence(words)));
    lines.extend(warnings.iter().map(|warning| Line::toned(&format!("  ! {warning}"), Tone::Warn)));
    Ok(lines)
}

/// A record that the voucher may repeat.
pub fn look_alike(bench: &Bench, found: &Lookalike) -> Line {
    let tone = if found.is_hard() { Tone::Bad } else { Tone::Warn };
    Line::toned(&format!("  ! {}", found.sentence(&bench.words)), tone)
}
