# Words: panes, themes, languages.
tui-act-zoom = one pane in the whole window (or share it again)
tui-act-theme = next theme
tui-act-language = Indonesian
tui-zoom-narrow = This window has room for one pane only.
tui-theme-now = Theme { $name }. To keep it: theme = "{ $name }" in the config file.
tui-language-form = Close the form first (its draft is kept), then change the language.
tui-language-busy = The work on the marked claims is still running: let it end, then change the language.
tui-pane-old = changed
tui-pane-waits = { $key }: compute from { $n } claims
tui-too-small-short = needs 40×8
tui-draft-disk-full = The disk is full: the draft is not on disk. What was typed is still on this screen; make room, close this message, then go to another field.
