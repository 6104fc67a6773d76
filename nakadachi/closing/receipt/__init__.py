"""退会証明書: what was erased, what is kept and until when, what was paid; signed, so that a changed byte shows.

The facts are read from what the erasing wrote down, hold nothing about the person but numbers and days, and are the
same whenever they are asked for. JSON and PDF each carry a signature over their own bytes.
"""
