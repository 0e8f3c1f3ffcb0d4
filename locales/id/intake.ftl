# Kata-kata: masukan berkas.

## Berkas yang tidak dapat dibaca

problem-file-absent = Berkas itu tidak ada. Periksa nama dan foldernya.
problem-file-denied = Berkas itu tidak boleh dibaca oleh Anda. Minta izin baca kepada pemiliknya.
problem-file-unreadable = Berkas tidak dapat dibuka: { $reason }. Periksa nama dan izinnya.
problem-file-not-plain = Ini bukan berkas biasa. Berikan nama berkas, bukan folder.
problem-file-too-large = Berkas lebih besar dari { $megabytes } MB. Bagi menjadi beberapa berkas.
problem-file-empty = Berkas kosong.
problem-file-web-page = Berkas ini halaman web atau XML, walau namanya seperti lembar kerja. Buka di program lembar kerja, lalu simpan sebagai CSV atau XLSX.
problem-file-old-xls = Berkas XLS lama. Buka di program lembar kerja, lalu simpan sebagai CSV atau XLSX.
problem-file-xlsx = Berkas XLSX tidak dapat dibaca di sini. Simpan sebagai CSV.
problem-file-pdf = Berkas PDF. Ekspor tabelnya sebagai CSV atau XLSX.
problem-file-picture = Berkas gambar. Ketik isinya, atau minta tabelnya sebagai CSV.
problem-file-packed = Berkas terkompresi. Ekstrak dahulu, lalu berikan berkas di dalamnya.
problem-file-not-text = Berkas ini bukan tabel teks. Simpan sebagai CSV atau XLSX.
problem-file-no-table = Terlalu banyak baris dengan tanda kutip yang tidak ditutup: ini bukan tabel CSV.
problem-file-no-rows = Hanya ada judul kolom, tidak ada baris.
problem-heading-missing = Baris judul kolom tidak ditemukan. Baris pertama tabel harus berisi nama kolom.
problem-table-unknown = Isi berkas tidak dikenali. Paling mirip { $table }, tetapi kolom ini tidak ada: { $missing }.
problem-heading-guessed = Judul "{ $heading }" dibaca sebagai { $field }. Periksa apakah benar.
problem-too-many-rows = Terlalu banyak baris untuk sekali impor. Bagi berkasnya.

## Buku kerja

problem-xlsx-broken = Berkas XLSX rusak atau bukan buku kerja. Buka dan simpan ulang, atau simpan sebagai CSV.
problem-xlsx-locked = Berkas XLSX berkata sandi. Buka kuncinya dahulu.
problem-xlsx-no-sheet = Tidak ada lembar yang berisi.
problem-xlsx-many-sheets = Ada beberapa lembar yang berisi. Simpan lembar yang dimaksud sebagai berkas tersendiri.
problem-xlsx-too-large = Isi berkas XLSX terlalu besar untuk satu lembar. Simpan sebagai CSV.
problem-xlsx-too-slow = Berkas XLSX terlalu lama dibaca. Simpan sebagai CSV.
problem-xlsx-not-started = Pembaca XLSX tidak dapat dijalankan. Simpan sebagai CSV.

## Baris dan sel

