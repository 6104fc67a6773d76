"""The page that shows a visitor of the demo the second step of its operator."""
