# The words of the demonstration.
demo-making = Making the sample branch (only once)…
demo-headless = CONTOH: one day of a claims desk, without a screen. Today is 30 October 2026.
demo-registered = New claim from form KK1: { $claim_no }
demo-filtered = Filter “{ $filter }”: { $count } claims
demo-ticked = { $claim_no } opened, document { $document } ticked
demo-determined = { $claim_no }: this half-year's STMB { $stmb } and the hospital's bill { $bill } determined
demo-issued = Voucher { $code } for { $payee }: { $net }. Write it on the bundle.
demo-paid = Yesterday's payment recorded: { $code }, { $amount }
demo-inspected = An old recap sheet inspected without touching it: twin codes, gaps, unreadable amounts
demo-today = Today: pay ≤ 3 days { $due } · late { $late } · papers missing { $papers } · ready for a voucher { $voucher } · treated > 6 months { $treatment }
demo-month = October's report (provisional): determined { $determined }, paid { $paid }, open cases { $open }; difference 0
demo-groups = { $k } groups of { $rows } claims; highest claim rate: { $company }, { $rate } a year in 1.000 workers
demo-again = Quit and started again: everything is still there
demo-done = The day is done and every number agrees. Run it in a terminal to see the screen.
demo-mismatch = The demo failed its own check: { $reason }. This is a bug; please report it.
