//! A small desk of invented claims, and screens made of the engine's parts: what the engine is tested with.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use santun::tui::app::{App, AppSettings};
use santun::tui::effect::{
    Answer, Draft, Effect, KeySpan, LeftDraft, ListName, Msg, Subject, SumsOf, Task, Today, TodayItem,
};
use santun::tui::forms::{Choice, Field, FieldKind, Form};
use santun::tui::jobs::{Perform, Slot, Trouble};
use santun::tui::key::{Input, Key};
use santun::tui::keymap::{Action, Context, Keymap};
use santun::tui::list::{List, ListSlots, MOST_MARKED};
use santun::tui::page::{Line, Page, PageView};
use santun::tui::panes::form::{Codes, FormScreen};
use santun::tui::popups::Reply;
use santun::tui::run::run_until_idle;
use santun::tui::screen::{Look, Screen, Taken, Wishes};
use santun::tui::table::{Cell, Column, Order, Row};
use santun::tui::theme::{Glyphs, ThemeName, Tone};
use santun::words::{Lang, Words};

pub const ROWS: Slot = Slot::finish("rows");
pub const ORDER: Slot = Slot::supersede("order");
pub const PAGE: Slot = Slot::supersede("page");

/// Invented claims, as many as asked for.
#[derive(Clone)]
pub struct Claims {
    n: u64,
    order: Vec<u64>,
    pub committed: Vec<santun::tui::effect::OrderSlip>,
    /// Left behind.
    pub drafts: Vec<Draft>,
    /// Of forms that are open.
    pub open_drafts: Vec<Draft>,
    pub tasks: Vec<String>,
}

const NAMES: [&str; 6] =
    ["Siti Aminah", "Budi Hartono", "Made Wirawan", "Yohana Tefa", "Rahmat Hidayat", "Lestari Ningsih"];
const COMPANIES: [&str; 4] = ["PT Contoh Semen", "CV Contoh Mebel", "PT Contoh Garmen", "PT Contoh Angkutan"];

fn row(number: u64) -> Row {
    let pick = |list: &[&'static str], step: u64| {
        list[usize::try_from((number * step) % list.len() as u64).unwrap()]
    };
    let (outcome, tone) =
        if number.is_multiple_of(3) { ("sembuh", Tone::Good) } else { ("berobat", Tone::Warn) };
    let waiting = if number % 4 == 1 { format!("{}.000.000", number % 90 + 1) } else { "–".to_owned() };
    Row {
        key: format!("K26-{number:06}"),
        cells: vec![
            Cell::new(&format!("K26-{number:06}")),
            Cell::new(pick(&NAMES, 1)),
            Cell::new(pick(&COMPANIES, 3)),
            Cell::new(&format!("{:02}/{:02}/2026", number % 28 + 1, number % 12 + 1)),
            Cell::toned(outcome, tone),
            Cell::new(if number.is_multiple_of(2) { "tahap I" } else { "tahap II" }),
            Cell::new(&waiting),
        ],
    }
}

impl Claims {
    pub fn new(n: u64) -> Self {
        let (drafts, open_drafts) = (Vec::new(), Vec::new());
        Claims { n, order: (0..n).collect(), committed: Vec::new(), drafts, open_drafts, tasks: Vec::new() }
    }

    fn text(number: u64) -> String {
        row(number).cells.iter().map(|cell| cell.text().to_lowercase()).collect::<Vec<_>>().join(" ")
    }

    fn list(&mut self, filter: &str, sort: Option<&(String, Order)>, keep: Option<&str>) -> Answer {
        if let Some(at) = filter.find('=') {
            let text = format!("'{}' tidak dikenal; maksudnya 'kondisi'?", filter[..at].trim());
            return Answer::FilterRefused { list: ListName::Claims, at: 0, text };
        }
        let words: Vec<String> = filter.to_lowercase().split_whitespace().map(str::to_owned).collect();
        self.order = (0..self.n)
            .filter(|number| words.iter().all(|word| Self::text(*number).contains(word)))
            .collect();
        if let Some((column, order)) = sort {
            let idx = if column == "worker" { 1 } else { 0 };
            self.order.sort_by_key(|number| row(*number).cells[idx].text().to_owned());
            if *order == Order::Descending {
                self.order.reverse();
            }
        }
        let kept = keep.and_then(|key| self.order.iter().position(|number| row(*number).key == key));
        Answer::Listed {
            list: ListName::Claims,
            n_rows: self.order.len() as u64,
            of: self.n,
            kept: kept.map(|place| place as u64),
            // In the order of the numbers, where this desk can tell.
            near: keep.filter(|_| sort.is_none()).and_then(|key| {
                let number: u64 = key.strip_prefix("K26-")?.parse().ok()?;
                Some(self.order.partition_point(|other| *other < number) as u64)
            }),
        }
    }

