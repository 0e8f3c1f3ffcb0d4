# Kata-kata: klaster dan angka klaim.

# Ciri yang dipakai atau digambarkan
analysis-feature-kind = Corak kecelakaan
analysis-feature-source = Sumber cedera
analysis-feature-body-part = Bagian tubuh
analysis-feature-place = Tempat kejadian
analysis-feature-time-band = Jam kejadian
analysis-feature-segment = Segmen
analysis-feature-outcome = Kondisi akhir
analysis-feature-facility = Faskes
analysis-feature-company = Perusahaan
analysis-feature-days-to-report = Hari sampai lapor
analysis-feature-days-to-complete = Hari sampai berkas lengkap
analysis-feature-days-to-pay = Hari sampai bayar
analysis-feature-days-off = Hari tidak bekerja
analysis-feature-cost = Biaya
analysis-feature-risk-group = Kelompok risiko
analysis-feature-rate-without-traffic = Angka klaim tanpa lalu lintas
analysis-feature-rate-traffic = Angka klaim lalu lintas
analysis-feature-recovered-share = Bagian yang sembuh
analysis-feature-mean-days-off = Rata-rata hari tidak bekerja
analysis-feature-mean-cost = Rata-rata biaya

# Pilihan ciri
analysis-preset-circumstances = Keadaan kecelakaan
analysis-preset-course = Perjalanan kasus
analysis-preset-cost = Perjalanan dan biaya kasus
analysis-preset-profile = Keadaan dan perjalanan kasus
analysis-preset-frequency = Kekerapan klaim perusahaan
analysis-preset-burden = Beban klaim perusahaan

# Kategori yang digabung atau kosong
analysis-label-other = lainnya
analysis-label-missing = tidak diketahui

# Putusan: baris pertama bila kelompoknya tidak jelas
analysis-verdict-gap = Tidak ada kelompok yang jelas: statistik gap memilih satu kelompok saja.
analysis-verdict-unstable = Tidak ada kelompok yang jelas: contoh ulang tidak menemukan kelompok yang sama.

# Catatan
analysis-note-features = Ciri yang dipakai ({ $preset }): { $features }.
analysis-note-columns = Kolom yang dipakai: { $columns }.
analysis-note-second-agrees = Hitungannya cocok dengan program lain (linfa); itu tidak berarti kelompoknya nyata.
analysis-note-second-better = Program lain (linfa) menemukan pembagian yang lebih murah: tambah pengulangan (--runs).
analysis-note-second-worse = Program lain (linfa) berhenti pada pembagian yang lebih mahal daripada yang ini.
analysis-note-immature = { $left } kasus tidak ikut karena angkanya belum matang: { $open } belum selesai (atau ditolak, dibatalkan), { $young } lainnya selesai tetapi kejadiannya belum dua belas bulan.
analysis-note-no-headcount = { $companies } perusahaan tanpa data jumlah tenaga kerja dicatat terpisah.
analysis-note-text-columns = Kolom teks tidak dipakai oleh k-means: { $columns }.
analysis-note-same-amount = { $column } tidak dipakai: hampir sama dengan { $other }, dan satu jumlah cukup dihitung sekali.
analysis-note-capped = { $column }: { $rows } nilai paling ekstrem dibatasi di persentil 99,9.
analysis-note-constant = { $column } tidak dipakai: nilainya sama di semua baris.
analysis-note-missing = { $column }: { $rows } nilai kosong diisi median dan diberi kolom penanda.
analysis-note-filled = { $column }: { $rows } nilai kosong diisi median, atau kategori yang paling sering.
analysis-note-dropped = { $rows } baris tidak ikut karena ada nilai yang kosong.
analysis-note-parts = Satu kategori yang berbeda dihitung { $gamma } (gamma); { $numbers } % biaya berasal dari angka, { $categories } % dari kategori.
analysis-note-joined = { $column }: { $values } nilai yang jarang digabung menjadi "lainnya".
analysis-note-reseeded = Kelompok yang sempat kosong diisi kembali dengan baris terjauh, { $times } kali.
analysis-note-linfa-weights = Mesin linfa tidak mengenal bobot: pusatnya dicari tanpa bobot.
analysis-note-gap-differs = Kestabilan menyarankan { $k } kelompok, statistik gap { $gap }.
analysis-note-sample = Banyaknya kelompok dipilih dari { $rows } baris.
analysis-note-fewer = Diminta { $asked } kelompok, yang ada { $found }: baris yang berbeda tidak cukup.
analysis-note-no-cause = Kelompok menggambarkan, tidak membuktikan sebab.
analysis-note-one-rate = Angka perusahaan tidak berbeda lebih dari kebetulan: semua mendapat rata-rata.
analysis-note-half-credibility = Angka sendiri dan rata-rata berbobot sama pada { $exposure } tenaga kerja-tahun.
analysis-note-phi = Sebaran terhadap kebetulan (φ): { $phi }; batas corong dilebarkan olehnya.
analysis-note-more-claims-than-workers = { $companies } perusahaan punya klaim lebih banyak daripada tenaga kerja-tahun: periksa jumlah tenaga kerjanya.
analysis-note-last-months = Tiga bulan terakhir belum lengkap: laporan masih akan masuk.

# Galat
analysis-error-nothing = Tidak ada yang bisa dikelompokkan: tidak ada baris, atau tidak ada kolom yang nilainya beragam.
analysis-error-engine = linfa hanya punya k-means; pakai mesin sendiri.
analysis-error-gamma = Gamma harus angka 0 atau lebih.
analysis-error-one-kind = K-prototypes memerlukan kolom angka dan kolom kategori yang nilainya beragam. Pakai k-means bila hanya ada angka, k-modes bila hanya ada kategori.
analysis-error-cancelled = Dibatalkan.
analysis-error-parameters = Banyaknya kelompok dan ulangan harus 1 atau lebih.
analysis-error-data = Datanya tidak bisa dipakai: ada nilai atau bobot yang bukan angka wajar.

# Nama kelompok
analysis-trait-category = { $feature } { $value } ({ $lift }×)
analysis-trait-high = { $feature } tinggi
analysis-trait-low = { $feature } rendah
analysis-trait-none = Kelompok { $id }