problem-row-long = Baris lebih panjang dari { $kilobytes } kB.
problem-row-wide = Baris lebih dari { $columns } kolom.
problem-row-width = Baris berisi { $cells } sel, judulnya { $headings }. Periksa pemisah dan tanda kutip.
problem-quote-open = Tanda kutip tidak ditutup. Tambahkan kutip penutup atau hapus kutip pembukanya.
problem-encoding-mixed = { $lines } baris ditulis dengan pengodean lain. Periksa huruf beraksen pada nama.
problem-amounts-unclear = Kolom ini tidak menunjukkan apakah titik atau koma yang mengelompokkan ribuan. Nilai yang bermakna ganda ditolak; tulis tanpa pemisah, 1250000, atau lengkap, 1.250.000,00, atau sebutkan: --numbers id.
problem-dates-unclear = { $cells } tanggal pada kolom ini dapat dibaca dua cara (hari atau bulan dahulu) dan ditolak. Tulis 2026-12-31, atau sebutkan urutannya: --dates dmy.
problem-dates-lent = Kolom ini tidak menunjukkan urutan hari dan bulan; dibaca { $dialect } seperti kolom tanggal lain di berkas yang sama.
problem-date-malformed = "{ $value }" bukan tanggal. Tulis 31/12/2026 atau 2026-12-31, tahun empat angka.
problem-dates-mixed = Kolom ini memuat tanggal berurutan hari-bulan dan bulan-hari; tanggal angka ditolak. Samakan, atau sebutkan urutannya: --dates dmy.
problem-date-mixed = "{ $value }": kolom ini memuat dua urutan tanggal. Tulis 2026-12-31.
problem-date-ambiguous = "{ $value }" dapat berarti { $first } atau { $second }. Tulis 2026-12-31.
problem-date-dialect = "{ $value }" tidak cocok dengan urutan kolomnya ({ $dialect }).
problem-time-malformed = "{ $value }" bukan jam. Tulis 14:05.
problem-number-malformed = "{ $value }" bukan bilangan bulat.
problem-value-unknown = "{ $value }" tidak dikenal untuk kolom ini. Pilihan: { $choices }.
problem-text-unsafe = Teks berisi karakter kendali atau tak tampak; diganti dengan �.
problem-text-formula = "{ $value }" tampak seperti rumus; disimpan sebagai teks biasa.
problem-month-malformed = "{ $value }" bukan bulan. Tulis 2026-10 atau 10/2026.
problem-problems-many = Hanya { $kept } dari { $all } temuan disimpan. Perbaiki yang ada, lalu impor lagi.

## Klaim dan baris manfaat

problem-claim-twice = Nomor klaim { $key } sudah ada pada baris { $row } dengan isi lain. Perbaiki salah satunya.
problem-claim-row-twice = Klaim { $key } sama persis dengan baris { $row }; dihitung sekali.
problem-line-claim-unknown = Klaim { $claim_no } tidak ada di berkas mana pun. Sertakan berkas klaimnya.
problem-line-claim-refused = Klaim { $claim_no } ditolak; perbaiki klaim itu dahulu.
problem-line-twice = Baris manfaat { $key } sudah ada pada baris { $row } dengan isi lain.
problem-line-row-twice = Baris manfaat { $key } sama persis dengan baris { $row }; dihitung sekali.
problem-line-no-zero = Nomor baris manfaat dimulai dari 1.
problem-span-backwards = Akhir { $to } mendahului awal { $from }.
problem-span-half = Isi kedua tanggal, dari dan sampai, atau kosongkan keduanya.
problem-determined-undated = Penetapan { $amount } tidak bertanggal; tanpa tanggal tidak ada bulan bukunya.
problem-determined-amountless = Penetapan bertanggal tetapi tanpa jumlah.
problem-outcome-undated = Kondisi akhir tidak bertanggal; dibukukan pada { $date }.
problem-closed-undated = Akhir kasus tidak bertanggal; dibukukan pada { $date }.
problem-risk-group-missing = Kelompok risiko kosong; dianggap III (sedang).
problem-registration-overlaps = Masa ini bertumpuk dengan masa yang dimulai { $from }.

## Voucher dan pembayaran: masuk seperti kertasnya, lalu muncul di pencocokan bulanan

