# Words: language.
words-language-id = Indonesian
words-language-en = English
words-yes = yes
words-no = no
words-unknown-language = Language "{ $given }" is not known: use id or en.
