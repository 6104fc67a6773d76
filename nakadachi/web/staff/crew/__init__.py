"""Who works in the console: roles given and taken by administrators."""