problem-voucher-twice = Kode voucher { $key } sudah ada pada baris { $row } dengan isi lain. Perbaiki salah satunya.
problem-voucher-row-twice = Voucher { $key } sama persis dengan baris { $row }; dihitung sekali.
problem-void-undated = Voucher { $code } batal tanpa tanggal; dibukukan pada tanggal voucher, { $date }.
problem-void-date-live = Voucher { $code } bertanggal batal tetapi berstatus { $status }; tanggal batalnya diabaikan.
problem-void-line-unknown = Baris "{ $line }" pada daftar voucher batal tidak ada di berkas manfaat.
problem-voucher-no-lines = Voucher { $code } tidak memuat satu baris manfaat pun.
problem-voucher-lines-absent = Voucher { $code } belum dikenal, dan tidak ada berkas yang memuat baris manfaatnya. Impor bersama berkas klaim dan manfaat.
problem-voucher-line-refused = Baris { $line } dari voucher { $code } ditolak; voucher ini menunggu baris itu diperbaiki.
problem-claim-looks-same = Orang, program, dan tanggal kejadian klaim { $claim_no } sama dengan klaim { $other }. Layak diperiksa: mungkin satu kasus.
problem-voucher-gross = Bruto voucher { $code } ialah { $gross }, jumlah barisnya { $sum }.
problem-voucher-net = Neto voucher { $code } ialah { $net }, hitungannya { $computed }.
problem-voucher-other-payee = Penerima voucher { $code } ialah { $payee }, penerima baris { $line } ialah { $other }.
problem-voucher-early = Voucher { $code } bertanggal { $date }, sebelum penetapan baris { $line } pada { $determined }.
problem-voucher-status = Voucher { $code } berstatus { $status }, tetapi transfernya sudah penuh.
problem-line-on-two-vouchers = Baris { $line } ada pada beberapa voucher: { $codes }.
problem-line-voucher-unknown = Baris { $line } menyebut voucher { $code } yang tidak ada di berkas mana pun.
problem-line-not-determined = Baris { $line } ada pada voucher { $code } tetapi belum ditetapkan.
problem-line-on-void = Voucher batal { $code } masih disebut oleh klaim { $claims }.
problem-void-but-paid = Voucher batal { $code } sudah dibayar { $amount }.
problem-payment-twice = Voucher { $code } dibayar lebih dari sekali, seluruhnya { $amount }.
problem-payment-not-net = Voucher { $code } dibayar { $amount }, netonya { $net }.
problem-paid-no-payment = Voucher { $code } berstatus dibayar, tetapi tidak ada transfernya.
problem-payment-voucher-unknown = Transfer untuk voucher { $code } yang tidak dikenal dan tidak ada di berkas mana pun.
problem-payment-voucher-refused = Voucher { $code } ditolak; perbaiki voucher itu dahulu.

## Melihat sebuah lembar

intake-table-claims = klaim
intake-table-benefits = baris manfaat
intake-table-vouchers = voucher
intake-table-payments = pembayaran
intake-table-companies = perusahaan
intake-table-facilities = faskes
intake-table-free = lembar rekap
intake-inspect-file = { $file }: { $table }, { $rows } baris · { $encoding } · pemisah { $delimiter }
intake-inspect-totals-left = Baris jumlah tidak dihitung: { $rows }
intake-inspect-columns = Kolom yang dikenali ({ $count })
intake-inspect-unknown = { "  " }Tidak dikenali: { $headings }
intake-inspect-no-code-column = { "  " }Tidak ada kolom kode voucher atau nomor klaim.
intake-inspect-twins = Kode kembar, patut dilihat ({ $count })
intake-inspect-gaps = Nomor urut yang terlewat ({ $count } deret)
intake-inspect-gap = { "  " }{ $prefix } { $from }–{ $to }: { $count } tidak ada: { $numbers }
intake-inspect-without-code = Baris tanpa kode ({ $count })
intake-inspect-same-amount = Orang atau rekening sama, jumlah sama, patut dilihat ({ $count })
intake-inspect-bad-amounts = Jumlah yang tidak terbaca ({ $count })
intake-inspect-bad-dates = Tanggal yang tidak terbaca ({ $count })
intake-inspect-future = Tanggal sesudah hari ini ({ $count })
intake-inspect-months = Jumlah per bulan ({ $count } bulan)
intake-inspect-undated = tanpa tanggal
intake-inspect-total = seluruhnya
intake-inspect-companies = Perusahaan terbanyak ({ $count })
intake-inspect-rows = baris { $rows }
intake-inspect-more = { "  " }… dan { $count } lagi
intake-inspect-clean = Tidak ada yang perlu dilihat.
