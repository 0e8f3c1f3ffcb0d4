# Kata-kata: K-Means dan K-Modes pada klaim yang sama.
consensus-head = Dua cara pada klaim yang sama: { $rows } klaim dikelompokkan oleh keduanya ({ $left } hanya oleh satu), kesepakatan { $agreement } (1 = kelompok yang sama, 0 = kebetulan).
consensus-hardly = Apa yang terjadi hampir tidak menerangkan jalannya kasus: kedua cara melihat hal yang berbeda.
consensus-partly = Apa yang terjadi menerangkan sebagian jalannya kasus.
consensus-largely = Kedua cara sebagian besar menemukan kelompok yang sama.
consensus-agreed = Klaim yang disepakati kedua cara (●, lebih banyak daripada kebetulan): { $agreed } dari { $rows }.
consensus-course = K-Means: jalannya kasus
consensus-circumstances = K-Modes: keadaan
consensus-rows = klaim
consensus-expected = dugaan
consensus-lift = ×
consensus-mark = sepakat
consensus-none = Tidak ada klaim yang dikelompokkan oleh kedua cara.
