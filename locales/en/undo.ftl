# Undo: what was done, what will happen, and why it cannot.

undo-reason = undone
undo-nothing = (empty)
undo-state = status
undo-mark = review mark
undo-line = line { $no }
undo-lines = { $n ->
    [one] { $n } line
   *[other] { $n } lines
}
undo-lines-wait = waiting for a voucher again ({ $claims })
undo-asked = asked { $amount }
undo-determined = determined { $amount } ({ $date })

undo-did-undo = undid no. { $id }: { $what }
undo-did-registered = claim registered
undo-did-amended = claim amended
undo-did-filed = application (KK2) filed
undo-did-completed = date of complete papers changed
undo-did-paper = { $paper }: ticked
undo-did-file = { $paper }: a file was attached
undo-did-no-paper = { $paper }: unticked
undo-did-line-added = line { $line } { $component } added
undo-did-line-amended = line { $line } { $component } amended
undo-did-line-restored = line { $line } { $component } restored
undo-did-line-withdrawn = line { $line } withdrawn
undo-did-determined = line { $line } determined { $amount }
undo-did-outcome = outcome: { $outcome }
undo-did-state = status became { $state }
undo-did-told-apart = reason for no duplicate written
undo-did-reviewed = marked { $mark }
undo-did-review-cleared = review mark cleared
undo-did-issued = voucher issued { $amount }
undo-did-recorded = voucher code recorded { $amount }
undo-did-approved = voucher approved
undo-did-paid = payment { $amount } recorded
undo-did-returned = return of payment { $no } recorded
undo-did-voided = voucher voided
undo-did-series = series { $series } started at { $next }

undo-note-registered = Claim { $no } becomes cancelled (entered by mistake). Its number stays used; this month's report counts it as registered and as cancelled.
undo-note-ended = This month's report says both: what ended and what was opened again.
undo-note-corrected = The report corrects what was determined, in the month of its letter.
undo-note-outcome = The outcome before is stated again as of today.
undo-note-number = Voucher { $code } is voided. A number once given is never given again: this one stays used.
undo-note-code = The record of voucher { $code } is voided. This code cannot be recorded again this year; in the core system nothing changes.
undo-note-void-stays = This void itself cannot be undone; issue a new voucher if there is need.

refusal-undo-unknown = Action { $id } is none of your last actions today. See the list: santun undo.
refusal-undo-changed-by = { $by } has changed it at { $at }. Not undone: look at it as it stands now first.
refusal-undo-later-first = You changed it again at { $at } (no. { $id }). Undo that one first.
refusal-undo-not-exact = What was there before cannot be brought back exactly. Correct it with the usual commands.
refusal-undo-filed = The application of claim { $claim_no } is counted in the report (Diajukan) and is not withdrawn. If its papers are wrong, return it with a reason (r).
refusal-undo-reported = The stage I report of claim { $claim_no } is counted in its month. Correct its date by amending (e).
refusal-undo-outcome-first = The outcome of claim { $claim_no } cannot be emptied: the report has counted it. Record the right outcome (o).
refusal-undo-outcome-same-day = The report takes the last outcome of a day, and a final one stands. Claim { $claim_no }: record the right outcome tomorrow (o).
refusal-undo-told-apart = The reason why claim { $claim_no } is no duplicate stays written; change it by amending (e).
refusal-undo-restored = Claim { $claim_no } has been restored as a new claim.
refusal-undo-approved = The approval of voucher { $code } is not withdrawn. If the voucher is wrong and not paid, void it (x).
refusal-undo-paid = The money of voucher { $code } is recorded as sent and is not undone: money is never erased from the books. If the bank sent it back, record its return (R); if it was a slip of the pen, record a return with that reason, then pay with the right values.
refusal-undo-returned = The return on voucher { $code } is not undone. If the money did arrive, record the payment again (b).
refusal-undo-voided = Voucher { $code } stays void: its number is spent. Issue a new voucher from the queue (v).
refusal-undo-series = The start of a series is not withdrawn: numbers passed over are not given again.

panes-undo-title = Your actions today
panes-undo-reading = Reading the last actions …
panes-undo-empty = Nothing of yours today that could be undone.
panes-undo-lead = Enter shows what will happen; nothing has changed yet.
panes-undo-swallowed = What was done up to { $at } has been tidied into the base and cannot be undone any more.
panes-undo-undone = undone { $at }
panes-undo-stays = stays
panes-undo-open = can be undone
panes-undo-confirm-title = Undo: { $what }
panes-undo-yes = undo
panes-undo-done = Undone: { $what } ({ $on }).
panes-undo-change = { $label }: { $from } → { $to }

cli-undo-id = no
cli-undo-at = time
cli-undo-what = action
cli-undo-on = on
cli-undo-standing = standing
cli-undo-done = Undone: { $what } ({ $on }).
cli-undo-dry = Nothing has changed yet. Do it with: santun undo { $id } --yes
cli-undo-needs-yes = Add --yes to undo, or --dry-run to look only.
cli-undo-stays = stays: { $why }

tui-act-close-case = close the case
tui-job-deeds = reading the last actions
panes-claim-close = Close case { $no }
panes-claims-help-close = Why no bill will come any more.
panes-claims-mark-gone = Review mark of claim { $no } taken away.
panes-undo-hint = see what will happen
panes-undo-stays-title = Not undone
panes-undo-undone-already = Undone already at { $at }.

panes-work-record-date = Date
panes-work-record-today = today
panes-work-hint-date = date
panes-work-issue-left = Not issued { $amount }
panes-undo-later = the later one first

cli-help-undo = Take back what you did last: without a number a list of it
cli-arg-undo-id = Number of the action, as the list has it
cli-arg-undo-yes = Do it; without this nothing changes
cli-arg-undo-dry-run = Only show what would happen
cli-arg-undo-format = How the list is written
cli-arg-claim-check-clear = Take the mark away