    pub fn perform(&mut self, task: Task) -> Result<Answer, Trouble> {
        self.tasks.push(format!("{task:?}").split([' ', '(', '{']).next().unwrap().to_owned());
        Ok(match task {
            Task::Today => Answer::Today(Today {
                items: vec![
                    item("bayar ≤ 3 hari", 7, Some("Rp212 jt"), "tahap", Tone::Warn),
                    item("lewat", 2, None, "berobat", Tone::Bad),
                    item("berkas kurang", 31, None, "mebel", Tone::Plain),
                ],
                note: None,
                alarm: None,
            }),
            Task::List { filter, sort, keep, .. } => self.list(&filter, sort.as_ref(), keep.as_deref()),
            Task::Window { list, from, n_rows } => {
                let from_idx = usize::try_from(from).unwrap();
                let rows =
                    self.order.iter().skip(from_idx).take(usize::from(n_rows)).map(|n| row(*n)).collect();
                Answer::Window { list, from, rows }
            }
            Task::Keys { list, span } => {
                let place = |key: &str| self.order.iter().position(|number| row(*number).key == key);
                let range = match &span {
                    KeySpan::All => 0..self.order.len(),
                    KeySpan::Between(one, other) => match (place(one), place(other)) {
                        (Some(one), Some(other)) => one.min(other)..one.max(other) + 1,
                        _ => 0..0,
                    },
                };
                let n_rows = range.len() as u64;
                let keys = if n_rows > MOST_MARKED { 0..0 } else { range };
                Answer::Keys {
                    list,
                    keys: self.order[keys].iter().map(|number| row(*number).key).collect(),
                    n_rows,
                }
            }
            Task::Outside { list, keys } => {
                let is_here = |key: &&String| self.order.iter().any(|number| row(*number).key == **key);
                Answer::Outside { list, n_rows: (keys.len() - keys.iter().filter(is_here).count()) as u64 }
            }
            Task::Rows { list, keys } => {
                let found = |key: &String| Some(row(key.strip_prefix("K26-")?.parse().ok()?));
                Answer::Rows { list, rows: keys.iter().filter_map(found).collect() }
            }
            Task::Sums { list, marked } => {
                let of = marked.map_or(SumsOf::Shown, |keys| SumsOf::Marked(keys.len()));
                Answer::Sums { list, of, sums: Vec::new() }
            }
            Task::Page(Subject::Claim(claim)) if claim.ends_with("13") => panic!("no luck with {claim}"),
            Task::Page(Subject::Claim(claim)) => {
                let page = detail(&claim);
                Answer::Page { subject: Subject::Claim(claim), page }
            }
            Task::OpenForm { form } => {
                Answer::FormOpened { form, key: "key".to_owned(), today: date(2026, 10, 30) }
            }
            Task::Tidy => Answer::Tidied,
            Task::PlanMonth { .. } => Answer::MonthPlan(Box::default()),
            Task::LeftDrafts => Answer::DraftsWait(Vec::new()),
            Task::Page(_)
            | Task::Export { .. }
            | Task::Beside { .. }
            | Task::Claim { .. }
            | Task::Moved { .. }
            | Task::Glance { .. }
            | Task::Advise { .. }
            | Task::Write { .. }
            | Task::PlanIssue { .. }
            | Task::Voucher { .. }
            | Task::PlanBulk(_)
            | Task::Bulk(_)
            | Task::BulkResult
            | Task::Filters
            | Task::KeepFilter { .. }
            | Task::DropFilter { .. }
            | Task::LastCodes => {
                return Err(Trouble::Failed { text: "Cakram penuh.".to_owned() });
            }
            Task::Commit(slip) => {
                let name =
                    slip.values.iter().find(|(name, _)| name == "worker").map(|(_, value)| value.as_str());
                if name == Some("Nemo") {
                    let field = Some("worker".to_owned());
                    return Err(Trouble::Refused { text: "Nama ini tidak boleh.".to_owned(), field });
                }
                self.committed.push(slip.clone());
                Answer::Committed {
                    slip,
                    codes: vec!["K26-900001".to_owned().into()],
                    text: "Klaim tersimpan.".to_owned(),
                }
            }
            Task::SaveDraft(draft) => {
                self.open_drafts.retain(|kept| kept.form != draft.form);
                self.open_drafts.push(draft.clone());
                Answer::DraftKept { draft }
            }
            Task::LeaveDraft(draft) => {
                self.open_drafts.retain(|kept| kept.form != draft.form);
                self.drafts.push(draft.clone());
                Answer::DraftKept { draft }
            }
            Task::DropDraft { form } => {
                self.open_drafts.retain(|kept| kept.form != form);
                Answer::DraftDropped { form }
            }
            Task::FindDrafts { form } => {
                let kept = self.drafts.iter().enumerate().rev().filter(|(_, kept)| kept.form == form);
                let left = |(idx, draft): (usize, &Draft)| LeftDraft {
                    id: idx.to_string(),
                    left_at: "30/10/2026 09.00".to_owned(),
                    draft: draft.clone(),
                };
                let drafts = kept.map(left).collect();
                Answer::DraftsFound { form, drafts }
            }
            Task::TakeDraft { id, draft } => {
                self.drafts.remove(id.parse::<usize>().unwrap());
                self.open_drafts.push(draft.clone());
                Answer::DraftKept { draft }
            }
            Task::DiscardDraft { form, id } => {
                self.drafts.remove(id.parse::<usize>().unwrap());
                Answer::DraftDropped { form }
            }
            Task::Deeds => Answer::Deeds(Box::default()),
            Task::Suggest { field, typed } => {
                let fits = |name: &&&str| name.to_lowercase().contains(&typed.to_lowercase());
                let found = COMPANIES.iter().filter(fits);
                let choices = found.map(|name| (format!("npp of {name}"), (*name).to_owned())).collect();
                Answer::Suggested { field, typed, choices }
            }
        })
    }
}

