"""What keeps people safe with each other and heard by the operator."""
