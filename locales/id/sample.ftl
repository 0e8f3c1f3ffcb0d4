# Kata-kata: cabang contoh.