fn item(label: &str, count: u64, amount: Option<&str>, filter: &str, tone: Tone) -> TodayItem {
    TodayItem {
        label: label.to_owned(),
        short: label.to_owned(),
        count,
        amount: amount.map(str::to_owned),
        filter: filter.to_owned(),
        tone,
    }
}

fn detail(claim: &str) -> Page {
    let mut lines = vec![
        Line::text("Jari telunjuk kanan, terjepit mesin").leading_to("mesin".to_owned()),
        Line::section("Berkas"),
        Line::text("KK1 ").then("ada", Tone::Good),
        Line::text("KK3 ").then("kurang", Tone::Bad),
        Line::section("Peserta"),
        Line::text("Nama ").then_personal("Siti Aminah", Tone::Plain),
        Line::section("Riwayat"),
    ];
    lines.extend((1..30).map(|day| Line::toned(&format!("{day:02}/10/2026 dicatat"), Tone::Dim)));
    Page { title: format!("Klaim {claim}"), lines }
}

/// The list of the test desk.
pub struct ClaimsScreen {
    list: List,
}

impl ClaimsScreen {
    pub fn new() -> Self {
        let columns = vec![
            Column::text("claim_no", "No klaim".into(), 10),
            Column::text("worker", "Pekerja".into(), 12).up_to(24).personal(),
            Column::text("company", "Perusahaan".into(), 14).up_to(30).rank(2),
            Column::text("event_date", "Kejadian".into(), 10).rank(3),
            Column::text("outcome", "Kondisi".into(), 8),
            Column::text("status", "Status".into(), 8).rank(4),
            Column::number("waiting", "Menunggu".into(), 12).rank(1),
        ];
        ClaimsScreen { list: List::new(ListName::Claims, ListSlots { order: ORDER, window: ROWS }, columns) }
    }
}

