# Kata-kata: cabang contoh.
sample-done = Cabang contoh ditulis ke { $folder }: { $claims } klaim, { $benefits } baris manfaat, { $vouchers } voucher, { $payments } pembayaran, { $companies } perusahaan, { $facilities } faskes.
sample-planted = Yang disembunyikan di dalamnya tertulis di truth.json. Semua nama rekaan.
sample-plain = Tidak ada yang disembunyikan (pembanding). Semua nama rekaan.
sample-not-written = { $path } tidak dapat ditulis: { $why }
