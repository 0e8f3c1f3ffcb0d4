# Words: the command line.
