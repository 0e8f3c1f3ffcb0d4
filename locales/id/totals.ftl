# Kata-kata: jumlah yang disimpan dan berkas untuk program lain.
cli-help-publish = Tulis buku sebagai Parquet untuk DuckDB, pandas, dan sejenisnya
cli-arg-publish-dir = Ke folder mana; tanpa ini ke mart/ di penyimpanan
cli-arg-publish-unmask = Nama, nomor, dan diagnosis utuh; ini dicatat di jurnal
cli-published = Tertulis { $rows } baris dalam { $files } berkas di { $path }.
refusal-publish-in-store = { $path } bagian dari penyimpanan. Pilih folder di luarnya, atau tanpa folder: mart/ di penyimpanan.
