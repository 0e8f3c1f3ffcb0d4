# Masa simpan: menghapus data pribadi tahun-tahun yang waktunya sudah lewat.

erase-year = tahun
erase-what = tindakan
erase-date = tanggal
erase-by = oleh
erase-claims = klaim
erase-reason = alasan
erase-what-asked = diusulkan
erase-what-approved = disetujui
erase-what-finished = selesai dihapus
erase-plan = Tahun { $year } dan sebelumnya: data pribadi pada { $claims } klaim dan { $vouchers } voucher.
erase-ready = Belum ada yang berubah. Usulkan dengan --reason ALASAN; orang lain menyetujuinya dengan --approve. Yang dihapus tidak dapat kembali.
erase-not-ready = Belum ada yang berubah: data pribadi tahun { $year } belum dapat dihapus.
erase-asked = Usul menghapus data pribadi tahun { $year } tersimpan. Orang lain menyetujuinya dengan: santun store erase { $year } --approve
erase-busy = Disetujui, tetapi orang lain sedang merapikan penyimpanan. Ulangi perintah ini; pembukaan berikutnya juga melanjutkannya.
erase-was-done = Data pribadi tahun { $year } sudah dihapus.
erase-done = Data pribadi tahun { $year } dan sebelumnya dihapus: { $records } catatan, { $documents } lampiran. Angka, nomor dan rantai jurnal tetap. Buat cadangan baru sekarang; cadangan lama masih memuat data itu.
erased-person = (dihapus)

refusal-erase-too-young = Data pribadi tahun { $year } disimpan { $years } tahun sejak akhir tahun itu; baru dapat dihapus mulai { $from }.
refusal-erase-months-open = Buku tahun { $year } belum ditutup seluruhnya; bulan terbuka yang pertama { $first }.
refusal-erase-claims-open = { $n } klaim yang kejadian terakhirnya sampai tahun { $year } belum selesai; yang pertama { $claim_no }.
refusal-erase-vouchers-unpaid = { $n } voucher sampai tahun { $year } belum dibayar dan tidak batal; yang pertama { $code }.
refusal-erase-nothing = Tidak ada data pribadi sampai tahun { $year } yang dapat dihapus.
refusal-erase-asked = Penghapusan tahun { $year } sudah diusulkan oleh { $by }; orang lain menyetujuinya.
refusal-erase-not-asked = Belum ada yang mengusulkan penghapusan tahun { $year }; mulailah dengan --reason ALASAN.
refusal-erase-two-people = Penghapusan tahun { $year } diusulkan oleh { $by }; yang menyetujui harus orang lain.
refusal-erase-under-way = Penghapusan tahun { $year } sedang berjalan; selesaikan dahulu dengan: santun store erase { $year } --approve
refusal-erase-moved = Isi tahun { $year } berubah selagi diperiksa. Belum ada yang dihapus; ulangi.
refusal-claim-erased = Data pribadi klaim ini sudah dihapus karena masa simpannya lewat; tidak ada lagi yang dapat dilakukan padanya.
refusal-voucher-erased = Data pribadi voucher ini sudah dihapus karena masa simpannya lewat; tidak ada lagi yang dapat dilakukan padanya.
refusal-retention-years = Masa simpan paling sedikit { $least } dan paling lama { $most } tahun.

fsck-erasing = Penghapusan data pribadi tahun { $year } ({ $n } klaim) sudah disetujui tetapi belum selesai; jalankan: santun store erase { $year } --approve
fsck-erased-unasked = Catatan { $place } ({ $reference }) kehilangan data pribadinya tanpa keputusan dua orang; seluruhnya { $count } catatan.

cli-help-store-erase = Hapus data pribadi tahun-tahun yang masa simpannya lewat: satu orang mengusulkan, orang lain menyetujui
cli-arg-store-erase-year = Tahun, misalnya 2015: tahun itu dan sebelumnya; tanpa tahun: daftar yang sudah dilakukan
cli-arg-store-erase-reason = Usulkan, dengan alasan
cli-arg-store-erase-approve = Setujui usul orang lain dan laksanakan; juga melanjutkan yang terputus
cli-arg-store-erase-format = Bentuk daftar
