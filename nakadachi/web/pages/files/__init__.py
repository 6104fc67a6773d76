"""Stored files handed out: whoever may see the owner object may fetch its files, as a download and nothing else."""
