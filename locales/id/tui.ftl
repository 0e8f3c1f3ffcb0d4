# Kata-kata: layar.
