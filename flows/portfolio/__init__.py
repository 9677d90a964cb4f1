"""The backlog: which project comes before which, how surely, for whom, and what fits this quarter (K1)."""
