# Words: the demo.
