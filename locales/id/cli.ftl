# Kata-kata: baris perintah.
