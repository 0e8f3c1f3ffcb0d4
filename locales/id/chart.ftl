# Grafik: angka pada sumbu
chart-thousand = { $n } rb
chart-million = { $n } jt
chart-billion = { $n } M
chart-nothing = Belum ada data untuk grafik ini.
