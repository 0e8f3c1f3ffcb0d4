# Kata-kata: panel, tema, bahasa.
tui-act-zoom = satu panel sepenuh jendela (atau berbagi lagi)
tui-act-theme = tema berikutnya
tui-act-language = bahasa Inggris
tui-zoom-narrow = Jendela ini hanya memuat satu panel.
tui-theme-now = Tema { $name }. Untuk seterusnya: theme = "{ $name }" di berkas config.
tui-language-form = Tutup formulir dulu (drafnya disimpan), baru ganti bahasa.
tui-language-busy = Pekerjaan atas klaim yang ditandai masih berjalan: tunggu selesai, baru ganti bahasa.
tui-pane-old = berubah
tui-pane-waits = { $key }: hitung dari { $n } klaim
tui-too-small-short = perlu 40×8
tui-draft-disk-full = Disk penuh: draf belum tersimpan di disk. Ketikan masih ada di layar ini; kosongkan ruang, tutup pesan ini, lalu pindah isian sekali lagi.
