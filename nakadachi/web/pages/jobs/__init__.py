"""Pages of postings (依頼): find, read, write, publish, close."""
