"""What every domain package stands on: database cluster, moves, events, queue, files, mail, clock, text.

No rule of the marketplace lives here.
"""
