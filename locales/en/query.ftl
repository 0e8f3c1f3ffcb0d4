# Words: the filter language.
