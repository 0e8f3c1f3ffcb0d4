//! The table of keys.

use super::Context;

/// One row: in this place, these keys do this.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// The place.
    pub context: Context,
    /// The keys' texts, the one to show first.
    pub keys: &'static [&'static str],
    /// What they do.
    pub action: Action,
    /// Rank in the hint line, 1 first; 0: not shown there.
    pub hint: u8,
}

/// Makes the enum of actions, their stable names (config file, palette, docs) and the keys of their words.
macro_rules! actions {
    ($($variant:ident $name:literal $words:literal $doc:literal),* $(,)?) => {
        /// What a key, the palette or a script can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Action {
            $(#[doc = $doc] $variant,)*
        }

        impl Action {
            /// All actions.
            pub const ALL: &'static [Action] = &[$(Action::$variant),*];

            /// The stable name, in the config file and the docs.
            pub fn name(self) -> &'static str {
                match self { $(Action::$variant => $name,)* }
            }

            /// The key of the words that say what it does.
            pub fn words_key(self) -> &'static str {
                match self { $(Action::$variant => $words,)* }
            }
        }
    };
}

actions! {
    Help "help" "tui-act-help" "Shows the keys.",
    Palette "palette" "tui-act-palette" "Finds an action by its name.",
    TabClaims "tab-claims" "tui-act-tab-claims" "Goes to the claims.",
    TabVouchers "tab-vouchers" "tui-act-tab-vouchers" "Goes to the vouchers.",
    TabReport "tab-report" "tui-act-tab-report" "Goes to the report.",
    TabClusters "tab-clusters" "tui-act-tab-clusters" "Goes to the clusters.",
    NextTab "next-tab" "tui-act-next-tab" "Goes to the next tab.",
    PreviousTab "previous-tab" "tui-act-previous-tab" "Goes to the tab before.",
    Today1 "today-1" "tui-act-today" "First item of the first line.",
    Today2 "today-2" "tui-act-today" "Second item.",
    Today3 "today-3" "tui-act-today" "Third item.",
    Today4 "today-4" "tui-act-today" "Fourth item.",
    Today5 "today-5" "tui-act-today" "Fifth item.",
    Today6 "today-6" "tui-act-today" "Sixth item.",
    Today7 "today-7" "tui-act-today" "Seventh item.",
    Today8 "today-8" "tui-act-today" "Eighth item.",
    Today9 "today-9" "tui-act-today" "Ninth item.",
    TodayNone "today-none" "tui-act-today-none" "Back to the open cases.",
    Back "back" "tui-act-back" "One step back; never quits, never discards.",
    Quit "quit" "tui-act-quit" "Ends the program.",
    Suspend "suspend" "tui-act-suspend" "Back to the shell, `fg` returns.",
    Redraw "redraw" "tui-act-redraw" "Draws everything again.",
    CancelJob "cancel-job" "tui-act-cancel-job" "Stops what is running.",
    Guest "guest" "tui-act-guest" "Hides names and numbers of persons.",
    Zoom "zoom" "tui-act-zoom" "Gives the pane all of the window, or shares it again.",
    Theme "theme" "tui-act-theme" "The next theme.",
    Language "language" "tui-act-language" "The other language.",
    Undo "undo" "tui-act-undo" "Takes back the last tick of a paper, after asking.",
    Down "down" "tui-act-down" "One line down.",
    Up "up" "tui-act-up" "One line up.",
    PageDown "page-down" "tui-act-page-down" "One page down.",
    PageUp "page-up" "tui-act-page-up" "One page up.",
    First "first" "tui-act-first" "To the first line.",
    Last "last" "tui-act-last" "To the last line.",
    Left "left" "tui-act-left" "One column to the left.",
    Right "right" "tui-act-right" "One column to the right.",
    Open "open" "tui-act-open" "Opens what is under the cursor.",
    Filter "filter" "tui-act-filter" "Types a filter.",
    Sort "sort" "tui-act-sort" "Sorts by a column, picked.",
    SortReverse "sort-reverse" "tui-act-sort-reverse" "Turns the order around.",
    Columns "columns" "tui-act-columns" "Shows or hides columns.",
    Mark "mark" "tui-act-mark" "Marks the line for what is done to all marked.",
    MarkAll "mark-all" "tui-act-mark-all" "Marks all rows of the list, or none.",
    New "new" "tui-act-new" "A new claim.",
    Voucher "voucher" "tui-act-voucher" "Makes the voucher of the waiting lines.",
    Copy "copy" "tui-act-copy" "Copies through the terminal.",
    Export "export" "tui-act-export" "Writes to a file.",
    Refresh "refresh" "tui-act-refresh" "Reads again.",
    NextRecord "next-record" "tui-act-next-record" "The next record of the filtered list.",
    PreviousRecord "previous-record" "tui-act-previous-record" "The record before.",
    Tick "tick" "tui-act-tick" "Ticks a document.",
    Checked "checked" "tui-act-checked" "Marks the record as looked through.",
    Question "question" "tui-act-question" "Marks the record with a question.",
    File "file" "tui-act-file" "Files stage II.",
    Determine "determine" "tui-act-determine" "Determines a benefit.",
    Outcome "outcome" "tui-act-outcome" "Records the outcome.",
    Amend "amend" "tui-act-amend" "Corrects the record.",
    Return "return" "tui-act-return" "Returns it for completion.",
    Reject "reject" "tui-act-reject" "Rejects it, with a reason.",
    NextField "next-field" "tui-act-next-field" "The next field.",
    PreviousField "previous-field" "tui-act-previous-field" "The field before.",
    SaveNext "save-next" "tui-act-save-next" "Saves and begins the next one.",
    SaveClose "save-close" "tui-act-save-close" "Saves and closes.",
    ClearField "clear-field" "tui-act-clear-field" "Empties the field.",
    UndoTyping "undo-typing" "forms-act-undo-typing" "Takes back what was typed last, word by word.",
    RedoTyping "redo-typing" "forms-act-redo-typing" "Types again what was taken back.",
    TakeOffer "take-offer" "forms-act-take-offer" "Takes the amount that is proposed.",
    IssueMarked "issue-marked" "tui-act-issue-marked" "Issues all marked.",
    Record "record" "tui-act-record" "Records codes from the core system.",
    Pay "pay" "tui-act-pay" "Records a payment.",
    Void "void" "tui-act-void" "Voids, with a reason.",
    Print "print" "tui-act-print" "Writes the papers to print.",
    Approve "approve" "tui-act-approve" "Approves, as a second person.",
    LastCodes "last-codes" "tui-act-last-codes" "The last codes, newest first.",
    Queue "queue" "tui-act-queue" "Between the waiting lines and the vouchers made.",
    Period "period" "tui-act-period" "Picks the month.",
    EarlierPeriod "earlier-period" "tui-act-earlier-period" "The month before.",
    LaterPeriod "later-period" "tui-act-later-period" "The month after.",
    NextSection "next-section" "tui-act-next-section" "The next section.",
    PreviousSection "previous-section" "tui-act-previous-section" "The section before.",
    Method "method" "tui-act-method" "Picks the method.",
    MoreClusters "more-clusters" "tui-act-more-clusters" "One cluster more.",
    FewerClusters "fewer-clusters" "tui-act-fewer-clusters" "One cluster fewer.",
    AutoClusters "auto-clusters" "tui-act-auto-clusters" "Chooses the number by itself.",
    Preset "preset" "tui-act-preset" "Picks what is clustered.",
    Companies "companies" "tui-act-companies" "Companies by claim rate.",
    Which "which" "tui-act-which" "Without traffic, all claims, or traffic alone.",
    Seed "seed" "tui-act-seed" "Picks the seed.",
    Accept "accept" "tui-act-accept" "Takes it.",
    Close "close" "tui-act-close" "Closes the popup.",
    PopupDown "popup-down" "tui-act-down" "One line down in a popup.",
    PopupUp "popup-up" "tui-act-up" "One line up in a popup.",
    PopupPageDown "popup-page-down" "tui-act-page-down" "One page down in a popup.",
    PopupPageUp "popup-page-up" "tui-act-page-up" "One page up in a popup.",
    PopupFirst "popup-first" "tui-act-first" "To the first line of a popup.",
    PopupLast "popup-last" "tui-act-last" "To the last line of a popup.",
}

