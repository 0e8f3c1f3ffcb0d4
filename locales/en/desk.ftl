# Words: the desk.
