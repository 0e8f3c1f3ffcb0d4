# Words: the sample branch.
