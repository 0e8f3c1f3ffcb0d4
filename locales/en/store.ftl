# Words: the store.
