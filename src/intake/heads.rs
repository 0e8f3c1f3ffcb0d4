//! Headings: which column is which. The answer is a value that is shown, never a silent guess.

use crate::intake::fields::{Field, Table};
use crate::intake::read::Sheet;

/// Words of two headings are alike from this likeness on.
const ALIKE: f64 = 0.88;

/// Likeness in thousandths: the same word, or so near that it must be a slip of the pen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(pub u16);

impl Score {
    /// The heading of our own files.
    pub const OURS: Score = Score(1000);
    /// A known other name.
    pub const ALIAS: Score = Score(990);

    /// Whether the heading was only like a known one.
    pub fn is_guess(self) -> bool {
        self.0 <= 980
    }
}

/// A recognised heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Place of the column, from 0.
    pub column: usize,
    /// As it stands in the file.
    pub heading: String,
    /// What it was taken for.
    pub field: Field,
    /// How like.
    pub score: Score,
}

/// The columns of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Which table it holds.
    pub table: Table,
    /// Recognised headings, by column.
    pub heads: Vec<Head>,
    /// Headings nobody knows, with their columns.
    pub unknown: Vec<(usize, String)>,
    columns: Vec<Option<usize>>,
}

impl Mapping {
    /// Whether a table with few and common columns was met in a sheet about something else: a recap of vouchers has
    /// codes, dates and amounts too.
    fn is_by_chance(&self) -> bool {
        let is_small = matches!(self.table, Table::Payments | Table::Companies | Table::Facilities);
        is_small && self.unknown.len() >= self.heads.len()
    }

    /// Whether every needed column is named as in our own files.
    pub fn is_ours(&self) -> bool {
        let is_ours =
            |field: &Field| self.heads.iter().any(|head| head.field == *field && head.score == Score::OURS);
        self.table.needed().iter().all(is_ours)
    }

    /// The column of a field.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns[field.index()]
    }

    /// The heading of a field as the file has it; our own where the file has none.
    pub fn heading(&self, field: Field) -> &str {
        self.heads.iter().find(|head| head.field == field).map_or(field.name(), |head| &head.heading)
    }
}

/// The table whose needed columns are all there; of several, the one of which most is there.
pub fn recognise(headings: &[String]) -> Option<Mapping> {
    let mut best: Option<(u32, Mapping)> = None;
    for table in Table::ALL {
        let mapping = map(*table, headings);
        if table.needed().iter().any(|field| mapping.column(*field).is_none()) || mapping.is_by_chance() {
            continue;
        }
        let score: u32 = mapping.heads.iter().map(|head| u32::from(head.score.0)).sum();
        if best.as_ref().is_none_or(|(so_far, _)| score > *so_far) {
            best = Some((score, mapping));
        }
    }
    best.map(|(_, mapping)| mapping)
}

/// The table a sheet most nearly is, and the needed columns it lacks: for the message.
pub fn nearest(sheet: &Sheet) -> Option<(Table, Vec<Field>)> {
    let mut nearest: Option<(usize, Table, Vec<Field>)> = None;
    for table in Table::ALL {
        let mapping = map(*table, &sheet.headings);
        let missing: Vec<Field> =
            table.needed().iter().copied().filter(|field| mapping.column(*field).is_none()).collect();
        let known = mapping.heads.len();
        if known > 0 && nearest.as_ref().is_none_or(|(most, ..)| known > *most) {
            nearest = Some((known, *table, missing));
        }
    }
    nearest.map(|(_, table, missing)| (table, missing))
}

/// The columns of a file that is taken for this table. Each heading means one field and each field has one heading:
/// the likest pair is taken first, of equals the leftmost.
pub fn map(table: Table, headings: &[String]) -> Mapping {
    let fields: Vec<Field> = table.fields().collect();
    Mapping::free(table, headings, assign(headings, &fields))
}

impl Mapping {
    /// The columns of a file, by headings that are already assigned.
    pub(super) fn free(table: Table, headings: &[String], heads: Vec<Head>) -> Mapping {
        let mut columns = vec![None; Field::ALL.len()];
        for head in &heads {
            columns[head.field.index()] = Some(head.column);
        }
        let unknown = headings
            .iter()
            .enumerate()
            .filter(|(column, heading)| {
                !heading.is_empty() && heads.iter().all(|head| head.column != *column)
            })
            .map(|(column, heading)| (column, heading.clone()))
            .collect();
        Mapping { table, heads, unknown, columns }
    }
}

