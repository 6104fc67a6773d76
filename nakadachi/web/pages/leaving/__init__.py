"""退会: the list that resolves itself, the way out and the way back."""
