"""The readers of PDF pages; use `queries.sources.documents`."""
