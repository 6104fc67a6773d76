"""The ledger as the operator reads it: accounts of members, and every journal."""
