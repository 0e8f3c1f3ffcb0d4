//! What the screen asks of the world, what comes back, and the message that carries everything into the update.
//!
//! A [`Task`] is done by a job thread and becomes an [`Answer`]. Texts in an answer are for the eye: they are made safe
//! when they enter a [`Cell`](super::table::Cell) or a [`Page`](super::page::Page).

use std::time::Duration;

use jiff::civil::Date;

use crate::domain::command::{SeenLine, SeenVoucher};

use super::cards::{ChartCard, ClusterCard, DeedsCard, MonthCard, ReportCard, VoucherCard};
use super::jobs::{Report, Slot, Stage};
use super::key::{Input, Mouse};
use super::keymap::Action;
use super::page::{Line, Page};
use super::table::{Order, Row};
use super::theme::Tone;
use crate::words::Lang;

/// In the place of a refused field: the record is no longer as it was seen, and its form compares.
pub const REVISION_MOVED: &str = "@moved";

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListName {
    /// The claims.
    Claims,
    /// Determined lines that wait for a voucher.
    Queue,
    /// The vouchers made.
    Vouchers,
    /// The clusters found.
    Clusters,
    /// The companies by claim rate.
    Companies,
}

/// What is asked of the desk. A job thread does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// The items of the first line.
    Today,
    /// Filters and sorts a list; its rows are asked for afterwards.
    List {
        /// Which.
        list: ListName,
        /// The filter expression, empty for all.
        filter: String,
        /// The column's id and the order; `None`: the list's own order.
        sort: Option<(String, Order)>,
        /// The key of the row under the cursor, to be found again.
        keep: Option<String>,
    },
    /// Rows of a list in its present order.
    Window {
        /// Which.
        list: ListName,
        /// The first row.
        from: u64,
        /// How many.
        n_rows: u16,
    },
    /// The keys of rows of a list in its present order, up to [`MOST_MARKED`](super::list::MOST_MARKED).
    Keys {
        /// Which list.
        list: ListName,
        /// Which rows.
        span: KeySpan,
    },
    /// How many of these rows a list leaves out as it is filtered now.
    Outside {
        /// Which list.
        list: ListName,
        /// Their keys.
        keys: Vec<String>,
    },
    /// Rows by their keys, those in the list in its order before those that the filter leaves out.
    Rows {
        /// Which list.
        list: ListName,
        /// Their keys.
        keys: Vec<String>,
    },
    /// What the rows of a list in its present order add up to, or those of these keys.
    Sums {
        /// Which.
        list: ListName,
        /// Only these rows, in the list or not; none: all of the list.
        marked: Option<Vec<String>>,
    },
    /// The record before or after one in a list's present order.
    Beside {
        /// Which list.
        list: ListName,
        /// The record.
        key: String,
        /// Its number in the list when it was last seen there.
        number: u64,
        /// Which way.
        step: Step,
    },
    /// A text page about something.
    Page(Subject),
    /// A claim whole: its page and what the forms of its next steps begin with.
    Claim {
        /// Its number.
        claim_no: String,
    },
    /// The few lines about the claim under the cursor.
    Glance {
        /// Its number.
        claim_no: String,
    },
    /// A form is opened: it gets the key of its command and the desk's day.
    OpenForm {
        /// The form.
        form: String,
    },
    /// What the desk adds to a form while it is typed: other fields' values, and notes.
    Advise {
        /// The form.
        form: String,
        /// The command as it stands.
        slip: OrderSlip,
    },
    /// What has become of a claim since a form about it was opened.
    Moved {
        /// The form.
        form: String,
        /// The claim's number.
        claim_no: String,
        /// The revision that was seen.
        seen: u32,
    },
    /// A command, from a form or a key.
    Commit(OrderSlip),
    /// Keeps the draft of a form that is open here.
    SaveDraft(Draft),
    /// Keeps the draft of a form that is left: the next form of its name begins a draft of its own.
    LeaveDraft(Draft),
    /// Forgets the draft of the form that is open here: it was saved.
    DropDraft {
        /// The draft's form.
        form: String,
    },
    /// The forms of which a draft was left behind, to be told at the start.
    LeftDrafts,
    /// The drafts of a form that were left behind, here or by a terminal that is no more.
    FindDrafts {
        /// The form.
        form: String,
    },
    /// A draft that was left behind goes on in the form that is open here.
    TakeDraft {
        /// Which.
        id: String,
        /// What it holds.
        draft: Draft,
    },
    /// A draft that was left behind is thrown away, as the person asked.
    DiscardDraft {
        /// Its form.
        form: String,
        /// Which.
        id: String,
    },
    /// Suggestions for a choice field while typing: companies, facilities, workers.
    Suggest {
        /// The field's name.
        field: String,
        /// What has been typed.
        typed: String,
    },
    /// Writes a list or a page to a file.
    Export {
        /// What.
        subject: Subject,
        /// `csv`, `html`, `text` or `json`.
        format: String,
    },
    /// Writes a paper to a file of the person's choice.
    Write {
        /// What.
        subject: Subject,
        /// `csv`, `html`, `text`, `json`; of a voucher `paper`: voucher and receipt, each as text and HTML.
        format: String,
        /// Where, without an ending for `paper`.
        path: String,
        /// What to do with a file that lies there already.
        over: Over,
    },
    /// The page to confirm before vouchers are issued for these bundles of the queue.
    PlanIssue {
        /// Their keys in the queue; or `claim ` and a number each, for what waits of these claims.
        bundles: Vec<String>,
    },
    /// A voucher whole: its page and what the forms of its next steps begin with.
    Voucher {
        /// Its code.
        code: String,
    },
    /// The codes that were given or recorded last.
    LastCodes,
    /// What this person did last today, and how it would be taken back.
    Deeds,
    /// What closing a month would do, or opening it again, and what stands in the way.
    PlanMonth {
        /// The month, `2026-10`.
        period: String,
    },
    /// Tidies the store up, if it is due.
    Tidy,
    /// The page to confirm before a command is given for each of many claims.
    PlanBulk(OrderSlip),
    /// The command for each of these claims, one after the other, each on its own.
    Bulk(OrderSlip),
    /// What became of the last [`Task::Bulk`], which was stopped.
    BulkResult,
    /// The filters that may be picked by name.
    Filters,
    /// Keeps a filter under a name.
    KeepFilter {
        /// The name.
        name: String,
        /// The expression.
        filter: String,
    },
    /// Forgets a kept filter.
    DropFilter {
        /// Its name.
        name: String,
    },
}

