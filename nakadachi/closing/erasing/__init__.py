"""Erasing somebody who left, as the register says: step by step, each in a transaction of its own."""
