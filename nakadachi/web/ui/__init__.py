"""The component kit: tags, filters, templates and the frame of every page.

Owns how things look and nothing of what they mean. Invariants: no component reads the database or the clock by
itself, none writes an inline style or script, and every one has its place in the gallery at `/_gallery/`.
"""