/// The form of the test desk.
pub fn claim_form(words: &Words) -> Form {
    let outcomes = [("BEROBAT", "berobat"), ("SEMBUH", "sembuh"), ("CACAT_TOTAL", "cacat total")];
    let outcomes = outcomes.iter().map(|(value, label)| Choice::new(*value, label)).collect();
    let fields = vec![
        Field::new("worker", "Nama pekerja".into(), FieldKind::Text).required(),
        Field::new("event_date", "Tanggal kejadian".into(), FieldKind::Date).required().staying(),
        Field::new("company", "Perusahaan".into(), FieldKind::Lookup).staying(),
        Field::choice("outcome", "Kondisi".into(), outcomes).required(),
        Field::yes_no("traffic", "Lalu lintas".into(), words),
        Field::new("notes", "Catatan".into(), FieldKind::Memo).helped_by("Apa yang terjadi, singkat.".into()),
    ];
    Form::new("claim-add".into(), "Klaim baru".into(), fields, date(2026, 10, 30))
}

impl Screen for ClaimsScreen {
    fn context(&self) -> Context {
        Context::List
    }
    fn is_typing(&self) -> bool {
        self.list.is_typing()
    }
    fn start(&mut self, wishes: &mut Wishes<'_>) {
        self.list.refresh(wishes);
    }
    fn lay(&mut self, area: Rect, wishes: &mut Wishes<'_>) {
        self.list.lay(area, wishes);
    }
    fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        match action {
            Action::Open => {
                if let Some(row) = self.list.selected() {
                    wishes.push(DetailScreen::new(row.key.clone()));
                }
            }
            Action::New => {
                let form = claim_form(wishes.words);
                wishes.push(FormScreen::new(form, "claim-add", Vec::new(), Codes::Large));
            }
            _ => return self.list.act(action, wishes),
        }
        Taken::Yes
    }
    fn input(&mut self, input: &Input, wishes: &mut Wishes<'_>) -> Taken {
        self.list.input(input, wishes)
    }
    fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) {
        self.list.reply(reply, wishes);
    }
    fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) {
        self.list.receive(answer, wishes);
    }
    fn changed(&mut self, wishes: &mut Wishes<'_>) {
        self.list.refresh(wishes);
    }
    fn show_filter(&mut self, filter: &str, wishes: &mut Wishes<'_>) {
        self.list.show_filter(filter, wishes);
    }
    fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        self.list.view(area, buffer, look)
    }
}

/// A page of the test desk.
pub struct DetailScreen {
    claim: String,
    page: PageView,
}

impl DetailScreen {
    pub fn new(claim: String) -> Self {
        DetailScreen { claim, page: PageView::default() }
    }
}

impl Screen for DetailScreen {
    fn context(&self) -> Context {
        Context::Detail
    }
    fn start(&mut self, wishes: &mut Wishes<'_>) {
        if !self.claim.is_empty() {
            wishes.run(PAGE, Task::Page(Subject::Claim(self.claim.clone())));
        }
    }
    fn lay(&mut self, area: Rect, _wishes: &mut Wishes<'_>) {
        self.page.set_height(area.height);
    }
    fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        if action == Action::Open
            && let Some(filter) = self.page.link()
        {
            wishes.wish(santun::tui::screen::Wish::Show { filter: filter.to_owned() });
            return Taken::Yes;
        }
        if self.page.act(action) { Taken::Yes } else { Taken::No }
    }
    fn receive(&mut self, answer: &Answer, _wishes: &mut Wishes<'_>) {
        if let Answer::Page { subject: Subject::Claim(claim), page } = answer
            && *claim == self.claim
        {
            self.page.show(page.clone());
        }
    }
    fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        self.page.view(area, buffer, look);
        None
    }
}

pub fn settings() -> AppSettings {
    AppSettings {
        office: "J03 Contoh".into(),
        period: "Okt 2026".into(),
        theme: ThemeName::Dark,
        glyphs: Glyphs::Unicode,
    }
}