/// Which rows of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySpan {
    /// All of them.
    All,
    /// From one row to another, both included, whichever comes first.
    Between(String, String),
}

/// What is done with a file that lies there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// The person is asked first.
    Ask,
    /// It is replaced.
    Replace,
}

/// A direction in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The next row.
    Next,
    /// The row before.
    Previous,
}

/// What a page or an export is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A claim, by its number.
    Claim(String),
    /// A voucher, by its code.
    Voucher(String),
    /// The report of a month, `2026-10`; empty: the oldest open one.
    Report(String),
    /// Clusters by these parameters: name and value.
    Clusters(Vec<(String, String)>),
    /// One cluster, by its number, of the last run.
    Cluster(u32),
    /// What could be looked at again: all of it, or by its code the cases of one.
    Levers(String),
    /// A chart of the last run, of the ranking, or of the course of cases.
    Chart(ChartAsk),
    /// A list as it is filtered and sorted now.
    List(ListName),
    /// A list as it is shown: filtered, sorted, with these columns.
    Shown {
        /// Which list.
        list: ListName,
        /// The ids of the columns, in their order.
        columns: Vec<String>,
        /// The keys of the rows that are wanted; none: all that the filter lets through.
        only: Vec<String>,
    },
    /// The lines that wait for one voucher, by the bundle's key in the queue.
    Bundle(String),
    /// The entries behind a number of a report: the month, and section, line and cell of the number, each from 0.
    Postings(String, [usize; 3]),
}

/// Which chart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChartAsk {
    /// What it shows.
    pub kind: ChartKind,
    /// Which of its variants, from 0: pair of numbers, group, claims that count, comparison.
    pub variant: usize,
    /// Which claims the course follows.
    pub filter: String,
}

/// What a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChartKind {
    /// Cost, silhouette, gap and stability by k.
    Choice,
    /// The rows as points.
    Scatter,
    /// What a group is like.
    Profile,
    /// Companies between the limits of chance.
    Funnel,
    /// Recovered, disabled, dead.
    Course,
}

impl ChartKind {
    /// All, in their order on the screen.
    pub const ALL: [ChartKind; 5] =
        [ChartKind::Choice, ChartKind::Scatter, ChartKind::Profile, ChartKind::Funnel, ChartKind::Course];

    /// Its place in [`ChartKind::ALL`].
    pub fn idx(self) -> usize {
        Self::ALL.iter().position(|kind| *kind == self).unwrap_or(0)
    }

