# Words: clusters and claim rates.
