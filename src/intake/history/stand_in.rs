//! What the store knows stands in for what the files leave out: a claim whose lines come alone, and the cells of a known
//! claim that are blank but needed. Blank never overwrites filled, so that a row need not repeat what is known.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::domain::claim::ClaimBasics;
use crate::intake::dialect::{Said, decide};
use crate::intake::fields::Field;
use crate::intake::heads::recognise;
use crate::intake::history::open::Stacks;
use crate::intake::index::KeyIndex;
use crate::intake::read::{Limits, from_bytes};
use crate::intake::table::{Known, Row};

/// What the store knows of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownClaim {
    /// Its paper.
    pub basics: ClaimBasics,
    /// Its application.
    pub filed_date: Option<Date>,
}

/// Finds a claim of the store by its number; nothing where there is no store to ask.
pub type Lookup<'a> = Option<&'a dyn Fn(&str) -> Option<KnownClaim>>;

/// Claims of the store by the key of their numbers, for the blank cells of their rows.
pub(super) type StandIns = BTreeMap<String, ClaimBasics>;

/// Cells without which a row of claims is refused, or means something by being blank.
const NEEDED: [Field; 6] =
    [Field::Programme, Field::EventDate, Field::Worker, Field::Npp, Field::Segment, Field::CaseKind];
/// Columns of a row that stands in.
const COLUMNS: [Field; 11] = [
    Field::ClaimNo,
    Field::Programme,
    Field::Segment,
    Field::CaseKind,
    Field::Worker,
    Field::Npp,
    Field::Company,
    Field::EventDate,
    Field::ReportedDate,
    Field::FiledDate,
    Field::Facility,
];

/// Looks up what the rows leave out, and adds a row for each known claim that only lines name. Tells the claims found
/// and the number of rows added.
pub(super) fn fill(stacks: &mut Stacks, lookup: Lookup<'_>) -> (StandIns, u32) {
    let Some(lookup) = lookup else { return (StandIns::new(), 0) };
    let (mut found, mut named) = (StandIns::new(), KeyIndex::default());
    let mut rows = stacks.claims.reader();
    for at in 0..stacks.claims.n_rows() {
        let row = rows.go(at);
        let key = row.key(Field::ClaimNo);
        let is_whole = !NEEDED.iter().any(|field| is_blank(&row, *field));
        if !is_whole && let Some(known) = lookup(row.raw(Field::ClaimNo)) {
            found.insert(key.clone(), known.basics);
        }
        named.push(&key, at);
    }
    named.sort();
    let mut alone: BTreeMap<String, KnownClaim> = BTreeMap::new();
    let mut rows = stacks.lines.reader();
    for at in 0..stacks.lines.n_rows() {
        let row = rows.go(at);
        let key = row.key(Field::ClaimNo);
        if key.is_empty() || alone.contains_key(&key) || named.find(&key).is_some() {
            continue;
        }
        if let Some(known) = lookup(row.raw(Field::ClaimNo)) {
            alone.insert(key, known);
        }
    }
    let n_alone = u32::try_from(alone.len()).unwrap_or(0);
    let is_there = n_alone == 0 || push(stacks, alone.values());
    (found, if is_there { n_alone } else { 0 })
}

fn is_blank(row: &Row<'_>, field: Field) -> bool {
    matches!(row.raw(field), "" | "-")
}

/// Puts a table of these claims on the stack of claims.
fn push<'a>(stacks: &mut Stacks, claims: impl Iterator<Item = &'a KnownClaim>) -> bool {
    let mut writer = csv::Writer::from_writer(b"sep=,\n".to_vec());
    let heads = COLUMNS.iter().map(|field| field.name());
    let rows = claims.map(cells);
    let written = writer
        .write_record(heads)
        .and_then(|()| rows.into_iter().try_for_each(|row| writer.write_record(&row)));
    let Some(bytes) = written.ok().and_then(|()| writer.into_inner().ok()) else { return false };
    let Ok(sheet) = from_bytes("santun", bytes, &Limits::default()) else { return false };
    let Some(mapping) = recognise(&sheet.headings) else { return false };
    let (dialects, _) = decide(&sheet, &mapping, Said::default());
    stacks.claims.push(Known { sheet, mapping, dialects })
}

/// The cells of a claim of the store, in the order of the columns.
fn cells(known: &KnownClaim) -> Vec<String> {
    let basics = &known.basics;
    let company = basics.company.as_ref();
    let date = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    vec![
        basics.claim_no.as_str().to_owned(),
        basics.programme.to_string(),
        basics.segment.to_string(),
        basics.case_kind.map_or_else(String::new, |kind| kind.to_string()),
        basics.worker.name.clone(),
        company.map_or_else(String::new, |company| company.npp.as_str().to_owned()),
        company.map_or_else(String::new, |company| company.name.clone()),
        basics.event_date.to_string(),
        date(basics.reported_date),
        date(known.filed_date),
        basics.facility.clone(),
    ]
}
