# Kata-kata: meja kerja.
