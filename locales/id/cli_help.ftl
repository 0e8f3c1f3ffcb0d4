# Kata-kata bantuan baris perintah.
