# Perjalanan kasus JKK: sembuh, cacat, meninggal, masih berobat.

cli-help-course = Perjalanan kasus: sembuh, cacat, meninggal, masih berobat
cli-arg-course-by = Bandingkan menurut ini
cli-arg-course-filter = Hanya kasus yang lolos saringan ini
cli-arg-course-at = Hari setelah kejadian yang bagiannya disebut
cli-arg-course-observed = Sejak kapan kasus diamati: books (pembukuan) atau report (laporan)
cli-arg-course-limit = Paling banyak sekian kelompok, 1 sampai 50; sisanya disatukan
cli-arg-course-svg = Tulis juga grafiknya ke berkas SVG ini

course-recovered = sembuh
course-disabled = cacat
course-dead = meninggal
course-ended = selesai berobat
course-by-diagnosis = diagnosis
course-by-body-part = bagian tubuh
course-by-facility = faskes
course-by-company = perusahaan
course-by-kind = corak kecelakaan
course-by-place = tempat kejadian
course-by-year = tahun kejadian
course-all = semua
course-other = lainnya
course-unknown = tidak diketahui
course-head = Perjalanan { $cases } kasus JKK sampai { $date }: { $open } masih berobat, { $long } di antaranya lebih dari 12 bulan
course-nothing = Tidak ada kasus JKK yang lolos saringan ini.
course-group = kelompok
course-outcome = akhir
course-count = kasus
course-cases = kasus
course-open = berobat
course-at = { $n } hari
course-over = ≥ { $n } bln
course-median = hari berobat (median)
course-closed = tutup
course-mean = rata-rata Rp
course-half = median Rp
course-p90 = P90 Rp
course-note-competing = Bagian kasus pada hari itu (batas 95 %). Cacat dan meninggal bersaing dengan sembuh; kasus yang masih berobat dihitung sampai hari ini; kasus ditolak dan batal tidak ikut.
course-note-void = { $n } kasus ditolak atau batal tidak ikut.
course-note-undated = { $n } kasus tidak ikut: akhirnya tidak bertanggal atau mendahului kejadian.
course-note-unseen-books = { $n } kasus tidak ikut: sudah berakhir sebelum pembukuan ini dimulai.
course-note-unseen-report = { $n } kasus tidak ikut: sudah berakhir ketika dilaporkan.
course-note-gap = Pengamatan terputus, sehingga kurvanya berhenti di situ: { $groups }. Setelah hari itu tidak ada kasus yang diamati, sampai kasus lain mulai diamati belakangan.
course-gap = { $group } (hari ke-{ $day })
course-note-tests = Uji menjawab apakah perbedaan antarkelompok lebih dari kebetulan, bukan mengapa; makin banyak perbandingan, makin banyak yang tampak berbeda secara kebetulan.
course-gray = Beda antar { $n } kelompok, { $name }: χ² = { $statistic } (db { $degrees }), p { $p } (uji Gray)
course-log-rank = Beda antar { $n } kelompok, { $name }: χ² = { $statistic } (db { $degrees }), p { $p } (uji log-rank)
course-bad-limit = --limit harus { $from } sampai { $to }.
course-test-gap = { $name }: tidak dapat diuji, karena pengamatan salah satu kelompok terputus
course-test-none = { $name }: tidak cukup kasus untuk uji
course-chart = Perjalanan kasus JKK
course-chart-by = Kasus { $cause } menurut { $by }
course-chart-note-by = Insidensi kumulatif
course-chart-note = Insidensi kumulatif dengan batas 95 %
course-days = hari sejak kejadian
course-share = bagian kasus
