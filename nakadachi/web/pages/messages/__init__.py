"""メッセージ: one's threads, a thread, and writing to somebody for the first time."""
