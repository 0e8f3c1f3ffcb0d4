# Kata-kata: bahasa.
words-language-id = Bahasa Indonesia
words-language-en = Bahasa Inggris
words-yes = ya
words-no = tidak
words-unknown-language = Bahasa "{ $given }" tidak dikenal: pakai id atau en.
