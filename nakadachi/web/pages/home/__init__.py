"""The front page: what this market is, its promises, its newest jobs, its fees in one glance."""
