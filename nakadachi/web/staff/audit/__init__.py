"""The audit log: every event with who, when, before and after."""
