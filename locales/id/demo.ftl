# Kata-kata: peragaan.
