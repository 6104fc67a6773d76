"""Postings (依頼). Owns Job: draft, open, closed."""