    /// The key of its name in the words.
    pub fn words_key(self) -> &'static str {
        match self {
            ChartKind::Choice => "charts-choice",
            ChartKind::Scatter => "charts-scatter",
            ChartKind::Profile => "charts-profile-title",
            ChartKind::Funnel => "charts-funnel",
            ChartKind::Course => "course-chart",
        }
    }
}

/// A command as it was typed: what, on what, with which values. The desk parses it once and decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderSlip {
    /// The command's name: `claim-add`, `voucher-issue`, …
    pub what: String,
    /// Whose: claim numbers, voucher codes, line keys.
    pub subjects: Vec<String>,
    /// Field name and typed text.
    pub values: Vec<(String, String)>,
    /// The key that makes the same command, pressed twice, one command; empty: a new one is made.
    pub key: String,
    /// What the person saw, where the command depends on it. Boxed: a slip travels in every message.
    pub seen: Box<Seen>,
}

/// What a person saw when they gave a command: somebody else may have changed it since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Seen {
    /// The command depends on nothing seen.
    #[default]
    Nothing,
    /// A claim at this revision.
    Claim(u32),
    /// Claims, each at its revision, in the order of the subjects.
    Claims(Vec<u32>),
    /// A voucher as it stood.
    Voucher(SeenVoucher),
    /// The lines of the vouchers on a page, a voucher each.
    Lines(Vec<Vec<SeenLine>>),
}

impl OrderSlip {
    /// A command on these records, from a key rather than a form.
    pub fn new(what: &str, subjects: Vec<String>) -> Self {
        OrderSlip { what: what.to_owned(), subjects, ..OrderSlip::default() }
    }

    /// With one more value.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.values.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Based on what was seen.
    #[must_use]
    pub fn seeing(self, seen: Seen) -> Self {
        OrderSlip { seen: Box::new(seen), ..self }
    }

    /// The text of a value, trimmed; empty when there is none.
    pub fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }
}

/// A claim as its screen needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimCard {
    /// Its number.
    pub claim_no: String,
    /// The revision shown.
    pub revision: u32,
    /// The desk's day.
    pub today: Date,
    /// Everything about it. The links of its papers are `paper ` and the code, those of its lines `line ` and the number.
    pub page: Page,
    /// Its papers, in the order of the list.
    pub papers: Vec<PaperCard>,
    /// Its lines.
    pub lines: Vec<LineCard>,
    /// What the paper says, by field, for amending.
    pub values: Vec<(String, String)>,
    /// Whether it is marked as looked through, as it stands now.
    pub is_checked: bool,
    /// Actions that are not possible now, and why.
    pub cannot: Vec<(Action, String)>,
}

/// Something that was done to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When, as a person reads it.
    pub at: String,
    /// By whom.
    pub by: String,
    /// What, in words.
    pub what: String,
}

/// A paper of the bundle, as it is ticked and written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperCard {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it came.
    pub state: PaperState,
    /// When it came, or for a bundle that a file called complete since when; as typed, empty otherwise.
    pub received: String,
    /// Where it is archived; empty while in the bundle.
    pub archive: String,
}

/// Whether a paper of the bundle came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperState {
    /// It is there.
    Received,
    /// Imported history called the bundle complete without naming its papers.
    Stated,
    /// It is needed and not there.
    Missing,
}

/// A benefit line as a form offers it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineCard {
    /// Its number in the claim.
    pub no: String,
    /// What a person sees of it.
    pub label: String,
    /// The form's fields of this line.
    pub values: Vec<(String, String)>,
    /// Determined already.
    pub is_determined: bool,
}

/// A half-typed form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The form: its kind, and the record it is about.
    pub form: String,
    /// Field name and typed text.
    pub values: Vec<(String, String)>,
    /// The fields that were typed in, as they stood before that: what another clerk changes meanwhile is told apart from it.
    pub stood: Vec<(String, String)>,
    /// The revision of the claim that was seen; none for a form about nothing that was there.
    pub seen: Option<u32>,
}

/// A draft that was left behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftDraft {
    /// What it is called on disk.
    pub id: String,
    /// When it was last kept, as a person reads it; empty when nobody knows.
    pub left_at: String,
    /// What it holds.
    pub draft: Draft,
}

/// A code to be written on a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToWrite {
    /// The code; empty for a bundle that got none.
    pub code: String,
    /// Whose bundle it is: the payee, the worker. Hidden in guest mode.
    pub whose: String,
    /// With which amount, written out, or what became of it; empty where there is none.
    pub amount: String,
}

impl From<String> for ToWrite {
    fn from(code: String) -> Self {
        ToWrite { code, ..ToWrite::default() }
    }
}

