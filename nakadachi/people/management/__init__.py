"""Commands of `bin/nakadachi` about people."""
