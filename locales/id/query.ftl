# Kata-kata: bahasa saringan.
