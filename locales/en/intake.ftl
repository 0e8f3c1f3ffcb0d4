# Words: files coming in.

## Files that cannot be read

problem-file-absent = There is no such file. Check its name and folder.
problem-file-denied = You may not read that file. Ask its owner for the right to read it.
problem-file-unreadable = The file cannot be opened: { $reason }. Check its name and permissions.
problem-file-not-plain = This is no ordinary file. Give the name of a file, not of a folder.
problem-file-too-large = The file is larger than { $megabytes } MB. Split it into several.
problem-file-empty = The file is empty.
problem-file-web-page = This is a web page or XML, although its name looks like a sheet. Open it in a spreadsheet and save it as CSV or XLSX.
problem-file-old-xls = An old XLS file. Open it in a spreadsheet and save it as CSV or XLSX.
problem-file-xlsx = An XLSX file cannot be read here. Save it as CSV.
problem-file-pdf = A PDF. Export its table as CSV or XLSX.
problem-file-picture = A picture. Type what it says, or ask for the table as CSV.
problem-file-packed = A packed file. Unpack it first and give what is inside.
problem-file-not-text = This file is no table of text. Save it as CSV or XLSX.
problem-file-no-table = Too many rows with a quote that is never closed: this is no CSV table.
problem-file-no-rows = There are headings only, no rows.
problem-heading-missing = No row of headings was found. The table's first row must name its columns.
problem-table-unknown = What the file holds is not recognised. It is most like { $table }, but these columns are missing: { $missing }.
problem-heading-guessed = The heading "{ $heading }" was read as { $field }. Check whether that is right.
problem-too-many-rows = Too many rows for one import. Split the files.

## Workbooks

problem-xlsx-broken = The XLSX file is broken or no workbook. Open and save it again, or save it as CSV.
problem-xlsx-locked = The XLSX file has a password. Unlock it first.
problem-xlsx-no-sheet = No sheet holds anything.
problem-xlsx-many-sheets = Several sheets hold something. Save the one that is meant as a file of its own.
problem-xlsx-too-large = The XLSX file holds more than a sheet should. Save it as CSV.
problem-xlsx-too-slow = The XLSX file takes too long to read. Save it as CSV.
problem-xlsx-not-started = The reader of XLSX files could not be started. Save it as CSV.

## Rows and cells

problem-row-long = The row is longer than { $kilobytes } kB.
problem-row-wide = The row has more than { $columns } columns.
problem-row-width = The row has { $cells } cells, its heading { $headings }. Check delimiters and quotes.
problem-quote-open = A quote is never closed. Add the closing quote or remove the opening one.
problem-encoding-mixed = { $lines } lines are written in another encoding. Check accented letters in names.
problem-amounts-unclear = This column does not show whether dots or commas group the thousands. Values with two meanings are refused; write them without separators, 1250000, or in full, 1.250.000,00, or say so: --numbers id.
problem-dates-unclear = { $cells } dates of this column can be read in two ways (day or month first) and are refused. Write 2026-12-31, or say the order: --dates dmy.
problem-dates-lent = This column does not show the order of day and month; it is read as { $dialect }, like the other dates of the same file.
problem-date-malformed = "{ $value }" is no date. Write 31/12/2026 or 2026-12-31, the year in four digits.
problem-dates-mixed = This column has dates with the day first and with the month first; dates in numbers are refused. Make them alike, or say the order: --dates dmy.
problem-date-mixed = "{ $value }": this column has two orders of dates. Write 2026-12-31.
problem-date-ambiguous = "{ $value }" can mean { $first } or { $second }. Write 2026-12-31.
problem-date-dialect = "{ $value }" does not fit the order of its column ({ $dialect }).
problem-time-malformed = "{ $value }" is no hour. Write 14:05.
problem-number-malformed = "{ $value }" is no whole number.
problem-value-unknown = "{ $value }" is not known for this column. Choose: { $choices }.
problem-text-unsafe = The text holds control or invisible characters; they became �.
problem-text-formula = "{ $value }" looks like a formula; it is kept as plain text.
problem-month-malformed = "{ $value }" is no month. Write 2026-10 or 10/2026.
problem-problems-many = Only { $kept } of { $all } findings were kept. Mend those, then import again.

## Claims and benefit lines

