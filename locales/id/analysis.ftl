# Kata-kata: klaster dan angka klaim.
