# Settings of the person: config.toml, environment, flags.
setting-store = Folder of the store
setting-lang = Language of screen, messages and papers
setting-theme = Colours of the screen; NO_COLOR chooses mono
setting-ascii = Lines and marks in ASCII only
setting-cursor = The chosen row: the whole row, or only a mark in front of it (for a very slow line)
setting-mouse = The mouse is the program's; otherwise the terminal marks and copies with it
setting-plain = Output of commands without columns: one fact a line, for screen readers and scripts
setting-columns = Width of what commands print; by default as wide as the terminal, 100 without one
setting-log = How much goes into the technical log
setting-keys = Other keys for an action, or none
config-unknown = There is no setting “{ $name }”.
config-unreadable = The file of settings cannot be read: { $reason }.
config-no-toml = Not TOML: { $reason }.
config-no-text = { $name } must be a text in quotes.
config-no-switch = { $name } must be true or false.
config-no-number = { $name } must be a whole number without quotes.
config-out-of-bounds = { $name } must be from { $least } to { $most }, not “{ $text }”.
config-no-choice = “{ $text }” is no choice for { $name }: { $values }.
config-keys-no-list = { $name } must be a list of keys, such as ["ctrl-v"], or [] for none.
config-no-action = There is no action “{ $name }” (see santun keys).
config-no-key = There is no key “{ $text }”, given to { $name } (see santun keys).
config-key-twice = The key “{ $text }” is given to both { $first } and { $second } in one place. Give one of them another key, or [].
config-bad-clock = No date. Examples: SANTUN_TODAY=2026-10-30, SANTUN_NOW=2026-10-30T09:00.
config-nearest = Perhaps “{ $nearest }” is meant.
config-page-title = Settings
config-page-head = A person's settings are in `config.toml` (`santun config path` says where). The nearer one wins: flag, then variable of the environment, then file, then default. `santun config show --origin` shows every value and where it comes from, to the line; `santun config check` checks the file (0: good, 1: something is wrong).
config-page-name = name
config-page-use = use
config-page-values = values
config-page-usual = default
config-page-variable = variable
config-page-flag = flag
config-page-path = folder
config-page-keys = list of keys, `[]` = none
config-page-rest = Unknown names and values are refused with file, line, column and the nearest right one. Commands stop with code 2 while something is wrong, but the screen opens: what can be read is taken, the rest is as by default, and the screen says so. One fault in `keys`, and all keys are the default ones. Names of actions: `santun keys` and `docs/keys.md`.
tui-config-fault = Wrong setting in { $place }, default taken. See santun config check
