# Kata-kata: bahasa saringan. Pesan salah: found = yang tertulis, nearest = yang mungkin dimaksud (bisa kosong), column = kolom.
query-unknown-field = Kolom { $column }: tidak ada medan "{ $found }".
query-unknown-value = Kolom { $column }: "{ $found }" bukan nilai medan ini.
query-unknown-unit = Kolom { $column }: satuan "{ $found }" tidak dikenal.
query-not-a-date = Kolom { $column }: "{ $found }" bukan tanggal. Contoh: 01/10/2026, 10/2026, bulan ini, 6 bln.
query-not-a-month = Kolom { $column }: "{ $found }" bukan bulan. Contoh: 10/2026, bulan ini.
query-not-a-duration = Kolom { $column }: "{ $found }" bukan lama waktu. Contoh: 30, 3 hari, 6 bln.
query-not-a-number = Kolom { $column }: "{ $found }" bukan bilangan.
query-not-an-amount = Kolom { $column }: "{ $found }" bukan jumlah uang. Contoh: 5jt, 1,5jt, 18.000.000.
query-amount-ambiguous = Kolom { $column }: "{ $found }" bisa berarti dua hal.
query-amount-fraction = Kolom { $column }: "{ $found }" kurang dari satu rupiah di ekornya.
query-amount-too-large = Kolom { $column }: "{ $found }" terlalu besar.
query-operator-missing = Kolom { $column }: sebelum "{ $found }" kurang tanda banding.
query-operator-unfit = Kolom { $column }: tanda "{ $found }" tidak berlaku untuk medan ini.
query-value-missing = Kolom { $column }: nilainya belum ditulis.
query-field-missing = Kolom { $column }: sebelum "{ $found }" kurang nama medan.
query-unfinished = Kolom { $column }: di sini masih kurang sesuatu.
query-paren-open = Kolom { $column }: kurung ini tidak ditutup.
query-paren-close = Kolom { $column }: kurung tutup ini tidak ada pembukanya.
query-quote-open = Kolom { $column }: tanda kutip ini tidak ditutup.
query-empty-text = Kolom { $column }: tidak ada yang dicari di sini.
query-too-deep = Kolom { $column }: kurungnya terlalu dalam.
query-too-long = Saringan terlalu panjang.
query-nearest = Maksudnya { $nearest }?

value-report-mark-tepat = tepat waktu
value-report-mark-terlambat = terlambat
value-report-mark-tidak-diketahui = tidak diketahui
