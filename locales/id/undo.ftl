# Mengurungkan: apa yang dikerjakan, apa yang akan terjadi, dan mengapa tidak dapat.

undo-reason = diurungkan
undo-nothing = (kosong)
undo-state = status
undo-mark = tanda periksa
undo-line = baris { $no }
undo-lines = { $n } baris
undo-lines-wait = menunggu voucher lagi ({ $claims })
undo-asked = diminta { $amount }
undo-determined = ditetapkan { $amount } ({ $date })

undo-did-undo = mengurungkan no. { $id }: { $what }
undo-did-registered = klaim didaftarkan
undo-did-amended = isian klaim diubah
undo-did-filed = pengajuan (KK2) diterima
undo-did-completed = tanggal berkas lengkap diubah
undo-did-paper = { $paper }: dicentang
undo-did-file = { $paper }: berkas dilampirkan
undo-did-no-paper = { $paper }: centang dilepas
undo-did-line-added = baris { $line } { $component } ditambah
undo-did-line-amended = baris { $line } { $component } diubah
undo-did-line-restored = baris { $line } { $component } dikembalikan
undo-did-line-withdrawn = baris { $line } ditarik
undo-did-determined = baris { $line } ditetapkan { $amount }
undo-did-outcome = kondisi akhir: { $outcome }
undo-did-state = status menjadi { $state }
undo-did-told-apart = alasan bukan kembar ditulis
undo-did-reviewed = ditandai { $mark }
undo-did-review-cleared = tanda periksa dilepas
undo-did-issued = voucher terbit { $amount }
undo-did-recorded = kode voucher dicatat { $amount }
undo-did-approved = voucher disetujui
undo-did-paid = pembayaran { $amount } dicatat
undo-did-returned = pengembalian pembayaran { $no } dicatat
undo-did-voided = voucher dibatalkan
undo-did-series = seri { $series } dimulai dari { $next }

undo-note-registered = Klaim { $no } menjadi batal (salah input). Nomornya tetap terpakai; laporan bulan ini menyebutnya terdaftar dan batal.
undo-note-ended = Laporan bulan ini menyebut keduanya: yang berakhir dan yang dibuka lagi.
undo-note-corrected = Laporan mengoreksi jumlah yang ditetapkan dalam bulan suratnya.
undo-note-outcome = Kondisi sebelumnya dicatat lagi per hari ini.
undo-note-number = Voucher { $code } dibatalkan. Nomor yang sudah diberikan tidak diberikan lagi: nomor ini tetap terpakai.
undo-note-code = Catatan voucher { $code } dibatalkan. Kode ini tidak dapat dicatat lagi tahun ini; di sistem pusat kodenya tidak berubah.
undo-note-void-stays = Pembatalan ini sendiri tidak dapat diurungkan; terbitkan voucher baru bila perlu.

