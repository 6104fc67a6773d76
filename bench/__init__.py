"""What is measured, and against what: ratios to `pgbench` TPC-B on the same server, in the same minutes.

Absolute figures drift with the machine; ratios count. Every subject runs between two runs of the anchor with the same
number of clients; the median of the rounds is reported. After every benchmark the ledger must pass its audit.
"""
