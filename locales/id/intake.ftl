# Kata-kata: masukan berkas.
