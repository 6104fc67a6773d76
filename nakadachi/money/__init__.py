"""Everything that touches yen. Whole yen, double entry, one writer (`ledger.book`)."""
