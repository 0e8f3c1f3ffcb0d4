# Kata-kata demonstrasi.
demo-making = Menyiapkan cabang contoh (sekali saja)…
demo-headless = CONTOH: satu hari meja klaim, tanpa layar. Hari ini 30 Oktober 2026.
demo-registered = Klaim baru dari formulir KK1: { $claim_no }
demo-filtered = Saringan “{ $filter }”: { $count } klaim
demo-ticked = { $claim_no } dibuka, dokumen { $document } ditandai masuk
demo-determined = { $claim_no }: STMB setengah tahun ini { $stmb }, tagihan rumah sakit { $bill } ditetapkan
demo-issued = Voucher { $code } untuk { $payee }: { $net }. Tulis pada berkas.
demo-paid = Pembayaran kemarin dicatat: { $code }, { $amount }
demo-inspected = Rekap lama diperiksa tanpa mengubah apa pun: kode kembar, nomor lompat, jumlah tak terbaca
demo-today = Hari ini: bayar ≤ 3 hari { $due } · lewat { $late } · berkas kurang { $papers } · siap voucher { $voucher } · berobat > 6 bln { $treatment }
demo-month = Laporan Oktober (sementara): ditetapkan { $determined }, dibayar { $paid }, kasus terbuka { $open }; selisih 0
demo-groups = { $k } kelompok dari { $rows } klaim; angka klaim tertinggi: { $company }, { $rate } per 1.000 pekerja setahun
demo-again = Keluar, masuk lagi: semuanya masih ada
demo-done = Hari selesai dan semua angka cocok. Jalankan di terminal untuk melihat layarnya.
demo-mismatch = Demo gagal memeriksa dirinya sendiri: { $reason }. Ini kesalahan program; laporkan.
