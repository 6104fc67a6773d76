"""Pages that explain: fees, the first steps and leaving. Every figure comes from the running configuration."""
