# Setelan orang: config.toml, lingkungan, flag.
setting-store = Folder penyimpanan
setting-lang = Bahasa layar, pesan, dan kertas
setting-theme = Warna layar; NO_COLOR memilih mono
setting-ascii = Garis dan tanda dengan ASCII saja
setting-cursor = Baris terpilih: seluruh baris, atau hanya tanda di depannya (untuk sambungan yang sangat lambat)
setting-mouse = Tetikus untuk program; kalau tidak, terminal memakainya untuk menandai dan menyalin
setting-plain = Keluaran perintah tanpa kolom: satu fakta sebaris, untuk pembaca layar dan skrip
setting-columns = Lebar keluaran perintah; tanpa setelan selebar terminal, di luar terminal 100
setting-log = Isi catatan teknis
setting-keys = Tombol lain untuk sebuah tindakan, atau tanpa tombol
config-unknown = Setelan “{ $name }” tidak ada.
config-unreadable = Berkas setelan tidak dapat dibaca: { $reason }.
config-no-toml = Bukan TOML: { $reason }.
config-no-text = { $name } harus teks di antara tanda kutip.
config-no-switch = { $name } harus true atau false.
config-no-number = { $name } harus bilangan bulat tanpa tanda kutip.
config-out-of-bounds = { $name } harus dari { $least } sampai { $most }, bukan “{ $text }”.
config-no-choice = “{ $text }” bukan pilihan untuk { $name }: { $values }.
config-keys-no-list = { $name } harus daftar tombol, misalnya ["ctrl-v"], atau [] agar tanpa tombol.
config-no-action = Tindakan “{ $name }” tidak ada (lihat santun keys).
config-no-key = Tombol “{ $text }” untuk { $name } tidak ada (lihat santun keys).
config-key-twice = Tombol “{ $text }” dipakai untuk { $first } dan { $second } di tempat yang sama. Beri salah satunya tombol lain, atau [].
config-bad-clock = Bukan tanggal. Contoh: SANTUN_TODAY=2026-10-30, SANTUN_NOW=2026-10-30T09:00.
config-nearest = Mungkin maksudnya “{ $nearest }”.
config-page-title = Setelan
config-page-head = Setelan orang ada di `config.toml` (tempatnya: `santun config path`). Yang lebih dekat menang: flag, lalu variabel lingkungan, lalu berkas, lalu bawaan. `santun config show --origin` menunjukkan nilai setiap setelan dan asalnya sampai ke barisnya; `santun config check` memeriksa berkas (0: baik, 1: ada yang salah).
config-page-name = nama
config-page-use = guna
config-page-values = nilai
config-page-usual = bawaan
config-page-variable = variabel
config-page-flag = flag
config-page-path = folder
config-page-keys = daftar tombol, `[]` = tanpa tombol
config-page-rest = Nama dan nilai yang tidak dikenal ditolak dengan berkas, baris, kolom, dan nama terdekat. Perintah berhenti dengan kode 2 selama ada yang salah, tetapi layar tetap terbuka: yang dapat dibaca dipakai, selebihnya bawaan, dan layar mengatakannya. Satu saja salah di `keys`, semua tombol kembali ke bawaan. Nama tindakan ada di `santun keys` dan `docs/keys.md`.
tui-config-fault = Setelan salah di { $place }, bawaan dipakai. Rincian: santun config check
