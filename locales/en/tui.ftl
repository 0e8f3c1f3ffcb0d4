# Words: the screen.
