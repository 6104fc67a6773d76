"""Postings, meetings and work. Money is below and knows nothing of it."""
