# Kata-kata: penyimpanan.
