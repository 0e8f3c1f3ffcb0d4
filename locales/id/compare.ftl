# Kata-kata: dua masa pada pusat kelompok yang sama.
compare-head = Kelompok dibuat dari { $here } klaim masa pertama; { $there } klaim masa kedua dimasukkan ke kelompok yang terdekat.
compare-test = Beda pembagian kedua masa: χ² = { $sum } (db { $freedom }), p { $chance }.
compare-meaning = Selisih dalam poin persen dengan batas 95 %; ● lebih dari kebetulan. Jenis kasus yang baru di masa kedua masuk ke kelompok yang terdekat, juga bila jauh.
compare-group = kelompok
compare-here = pertama
compare-share-here = bagian
compare-there = kedua
compare-share-there = bagian kedua
compare-difference = selisih
compare-mark = nyata
refusal-compare-overlap = { $n } klaim lolos di kedua saringan: --where dan --against harus memisahkan masa, misalnya 'kejadian < 01/01/2026' dan 'kejadian >= 01/01/2026'.
