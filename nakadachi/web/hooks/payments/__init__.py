"""Where card providers report what became of charges and refunds."""
