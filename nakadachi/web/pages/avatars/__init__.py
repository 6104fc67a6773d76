"""The pictures of members, public and kept by browsers for a year: another picture has another address."""