/// Whose sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SumsOf {
    /// All rows of the list.
    Shown,
    /// So many marked ones.
    Marked(usize),
}

/// A sum of a list, written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Its name: asked, paid, net.
    pub label: String,
    /// To the rupiah.
    pub whole: String,
    /// In as few letters as a narrow screen has.
    pub short: String,
}

/// What comes back from a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// To [`Task::Today`].
    Today(Today),
    /// To [`Task::List`].
    Listed {
        /// Which.
        list: ListName,
        /// Rows that pass.
        n_rows: u64,
        /// Rows in all.
        of: u64,
        /// Where the row that was to be kept is now.
        kept: Option<u64>,
        /// Where it would stand if the filter let it through: its neighbour is there.
        near: Option<u64>,
    },
    /// To [`Task::List`], when the expression cannot be read.
    FilterRefused {
        /// Which.
        list: ListName,
        /// Where in the expression, in characters.
        at: u16,
        /// The sentence, with the nearest right word.
        text: String,
    },
    /// To [`Task::Window`].
    Window {
        /// Which.
        list: ListName,
        /// The first row.
        from: u64,
        /// The rows.
        rows: Vec<Row>,
    },
    /// To [`Task::Keys`].
    Keys {
        /// Which.
        list: ListName,
        /// The keys; none where they would be too many.
        keys: Vec<String>,
        /// How many rows there are; none where an end of the span is not in the list.
        n_rows: u64,
    },
    /// To [`Task::Outside`].
    Outside {
        /// Which list.
        list: ListName,
        /// How many.
        n_rows: u64,
    },
    /// To [`Task::Rows`].
    Rows {
        /// Which list.
        list: ListName,
        /// The rows.
        rows: Vec<Row>,
    },
    /// To [`Task::Sums`].
    Sums {
        /// Which.
        list: ListName,
        /// Whether of the marked rows alone.
        of: SumsOf,
        /// The sums, each with its name.
        sums: Vec<Sum>,
    },
    /// To [`Task::Beside`].
    Beside {
        /// Which list.
        list: ListName,
        /// Beside which record.
        of: String,
        /// The record there and its number; none at the end of the list.
        found: Option<(String, u64)>,
    },
    /// To [`Task::Claim`].
    Claim(Box<ClaimCard>),
    /// To [`Task::Glance`].
    Glance {
        /// The claim.
        claim_no: String,
        /// The lines.
        lines: Vec<Line>,
    },
    /// To [`Task::OpenForm`].
    FormOpened {
        /// The form.
        form: String,
        /// The key of its command.
        key: String,
        /// The desk's day.
        today: Date,
    },
    /// To [`Task::Advise`].
    Advice {
        /// The form.
        form: String,
        /// Values for fields that are empty or still stand as they were advised before.
        values: Vec<(String, String)>,
        /// What to know while typing: cases that look alike.
        notes: Vec<Line>,
        /// The amount that the rules come to, grouped; one key takes it over.
        offer: Option<String>,
    },
    /// To [`Task::Moved`].
    Moved {
        /// The form.
        form: String,
        /// The claim as it is now; none: it stands as it was seen.
        card: Option<Box<ClaimCard>>,
        /// What was done to it since, oldest first.
        changes: Vec<Change>,
    },
    /// To [`Task::Page`].
    Page {
        /// What it is about.
        subject: Subject,
        /// The page.
        page: Page,
    },
    /// To [`Task::PlanMonth`].
    MonthPlan(Box<MonthCard>),
    /// To [`Task::Commit`]: it is on disk.
    Committed {
        /// The command.
        slip: OrderSlip,
        /// What there is to write down: voucher codes, a claim number.
        codes: Vec<ToWrite>,
        /// The sentence.
        text: String,
    },
    /// To [`Task::SaveDraft`], [`Task::LeaveDraft`] and [`Task::TakeDraft`]: this text is on disk.
    DraftKept {
        /// The draft.
        draft: Draft,
    },
    /// To [`Task::DropDraft`] and [`Task::DiscardDraft`].
    DraftDropped {
        /// The form.
        form: String,
    },
    /// To [`Task::LeftDrafts`]: the forms in words, the last first.
    DraftsWait(Vec<String>),
    /// To [`Task::FindDrafts`].
    DraftsFound {
        /// The form.
        form: String,
        /// Its drafts, the last first.
        drafts: Vec<LeftDraft>,
    },
    /// To [`Task::Suggest`].
    Suggested {
        /// The field's name.
        field: String,
        /// What had been typed.
        typed: String,
        /// Value and label of each suggestion.
        choices: Vec<(String, String)>,
    },
    /// To [`Task::Export`].
    Exported {
        /// The file's name, to be shown.
        file: String,
    },
    /// To a [`Task::Write`] that would replace a file: the same with [`Over::Replace`], to be done once it is confirmed.
    FileThere {
        /// The file.
        file: String,
        /// The task.
        task: Box<Task>,
    },
    /// To [`Task::PlanIssue`].
    IssuePlan {
        /// The command, with the key that makes it one however often it is sent.
        slip: OrderSlip,
        /// What it will do.
        page: Page,
    },
    /// To [`Task::PlanBulk`].
    BulkPlan {
        /// The command for those claims that can take it; for none where no claim can.
        slip: OrderSlip,
        /// What it will do, what it leaves out and why.
        page: Page,
    },
    /// To [`Task::Bulk`] and [`Task::BulkResult`].
    BulkDone(BulkDone),
    /// To [`Task::Filters`].
    Filters(Vec<NamedFilter>),
    /// To [`Task::KeepFilter`] and [`Task::DropFilter`]: the sentence.
    FiltersChanged {
        /// What was done.
        text: String,
    },
    /// To [`Task::Voucher`].
    Voucher(Box<VoucherCard>),
    /// To [`Task::LastCodes`]: code and whose it is, the last first.
    LastCodes(Vec<(String, String)>),
    /// To [`Task::Deeds`].
    Deeds(Box<DeedsCard>),
    /// To [`Task::Tidy`]: there is nothing to show.
    Tidied,
    /// To a [`Task::Page`] about a [`Subject::Report`].
    Report(Box<ReportCard>),
    /// To a [`Task::Page`] about [`Subject::Clusters`].
    Clusters(Box<ClusterCard>),
    /// To a [`Task::Page`] about a [`Subject::Chart`].
    Chart(Box<ChartCard>),
}

