# Kata-kata: laporan dan cetakan.
