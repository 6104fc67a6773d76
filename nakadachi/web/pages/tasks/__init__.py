"""Tasks: written, paid for, answered with one thumb on a phone, approved, ended."""
