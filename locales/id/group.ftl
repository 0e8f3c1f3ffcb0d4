# Kata-kata: penyimpanan milik beberapa petugas, yang grupnya hanya dipegang program.
group-open = Folder { $path } milik grup tempat santun dipasang (gid { $gid }), tetapi Anda bisa masuk ke sana tanpa santun, sehingga grup itu tidak melindungi apa-apa. Pengelola menutupnya: pemilik root, mode 2770, dan tidak ada anggota grup (docs/operations.md). Bila memang dimaksud begini, tambahkan --trust-owner.
group-clock = SANTUN_NOW dan SANTUN_TODAY tidak berlaku pada santun yang dipasang untuk grup: waktu di jurnal adalah waktu mesin. Hapus keduanya dari lingkungan.
fsck-open-group = Folder penyimpanan milik sebuah grup (gid { $gid }), tetapi Anda bisa masuk ke sana tanpa santun: tutuplah (pemilik root, mode 2770, tanpa anggota grup).
fsck-closed-to-group = Rekan tidak bisa memakai { $place }: bukan milik grup, atau modenya tidak mengizinkan grup.
status-entry = Yang bisa masuk
status-entry-program = grup { $gid }, hanya lewat santun
status-entry-group = grup { $gid } beserta anggotanya
status-entry-owner = pemiliknya
