"""The edge: turns requests into one action or query and answers. No rules, no writes."""