/// The likest pairs of headings and fields.
pub fn assign(headings: &[String], fields: &[Field]) -> Vec<Head> {
    let normal: Vec<String> = headings.iter().map(|heading| normalise(heading)).collect();
    let names: Vec<Vec<String>> = fields
        .iter()
        .map(|field| {
            std::iter::once(field.name()).chain(field.aliases().iter().copied()).map(normalise).collect()
        })
        .collect();
    let mut pairs: Vec<(Score, usize, usize)> = Vec::new();
    for (column, heading) in normal.iter().enumerate() {
        // A heading that somebody uses means what it says: only the others can be slips of the pen.
        let is_known = names.iter().any(|names| names.contains(heading));
        for (place, names) in names.iter().enumerate() {
            let score = if is_known { named(heading, names) } else { slip(heading, names) };
            if let Some(score) = score {
                pairs.push((score, column, place));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut heads: Vec<Head> = Vec::new();
    for (score, column, place) in pairs {
        let field = fields[place];
        if heads.iter().all(|head| head.column != column && head.field != field) {
            heads.push(Head { column, heading: headings[column].clone(), field, score });
        }
    }
    heads.sort_by_key(|head| head.column);
    heads
}

/// The likeness of a heading that is one of a field's names, ours first among them.
fn named(heading: &str, names: &[String]) -> Option<Score> {
    let rank = names.iter().position(|name| name == heading)?;
    if rank == 0 {
        return Some(Score::OURS);
    }
    // Of two fields with the same other name, the one that names it earlier means it more.
    let rank = u16::try_from(rank.min(9)).expect("at most nine");
    Some(Score(Score::ALIAS.0 + 1 - rank))
}

/// The likeness of a heading that is nearly one of a field's names.
fn slip(heading: &str, names: &[String]) -> Option<Score> {
    if heading.is_empty() {
        return None;
    }
    names.iter().filter_map(|name| near(heading, name)).max()
}

/// Likeness word by word: `tanggal voucer` is `tanggal voucher`, but `tanggal batal` is not `tanggal bayar`.
fn near(heading: &str, name: &str) -> Option<Score> {
    let (typed, known): (Vec<&str>, Vec<&str>) = (heading.split(' ').collect(), name.split(' ').collect());
    if typed.len() != known.len() {
        return None;
    }
    let mut least: f64 = 1.0;
    for (typed, known) in typed.iter().zip(&known) {
        let like = if typed == known { 1.0 } else { strsim::jaro_winkler(typed, known) };
        // Short words differ in one letter and mean another thing; a slip rarely touches the first letter.
        let is_slip = typed == known || (known.len() >= 5 && typed.chars().next() == known.chars().next());
        if like < ALIKE || !is_slip || endings_differ(typed, known) {
            return None;
        }
        least = least.min(like);
    }
    let thousandths = (1..=980_u16).rev().find(|step| f64::from(*step) <= least * 980.0)?;
    Some(Score(thousandths))
}

/// Indonesian makes other words by prefixes of the same length: `ditutup`, `ditolak`. Likeness by beginnings is blind
/// to that, so the second half must be alike as well.
fn endings_differ(typed: &str, known: &str) -> bool {
    let back = |word: &str| word.chars().rev().collect::<String>();
    typed != known && strsim::jaro(&back(typed), &back(known)) < 0.85
}

/// A heading without case, signs and units, with its short words written out.
pub fn normalise(heading: &str) -> String {
    let lower: String =
        heading.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = lower
        .split_whitespace()
        .map(|word| match word {
            "tgl" | "tg" | "tangal" => "tanggal",
            "no" | "nomer" | "num" => "nomor",
            "jml" | "jmlh" | "jlh" => "jumlah",
            "rek" => "rekening",
            "ket" => "keterangan",
            "prog" => "program",
            "persh" | "prsh" | "pt" => "perusahaan",
            "rs" => "rumah sakit",
            "vcr" | "vc" => "voucher",
            "kwt" => "kuitansi",
            word => word,
        })
        .filter(|word| !matches!(*word, "rp" | "idr" | "rupiah" | "dd" | "mm" | "yyyy" | "yy"))
        .collect();
    words.join(" ")
}
