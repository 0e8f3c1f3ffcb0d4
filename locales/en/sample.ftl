# Words: the sample branch.
sample-done = Sample branch written to { $folder }: { $claims } claims, { $benefits } benefit lines, { $vouchers } vouchers, { $payments } payments, { $companies } companies, { $facilities } facilities.
sample-planted = What is hidden in it stands in truth.json. All names are invented.
sample-plain = Nothing is hidden in it (a control). All names are invented.
sample-not-written = { $path } could not be written: { $why }