pub fn tabs() -> [Box<dyn Screen>; 4] {
    [
        Box::new(ClaimsScreen::new()),
        Box::new(DetailScreen::new(String::new())),
        Box::new(DetailScreen::new("K26-000007".into())),
        Box::new(DetailScreen::new(String::new())),
    ]
}

pub fn app(settings: AppSettings) -> App {
    app_with(settings, tabs())
}

pub fn app_with(settings: AppSettings, tabs: [Box<dyn Screen>; 4]) -> App {
    App::new(Words::new(Lang::Id), Keymap::default(), settings, tabs)
}

/// A clerk at the keyboard: keys as text go in, everything is done until nothing is left, and the screen can be read.
pub struct Clerk {
    pub app: App,
    /// What the loop would have done: copies, suspension, the end.
    pub effects: Vec<Effect>,
    claims: Arc<Mutex<Claims>>,
    perform: Perform<Task, Answer>,
}

impl Clerk {
    pub fn new() -> Self {
        Clerk::at(80, 24)
    }

    pub fn at(width: u16, height: u16) -> Self {
        Clerk::with(settings(), Claims::new(2400), width, height)
    }

    pub fn with(settings: AppSettings, claims: Claims, width: u16, height: u16) -> Self {
        let claims = Arc::new(Mutex::new(claims));
        let worker = Arc::clone(&claims);
        // A planted crash must not poison the desk for the next task.
        let perform: Perform<Task, Answer> = Arc::new(move |task, _| lock(&worker).perform(task));
        let mut app = app(settings);
        let start = app.start(width, height);
        let effects = run_until_idle(&mut app, &perform, start);
        Clerk { app, effects, claims, perform }
    }

    /// Presses keys: `j j enter 'Siti Aminah' paste'a b' ctrl-s`.
    pub fn press(&mut self, script: &str) -> &mut Self {
        for input in inputs(script) {
            self.send(Msg::Input(input));
        }
        self
    }

    /// Presses keys faster than any answer comes.
    pub fn press_ahead(&mut self, script: &str) {
        let mut effects = Vec::new();
        for input in inputs(script) {
            effects.extend(self.app.update(Msg::Input(input)));
        }
        self.effects.extend(run_until_idle(&mut self.app, &self.perform, effects));
    }

    pub fn send(&mut self, msg: Msg) {
        let effects = self.app.update(msg);
        self.effects.extend(run_until_idle(&mut self.app, &self.perform, effects));
    }

    pub fn claims(&self) -> MutexGuard<'_, Claims> {
        lock(&self.claims)
    }

    pub fn buffer(&self) -> (Buffer, Option<Position>) {
        let (width, height) = self.app.size();
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = self.app.view(&mut buffer);
        (buffer, cursor)
    }

    pub fn screen(&self) -> String {
        super::snapshot::text(&self.buffer().0)
    }

    pub fn line(&self, number: usize) -> String {
        self.screen().lines().nth(number).unwrap_or_default().to_owned()
    }

    /// Compares the screen with its snapshot.
    pub fn shows(&mut self, name: &str) -> &mut Self {
        super::snapshot::check(name, &self.screen());
        self
    }
}

fn lock(claims: &Mutex<Claims>) -> MutexGuard<'_, Claims> {
    claims.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads a key script: names of keys; text in quotes is typed, after `paste` it is pasted.
pub fn inputs(script: &str) -> Vec<Input> {
    let mut inputs = Vec::new();
    let mut rest = script.trim_start();
    while !rest.is_empty() {
        let is_paste = rest.starts_with("paste'");
        if let Some(quoted) = rest.strip_prefix("paste'").or_else(|| rest.strip_prefix('\'')) {
            let (text, after) = quoted.split_once('\'').expect("a quote is closed");
            if is_paste {
                inputs.push(Input::Paste(text.to_owned()));
            } else {
                inputs.extend(text.chars().map(|letter| Input::Key(Key::char(letter))));
            }
            rest = after.trim_start();
        } else {
            let (name, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            inputs.push(Input::Key(name.parse().expect("a key of that name")));
            rest = after.trim_start();
        }
    }
    inputs
}
