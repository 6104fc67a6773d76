"""The operator's queue of inquiries."""
