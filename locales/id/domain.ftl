# Kata-kata: penolakan, keadaan, nama medan.
