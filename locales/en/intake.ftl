# Words: files coming in.