/// What became of a command for many claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BulkDone {
    /// What was done, in a sentence.
    pub text: String,
    /// The claims that took it.
    pub done: Vec<String>,
    /// Those that did not, each with its reason.
    pub refused: Vec<(String, String)>,
    /// Those it did not come to, because it was stopped.
    pub left: Vec<String>,
    /// What stopped it, where that was not the person.
    pub stopped: Option<String>,
}

/// A filter with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFilter {
    /// Its name.
    pub name: String,
    /// The expression.
    pub filter: String,
    /// How many claims, where that is quickly counted.
    pub count: Option<u64>,
    /// Whose it is.
    pub of: FilterOf,
}

/// Whose a named filter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterOf {
    /// The person kept it.
    Person,
    /// It is always there.
    Desk,
}

/// The first line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Today {
    /// The items, at most nine; the first lies on the digit 1.
    pub items: Vec<TodayItem>,
    /// What to say in their place: nothing is to be done, or nothing is here yet.
    pub note: Option<String>,
    /// Why the store may only be read, or is read only in part: it stands before everything else until it is mended.
    pub alarm: Option<String>,
}

/// One item of the first line: what is due, late or incomplete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TodayItem {
    /// Its name.
    pub label: String,
    /// A shorter name for a narrow screen.
    pub short: String,
    /// How many.
    pub count: u64,
    /// With which sum, already written.
    pub amount: Option<String>,
    /// The filter that shows them.
    pub filter: String,
    /// How much it matters.
    pub tone: Tone,
}

/// What the update asks of the loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A job.
    Run {
        /// Where.
        slot: Slot,
        /// What.
        task: Task,
        /// After how long a pause.
        delay: Duration,
    },
    /// A draft to be written should the line drop now; it goes to disk by [`Task::SaveDraft`] when the field is left.
    HoldDraft(Draft),
    /// All jobs stop, but commits and drafts.
    CancelJobs,
    /// Text to the clipboard, by OSC 52.
    Copy(String),
    /// Back to the shell until it says `fg`.
    Suspend,
    /// The terminal is drawn anew, whole.
    Redraw,
    /// The screen goes on in another language.
    Speak(Lang),
    /// The end.
    Quit,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// A key or a paste.
    Input(Input),
    /// The window has this size now.
    Resize {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
    /// What the mouse did.
    Mouse(Mouse),
    /// A job's message that counts.
    Job(Report<Answer>),
    /// These slots are at work now.
    AtWork(Vec<(Slot, Stage)>),
    /// A quarter of a second has passed while a job runs.
    Tick,
    /// The store has changed, by another clerk.
    Changed,
}
