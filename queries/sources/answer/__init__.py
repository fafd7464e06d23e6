"""The stages of the reader of ministerial answers; use `queries.sources.ministerial_answer`."""
