//! Recording: a code copied from the core system, checked while it is typed.

use crate::desk::{Bundle, entry};
use crate::domain::code::VoucherKind;
use crate::domain::command::RaiseVoucher;
use crate::domain::identity::normalise_number;
use crate::domain::voucher::{CodeParts, VoucherCode, check_holds};
use crate::domain::{Period, Refusal, Rupiah};
use crate::tui::effect::{Answer, OrderSlip};
use crate::tui::jobs::Trouble;
use crate::tui::page::Line;
use crate::tui::perform::Bench;
use crate::tui::theme::Tone;

use super::queue;

/// The bundle that the person saw gets the code.
pub fn commit(bench: &Bench, slip: OrderSlip) -> Result<Answer, Trouble> {
    let key = slip.subjects.first().map_or("", String::as_str);
    let bundle = queue::shown(bench, key)?;
    if slip.value("total") != bundle.total.grouped() {
        let refusal = Refusal::new("bundle-moved").with("payee", &bundle.payee.name);
        let refusal = refusal.with("seen", slip.value("total")).with("now", bundle.total.grouped());
        return Err(bench.refused(&refusal));
    }
    let date = date_of(bench, &slip)?;
    let lines = bundle.seen();
    let tax = bench.desk.withheld(&lines, date).map_err(|error| bench.trouble(error))?;
    let wish = RaiseVoucher {
        kind: VoucherKind::Recorded,
        code: slip.value("code").to_owned(),
        date,
        lines,
        pph: tax.map_or(Rupiah::ZERO, |tax| tax.amount),
        rounding: Rupiah::ZERO,
        description: String::new(),
    };
    let raised = bench.desk.raise(&bench.key_of(&slip), &wish).map_err(|error| bench.trouble(error))?;
    let args = [("code", raised.code.as_str().into()), ("payee", raised.payee.into())];
    let text = bench.words.format("panes-work-recorded", &args);
    Ok(Answer::Committed { slip, codes: vec![raised.code.into()], text })
}

/// The date on the voucher: today, unless the person says otherwise. A stack of yesterday's is recorded today.
fn date_of(bench: &Bench, slip: &OrderSlip) -> Result<jiff::civil::Date, Trouble> {
    let today = bench.desk.today();
    let typed = entry::optional(slip.value("date"), |text| entry::date(text, today));
    typed.map(|date| date.unwrap_or(today)).map_err(|refusal| bench.refused(&refusal))
}

/// What there is to say about a code that is being typed.
pub fn advise(bench: &Bench, form: String, slip: &OrderSlip) -> Result<Answer, Trouble> {
    let typed = slip.value("code");
    let key = slip.subjects.first().map_or("", String::as_str);
    let bundle = queue::shown(bench, key)?;
    let words = &bench.words;
    let note = match VoucherCode::parse(typed) {
        Err(refusal) => Line::toned(&crate::desk::sentence_of_refusal(&refusal, words), Tone::Bad),
        Ok(code) => {
            let year = Period::of(bench.desk.today()).year();
            let taken = bench.desk.view().code_taken(&code.normalised(), year);
            if taken.map_err(|error| bench.store_trouble(error))? {
                Line::toned(&words.text("panes-work-code-taken"), Tone::Bad)
            } else if !has_our_shape(bench, &bundle, typed) {
                Line::toned(&words.text("panes-work-code-foreign"), Tone::Dim)
            } else if check_holds(typed) {
                Line::toned(&words.text("panes-work-code-right"), Tone::Good)
            } else {
                Line::toned(&words.text("panes-work-code-wrong"), Tone::Bad)
            }
        }
    };
    Ok(Answer::Advice { form, values: Vec::new(), notes: vec![note], offer: None })
}

/// Whether the typed code is built like one of our own: letters where we have letters, digits where we have digits.
fn has_our_shape(bench: &Bench, bundle: &Bundle, typed: &str) -> bool {
    let office = bench.desk.office();
    if !office.template.has_check() {
        return false;
    }
    let today = bench.desk.today();
    let parts = CodeParts {
        programme: bundle.programme,
        office: &office.code,
        posted: Period::of(today),
        date: today,
        payee: &bundle.payee,
    };
    let ours = office.template.code(&parts, 1).normalised();
    let typed = normalise_number(typed);
    let body = ours.len().saturating_sub(2);
    let kind = |letter: char| match letter {
        // Written by hand these four are told apart by nobody.
        'O' | '0' | 'I' | '1' => None,
        other => Some(other.is_ascii_digit()),
    };
    let alike = |(one, other): (char, char)| match (kind(one), kind(other)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    typed.len() == ours.len() && ours.chars().zip(typed.chars()).take(body).all(alike)
}
