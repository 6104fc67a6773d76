"""What search engines are told: where the public pages are, and which ones to leave alone."""
