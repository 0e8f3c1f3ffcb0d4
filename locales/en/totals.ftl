# Words: kept sums and files for other programs.
cli-help-publish = Write the books as Parquet for DuckDB, pandas and the like
cli-arg-publish-dir = Into which folder; without one into mart/ of the store
cli-arg-publish-unmask = Names, numbers and diagnoses whole; this is recorded in the journal
cli-published = { $rows } rows in { $files } files are in { $path }.
refusal-publish-in-store = { $path } is part of the store. Choose a folder outside of it, or none: mart/ of the store.
