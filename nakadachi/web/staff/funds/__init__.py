"""The money kept for members, what is owed, and taking out what was earned."""