refusal-undo-unknown = Tindakan { $id } bukan salah satu tindakan Anda yang terakhir hari ini. Lihat daftarnya: santun undo.
refusal-undo-changed-by = { $by } sudah mengubahnya pukul { $at }. Tidak diurungkan: lihat dahulu keadaannya sekarang.
refusal-undo-later-first = Anda mengubahnya lagi pukul { $at } (no. { $id }). Urungkan dahulu yang itu.
refusal-undo-not-exact = Keadaan sebelumnya tidak dapat dikembalikan persis. Perbaiki dengan perintah biasa.
refusal-undo-filed = Pengajuan klaim { $claim_no } sudah dihitung dalam laporan (Diajukan) dan tidak ditarik. Kalau berkasnya keliru, kembalikan ke pemohon dengan alasan (r).
refusal-undo-reported = Laporan tahap I klaim { $claim_no } sudah dihitung dalam bulannya. Perbaiki tanggalnya dengan ubah (e).
refusal-undo-outcome-first = Kondisi akhir klaim { $claim_no } tidak dapat dikosongkan: laporan sudah menghitungnya. Catat kondisi yang benar (o).
refusal-undo-outcome-same-day = Laporan memakai kondisi terakhir dari hari yang sama, dan yang final tetap berlaku. Klaim { $claim_no }: catat kondisi yang benar besok (o).
refusal-undo-told-apart = Alasan bukan kembar pada klaim { $claim_no } tetap tertulis; ubah bunyinya dengan ubah (e).
refusal-undo-restored = Klaim { $claim_no } sudah dipulihkan sebagai klaim baru.
refusal-undo-approved = Persetujuan voucher { $code } tidak ditarik. Kalau voucher keliru dan belum dibayar, batalkan (x).
refusal-undo-paid = Uang voucher { $code } tercatat keluar dan tidak diurungkan: pembukuan uang tidak dihapus. Kalau bank mengembalikan, catat pengembaliannya (R); kalau hanya salah catat, catat pengembalian dengan alasan "salah catat", lalu bayar dengan isian yang benar.
refusal-undo-returned = Pengembalian pada voucher { $code } tidak diurungkan. Kalau uangnya memang sampai, catat pembayarannya lagi (b).
refusal-undo-voided = Voucher { $code } tetap batal: nomornya sudah mati. Terbitkan voucher baru dari antrean (v).
refusal-undo-series = Awal seri tidak ditarik: nomor yang dilewati tidak diberikan lagi.

panes-undo-title = Tindakan Anda hari ini
panes-undo-reading = Membaca tindakan terakhir …
panes-undo-empty = Belum ada tindakan Anda hari ini yang dapat diurungkan.
panes-undo-lead = Enter memperlihatkan apa yang akan terjadi; belum ada yang berubah.
panes-undo-swallowed = Yang dikerjakan sampai pukul { $at } sudah dirapikan ke dalam induk dan tidak dapat diurungkan lagi.
panes-undo-undone = diurungkan { $at }
panes-undo-stays = tetap
panes-undo-open = dapat diurungkan
panes-undo-confirm-title = Urungkan: { $what }
panes-undo-yes = urungkan
panes-undo-done = Diurungkan: { $what } ({ $on }).
panes-undo-change = { $label }: { $from } → { $to }

cli-undo-id = no
cli-undo-at = jam
cli-undo-what = tindakan
cli-undo-on = pada
cli-undo-standing = keadaan
cli-undo-done = Diurungkan: { $what } ({ $on }).
cli-undo-dry = Belum ada yang berubah. Lakukan dengan: santun undo { $id } --yes
cli-undo-needs-yes = Tambahkan --yes untuk mengurungkan, atau --dry-run untuk melihat saja.
cli-undo-stays = tetap: { $why }

tui-act-close-case = tutup kasus
tui-job-deeds = membaca tindakan terakhir
panes-claim-close = Tutup kasus { $no }
panes-claims-help-close = Mengapa tidak akan ada tagihan lagi.
panes-claims-mark-gone = Tanda periksa klaim { $no } dilepas.
panes-undo-hint = lihat apa yang akan terjadi
panes-undo-stays-title = Tidak diurungkan
panes-undo-undone-already = Sudah diurungkan pukul { $at }.

panes-work-record-date = Tanggal
panes-work-record-today = hari ini
panes-work-hint-date = tanggal
panes-work-issue-left = Tidak terbit { $amount }
panes-undo-later = yang sesudahnya dulu

cli-help-undo = Urungkan tindakan Anda yang terakhir; tanpa nomor: daftarnya
cli-arg-undo-id = Nomor tindakan, seperti di daftar
cli-arg-undo-yes = Lakukan; tanpa ini tidak ada yang berubah
cli-arg-undo-dry-run = Hanya perlihatkan apa yang akan terjadi
cli-arg-undo-format = Bentuk daftarnya
cli-arg-claim-check-clear = Lepaskan tandanya
