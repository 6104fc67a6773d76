"""What a member shows so that identity and phone can be confirmed. The result itself is in `people.standing`.

Invariant: what was shown is read by the member and by staff only, never by another member.
"""
