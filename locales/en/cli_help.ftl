# The words of the help of the command line.
