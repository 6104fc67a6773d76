"""Pages that explain: fees and the first steps. Every figure comes from the running configuration."""
