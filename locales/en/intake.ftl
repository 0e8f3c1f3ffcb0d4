# Words: files coming in.

## Files that cannot be read

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
problem-amounts-unclear = This column does not show whether dots or commas group the thousands. Values with two meanings are refused; say it with --numbers.
problem-dates-unclear = { $cells } dates of this column can be read in two ways (day or month first) and are refused. Say it with --dates, or write 2026-12-31.
problem-dates-lent = This column does not show the order of day and month; it is read as { $dialect }, like the other dates of the same file.
problem-date-malformed = "{ $value }" is no date. Write 31/12/2026 or 2026-12-31, the year in four digits.
problem-date-ambiguous = "{ $value }" can mean { $first } or { $second }. Write 2026-12-31 or say --dates.
problem-date-dialect = "{ $value }" does not fit the order of its column ({ $dialect }).
problem-time-malformed = "{ $value }" is no hour. Write 14:05.
problem-number-malformed = "{ $value }" is no whole number.
problem-value-unknown = "{ $value }" is not known for this column.
problem-text-unsafe = The text holds control or invisible characters; they became �.
problem-text-formula = "{ $value }" looks like a formula; it is kept as plain text.