impl Action {
    /// Whether it only moves the cursor: nobody looks for that by name.
    pub fn is_movement(self) -> bool {
        matches!(
            self,
            Action::Down
                | Action::Up
                | Action::PageDown
                | Action::PageUp
                | Action::First
                | Action::Last
                | Action::Left
                | Action::Right
        )
    }
}

const fn row(context: Context, action: Action, hint: u8, keys: &'static [&'static str]) -> Binding {
    Binding { context, keys, action, hint }
}

use Action as A;
use Context as C;

/// All keys. Digits belong to *Hari ini*, so the tabs lie on the function keys and on tab.
pub const TABLE: &[Binding] = &[
    row(C::Global, A::Help, 9, &["?"]),
    row(C::Global, A::Palette, 8, &[":"]),
    row(C::Global, A::TabClaims, 0, &["f1"]),
    row(C::Global, A::TabVouchers, 0, &["f2"]),
    row(C::Global, A::TabReport, 0, &["f3"]),
    row(C::Global, A::TabClusters, 0, &["f4"]),
    row(C::Global, A::NextTab, 0, &["tab"]),
    row(C::Global, A::PreviousTab, 0, &["shift-tab"]),
    row(C::Global, A::Today1, 0, &["1"]),
    row(C::Global, A::Today2, 0, &["2"]),
    row(C::Global, A::Today3, 0, &["3"]),
    row(C::Global, A::Today4, 0, &["4"]),
    row(C::Global, A::Today5, 0, &["5"]),
    row(C::Global, A::Today6, 0, &["6"]),
    row(C::Global, A::Today7, 0, &["7"]),
    row(C::Global, A::Today8, 0, &["8"]),
    row(C::Global, A::Today9, 0, &["9"]),
    row(C::Global, A::TodayNone, 0, &["0"]),
    row(C::Global, A::Back, 0, &["esc"]),
    row(C::Global, A::Quit, 10, &["q", "ctrl-q"]),
    row(C::Global, A::Suspend, 0, &["ctrl-z"]),
    row(C::Global, A::Redraw, 0, &["ctrl-l"]),
    row(C::Global, A::CancelJob, 0, &["ctrl-c"]),
    row(C::Global, A::Guest, 0, &["ctrl-g"]),
    row(C::Global, A::Zoom, 0, &["z"]),
    row(C::Global, A::Theme, 0, &["f9"]),
    row(C::Global, A::Language, 0, &["f10"]),
    row(C::Global, A::New, 0, &["a"]),
    row(C::Global, A::Refresh, 0, &["ctrl-r"]),
    row(C::List, A::Down, 0, &["j", "down"]),
    row(C::List, A::Up, 0, &["k", "up"]),
    row(C::List, A::PageDown, 0, &["pgdn", "ctrl-f", "ctrl-d"]),
    row(C::List, A::PageUp, 0, &["pgup", "ctrl-b", "ctrl-u"]),
    row(C::List, A::First, 0, &["g", "home"]),
    row(C::List, A::Last, 0, &["G", "end"]),
    row(C::List, A::Left, 0, &["h", "left"]),
    row(C::List, A::Right, 0, &["l", "right"]),
    row(C::List, A::Open, 1, &["enter"]),
    row(C::List, A::Voucher, 2, &["v"]),
    row(C::List, A::Mark, 3, &["m", "space"]),
    row(C::List, A::MarkAll, 0, &["M"]),
    row(C::List, A::Sort, 4, &["s"]),
    row(C::List, A::SortReverse, 0, &["S"]),
    row(C::List, A::Filter, 5, &["/"]),
    row(C::List, A::Columns, 0, &["c"]),
    row(C::List, A::Copy, 0, &["y"]),
    row(C::List, A::Export, 0, &["e"]),
    row(C::Detail, A::Down, 0, &["j", "down"]),
    row(C::Detail, A::Up, 0, &["k", "up"]),
    row(C::Detail, A::PageDown, 0, &["pgdn", "ctrl-f", "ctrl-d"]),
    row(C::Detail, A::PageUp, 0, &["pgup", "ctrl-b", "ctrl-u"]),
    row(C::Detail, A::First, 0, &["g", "home"]),
    row(C::Detail, A::Last, 0, &["G", "end"]),
    row(C::Detail, A::NextRecord, 1, &["n"]),
    row(C::Detail, A::PreviousRecord, 2, &["p"]),
    row(C::Detail, A::Tick, 3, &["space"]),
    row(C::Detail, A::Undo, 0, &["u"]),
    row(C::Detail, A::Determine, 4, &["d"]),
    row(C::Detail, A::Voucher, 5, &["v"]),
    row(C::Detail, A::File, 6, &["f"]),
    row(C::Detail, A::Outcome, 7, &["o"]),
    row(C::Detail, A::Amend, 0, &["e", "E"]),
    row(C::Detail, A::Return, 0, &["r", "R"]),
    row(C::Detail, A::Reject, 0, &["x", "X"]),
    row(C::Detail, A::Checked, 0, &["i"]),
    row(C::Detail, A::Question, 0, &["t"]),
    row(C::Detail, A::Open, 0, &["enter"]),
    row(C::Detail, A::NextSection, 0, &["]"]),
    row(C::Detail, A::PreviousSection, 0, &["["]),
    row(C::Detail, A::Copy, 0, &["y"]),
    row(C::Form, A::NextField, 0, &["tab", "enter", "down"]),
    row(C::Form, A::PreviousField, 0, &["shift-tab", "up"]),
    row(C::Form, A::SaveNext, 1, &["ctrl-s"]),
    row(C::Form, A::SaveClose, 2, &["ctrl-x"]),
    row(C::Form, A::ClearField, 0, &["ctrl-u"]),
    row(C::Form, A::UndoTyping, 0, &["ctrl-_"]),
    row(C::Form, A::RedoTyping, 0, &["ctrl-y"]),
    row(C::Form, A::TakeOffer, 0, &["ctrl-t"]),
    row(C::Form, A::Back, 3, &["esc"]),
    row(C::Form, A::Help, 4, &["f1"]),
    row(C::Voucher, A::Down, 0, &["j", "down"]),
    row(C::Voucher, A::Up, 0, &["k", "up"]),
    row(C::Voucher, A::PageDown, 0, &["pgdn", "ctrl-f", "ctrl-d"]),
    row(C::Voucher, A::PageUp, 0, &["pgup", "ctrl-b", "ctrl-u"]),
    row(C::Voucher, A::First, 0, &["g", "home"]),
    row(C::Voucher, A::Last, 0, &["G", "end"]),
    row(C::Voucher, A::Left, 0, &["h", "left"]),
    row(C::Voucher, A::Right, 0, &["l", "right"]),
    row(C::Voucher, A::Open, 0, &["enter"]),
    row(C::Voucher, A::Voucher, 1, &["v"]),
    row(C::Voucher, A::Mark, 2, &["m", "space"]),
    row(C::Voucher, A::MarkAll, 0, &["M"]),
    row(C::Voucher, A::IssueMarked, 3, &["I"]),
    row(C::Voucher, A::Record, 4, &["r"]),
    row(C::Voucher, A::Queue, 5, &["w"]),
    row(C::Voucher, A::Pay, 6, &["b"]),
    row(C::Voucher, A::Void, 0, &["x"]),
    row(C::Voucher, A::Return, 0, &["R"]),
    row(C::Voucher, A::Approve, 0, &["A"]),
    row(C::Voucher, A::Print, 0, &["P"]),
    row(C::Voucher, A::LastCodes, 0, &["L"]),
    row(C::Voucher, A::Sort, 0, &["s"]),
    row(C::Voucher, A::SortReverse, 0, &["S"]),
    row(C::Voucher, A::Filter, 0, &["/"]),
    row(C::Voucher, A::Columns, 0, &["c"]),
    row(C::Voucher, A::Copy, 0, &["y"]),
    row(C::Report, A::Down, 0, &["j", "down"]),
    row(C::Report, A::Up, 0, &["k", "up"]),
    row(C::Report, A::PageDown, 0, &["pgdn", "ctrl-f", "ctrl-d", "space"]),
    row(C::Report, A::PageUp, 0, &["pgup", "ctrl-b", "ctrl-u"]),
    row(C::Report, A::First, 0, &["g", "home"]),
    row(C::Report, A::Last, 0, &["G", "end"]),
    row(C::Report, A::Open, 1, &["enter"]),
    row(C::Report, A::Period, 2, &["p"]),
    row(C::Report, A::EarlierPeriod, 0, &["h", "left"]),
    row(C::Report, A::LaterPeriod, 0, &["l", "right"]),
    row(C::Report, A::NextSection, 3, &["]"]),
    row(C::Report, A::PreviousSection, 0, &["["]),
    row(C::Report, A::Export, 4, &["e"]),
    row(C::Report, A::Copy, 0, &["y"]),
    row(C::Cluster, A::Down, 0, &["j", "down"]),
    row(C::Cluster, A::Up, 0, &["k", "up"]),
    row(C::Cluster, A::PageDown, 0, &["pgdn", "ctrl-f", "ctrl-d"]),
    row(C::Cluster, A::PageUp, 0, &["pgup", "ctrl-b", "ctrl-u"]),
    row(C::Cluster, A::First, 0, &["g", "home"]),
    row(C::Cluster, A::Last, 0, &["G", "end"]),
    row(C::Cluster, A::Left, 0, &["h", "left"]),
    row(C::Cluster, A::Right, 0, &["l", "right"]),
    row(C::Cluster, A::Open, 1, &["enter"]),
    row(C::Cluster, A::Method, 2, &["m"]),
    row(C::Cluster, A::MoreClusters, 3, &["+"]),
    row(C::Cluster, A::FewerClusters, 0, &["-"]),
    row(C::Cluster, A::AutoClusters, 0, &["A"]),
    row(C::Cluster, A::Preset, 4, &["p"]),
    row(C::Cluster, A::Companies, 5, &["c"]),
    row(C::Cluster, A::Which, 6, &["t"]),
    row(C::Cluster, A::Seed, 0, &["b"]),
    row(C::Cluster, A::Filter, 0, &["/"]),
    row(C::Cluster, A::Sort, 0, &["s"]),
    row(C::Cluster, A::SortReverse, 0, &["S"]),
    row(C::Cluster, A::NextSection, 0, &["]"]),
    row(C::Cluster, A::PreviousSection, 0, &["["]),
    row(C::Cluster, A::Export, 0, &["e"]),
    row(C::Popup, A::Accept, 1, &["enter"]),
    row(C::Popup, A::Close, 2, &["esc"]),
    row(C::Popup, A::UndoTyping, 0, &["ctrl-_"]),
    row(C::Popup, A::RedoTyping, 0, &["ctrl-y"]),
    row(C::Popup, A::PopupDown, 0, &["down", "tab"]),
    row(C::Popup, A::PopupUp, 0, &["up", "shift-tab"]),
    row(C::Popup, A::PopupPageDown, 0, &["pgdn"]),
    row(C::Popup, A::PopupPageUp, 0, &["pgup"]),
    row(C::Popup, A::PopupFirst, 0, &["home"]),
    row(C::Popup, A::PopupLast, 0, &["end"]),
];
