//! What stands on the papers, in the reader's language: said once for text and HTML. Text from outside is made safe
//! where it is laid out.

use crate::base::calendar::Names;
use crate::base::terbilang;
use crate::domain::code::{Component, Programme};
use crate::domain::identity::AccountNo;
use crate::domain::money::Rupiah;
use crate::domain::payee::Payee;
use crate::report::paper::{PaperLine, PaperMark, Receipt, VoucherPaper};
use crate::words::Words;

/// Claims named on a receipt; more are counted.
const N_NAMED: usize = 5;

/// The marks, loud.
pub(crate) fn marks(marks: &[PaperMark], words: &Words) -> Vec<String> {
    let said = marks.iter().map(|mark| match mark {
        PaperMark::Sample => words.text("report-mark-sample"),
        PaperMark::Void => words.text("report-mark-void"),
        PaperMark::NotApproved => words.text("report-mark-not-approved"),
    });
    said.collect()
}

/// An amount in words: `dua belas juta rupiah`.
pub(crate) fn in_words(amount: Rupiah, words: &Words) -> String {
    let said = terbilang::in_words(words.lang().code(), amount.get());
    words.format("paper-rupiah", &[("words", said.into())])
}

/// Bank, account and holder, whole.
pub(crate) fn account(payee: &Payee) -> String {
    let number = payee.account.as_ref().map_or("–", AccountNo::as_str);
    format!("{} {number} – {}", payee.bank, payee.name)
}

/// Names and values above the attachments.
pub(crate) fn voucher_head(paper: &VoucherPaper, words: &Words) -> Vec<(String, String)> {
    let names = Names::of(words.lang().code());
    let mut head = vec![(words.text("paper-number"), paper.code.clone())];
    if !paper.external_code.is_empty() {
        head.push((words.text("paper-external-number"), paper.external_code.clone()));
    }
    head.push((words.text("paper-date"), names.long(paper.date)));
    head.push((words.text("paper-programme"), paper.programme.code().to_owned()));
    head.push((words.text("paper-paid-to"), paper.payee.name.clone()));
    if let Some(number) = &paper.payee.tax_number {
        head.push((words.text("paper-tax-number"), number.as_str().to_owned()));
    }
    head.push((words.text("paper-method"), words.text("paper-method-transfer")));
    head.push((words.text("paper-account"), account(&paper.payee)));
    if !paper.description.is_empty() {
        head.push((words.text("paper-description"), description(&paper.description, words)));
    }
    if let Some((date, reason)) = &paper.void {
        let because = [("date", names.long(*date).into()), ("reason", reason.into())];
        head.push((words.text("report-mark-void"), words.format("paper-void-because", &because)));
    }
    head
}

/// A line on the voucher: claim and number, worker, component.
pub(crate) fn attachment(line: &PaperLine, words: &Words) -> String {
    let mut said = vec![format!("{}/{}", line.claim_no, line.line)];
    if let Some(component) = line.component {
        let key = component.key();
        said.push(if words.has(&key) { words.text(&key) } else { component.code().to_owned() });
    }
    if !line.worker.is_empty() {
        said.push(line.worker.clone());
    }
    said.join(" · ")
}

/// Gross, tax, rounding, net; the last one ruled.
pub(crate) fn sums(paper: &VoucherPaper, words: &Words) -> Vec<(String, Rupiah, bool)> {
    vec![
        (words.text("paper-gross"), paper.gross, false),
        (words.text("paper-pph"), -paper.pph, false),
        (words.text("paper-rounding"), paper.rounding, false),
        (words.text("paper-net"), paper.net, true),
    ]
}

/// Who signs the voucher.
pub(crate) fn voucher_signatures(paper: &VoucherPaper, words: &Words) -> Vec<(String, String)> {
    vec![
        (words.text("paper-prepared"), paper.prepared_by.clone()),
        (words.text("paper-checked"), paper.checked_by.clone()),
        (words.text("paper-approved"), paper.approved_by.clone()),
        (words.text("paper-received"), paper.payee.name.clone()),
    ]
}

/// Names and values of the receipt; the amount in words stands between # marks, so that nothing can be added.
pub(crate) fn receipt_head(receipt: &Receipt, words: &Words) -> Vec<(String, String)> {
    let from = format!("{} {}", words.text("paper-agency"), receipt.office);
    vec![
        (words.text("paper-number"), receipt.code.clone()),
        (words.text("paper-received-from"), from),
        (words.text("paper-sum-of"), format!("# {} #", in_words(receipt.amount, words))),
        (words.text("paper-for"), purpose(receipt, words)),
        (words.text("paper-account"), account(&receipt.payee)),
    ]
}

/// Where a receipt is signed: the desk knows its office's name, not its town, so a hand fills it in.
pub(crate) const PLACE: &str = "____________________";

/// What a voucher is for. Where the clerk wrote nothing it was made of codes, `JKK PERAWATAN 26-JKK-1 (+2)`: those are
/// said in words.
pub(crate) fn description(text: &str, words: &Words) -> String {
    let made_of_codes = || {
        let mut parts = text.splitn(3, ' ');
        let programme = Programme::parse(parts.next()?)?;
        let component =
            Component::ALL.iter().find(|known| known.code() == parts.clone().next().unwrap_or_default())?;
        let claims = parts.nth(1)?;
        let (claim_no, more) = match claims.strip_suffix(')').and_then(|rest| rest.split_once(" (+")) {
            Some((claim_no, more)) => (claim_no, more.parse::<u32>().ok()?),
            None => (claims, 0),
        };
        let what = words.text(&component.key());
        let said = format!("{what} {programme}, {claim_no}");
        if more == 0 {
            return Some(said);
        }
        Some(format!("{said} {}", words.format("paper-more-lines", &[("count", more.into())])))
    };
    made_of_codes().unwrap_or_else(|| text.to_owned())
}

fn purpose(receipt: &Receipt, words: &Words) -> String {
    if !receipt.description.is_empty() {
        return format!("{} ({})", description(&receipt.description, words), receipt.code);
    }
    let mut claims = receipt.claims.iter().take(N_NAMED).cloned().collect::<Vec<_>>().join(", ");
    let n_more = receipt.claims.len().saturating_sub(N_NAMED);
    if n_more > 0 {
        claims = format!("{claims} {}", words.format("paper-more-claims", &[("count", n_more.into())]));
    }
    words.format(
        "paper-for-claims",
        &[
            ("programme", receipt.programme.code().into()),
            ("claims", claims.into()),
            ("code", receipt.code.as_str().into()),
        ],
    )
}
