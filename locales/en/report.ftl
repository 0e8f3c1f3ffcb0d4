# Words: reports and papers.