problem-claim-twice = The claim number { $key } stands on row { $row } with another content. Mend one of the two.
problem-claim-row-twice = The claim { $key } is the same as row { $row }; it counts once.
problem-line-claim-unknown = The claim { $claim_no } is in none of the files. Give the file of claims as well.
problem-line-claim-refused = The claim { $claim_no } is refused; mend that first.
problem-line-twice = The benefit line { $key } stands on row { $row } with another content.
problem-line-row-twice = The benefit line { $key } is the same as row { $row }; it counts once.
problem-line-no-zero = Numbers of benefit lines begin at 1.
problem-span-backwards = The end { $to } is before the beginning { $from }.
problem-span-half = Fill in both dates, from and to, or neither.
problem-determined-undated = The determination of { $amount } has no date, and so no month in the books.
problem-determined-amountless = The determination has a date but no amount.
problem-outcome-undated = The outcome has no date; it is posted on { $date }.
problem-closed-undated = The end of the case has no date; it is posted on { $date }.
problem-risk-group-missing = The risk group is empty; III (medium) is taken.
problem-registration-overlaps = These months overlap those that begin in { $from }.

## Vouchers and payments: they go in as the papers say and then stand in the monthly tie-out

problem-voucher-twice = The voucher code { $key } stands on row { $row } with another content. Mend one of the two.
problem-voucher-row-twice = The voucher { $key } is the same as row { $row }; it counts once.
problem-void-undated = The voucher { $code } is void without a date; it is posted on the voucher's date, { $date }.
problem-void-date-live = The voucher { $code } has a date of its void but the status { $status }; that date is passed over.
problem-void-line-unknown = The line "{ $line }" on a void voucher's list is in no file of benefits.
problem-voucher-no-lines = The voucher { $code } holds no benefit line.
problem-voucher-lines-absent = The voucher { $code } is not known yet, and no file has its benefit lines. Import it together with the claims and benefits.
problem-voucher-line-refused = The line { $line } of the voucher { $code } is refused; the voucher waits until it is mended.
problem-claim-looks-same = Person, programme and event date of the claim { $claim_no } are those of { $other }. Worth a look: it may be one case.
problem-voucher-gross = The gross of voucher { $code } is { $gross }, its lines add up to { $sum }.
problem-voucher-net = The net of voucher { $code } is { $net }, computed it is { $computed }.
problem-voucher-other-payee = The voucher { $code } pays { $payee }, its line { $line } is for { $other }.
problem-voucher-early = The voucher { $code } is dated { $date }, before its line { $line } was determined on { $determined }.
problem-voucher-status = The voucher { $code } has the status { $status }, but all of its money has gone.
problem-line-on-two-vouchers = The line { $line } is on several vouchers: { $codes }.
problem-line-voucher-unknown = The line { $line } names the voucher { $code }, which is in none of the files.
problem-line-not-determined = The line { $line } is on the voucher { $code } but was never determined.
problem-line-on-void = The void voucher { $code } is still named by the claims { $claims }.
problem-void-but-paid = The void voucher { $code } was paid { $amount }.
problem-payment-twice = The voucher { $code } was paid more than once, { $amount } in all.
problem-payment-not-net = The voucher { $code } was paid { $amount }, its net is { $net }.
problem-paid-no-payment = The voucher { $code } is called paid, but there is no transfer.
problem-payment-voucher-unknown = A transfer for the voucher { $code }, which is not known and in none of the files.
problem-payment-voucher-refused = The voucher { $code } is refused; mend that first.

## A look at a sheet

intake-table-claims = claims
intake-table-benefits = benefit lines
intake-table-vouchers = vouchers
intake-table-payments = payments
intake-table-companies = companies
intake-table-facilities = facilities
intake-table-free = recap sheet
intake-inspect-file = { $file }: { $table }, { $rows } rows · { $encoding } · delimiter { $delimiter }
intake-inspect-totals-left = Rows of totals are not counted: { $rows }
intake-inspect-columns = Recognised columns ({ $count })
intake-inspect-unknown = { "  " }Not recognised: { $headings }
intake-inspect-no-code-column = { "  " }There is no column of voucher codes or claim numbers.
intake-inspect-twins = Twin codes, worth a look ({ $count })
intake-inspect-gaps = Running numbers with gaps ({ $count } series)
intake-inspect-gap = { "  " }{ $prefix } { $from }–{ $to }: { $count } missing: { $numbers }
intake-inspect-without-code = Rows without a code ({ $count })
intake-inspect-same-amount = Same person or account, same amount, worth a look ({ $count })
intake-inspect-bad-amounts = Amounts that cannot be read ({ $count })
intake-inspect-bad-dates = Dates that cannot be read ({ $count })
intake-inspect-future = Dates after today ({ $count })
intake-inspect-months = Totals by month ({ $count } months)
intake-inspect-undated = without a date
intake-inspect-total = in all
intake-inspect-companies = Companies by rows ({ $count })
intake-inspect-rows = rows { $rows }
intake-inspect-more = { "  " }… and { $count } more
intake-inspect-clean = Nothing is worth a look.
