//! Income tax withheld from a voucher, as the rule has it.

use jiff::civil::Date;

use crate::desk::Desk;
use crate::desk::claims::claim_of;
use crate::desk::error::DeskError;
use crate::domain::command::SeenLine;
use crate::domain::rule::{Calculation, old_age_tax};
use crate::domain::{Component, Rupiah};
use crate::words::Words;

impl Desk {
    /// The tax withheld from a voucher over these lines: of old age savings paid at once, added up over the voucher, by
    /// the rule of `date`; none where nothing is withheld. The rule rests on one source, so that whoever sees the
    /// amount also sees its mark, and the command line can say another one.
    pub fn withheld(&self, lines: &[SeenLine], date: Date) -> Result<Option<Calculation>, DeskError> {
        let view = self.view();
        let mut savings = Rupiah::ZERO;
        for line in lines {
            let claim = claim_of(&view, line.claim)?;
            if claim.line(line.line).is_some_and(|found| found.component == Component::OldAge) {
                savings += line.amount;
            }
        }
        // Before the first entry of the rule nothing is known of a tax, and a voucher is raised all the same.
        let tax = old_age_tax(savings, date).ok();
        Ok(tax.filter(|tax| !tax.amount.is_zero()))
    }
}

/// The tax in a sentence: how much, how sure its rule is, and what is left to be paid.
pub fn withheld_text(tax: &Calculation, net: Rupiah, words: &Words) -> String {
    let args = [
        ("pph", tax.amount.grouped().into()),
        ("mark", words.text(tax.mark().key()).into()),
        ("net", net.grouped().into()),
    ];
    words.format("desk-withheld", &args)
}
