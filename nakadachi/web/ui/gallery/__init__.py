"""The gallery: every component with its tag line, in all its states, on one page."""
